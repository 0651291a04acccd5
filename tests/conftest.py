"""What every test shares: how hypothesis draws (in CI, the same examples on every run), and which
tests one process works through."""

from __future__ import annotations

import gc
import os
from typing import Any

import pytest
from hypothesis import settings

os.environ["JINGMEN_LOG"] = ""  # what tests judge leaves no receipt with whoever runs them
gc.set_threshold(20_000, 20, 100)  # most objects stay to the end: looking less often saves 5%
settings.register_profile("default", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("default")


OUTSIDE = {"chromium", "saved", "pages"}
"""The fixtures that start a browser or LibreOffice."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what drives a program that knows nothing of Python: CI runs it on one of them."""
    for item in items:
        if OUTSIDE.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("outside")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    from support.together import Together

    return Together(config, log)
