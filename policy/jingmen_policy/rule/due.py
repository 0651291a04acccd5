"""When an obligation falls due: on a day, on a day every year, always, or on no day stated."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
_END_OF_MONTH = re.compile(r"(\d{4})年(\d{1,2})月底")
_END_OF_YEAR = re.compile(r"(\d{4})年底")
_EVERY_YEAR = re.compile(r"每年年?底")

DueKind = Literal["day", "yearly", "standing", "unstated"]


@dataclass(frozen=True, slots=True)
class Due:
    """``standing`` binds all the time; ``unstated`` is an act for which the text names no day."""

    kind: DueKind
    day: date | None = None
    month_day: tuple[int, int] | None = None

    def in_year(self, year: int) -> date:
        """The day it falls due in a year. ValueError unless it is yearly."""
        if self.month_day is None:
            raise ValueError(f"nothing falls due every year: {self.kind}")
        return date(year, *self.month_day)


STANDING = Due("standing")
UNSTATED = Due("unstated")


def due_of(given: object) -> Due:
    """Read standing, unstated, ``{day: 2021-12-31}`` or ``{yearly: 12-31}``; else ValueError."""
    if given in ("standing", "unstated"):
        return STANDING if given == "standing" else UNSTATED
    if isinstance(given, dict) and set(given) == {"day"}:
        return Due("day", day=date.fromisoformat(str(given["day"])))
    if isinstance(given, dict) and set(given) == {"yearly"}:
        match = _MONTH_DAY.fullmatch(str(given["yearly"]))
        if match:
            month, day = int(match[1]), int(match[2])
            date(2023, month, day)  # ValueError for a day that not every year has
            return Due("yearly", month_day=(month, day))
    raise ValueError("expected standing, unstated, {day: YYYY-MM-DD} or {yearly: MM-DD}")


def due_said(words: str) -> Due | None:
    """The day that words name by themselves; None where it takes a reading to tell.

    >>> due_said("2021年4月底前").day, due_said("到2024年底").day, due_said("2022年")
    (datetime.date(2021, 4, 30), datetime.date(2024, 12, 31), None)
    >>> due_said("每年年底前").month_day
    (12, 31)
    """
    if match := _END_OF_MONTH.search(words):
        year, month = int(match[1]), int(match[2])
        return Due("day", day=date(year, month, monthrange(year, month)[1]))
    if match := _END_OF_YEAR.search(words):
        return Due("day", day=date(int(match[1]), 12, 31))
    return Due("yearly", month_day=(12, 31)) if _EVERY_YEAR.search(words) else None
