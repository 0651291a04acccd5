"""Every rule of the shipped plan signed, once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from support.once import once
from support.signing import copied, signed


@pytest.fixture(scope="session")
def shipped() -> Policy:
    return Policy.load()


@pytest.fixture(scope="session")
def all_signed(shipped: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Signatures over every rule. Not to be written to."""
    return once(
        tmp_path_factory, "signatures", lambda to: signed(shipped, to, *shipped.corpus.rules)
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the plan."""
    return copied(tmp_path / "plan")
