"""The command line, run in this process on the library's rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from jingmen_policy.cli.main import cli
from support.library import library_setting

Jingmen = Callable[..., Result]


@pytest.fixture
def jingmen(monkeypatch: pytest.MonkeyPatch) -> Jingmen:
    monkeypatch.delenv("JINGMEN_LANG", raising=False)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, [str(one) for one in arguments], obj=library_setting())
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run
