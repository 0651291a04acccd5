"""Values as people read them, exact: 7175.01元, 2人, 3/8, 是, 2021-12-31; never rounded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingmen_facts.scalars import Fen
from jingmen_policy.expression.nodes import Of, Type
from jingmen_policy.expression.values import Bounds, Stated, Unknown, Value

UNKNOWN_TEXT = "?"


def show(value: Value | bool, type_: Type) -> str:
    """A value of a term, with its unit.

    >>> show(Fraction(71750007, 100), Type(Of.MONEY)), show(3, Type(Of.NUMBER, "人"))
    ('7175.0007元', '3人')
    """
    if isinstance(value, Unknown):
        return UNKNOWN_TEXT
    if isinstance(value, Bounds):
        low = UNKNOWN_TEXT if value.low is None else _number(value.low, type_)
        high = UNKNOWN_TEXT if value.high is None else _number(value.high, type_)
        return f"{low}～{high}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Fraction):
        return _number(value, type_)
    if isinstance(value, tuple):
        return "、".join(value) or "（空）"
    return value.isoformat() if isinstance(value, date) else value


def show_stated(value: Stated, unit: str) -> str:
    """A fact's own value, with its unit."""
    if value is None:
        return UNKNOWN_TEXT
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fen):
        return f"{value}元"
    if isinstance(value, Decimal):
        return f"{value:f}{unit}"
    if isinstance(value, int):
        return f"{value}{unit}"
    if isinstance(value, tuple):
        return "、".join(value) or "（空）"
    return value.isoformat() if isinstance(value, date) else value


def _number(value: int | Fraction, type_: Type) -> str:
    if type_.of is Of.NUMBER and isinstance(value, int):
        return f"{value}{type_.unit}"
    if type_.of is Of.MONEY:
        return f"{exact(Fraction(value, 100), least=2)}元"
    if type_.of is Of.RATIO:
        return f"{exact(Fraction(value) * 100)}%"
    return f"{exact(Fraction(value))}{type_.unit}"


def exact(value: Fraction, least: int = 0) -> str:
    """A finite decimal where there is one, else the fraction itself.

    >>> exact(Fraction(39, 10)), exact(Fraction(1, 3)), exact(Fraction(7), 2)
    ('3.9', '1/3', '7.00')
    """
    if value.denominator == 1 and not least:
        return str(value.numerator)
    rest = value.denominator
    twos = fives = 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives, least)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    whole, decimals = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
