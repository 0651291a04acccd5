"""A full disk, a locked database, a lost connection: nothing is acknowledged, and it goes on."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from jingmen_facts.problems import Refused
from jingmen_policy.log.connect import LOCK
from jingmen_policy.log.errors import NotStored, Unreachable
from jingmen_policy.log.log import Log
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.log.tail import FileTail
from support.receipts import made


def pages(log: Log, most: int) -> None:
    """Lets the database grow to so many pages and no further, as on a disk that is full."""
    assert isinstance(log._database._tail, FileTail)
    log._database._tail.connection.execute(f"PRAGMA max_page_count={most}")


def fill(log: Log, stored: list[Receipt]) -> None:
    for number in range(1000):
        stored.append(log.append(made(str(number))))


def test_a_full_disk_acknowledges_nothing_and_takes_up_again_when_there_is_room(
    tmp_path: Path,
) -> None:
    with Log.open(tmp_path / "log.db") as log:
        pages(log, 10)
        stored: list[Receipt] = []
        with pytest.raises(NotStored, match="full"):
            fill(log, stored)
        together = [log.submit(made(f"together {number}")) for number in range(50)]
        for promised in together:
            with pytest.raises(NotStored, match="full"):
                promised.result()
        assert list(log.receipts()) == stored
        pages(log, 10_000)
        assert log.append(made("room")).number == len(stored) + 1
        assert log.verify().whole


def test_a_locked_file_acknowledges_nothing_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path, busy=0.1) as log, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotStored, match="locked"):
            log.append(made("甲"))
        assert list(log.receipts()) == []
        other.rollback()
        assert log.append(made("乙")).number == 1


def test_a_file_that_is_only_busy_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        promised = log.submit(made("甲"))
        time.sleep(0.1)
        assert not promised.done()
        other.rollback()
        assert promised.result().number == 1


def held(url: str) -> psycopg.Connection:
    """Somebody else's connection that has the lock of whoever appends."""
    other = psycopg.connect(url, autocommit=True)
    other.execute(f"SELECT pg_advisory_lock({LOCK})".encode())
    return other


def waits(server: psycopg.Connection) -> int:
    """The process of the server that waits for the lock, once there is one."""
    for _ in range(500):
        found = server.execute(
            "SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory'"
        ).fetchone()
        if found is not None:
            return int(found[0])
        time.sleep(0.01)
    raise AssertionError("nobody waits")


def test_a_connection_lost_while_storing_acknowledges_nothing_and_is_made_again(
    postgres_url: str, server: psycopg.Connection
) -> None:
    with Log.open(postgres_url) as log, held(postgres_url) as other:
        promised = log.submit(made("甲"))
        server.execute("SELECT pg_terminate_backend(%s)", [waits(server)])
        with pytest.raises(NotStored, match="没有写入"):
            promised.result()
        other.execute("SELECT pg_advisory_unlock_all()")
        assert log.append(made("乙")).number == 1
        assert [one.input_sha256 for one in log.receipts()] == [made("乙").input_sha256]


def test_a_connection_lost_between_two_receipts_is_made_again(
    postgres_url: str, server: psycopg.Connection
) -> None:
    with Log.open(postgres_url) as log:
        log.append(made("甲"))
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND application_name = 'jingmen-log'"
        )
        assert log.append(made("乙")).number == 2
        assert log.verify().whole


def test_a_lock_held_too_long_acknowledges_nothing(postgres_url: str) -> None:
    with Log.open(postgres_url, busy=0.1) as log:
        with held(postgres_url), pytest.raises(NotStored, match="lock timeout"):
            log.append(made("甲"))
        assert log.append(made("乙")).number == 1


def test_what_others_do_to_the_rows_meanwhile_is_seen_by_who_comes_next(where: str) -> None:
    with Log.open(where) as one, Log.open(where) as other:
        first = one.append(made("甲"))
        second = other.append(made("乙"))
        third = one.append(made("丙"))
    assert [second.previous, third.previous] == [first.hash, second.hash]


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(Unreachable) as caught:
        Log.open("postgresql://someone:secret@127.0.0.1:1/log")
    for said in (caught.value.said.zh, caught.value.said.en):
        assert "postgresql://someone:***@127.0.0.1:1/log" in said
        assert "secret" not in said


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("mysql://u:secret@h/d", "不能存入 mysql"),
        ("postgresql://u:secret@h:port/d", "无法读出"),
        (":memory:", "应为一个文件"),
        ("", "应为一个文件"),
        ("sqlite://", "应为一个文件"),
        ("file:x?mode=memory", "应为一个文件"),
        ("none/log.db", "没有这个文件夹"),
        (".", "是文件夹"),
    ],
)
def test_a_place_that_can_hold_no_log_is_refused(
    wrong: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match=told) as caught:
        Log.open(wrong)
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("missing", ["sqlalchemy", "alembic", "psycopg"])
def test_what_has_to_be_installed_is_told(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "jingmen_policy.log.place.find_spec", lambda name: None if name == missing else object()
    )
    extra = "postgres" if missing == "psycopg" else "log"
    with pytest.raises(Refused, match=rf"{missing}：pip install 'jingmen-policy\[{extra}\]'"):
        Log.open("postgresql://h/d" if missing == "psycopg" else "log.db")
