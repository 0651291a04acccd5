"""Where logs are kept in these tests: SQLite's files, and a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from support import postgres

_NUMBERS = count()


@pytest.fixture(scope="session")
def server() -> Iterator[psycopg.Connection]:
    """A connection to a server of the tests' own, as its superuser."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as started:
        yield started.connection


@pytest.fixture
def postgres_url(server: psycopg.Connection) -> str:
    """A database with nothing in it."""
    name = f"log{next(_NUMBERS)}"
    server.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://{server.info.user}@{server.info.host}:{server.info.port}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place with no log in it yet, of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "log.db")
    found: str = request.getfixturevalue("postgres_url")
    return found


Execute = Callable[..., None]


@pytest.fixture
def execute() -> Execute:
    """Runs statements in a log's database, as somebody who means no good could."""
    return run


def run(where: str, *statements: str) -> None:
    if where.startswith("postgresql:"):
        with psycopg.connect(where, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())
        return
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(where)) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()
