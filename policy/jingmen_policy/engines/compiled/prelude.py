"""What generated modules begin with: three-valued helpers, embedded as they stand here.

Truth is True, False or None (unknown); a number not known exactly is a pair of ends, None where
there is no end. Nothing of an engine is imported.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

Number = int | Fraction
Ends = tuple[Number | None, Number | None]


def at_most(a: Ends, b: Ends) -> bool | None:
    """Whether one is at most the other."""
    if a[1] is not None and b[0] is not None and a[1] <= b[0]:
        return True
    return False if a[0] is not None and b[1] is not None and a[0] > b[1] else None


def below(a: Ends, b: Ends) -> bool | None:
    """Whether one is less than the other."""
    if a[1] is not None and b[0] is not None and a[1] < b[0]:
        return True
    return False if a[0] is not None and b[1] is not None and a[0] >= b[1] else None


def equal(a: Ends, b: Ends) -> bool | None:
    if a[0] is not None and a[0] == a[1] == b[0] == b[1]:
        return True
    apart = (a[1] is not None and b[0] is not None and a[1] < b[0]) or (
        b[1] is not None and a[0] is not None and b[1] < a[0]
    )
    return False if apart else None


def plus(a: Ends, b: Ends) -> Ends:
    return (
        None if a[0] is None or b[0] is None else a[0] + b[0],
        None if a[1] is None or b[1] is None else a[1] + b[1],
    )


def minus(a: Ends, b: Ends) -> Ends:
    return (
        None if a[0] is None or b[1] is None else a[0] - b[1],
        None if a[1] is None or b[0] is None else a[1] - b[0],
    )


def times(a: Ends, b: Ends) -> Ends:
    """One of the two is a ratio, exact and never negative, so the ends keep their order."""
    return (
        None if a[0] is None or b[0] is None else a[0] * b[0],
        None if a[1] is None or b[1] is None else a[1] * b[1],
    )


def ends(x: Number | None) -> Ends:
    """Of a number that is known exactly, or not at all."""
    return x, x


def age(born: date, on: date) -> int:
    """Whole years completed."""
    return (
        on.year
        - born.year
        - (on.month < born.month or (on.month == born.month and on.day < born.day))
    )


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February falls on 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def by_rule(rows: list[tuple[int, ...]], counts: tuple[int, ...]) -> list[int]:
    """The answers of several subjects by rule, then subject, then year.

    ``counts`` has how many answers each rule gives about a subject.
    """
    told: list[int] = []
    start = 0
    for count in counts:
        for row in rows:
            told += row[start : start + count]
        start += count
    return told


def members(d: Any, start: Any, steps: Any) -> tuple[list[tuple[Any, bool]], bool]:
    """The facts a way of several steps leads to, whether each surely is one, and whether all are.

    A step is (many, source kind, field, target kind, relation).
    """
    if start is None:
        return [], False
    reached = [(start, True)]
    whole = True
    for many, _, name, target, relation in steps:
        if many:
            whole = whole and all(d.lists_all(relation, fact) for fact, _ in reached)
            found = [
                (fact, sure)
                for owner, sure in reached
                for fact in d.inverse.get((target, name, owner.identity), ())
            ]
            if reached:
                found += [(fact, False) for fact in d.inverse.get((target, name, None), ())]
            reached = found
        else:
            known = {}
            for owner, sure in reached:
                identity = getattr(owner, name)
                if identity is None:
                    whole = False
                elif sure or identity not in known:
                    known[identity] = (d.kinds[target][identity], sure)
            reached = list(known.values())
    return reached, whole
