"""Whatever is done to a row of a log is found, and the row is named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingmen_facts.problems import Refused
from jingmen_policy.log.log import Log
from jingmen_policy.log.receipt import Row, seal
from jingmen_policy.log.verify import KEPT, Check, Verified
from support.receipts import made, sha256

ROWS = 8
COLUMNS = (*Row._fields, "hash")
ROW = st.integers(1, ROWS)
UNGUARDED = (
    "DROP TRIGGER jingmen_receipts_no_update",
    "DROP TRIGGER jingmen_receipts_no_delete",
    "DROP TRIGGER jingmen_receipts_next",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of some receipts, its triggers taken away."""
    path = tmp_path_factory.mktemp("whole") / "log.db"
    with Log.open(path) as log:
        for number in range(ROWS):
            log.append(made(str(number), rules=("a",) if number % 2 else None))
    with closing(sqlite3.connect(path)) as file:
        for statement in UNGUARDED:
            file.execute(statement)
        file.commit()
    return path


class Tampered:
    """A copy of a log to do things to."""

    def __init__(self, whole: Path) -> None:
        self.path = whole.with_name("tampered.db")
        shutil.copy(whole, self.path)

    def rows(self) -> list[list[object]]:
        with closing(sqlite3.connect(self.path)) as file:
            query = f"SELECT {', '.join(COLUMNS)} FROM jingmen_receipts ORDER BY number"
            return [list(row) for row in file.execute(query)]

    def put(self, rows: list[list[object]]) -> None:
        with closing(sqlite3.connect(self.path)) as file:
            file.execute("DELETE FROM jingmen_receipts")
            marks = ", ".join("?" * len(COLUMNS))
            file.executemany(f"INSERT INTO jingmen_receipts VALUES ({marks})", rows)
            file.commit()

    def verify(self, head: str | None = None) -> Verified:
        with Log.open(self.path, create=False) as log:
            return log.verify(head)

    def found(self, head: str | None = None) -> dict[str, list[int | None]]:
        """The numbers named, by what is wrong with them; but that the triggers are gone."""
        told: dict[str, list[int | None]] = {}
        for one in self.verify(head).broken:
            if one.what != "unguarded":
                told.setdefault(one.what, []).append(one.number)
        return told


@pytest.fixture
def tampered(whole: Path) -> Tampered:
    return Tampered(whole)


anew = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def test_nothing_is_found_in_what_nobody_touched(tampered: Tampered) -> None:
    assert tampered.found() == {}
    rows = tampered.rows()
    tampered.put(rows)
    assert tampered.found(f"{ROWS}-{rows[-1][-1]}") == {}


@anew
@given(ROW, st.sampled_from(COLUMNS[1:]), st.sampled_from(["x", None, "", 7, b"\xff", "\u200b"]))
def test_any_change_of_any_column_of_any_row_is_found(
    whole: Path, number: int, column: str, value: object
) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    place = COLUMNS.index(column)
    old = rows[number - 1][place]
    rows[number - 1][place] = f"{old}{value}" if isinstance(value, str) and value else value
    if rows[number - 1][place] == old:
        return
    if rows[number - 1][place] is None and column != "rules":
        rows[number - 1][place] = ""  # the table itself refuses to hold nothing there
    tampered.put(rows)
    found = tampered.found()
    assert number in found["changed"]
    assert {one for numbers in found.values() for one in numbers} == {number}


@anew
@given(st.lists(ROW, min_size=1, max_size=3, unique=True))
def test_rows_taken_out_of_the_middle_are_named(whole: Path, taken: list[int]) -> None:
    tampered = Tampered(whole)
    left = [row for row in tampered.rows() if row[0] not in taken]
    tampered.put(left)
    cut = [number for number in taken if number > int(str(left[-1][0]))]
    gone = sorted({*taken} - {*cut})
    starts = [number for number in gone if number - 1 not in gone]
    assert tampered.found() == ({"missing": starts} if starts else {})


@anew
@given(ROW, ROW)
def test_rows_swapped_are_named(whole: Path, one: int, other: int) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    rows[one - 1][1:], rows[other - 1][1:] = rows[other - 1][1:], rows[one - 1][1:]
    tampered.put(rows)
    found = tampered.found()
    if one == other:
        assert found == {}
    else:
        assert found["changed"] == sorted([one, other])


@anew
@given(st.integers(-3, ROWS + 5))
def test_a_row_put_in_is_named(whole: Path, number: int) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    forged = [number, *rows[0][1:-2], sha256("forged"), rows[0][-1]]
    for row in rows[max(number - 1, 0) :] if number > 0 else []:
        row[0] = int(str(row[0])) + 1
    tampered.put([*rows, forged])
    found = tampered.found()
    assert number in {one for numbers in found.values() for one in numbers}
    if number < 1:
        assert found == {"inserted": [number]}
    if number > ROWS + 1:
        assert found["missing"] == [ROWS + 1]


def resealed(rows: list[list[object]], first: int) -> list[list[object]]:
    """The rows from one on, chained and sealed anew, as somebody who knows how could."""
    for place in range(first - 1, len(rows)):
        if place:
            rows[place][2] = rows[place - 1][-1]
        rows[place][-1] = seal(rows[place][:-1])
    return rows


@anew
@given(st.integers(1, ROWS - 1))
def test_a_row_sealed_anew_no_longer_fits_the_next(whole: Path, number: int) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    rows[number - 1][COLUMNS.index("findings_sha256")] = sha256("better")
    rows[number - 1][-1] = seal(rows[number - 1][:-1])
    tampered.put(rows)
    assert tampered.found() == {"unlinked": [number + 1]}


@anew
@given(ROW)
def test_a_log_sealed_anew_from_a_row_on_is_found_by_a_head_noted_before(
    whole: Path, number: int
) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    head = f"{ROWS}-{rows[-1][-1]}"
    kept = [f"{row[0]}-{str(row[-1])[:16]}" for row in rows]
    rows[number - 1][COLUMNS.index("findings_sha256")] = sha256("better")
    tampered.put(resealed(rows, number))
    assert tampered.found() == {}  # the chain alone cannot tell
    assert tampered.found(head) == {"head": [ROWS]}
    for place, identity in enumerate(kept, 1):
        assert bool(tampered.found(identity)) == (place >= number)


@anew
@given(st.integers(0, ROWS - 1))
def test_a_log_that_was_cut_is_found_by_a_head_noted_before(whole: Path, left: int) -> None:
    tampered = Tampered(whole)
    rows = tampered.rows()
    head = f"{ROWS}-{rows[-1][-1]}"
    tampered.put(rows[:left])
    assert tampered.found() == {}
    assert tampered.found(head) == {"head": [ROWS]}
    if left:
        assert tampered.found(f"{left}-{rows[left - 1][-1]}") == {}


def test_a_head_tells_how_many_came_after_it(whole: Path, tampered: Tampered) -> None:
    rows = tampered.rows()
    found = tampered.verify(f"3-{rows[2][-1]}")
    assert (found.after, found.receipts, found.head.number) == (ROWS - 3, ROWS, ROWS)
    with closing(sqlite3.connect(whole)) as file:
        identity, created = file.execute("SELECT id, created FROM jingmen_log").fetchone()
    from jingmen_policy.log.receipt import origin

    assert tampered.verify(f"0-{origin(identity, created)}").after == ROWS
    for wrong in ("", "3", "abc", "3-abc", f"-1-{rows[2][-1]}"):
        with pytest.raises(Refused, match="应为 jingmen log head"):
            tampered.verify(wrong)


def test_a_log_whose_mark_was_changed_is_found(tampered: Tampered) -> None:
    with closing(sqlite3.connect(tampered.path)) as file:
        file.execute("DROP TRIGGER jingmen_log_no_update")
        file.execute("UPDATE jingmen_log SET id = 'ab'")
        file.commit()
    assert tampered.found() == {"unlinked": [1]}


def test_a_table_without_its_key_is_read_all_the_same(tampered: Tampered) -> None:
    with closing(sqlite3.connect(tampered.path)) as file:
        file.executescript(
            "CREATE TABLE other AS SELECT * FROM jingmen_receipts;"
            "DROP TABLE jingmen_receipts;"
            "ALTER TABLE other RENAME TO jingmen_receipts;"
            "INSERT INTO jingmen_receipts SELECT * FROM jingmen_receipts WHERE number = 3;"
            "INSERT INTO jingmen_receipts (number) VALUES ('four');"
        )
    assert tampered.found() == {"inserted": [3, None]}


def test_a_page_written_over_is_found(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    filled(path, 100)
    page = 4096
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // page // 2 * page)
        file.write(b"\x55" * page)
    with Log.open(path, create=False) as log:
        found = log.verify()
    assert not found.whole
    assert {one.what for one in found.broken} & {"unreadable", "changed", "missing"}


def filled(path: Path, number: int) -> None:
    with Log.open(path) as log:
        for promised in [log.submit(made(str(number))) for number in range(number)]:
            promised.result()


def test_of_many_problems_the_first_are_kept_and_the_others_counted(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    filled(path, KEPT + 30)
    with closing(sqlite3.connect(path)) as file:
        for statement in (*UNGUARDED, "UPDATE jingmen_receipts SET engine = 'x'"):
            file.execute(statement)
        file.commit()
    with Log.open(path, create=False) as log:
        found = log.verify()
    assert (len(found.broken), found.more) == (KEPT, 31)
    assert not found.whole


def test_triggers_taken_away_are_told(whole: Path) -> None:
    [told] = Tampered(whole).verify().broken
    assert told.what == "unguarded"
    assert "jingmen_receipts_no_update" in told.said.en


def test_rows_are_fetched_from_postgresql_a_page_at_a_time(
    postgres_url: str, server: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingmen_policy.log.database._PAGE", 10)
    running: list[str] = []
    rows = Check.rows

    def watched(check: Check, page: Sequence[Sequence[object]]) -> None:
        assert len(page) <= 10
        asked = server.execute(
            "SELECT query FROM pg_stat_activity"
            " WHERE application_name = 'jingmen-log' AND state = 'idle in transaction'"
        )
        running.extend(query for (query,) in asked)
        rows(check, page)

    monkeypatch.setattr(Check, "rows", watched)
    with Log.open(postgres_url) as log:
        for promised in [log.submit(made(str(number))) for number in range(25)]:
            promised.result()
        assert log.verify().receipts == 25
    assert len(running) == 3
    assert all(query.startswith("FETCH FORWARD ") for query in running)
