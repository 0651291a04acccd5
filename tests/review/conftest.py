"""Every rule of the shipped plan signed, once for all tests of a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from support.signing import copied, signed


@pytest.fixture(scope="module")
def shipped() -> Policy:
    return Policy.load()


@pytest.fixture(scope="module")
def all_signed(shipped: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signatures over every rule. Not to be written to."""
    directory = tmp_path_factory.mktemp("signed") / "signatures"
    signed(shipped, directory, *shipped.corpus.rules)
    return directory


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the plan."""
    return copied(tmp_path / "plan")
