"""The file by RFC 5545, read by a second parser and by eye."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject

from jingmen_facts import Dossier
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.calendar.build import diary
from jingmen_policy.office.calendar.ics import ics
from support.bulletins import hostile, ledger, policy

DAY = date(2021, 12, 31)
TEXT = re.compile(r"^(SUMMARY|DESCRIPTION|X-WR-CALNAME|NAME):(.*)$")


def written(dossier: Dossier, day: date = DAY, **given: Any) -> bytes:
    return ics(diary(policy(), dossier, day, Teller(policy().models), **given))


def lines(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.fixture(scope="module")
def content() -> bytes:
    return written(ledger())


def test_lines_end_and_are_folded_as_they_should_be(content: bytes) -> None:
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    folded = content.split(b"\r\n")
    assert max(map(len, folded)) <= 75
    for line in folded:
        line.decode()  # no character is parted between two lines
    assert any(line.startswith(b" ") for line in folded)


def test_a_second_parser_reads_what_was_meant(content: bytes) -> None:
    made = diary(policy(), ledger(), DAY, Teller(policy().models))
    whole = vobject.readOne(content.decode())
    events = list(whole.vevent_list)
    assert len(events) == len(made.entries)
    for event, entry in zip(events, made.entries, strict=True):
        assert event.uid.value == entry.uid(made.corpus)
        assert event.summary.value == entry.summary
        assert event.description.value == entry.description
        assert event.dtstart.value == entry.day
        assert event.dtend.value == entry.day + timedelta(days=1)
        assert event.categories.value == list(entry.categories)
    assert whole.prodid.value
    assert whole.version.value == "2.0"


def test_days_are_whole_days_that_do_not_block(content: bytes) -> None:
    found = lines(content)
    starts = [line for line in found if line.startswith("DTSTART")]
    assert starts
    assert all(re.fullmatch(r"DTSTART;VALUE=DATE:\d{8}", line) for line in starts)
    assert found.count("TRANSP:TRANSPARENT") == len(starts)


def test_every_event_has_what_it_must_and_no_two_the_same_uid(content: bytes) -> None:
    events = content.replace(b"\r\n ", b"").decode().split("BEGIN:VEVENT\r\n")[1:]
    uids = []
    for event in events:
        names = [re.split("[:;]", line)[0] for line in event.split("\r\n") if line]
        for name in ("UID", "DTSTAMP", "DTSTART", "SEQUENCE", "LAST-MODIFIED", "SUMMARY"):
            assert names.count(name) == 1, name
        uids += re.findall(r"^UID:(\S+)", event, re.M)
    assert len(set(uids)) == len(events)


def test_texts_are_escaped(content: bytes) -> None:
    for line in lines(content):
        if found := TEXT.match(line):
            assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", found[2])


def test_the_same_day_makes_the_same_bytes_and_a_later_one_a_later_stamp(content: bytes) -> None:
    assert written(ledger()) == content
    later = written(ledger(), DAY + timedelta(days=1))
    stamps = [
        vobject.readOne(one.decode()).vevent.dtstamp.value.astimezone(UTC)
        for one in (content, later)
    ]
    assert stamps == [datetime(2021, 12, 31, 16, tzinfo=UTC), datetime(2022, 1, 1, 16, tzinfo=UTC)]
    sequences = [
        int(vobject.readOne(one.decode()).vevent.sequence.value) for one in (content, later)
    ]
    assert sequences[1] == sequences[0] + 1


def test_importing_again_updates_and_adds_nothing(content: bytes) -> None:
    """As a calendar does it: by UID, the higher sequence stays."""
    kept: dict[str, Any] = {}
    for one in (content, written(ledger(), DAY + timedelta(days=90)), content):
        for event in vobject.readOne(one.decode()).vevent_list:
            before = kept.get(event.uid.value)
            if before is None or int(event.sequence.value) >= int(before.sequence.value):
                kept[event.uid.value] = event
    fresh = written(ledger(), DAY + timedelta(days=90))
    wanted = {e.uid.value: e for e in vobject.readOne(fresh.decode()).vevent_list}
    assert {uid: kept[uid].summary.value for uid in wanted} == {
        uid: event.summary.value for uid, event in wanted.items()
    }
    gone = kept.keys() - wanted.keys()
    assert not gone


def test_texts_of_the_facts_stay_texts() -> None:
    content = written(hostile())
    assert "\u202e" not in content.decode()
    whole = vobject.readOne(content.decode())
    told = [event.summary.value for event in whole.vevent_list]
    assert any("@协议[U+202E];,<i>" in one for one in told)
    assert len(told) == content.count(b"BEGIN:VEVENT")
