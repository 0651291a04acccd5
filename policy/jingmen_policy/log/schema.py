"""Which version a log's tables are of; made where there are none, brought up to date when asked."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, column, inspect, select, table, text

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.log.connect import LOCK
from jingmen_policy.log.receipt import origin, spelt_time
from jingmen_policy.log.tables import MARK

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "jingmen_log_version"


class Mark(NamedTuple):
    """What tells a log from any other, and what its first receipt is chained to."""

    id: str
    created: str

    @property
    def origin(self) -> str:
        return origin(self.id, self.created)


def versions() -> list[str]:
    """Every version this package knows, in order."""
    return sorted(file.stem.partition("_")[0] for file in (MIGRATIONS / "versions").glob("0*.py"))


def version(connection: Connection) -> str | None:
    """The version of the tables; None where there are none of a log."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    stored = table(VERSION_TABLE, column("version_num"))
    return str(connection.execute(select(stored.c.version_num)).scalar())


def check(connection: Connection, where: str) -> None:
    """Raises Refused where the tables are missing, older or newer than this package's."""
    found, known = version(connection), versions()
    if found == known[-1]:
        return
    if found in known:
        said = Said(
            f"决定记录是旧版本 {found} 的（现为 {known[-1]}）；用 jingmen log upgrade 升级",
            f"the decision log is of an older version, {found} (now {known[-1]});"
            " jingmen log upgrade brings it up to date",
        )
        raise Refused([Problem(said, where)])
    raise Refused([_none(where) if found is None else _newer(found, known[-1], where)])


def make(connection: Connection, where: str) -> None:
    """Makes the tables and the mark, unless somebody has made them meanwhile."""
    _alone(connection)
    if version(connection) is not None:
        check(connection, where)
        return
    _migrate(connection)
    made = {"one": 1, "id": secrets.token_hex(16), "created": spelt_time(datetime.now(UTC))}
    connection.execute(MARK.insert(), made)


def upgrade(connection: Connection, where: str) -> tuple[str, str]:
    """Brings the tables up to date: the version before, and now.

    In the transaction it is given, one process at a time; nothing that is there is taken away.
    Raises Refused where there is no log, or one of a newer version.
    """
    _alone(connection)
    before, known = version(connection), versions()
    if before is None:
        raise Refused([_none(where)])
    if before not in known:
        raise Refused([_newer(before, known[-1], where)])
    if before != known[-1]:
        _migrate(connection)
    return before, known[-1]


def _alone(connection: Connection) -> None:
    """Waits until nobody else writes; SQLite's transaction has seen to that already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def mark(connection: Connection, where: str) -> Mark:
    """The log's mark. Raises Refused where it is gone."""
    found = connection.execute(select(MARK.c.id, MARK.c.created)).first()
    if found is None:
        said = Said("决定记录的标记不见了", "the mark of the decision log is gone")
        raise Refused([Problem(said, where)])
    return Mark(str(found.id), str(found.created))


def _none(where: str) -> Problem:
    said = Said(
        "其中没有决定记录；用 jingmen log init 建立",
        "there is no decision log in it; jingmen log init makes one",
    )
    return Problem(said, where)


def _newer(found: str, known: str, where: str) -> Problem:
    said = Said(
        f"决定记录是较新版本 {found} 的，本程序只认到 {known}；请升级 jingmen-policy",
        f"the decision log is of a newer version, {found}; this program knows up to {known}:"
        " upgrade jingmen-policy",
    )
    return Problem(said, where)
