"""A log's database: how it is opened, appended to and read. Rows in, rows out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, Select, inspect
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.log.connect import connected
from jingmen_policy.log.errors import LogError, NotStored, Unreachable
from jingmen_policy.log.place import shown
from jingmen_policy.log.receipt import Content, Row, Sealed
from jingmen_policy.log.schema import Mark, check, make, mark, upgrade, version
from jingmen_policy.log.tables import GUARDS, RECEIPTS
from jingmen_policy.log.tail import LAST, Tail, tail
from jingmen_policy.log.verify import Check, Head

_PAGE = 5000


class Database:
    """Two ways in: one connection that appends, and those that read."""

    def __init__(self, url: URL, writing: Engine, reading: Engine) -> None:
        self.place = shown(url)
        self._writing = writing
        self._reading = reading
        self._origin = ""
        self._tail: Tail | None = None

    @classmethod
    def open(cls, url: URL, *, create: bool, busy: float) -> Database:
        """Raises Refused where there is no log, none is to be made, or it is of another version."""
        there = _look(url, create)
        database = cls(
            url,
            connected(url, writing=True, create=create, busy=busy),
            connected(url, writing=False, create=False, busy=busy),
        )
        try:
            if create and not (there and database._made()):
                with _told(Unreachable, database.place), database._writing.begin() as connection:
                    make(connection, database.place)
            with database.reads() as connection:
                check(connection, database.place)
                database._origin = database.mark(connection).origin
            with _told(Unreachable, database.place):
                database._tail = tail(database._writing, database._origin)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def upgrade(cls, url: URL, *, busy: float) -> tuple[str, str]:
        """Brings the tables up to date: their version before, and now. Raises Refused."""
        _look(url, create=False)
        engine = connected(url, writing=True, create=False, busy=busy)
        try:
            with _told(Unreachable, shown(url)), engine.begin() as connection:
                return upgrade(connection, shown(url))
        finally:
            engine.dispose()

    def close(self) -> None:
        if self._tail is not None:
            self._tail.close()
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def reads(self) -> Iterator[Connection]:
        """A connection to read with. What the database says is wrong is raised as Unreachable."""
        with _told(Unreachable, self.place), self._reading.connect() as connection:
            yield connection

    def mark(self, connection: Connection) -> Mark:
        return mark(connection, self.place)

    def append(self, contents: Sequence[Content], time: str) -> list[Sealed]:
        """Rows for these, after the last there is: all of them on the disk when this returns, or
        none. Raises NotStored.
        """
        assert self._tail is not None
        with _told(NotStored, self.place):
            return self._tail.append(contents, time)

    def head(self) -> Head:
        with self.reads() as connection:
            last = connection.execute(LAST).first()
        return Head(0, self._origin) if last is None else Head(last.number, last.hash)

    def rows(self, query: Select[Any]) -> list[Sealed]:
        with self.reads() as connection:
            return [
                Sealed(Row._make(row[:-1]), row[-1]) for row in connection.execute(query).fetchall()
            ]

    def read_through(self, noted: tuple[int, str] | None) -> Check:
        """Puts every row to a check, in order and in bounded memory."""
        with self.reads() as connection:
            found = Check(self.mark(connection).origin, noted)
            _guards(connection, found)
        try:
            with self._reading.connect() as connection:
                if connection.dialect.name == "sqlite":
                    # As bytes: what is not even UTF-8 is a row that was changed, not an error.
                    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
                    raw.text_factory = bytes
                    connection.detach()
                streamed = connection.execution_options(stream_results=True, max_row_buffer=_PAGE)
                for page in streamed.exec_driver_sql(_EVERY).partitions(_PAGE):
                    found.rows(cast("Sequence[Sequence[object]]", page))
        except SQLAlchemyError as error:
            said = cause(error)
            found.find(
                None,
                "unreadable",
                f"第 {found.head.number} 号之后无法读出：{said}",
                f"what comes after receipt {found.head.number} cannot be read: {said}",
            )
        return found

    def _made(self) -> bool:
        with self.reads() as connection:
            return version(connection) is not None


_EVERY = f"SELECT {', '.join(RECEIPTS.c.keys())} FROM {RECEIPTS.name} ORDER BY number"


def cause(error: Exception) -> str:
    """What the database says, without the statement and its values."""
    said = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return " ".join(str(said).split())


@contextmanager
def _told(kind: type[LogError], where: str) -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise kind(_TOLD[kind](where, cause(error))) from error


_TOLD: dict[type[LogError], Callable[[str, str], Said]] = {
    Unreachable: lambda where, why: Said(
        f"决定记录 {where} 无法打开或读取：{why}",
        f"the decision log {where} cannot be opened or read: {why}",
    ),
    NotStored: lambda where, why: Said(
        f"回执没有写入 {where}：{why}", f"no receipt was stored in {where}: {why}"
    ),
}


def _look(url: URL, create: bool) -> bool:
    """Whether there is a file, or a server to ask. Raises Refused for a file that is not there, or
    that is something else's.
    """
    if not url.drivername.startswith("sqlite"):
        return True
    path = Path(url.database or "")
    if not path.exists():
        if create:
            return False
        said = Said(
            "没有这个决定记录；用 jingmen log init 建立",
            "there is no such decision log; jingmen log init makes one",
        )
        raise Refused([Problem(said, str(path))])
    engine = connected(url, writing=False, create=False, busy=1.0)
    try:
        with engine.connect() as connection:
            if version(connection) is None and inspect(connection).get_table_names():
                said = Said("是别的数据库，不是决定记录", "is another database, no decision log")
                raise Refused([Problem(said, str(path))])
    except DBAPIError as error:
        if type(error.orig) is not sqlite3.DatabaseError:
            raise Unreachable(Said(f"{path}：{cause(error)}", f"{path}: {cause(error)}")) from error
        said = Said("不是决定记录", "is no decision log")
        raise Refused([Problem(said, str(path))]) from None
    finally:
        engine.dispose()
    return True


def _guards(connection: Connection, found: Check) -> None:
    """Finds whether the database still refuses to change and to take away."""
    name = connection.dialect.name
    if name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid IN"
            " ('jingmen_log'::regclass, 'jingmen_receipts'::regclass)"
        )
    there = {str(row[0]) for row in connection.exec_driver_sql(query)}
    if gone := sorted(GUARDS[name] - there):
        names = ", ".join(gone)
        found.find(
            None,
            "unguarded",
            f"数据库里防止改动的触发器不在了：{names}",
            f"triggers that keep the log from being changed are gone: {names}",
        )
