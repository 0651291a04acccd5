"""Values at a limit and next to it: where what a comparison says changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.scalars import Fen
from jingmen_policy.expression.nodes import Field, Of, Term

_A_DAY = timedelta(days=1)
_CENT = Fraction(1, 100)


def around(limit: Any, term: Term) -> list[Any]:
    """Values at a limit and next to it, in order; every choice where there are choices."""
    if term.type.of in {Of.NUMBER, Of.MONEY, Of.RATIO}:
        least = least_step(term)
        low, high = floor(limit / least) * least, ceil(limit / least) * least
        return sorted({high - least, low, high, low + least})
    if term.type.of is Of.DAY:
        return [limit - _A_DAY, limit, limit + _A_DAY]
    if term.type.of is Of.FLAG:
        return [True, False]
    return list(texts_around(term, limit)) if term.type.of is Of.TEXT else []


def texts_around(term: Term, text: str) -> tuple[str, ...]:
    return term.type.choices or (text, f"{text}（不同）")


def least_step(term: Term) -> Fraction | int:
    """The least by which a value can differ: a 分, a whole one, or a hundredth."""
    fractional = isinstance(term, Field) and term.spec.sort is Sort.NUMBER and not term.spec.whole
    return _CENT if fractional else 1


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def stored(wanted: Any, spec: FieldSpec) -> Any:
    """A value as a field holds it; None where it cannot."""
    if isinstance(wanted, bool | str | tuple | date):
        return wanted
    number = Fraction(wanted)
    if number < 0 and not spec.signed:
        return None
    if spec.sort is Sort.MONEY:
        return Fen(int(number)) if number.denominator == 1 else None
    if spec.whole:
        return int(number) if number.denominator == 1 else None
    cents = number * 100
    return Decimal(int(cents)) / 100 if cents.denominator == 1 else None
