"""The tables of a log: made once, kept as they are, brought up to date only when asked."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from jingmen_facts.problems import Refused
from jingmen_policy.log import schema
from jingmen_policy.log.errors import NotStored
from jingmen_policy.log.log import Log
from jingmen_policy.log.tables import METADATA
from jingmen_policy.log.tail import FileTail
from support.receipts import made

Execute = Callable[..., None]
LATER = '''
"""Receipts may have a note."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("jingmen_receipts", sa.Column("note", sa.Text))
'''


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Has the package know a version more."""

    def come() -> None:
        folder = tmp_path / "migrations % later"
        shutil.copytree(schema.MIGRATIONS, folder)
        (folder / "versions" / "0002_note.py").write_text(LATER, encoding="utf-8")
        monkeypatch.setattr(schema, "MIGRATIONS", folder)

    return come


def test_the_tables_are_as_the_package_says(where: str) -> None:
    with Log.open(where) as log, log._database.reads() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": schema.VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_opening_makes_a_log_once(where: str) -> None:
    with Log.open(where) as log:
        head = log.head()
    with Log.open(where) as again:
        assert again.head() == head


def test_a_log_that_is_only_read_is_not_made(where: str) -> None:
    with pytest.raises(Refused, match="jingmen log init"):
        Log.open(where, create=False)
    with pytest.raises(Refused, match="jingmen log init"):
        Log.upgrade(where)
    if not where.startswith("postgresql:"):
        assert not Path(where).exists()


def test_an_older_log_is_upgraded_when_asked_and_keeps_every_receipt(
    where: str, later: Callable[[], None]
) -> None:
    with Log.open(where) as log:
        receipts = [log.append(made(str(number))) for number in range(3)]
    later()
    for create in (True, False):
        with pytest.raises(Refused, match=r"旧版本 0001 .* jingmen log upgrade"):
            Log.open(where, create=create)
    assert Log.upgrade(where) == ("0001", "0002")
    assert Log.upgrade(where) == ("0002", "0002")
    with Log.open(where) as log:
        assert list(log.receipts()) == receipts
        assert log.append(made("more")).number == 4
        assert log.verify(f"3-{receipts[2].hash}").after == 1


def test_a_log_of_a_newer_version_is_refused_and_left_alone(where: str, execute: Execute) -> None:
    with Log.open(where) as log:
        log.append(made("甲"))
    execute(where, "UPDATE jingmen_log_version SET version_num = '0417'")
    for act in (Log.open, Log.upgrade):
        with pytest.raises(Refused, match="较新版本 0417"):
            act(where)
    execute(where, "UPDATE jingmen_log_version SET version_num = '0001'")
    with Log.open(where) as log:
        assert log.verify().receipts == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE jingmen_receipts SET engine = 'x'",
        "UPDATE jingmen_receipts SET number = 9 WHERE number = 1",
        "DELETE FROM jingmen_receipts",
        "DELETE FROM jingmen_receipts WHERE number = 2",
        "UPDATE jingmen_log SET id = 'x'",
        "DELETE FROM jingmen_log",
        "INSERT INTO jingmen_log VALUES (1, 'x', 'x')",
        "INSERT INTO jingmen_receipts SELECT 9, time, previous, corpus, corpus_sha256, readings,"
        " as_of, rules, input_sha256, findings_sha256, engine, package, hash"
        " FROM jingmen_receipts WHERE number = 1",
        "INSERT INTO jingmen_receipts SELECT 3, time, previous, corpus, corpus_sha256, readings,"
        " as_of, rules, input_sha256, findings_sha256, engine, package, hash"
        " FROM jingmen_receipts WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_a_log(
    statement: str, where: str, execute: Execute
) -> None:
    with Log.open(where) as log:
        receipts = [log.append(made(str(number))) for number in range(2)]
        with pytest.raises((sqlite3.Error, psycopg.Error)):
            execute(where, statement)
        assert list(log.receipts()) == receipts
        assert log.verify().whole


def test_sqlite_refuses_to_replace_a_row(tmp_path: Path, execute: Execute) -> None:
    where = str(tmp_path / "log.db")
    with Log.open(where) as log:
        log.append(made("甲"))
        with pytest.raises(sqlite3.IntegrityError, match="not the next receipt"):
            execute(where, "INSERT OR REPLACE INTO jingmen_receipts SELECT * FROM jingmen_receipts")


def test_postgresql_refuses_to_truncate(postgres_url: str, execute: Execute) -> None:
    with Log.open(postgres_url) as log:
        log.append(made("甲"))
        for table in ("jingmen_log", "jingmen_receipts"):
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                execute(postgres_url, f"TRUNCATE {table}")
        assert log.verify().whole


def test_triggers_switched_off_in_postgresql_are_told(postgres_url: str, execute: Execute) -> None:
    with Log.open(postgres_url) as log:
        log.append(made("甲"))
        execute(
            postgres_url,
            "ALTER TABLE jingmen_receipts DISABLE TRIGGER USER",
            "UPDATE jingmen_receipts SET engine = 'x'",
        )
        assert [(one.what, one.number) for one in log.verify().broken] == [
            ("unguarded", None),
            ("changed", 1),
        ]


def test_an_account_that_may_only_read_and_insert_is_enough(
    postgres_url: str, server: psycopg.Connection, execute: Execute
) -> None:
    name = postgres_url.rpartition("/")[2]
    with Log.open(postgres_url):
        pass
    server.execute(f"CREATE ROLE clerk_{name} LOGIN".encode())
    execute(
        postgres_url,
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk_{name}",
        f"GRANT INSERT ON jingmen_receipts TO clerk_{name}",
    )
    with Log.open(postgres_url.replace("//tests@", f"//clerk_{name}@")) as log:
        assert log.append(made("甲")).number == 1
        assert log.verify().whole
    execute(postgres_url, f"REVOKE INSERT ON jingmen_receipts FROM clerk_{name}")
    with (
        Log.open(postgres_url.replace("//tests@", f"//clerk_{name}@")) as log,
        pytest.raises(NotStored, match="permission denied"),
    ):
        log.append(made("乙"))


def test_what_is_no_log_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04" + b"not a database at all" * 100)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE stations (id)")
        file.commit()
    for path, told in ((book, "不是决定记录"), (other, "是别的数据库")):
        before = path.read_bytes()
        for act in (Log.open, Log.upgrade):
            with pytest.raises(Refused, match=told):
                act(path)
        assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [book, other]


def test_sqlite_writes_through_to_the_disk_at_every_commit(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        assert isinstance(log._database._tail, FileTail)
        said = [
            log._database._tail.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "fullfsync")
        ]
    assert said == ["wal", 2, 1]


@pytest.mark.parametrize(("set_to", "used"), [("off", "on"), ("remote_apply", "remote_apply")])
def test_postgresql_commits_to_the_disk_whatever_its_default(
    set_to: str, used: str, postgres_url: str, server: psycopg.Connection
) -> None:
    name = postgres_url.rpartition("/")[2]
    server.execute(f"ALTER DATABASE {name} SET synchronous_commit = {set_to}".encode())
    with Log.open(postgres_url) as log, log._database._writing.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == used
