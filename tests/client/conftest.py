"""A service in a process of its own, which asks for tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from jingmen_policy.service.tokens import add_token
from support.serving import Guarded, served


@pytest.fixture(scope="package")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    later = date.today() + timedelta(days=1)
    token = add_token(folder / "tokens.json", ["read", "judge"], later).secret
    reads = add_token(folder / "tokens.json", ["read"], later).secret
    with served(folder, "--tokens", "tokens.json") as running:
        yield Guarded(running, token, reads)
