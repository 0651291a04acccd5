"""SQLite's end of a log: few rows are one statement, and who else appended is minded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jingmen_policy.log.log import Log
from jingmen_policy.log.receipt import Content
from jingmen_policy.log.tables import RECEIPTS
from jingmen_policy.log.tail import AT_ONCE, FileTail
from support.receipts import made


def of(log: Log) -> FileTail:
    assert isinstance(log._database._tail, FileTail)
    return log._database._tail


def statements(log: Log) -> list[str]:
    """The first word of each statement that is run from now on."""
    ran: list[str] = []

    def note(statement: str) -> None:
        word = statement.split(maxsplit=1)[0]
        if word != "--" and ran[-1:] != [word]:  # a trigger is traced as well, and what fired it
            ran.append(word)

    of(log).connection.set_trace_callback(note)
    return ran


def test_a_receipt_is_one_statement_once_the_last_is_known(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as log:
        ran = statements(log)
        log.append(made("甲"))
        assert ran == ["BEGIN", "SELECT", "INSERT", "COMMIT"]
        ran.clear()
        log.append(made("乙"))
        assert ran == ["INSERT"]


def test_the_last_is_read_again_only_where_somebody_else_has_appended(tmp_path: Path) -> None:
    with Log.open(tmp_path / "log.db") as one, Log.open(tmp_path / "log.db") as other:
        first = one.append(made("甲"))
        second = other.append(made("乙"))
        ran = statements(one)
        third = one.append(made("丙"))
        assert ran == ["INSERT", "BEGIN", "SELECT", "INSERT", "COMMIT"]
        assert [second.previous, third.previous] == [first.hash, second.hash]
        assert (one.append(made("丁")).number, one.verify().whole) == (4, True)


@pytest.mark.parametrize("many", [1, 2, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_rows_handed_in_together_are_chained_however_many_they_are(
    tmp_path: Path, many: int
) -> None:
    with Log.open(tmp_path / "log.db") as log:
        log.append(made("first"))
        content = log._database.rows(RECEIPTS.select())[0].row[3:]
        stored = of(log).append([Content(*content)] * many, "2026-01-01T00:00:00.000000Z")
        assert [one.row.number for one in stored] == list(range(2, many + 2))
        found = log.verify()
        assert (found.whole, found.receipts) == (True, many + 1)


def test_a_log_that_was_cut_behind_its_back_is_gone_on_with_where_it_ends(
    tmp_path: Path, execute: Callable[..., None]
) -> None:
    path = tmp_path / "log.db"
    with Log.open(path) as log:
        for name in "甲乙丙":
            log.append(made(name))
        execute(
            str(path),
            "DROP TRIGGER jingmen_receipts_no_delete",
            "DELETE FROM jingmen_receipts WHERE number = 3",
        )
        assert log.append(made("丁")).number == 3
