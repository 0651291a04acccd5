"""A diary as iCalendar (RFC 5545), the same for the same day: no clock is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from jingmen_facts.problems import Said
from jingmen_policy.exports.safe import shown
from jingmen_policy.office.calendar.model import Diary
from jingmen_policy.office.needs import needed

CHINA = timezone(timedelta(hours=8))
PRODUCT = "-//jingmen-policy//calendar//ZH"


def ics(diary: Diary) -> bytes:
    """The file. Raises Refused where icalendar is not installed."""
    library = needed("icalendar", Said("日程", "a calendar"))
    whole = library.Calendar()
    for name, value in (
        ("version", "2.0"),
        ("prodid", PRODUCT),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", _text(diary.name)),
        ("x-wr-calname", _text(diary.name)),
    ):
        whole.add(name, value)
    for entry in diary.entries:
        event = _event(library, diary, entry.uid(diary.corpus), entry.day, entry.summary)
        event.add("description", _text(entry.description))
        event.add("categories", [_text(one) for one in entry.categories])
        event.add("status", "CONFIRMED")
        whole.add_component(event)
    for gone in diary.cancelled:
        event = _event(library, diary, gone.uid, gone.day, gone.summary)
        event.add("status", "CANCELLED")
        whole.add_component(event)
    content: bytes = whole.to_ical()
    return content


def _event(library: Any, diary: Diary, uid: str, day: date, summary: str) -> Any:
    event = library.Event()
    stamp = closing(diary.as_of)
    for name, value in (
        ("uid", uid),
        ("dtstamp", stamp),
        ("last-modified", stamp),
        ("sequence", diary.sequence),
        ("dtstart", day),
        ("dtend", day + timedelta(days=1)),
        ("summary", _text(summary)),
        ("transp", "TRANSPARENT"),
    ):
        event.add(name, value)
    return event


def closing(day: date) -> datetime:
    """The close of a day in China: what is judged later is stamped later."""
    return datetime.combine(day + timedelta(days=1), time(), CHINA).astimezone(UTC)


def _text(text: str) -> str:
    """Text that no reader takes for anything else: one kind of line end, nothing hidden."""
    return shown(text.replace("\r\n", "\n").replace("\r", "\n"))
