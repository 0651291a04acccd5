"""Days as ordinals, with the year, month and day of each where an age or a term asks for them.

Between the first and the last day allowed a year is a leap year exactly where four divides it, so
the ordinal is linear in them and nothing is approximated, 29 February included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from jingmen_policy.prove.logic import Bit, Whole, all_of, any_of, choose, no

FIRST, LAST = date(1901, 1, 1), date(2069, 12, 31)
MOST_YEARS = 30
"""Terms reckoned from a day are no longer, so that what they lead to has such years too."""
_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LEAPS_SKIPPED = 15
"""Years up to 1900 or 2000 that four divides and that were no leap years."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Year, month, day."""

    year: Whole
    month: Whole
    day: Whole


def ordinal(parts: Parts) -> Whole:
    """The ordinal of a day, as ``date.toordinal`` has it."""
    year, month, day = parts.year, parts.month, parts.day
    before = 365 * (year - 1) + _div(year - 1, 4) - _LEAPS_SKIPPED
    months = _BEFORE[11]
    for number in range(11, 0, -1):
        months = choose(month == number, _BEFORE[number - 1], months)
    leap = choose(all_of([month > 2, _leap(year)]), 1, 0)
    return before + months + leap + day


def exists(parts: Parts) -> Bit:
    """Whether there is such a day."""
    month, day = parts.month, parts.day
    short = any_of([month == 4, month == 6, month == 9, month == 11])
    days = choose(month == 2, choose(_leap(parts.year), 29, 28), choose(short, 30, 31))
    return all_of([month >= 1, month <= 12, day >= 1, day <= days])


def parts_of(day: Whole, name: str) -> tuple[Parts, list[Any]]:
    """The parts of an ordinal, and what defines them."""
    if isinstance(day, int):
        known = date.fromordinal(day)
        return Parts(known.year, known.month, known.day), []
    parts = Parts(*(z3.Int(f"{name}!{part}") for part in ("y", "m", "d")))
    bounds = [parts.year >= FIRST.year, parts.year <= LAST.year]
    return parts, [*bounds, exists(parts), ordinal(parts) == day]


def age(born: Parts, on: Parts) -> Whole:
    """Whole years completed."""
    early = any_of([on.month < born.month, all_of([on.month == born.month, on.day < born.day])])
    return on.year - born.year - choose(early, 1, 0)


def years_after(day: Parts, years: Whole) -> Whole:
    """The ordinal of the same day so many years later; 29 February falls on the 28th."""
    year = day.year + years
    gone = all_of([day.month == 2, day.day == 29, no(_leap(year))])
    return ordinal(Parts(year, day.month, choose(gone, 28, day.day)))


def _leap(year: Whole) -> Bit:
    return year % 4 == 0


def _div(number: Whole, by: int) -> Whole:
    return number // by if isinstance(number, int) else number / by
