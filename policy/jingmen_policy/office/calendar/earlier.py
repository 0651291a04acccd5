"""The calendar imported before: what it had and the new one has not is cancelled, not left over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.office.calendar.model import Cancelled, Diary
from jingmen_policy.office.needs import needed

MOST = 16 * 1024 * 1024
"""Bytes: thousands of entries take less."""
_DAMAGED = (ValueError, AttributeError, KeyError, IndexError, TypeError)
"""What icalendar raises for lines it cannot read: mostly the first, for some damage the others."""


def after(diary: Diary, earlier: Path, product: str) -> Diary:
    """The diary as what follows an earlier file: numbered after it, with what is gone cancelled.

    Raises Refused for a file that cannot be read, or that ``jingmen calendar`` did not write.
    """
    whole = _read(earlier, product)
    events = list(whole.walk("VEVENT"))
    there = {entry.uid(diary.corpus) for entry in diary.entries}
    gone = [_cancelled(event, earlier) for event in events]
    last = max((_sequence(event, earlier) for event in events), default=-1)
    return replace(
        diary,
        sequence=max(diary.sequence, last + 1),
        cancelled=tuple(one for one in gone if one.uid not in there),
    )


def _read(path: Path, product: str) -> Any:
    library = needed("icalendar", Said("日程", "a calendar"))
    try:
        if path.stat().st_size > MOST:
            raise _refused(path, "文件过大", "the file is too large")
        whole = library.Calendar.from_ical(path.read_bytes().decode())
    except OSError as error:
        raise _refused(path, f"读不出来：{error}", f"cannot be read: {error}") from None
    except Refused:
        raise
    except _DAMAGED:
        raise _refused(path, "不是日程文件", "is not a calendar") from None
    if str(whole.get("prodid", "")) != product:
        raise _refused(
            path,
            "不是 jingmen calendar 写出的日程",
            "was not written by jingmen calendar",
        )
    return whole


def _cancelled(event: Any, path: Path) -> Cancelled:
    try:
        day = event["dtstart"].dt
    except _DAMAGED:
        day = None
    if "uid" not in event or type(day) is not date:
        raise _refused(path, "有日程缺少 UID 或日期", "an entry lacks its UID or its day")
    return Cancelled(str(event["uid"]), day, str(event.get("summary", "")))


def _sequence(event: Any, path: Path) -> int:
    value = event.get("sequence", 0)
    if not isinstance(value, int):
        raise _refused(path, "SEQUENCE 不是整数", "a SEQUENCE is no whole number")
    return int(value)


def _refused(path: Path, zh: str, en: str) -> Refused:
    return Refused([Problem(Said(zh, en), str(path))])
