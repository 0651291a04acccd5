"""The service in this process, without a network and without a log unless a test has one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from jingmen_policy.judge.policy import Policy
from jingmen_policy.service.app import create_app
from jingmen_policy.service.settings import Limits, Settings
from jingmen_policy.service.state import Keeps
from support.serving import Served, served
from support.within import Asking, Within


@pytest.fixture(scope="session")
def policy() -> Policy:
    return Policy.load()


@pytest.fixture(scope="module")
def asking(policy: Policy) -> Iterator[Asking]:
    """A client of a service with some settings; ``limits`` are those of ``Limits``."""
    with ExitStack() as stack:

        def made(
            log: Keeps | None = None, limits: dict[str, Any] | None = None, **settings: Any
        ) -> Within:
            chosen = Settings(limits=Limits(**limits or {}), **settings)
            app = create_app(chosen, policy=policy, log=log)
            return stack.enter_context(Within(app))

        yield made


@pytest.fixture(scope="module")
def client(asking: Asking) -> Within:
    return asking()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service in a process of its own, with a log."""
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running
