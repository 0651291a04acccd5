"""The shipped plan, and others, as editions of one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.exports.edition import Edition
from support.editions import edition_of
from support.hostile import hostile


@pytest.fixture(scope="session")
def plan() -> Edition:
    return edition_of(Policy.load())


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition_of(hostile(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where LibreOffice puts what it converts."""
    return tmp_path_factory.mktemp("office")
