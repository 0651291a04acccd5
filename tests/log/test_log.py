"""What is put into a log stays, in order, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import threading
from concurrent.futures import CancelledError, wait
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts.problems import Refused
from jingmen_policy.log.errors import Closed, Full, NoReceipt
from jingmen_policy.log.log import Log
from jingmen_policy.log.receipt import Receipt, read_receipt, receipt_json, seal
from support.receipts import made


def test_a_receipt_is_there_after_the_log_was_closed(where: str) -> None:
    draft = made("甲", readings={"b": "2", "a": "1"}, rules=("x", "y"))
    before = datetime.now(UTC)
    with Log.open(where) as log:
        receipt = log.append(draft)
    assert before <= receipt.time <= datetime.now(UTC)
    assert all(getattr(receipt, name) == getattr(draft, name) for name in draft.__slots__)
    assert (receipt.number, receipt.id) == (1, f"1-{receipt.hash[:16]}")
    with Log.open(where, create=False) as again:
        assert again.get(receipt.id) == again.get("1") == receipt
        assert again.get(f"1-{receipt.hash}") == receipt


def test_receipts_are_chained_to_each_other_and_the_first_to_its_log(where: str) -> None:
    with Log.open(where) as log:
        empty = log.head()
        first, second = log.append(made("一")), log.append(made("二"))
        assert (empty.number, first.previous, second.previous) == (0, empty.hash, first.hash)
        assert log.head().text == f"2-{second.hash}"
        assert seal(second.row) == second.hash


def test_no_rules_named_and_none_asked_for_are_told_apart(where: str) -> None:
    with Log.open(where) as log:
        every, none = log.append(made("一", rules=None)), log.append(made("一", rules=()))
        assert (log.get(every.id).rules, log.get(none.id).rules) == (None, ())


def test_receipts_come_in_order_from_a_time_to_a_time(where: str) -> None:
    with Log.open(where) as log:
        kept = [log.append(made(str(number))) for number in range(5)]
        assert list(log.receipts()) == kept
        assert list(log.receipts(newest=True, limit=2)) == [kept[4], kept[3]]
        assert list(log.receipts(newest=True, before=3, limit=9)) == [kept[1], kept[0]]
        assert list(log.receipts(since=kept[1].time, until=kept[3].time)) == kept[1:3]
        assert list(log.receipts(since=kept[4].time + timedelta(seconds=1))) == []


def test_more_receipts_than_a_page_come_once_each(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jingmen_policy.log.log._PAGE", 3)
    with Log.open(where) as log:
        wait([log.submit(made(str(number))) for number in range(10)])
        assert [one.number for one in log.receipts()] == list(range(1, 11))
        assert [one.number for one in log.receipts(newest=True)] == list(range(10, 0, -1))
        assert [one.number for one in log.receipts(limit=7)] == list(range(1, 8))


def test_an_id_of_another_log_is_not_taken_for_this_ones(where: str) -> None:
    with Log.open(where) as log:
        receipt = log.append(made("甲"))
        forged = f"1-{receipt.hash[:15]}{'0' if receipt.hash[15] != '0' else '1'}"
        with pytest.raises(NoReceipt, match="另一份记录"):
            log.get(forged)
        with pytest.raises(NoReceipt, match="没有第 2 号"):
            log.get("2")
        for wrong in ("", "0", "-1", "1-", "1-abc", "一", "1/../2", "9" * 40, "1-" + "g" * 16):
            with pytest.raises(Refused, match="应为回执编号"):
                log.get(wrong)


def test_many_threads_have_a_receipt_each(where: str) -> None:
    given: list[Receipt] = []

    def work(log: Log, thread: int) -> None:
        given.extend(log.append(made(f"{thread}-{number}")) for number in range(20))

    with Log.open(where, group=7) as log:
        threads = [threading.Thread(target=work, args=(log, thread)) for thread in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(one.number for one in given) == list(range(1, 161))
        assert list(log.receipts()) == sorted(given, key=lambda one: one.number)
        assert log.verify().whole


def test_what_was_handed_in_before_closing_is_stored(where: str) -> None:
    log = Log.open(where)
    promised = [log.submit(made(str(number))) for number in range(50)]
    log.close()
    assert [one.result().number for one in promised] == list(range(1, 51))
    with pytest.raises(Closed):
        log.submit(made("after"))
    log.close()


def test_what_was_taken_back_before_it_was_stored_is_not_stored(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Log.open(where) as log:
        go, entered = held(log, monkeypatch)
        first = log.submit(made("一"))
        entered.wait()
        second, third = log.submit(made("二")), log.submit(made("三"))
        assert second.cancel()
        go.set()
        assert (first.result().number, third.result().number) == (1, 2)
        with pytest.raises(CancelledError):
            second.result()


def test_only_so_many_may_wait(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Log.open(where, waiting=3) as log:
        go, entered = held(log, monkeypatch)
        stored = [log.submit(made("being stored"))]
        entered.wait()
        stored += [log.submit(made(f"waits {number}")) for number in range(3)]
        assert log.waiting == 3
        with pytest.raises(Full, match="3"):
            log.submit(made("one too many"))
        go.set()
        assert [one.result().number for one in stored] == [1, 2, 3, 4]


def held(log: Log, monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Has the log wait before it stores anything: until when, and whether it does."""
    go, entered, append = threading.Event(), threading.Event(), log._database.append

    def slow(*given: object) -> object:
        entered.set()
        go.wait()
        return append(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(log._database, "append", slow)
    return go, entered


def test_what_no_database_can_hold_is_told_to_whoever_hands_it_in(where: str) -> None:
    with Log.open(where) as log:
        for wrong in ("nul\x00", "half \ud800"):
            with pytest.raises(ValueError, match="cannot hold"):
                log.submit(made("甲", engine=wrong))
        assert log.append(made("乙", rules=("nul\x00",))).number == 1
        assert log.verify().whole


def test_a_receipt_on_its_own_shows_when_it_was_changed(where: str) -> None:
    with Log.open(where) as log:
        receipt = log.append(made("甲", readings={"a": "1"}))
    told = receipt_json(receipt)
    assert read_receipt(json.dumps(told)) == receipt
    for name, value in told.items():
        if name in ("format", "time", "as_of", "number"):
            other = {"number": 2, "time": "2026-01-01T00:00:00Z", "as_of": "2022-06-29"}
            changed = {**told, name: other.get(name, "jingmen-receipt/2")}
        elif name == "readings":
            changed = {**told, name: {"a": "2"}}
        elif name == "rules":
            changed = {**told, name: ["a"]}
        else:
            changed = {**told, name: f"{value}0"}
        with pytest.raises(Refused):
            read_receipt(json.dumps(changed))
    for wrong in ("", "[]", "{}", "nul\x00", '{"id": 1}'):
        with pytest.raises(Refused, match="不是回执"):
            read_receipt(wrong)


_CELLS = st.lists(st.none() | st.text(max_size=3) | st.integers(0, 12), min_size=1, max_size=4)


@given(_CELLS, _CELLS)
def test_two_rows_have_one_seal_only_if_they_are_the_same(
    one: list[object], other: list[object]
) -> None:
    """A number and its digits are one spelling: no column holds now this, now that."""
    spelt = [[cell if cell is None else str(cell) for cell in row] for row in (one, other)]
    assert (seal(one) == seal(other)) == (spelt[0] == spelt[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [(["ab", "c"], ["a", "bc"]), ([None, ""], ["", None]), (["1:a,"], ["a"]), (["-"], [None])],
)
def test_what_moves_from_a_column_to_the_next_changes_the_seal(
    one: list[object], other: list[object]
) -> None:
    assert seal(one) != seal(other)
