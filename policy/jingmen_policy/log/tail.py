"""The end of a log, where rows are put: in a file or on a server, by one process or by several."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

from sqlalchemy import Engine, insert, select, text

from jingmen_policy.log.connect import LOCK
from jingmen_policy.log.receipt import Content, Row, Sealed, seal
from jingmen_policy.log.tables import RECEIPTS

LAST = select(RECEIPTS.c.number, RECEIPTS.c.hash).order_by(RECEIPTS.c.number.desc()).limit(1)
_LOCK = text("SELECT pg_advisory_xact_lock(:lock)")
_INSERT = insert(RECEIPTS)
AT_ONCE = 50
"""Rows in one statement of SQLite's, which in its older versions may have 999 values."""


class Last(NamedTuple):
    """The last row's number and hash. Where there is none: 0 and the log's own mark."""

    number: int
    hash: str


class Tail(Protocol):
    """Puts rows after the last there is: all of them on the disk when ``append`` returns, or none.

    What the database says is wrong is raised as it says it.
    """

    def append(self, contents: Sequence[Content], time: str) -> list[Sealed]: ...
    def close(self) -> None: ...


class FileTail:
    """SQLite's. Not to be shared between threads.

    Which row is the last is remembered, so that a few rows are one statement, and that one
    statement is a transaction: the interpreter is let go of once, and not waited for while the disk
    writes. Where somebody else has appended meanwhile the database refuses the row (its number is
    taken, and a trigger looks at the chain); then the last is read while nobody else may write.
    """

    def __init__(self, engine: Engine, origin: str) -> None:
        self._pooled = engine.raw_connection()
        self.connection = cast("sqlite3.Connection", self._pooled.driver_connection)
        self._origin = origin
        self._last: Last | None = None

    def append(self, contents: Sequence[Content], time: str) -> list[Sealed]:
        last, self._last = self._last, None
        made = None
        if last is not None and len(contents) <= AT_ONCE:
            made = _chained(last, contents, time)
            try:
                self._insert(made)
            except sqlite3.IntegrityError:
                made = None
        if made is None:
            made = self._alone(contents, time)
        self._last = Last(made[-1].row.number, made[-1].hash)
        return made

    def close(self) -> None:
        self._pooled.close()

    def _alone(self, contents: Sequence[Content], time: str) -> list[Sealed]:
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            found = connection.execute(_LAST).fetchone()
            made = _chained(Last(0, self._origin) if found is None else found, contents, time)
            for start in range(0, len(made), AT_ONCE):
                self._insert(made[start : start + AT_ONCE])
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
        return made

    def _insert(self, made: Sequence[Sealed]) -> None:
        values = [value for row, own in made for value in (*row, own)]
        self.connection.execute(_inserting(len(made)), values)


class ServerTail:
    """PostgreSQL's: whoever appends has a lock that all who append ask for."""

    def __init__(self, engine: Engine, origin: str) -> None:
        self._engine = engine
        self._origin = origin

    def append(self, contents: Sequence[Content], time: str) -> list[Sealed]:
        with self._engine.begin() as connection:
            connection.execute(_LOCK, {"lock": LOCK})
            found = connection.execute(LAST).first()
            last = Last(0, self._origin) if found is None else Last(*found)
            made = _chained(last, contents, time)
            connection.execute(_INSERT, [{**row._asdict(), "hash": own} for row, own in made])
        return made

    def close(self) -> None:
        """Its connections are the engine's."""


def tail(engine: Engine, origin: str) -> Tail:
    """Where rows are put into a database; ``origin`` is what the first is chained to."""
    return (FileTail if engine.dialect.name == "sqlite" else ServerTail)(engine, origin)


def _chained(last: Sequence[object], contents: Sequence[Content], time: str) -> list[Sealed]:
    number, previous = cast("tuple[int, str]", last)
    made: list[Sealed] = []
    for one in contents:
        number += 1
        row = Row(number, time, previous, *one)
        previous = seal(row)
        made.append(Sealed(row, previous))
    return made


_COLUMNS = RECEIPTS.c.keys()
_LAST = f"SELECT number, hash FROM {RECEIPTS.name} ORDER BY number DESC LIMIT 1"


@cache
def _inserting(rows: int) -> str:
    """The statement that puts in so many rows."""
    row = f"({', '.join('?' * len(_COLUMNS))})"
    return f"INSERT INTO {RECEIPTS.name} ({', '.join(_COLUMNS)}) VALUES {', '.join([row] * rows)}"
