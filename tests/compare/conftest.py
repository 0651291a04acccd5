"""The shipped plan beside the amended one, loaded once."""

from __future__ import annotations

import pytest

from corpora.amended.built import amended
from jingmen_facts import BACKGROUNDS, MODELS
from jingmen_policy import Policy


@pytest.fixture(scope="session")
def plan() -> Policy:
    return Policy.load(engine="reference")


@pytest.fixture(scope="session")
def later(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The plan as an invented amendment changes it from 2023-01-01."""
    directory = amended(tmp_path_factory.mktemp("amended") / "plan")
    return Policy.load(directory, facts=MODELS, backgrounds=BACKGROUNDS, engine="reference")
