"""Parameters as printed: 70%, 2人, 一年, 2021-12-31, 大专, a list of texts, a table column."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jingmen_facts.scalars import FEN_PER
from jingmen_policy.expression.frame import Parameter
from jingmen_policy.expression.nodes import Of, Type

_DIGITS = "零一二三四五六七八九十"
_PRINTED = re.compile(rf"(\d+(?:\.\d+)?|[{_DIGITS}两]{{1,3}})(\D+)")
_NUMERAL = re.compile(rf"[{_DIGITS[:10]}]|[{_DIGITS[1:10]}]?十[{_DIGITS[1:10]}]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Let:
    """One parameter: its value and type, and how the text prints it ('' for a table column)."""

    name: str
    type: Type
    value: Parameter | None
    printed: tuple[str, ...]
    table: str = ""
    column: str = ""

    @property
    def is_number(self) -> bool:
        return self.type.of in {Of.NUMBER, Of.MONEY, Of.RATIO}


def read_let(name: str, given: object, units: Collection[str]) -> Let:
    """One entry of ``let``. Raises ValueError where it is nothing a parameter can be.

    >>> read_let("ceiling", "70%", ()).value
    Fraction(7, 10)
    >>> read_let("term", "一年", {"年"}).value
    1
    """
    if isinstance(given, dict):
        if set(given) != {"table", "column"}:
            raise ValueError("expected {table: ..., column: ...}")
        table, column = str(given["table"]), str(given["column"])
        return Let(name, Type(Of.NUMBER), None, (), table, column)
    if isinstance(given, list):
        texts = tuple(str(part) for part in given)
        return Let(name, Type(Of.TEXTS, choices=texts), texts, texts)
    if not isinstance(given, str) or not given:
        raise ValueError("expected a value as the text prints it")
    if _DAY.fullmatch(given):
        return Let(name, Type(Of.DAY), date.fromisoformat(given), (given,))
    number = _number(given, units)
    if number is not None:
        value, type_ = number
        return Let(name, type_, value, (given,))
    return Let(name, Type(Of.TEXT, choices=(given,)), given, (given,))


def _number(text: str, units: Collection[str]) -> tuple[int | Fraction, Type] | None:
    match = _PRINTED.fullmatch(text)
    if match is None or not (match[2] in FEN_PER or match[2] in units or match[2] == "%"):
        return None
    digits, unit = match[1], match[2]
    value = Fraction(digits) if digits[0].isdigit() else Fraction(_chinese(digits))
    if unit == "%":
        return value / 100, Type(Of.RATIO)
    if unit in FEN_PER:
        return _whole(value * FEN_PER[unit]), Type(Of.MONEY, "元")
    return _whole(value), Type(Of.NUMBER, unit)


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _chinese(digits: str) -> int:
    """Chinese numerals up to 99.

    >>> _chinese("一"), _chinese("十二"), _chinese("四十")
    (1, 12, 40)
    """
    digits = digits.replace("两", "二")
    if not _NUMERAL.fullmatch(digits):
        raise ValueError(f"not a number: {digits}")
    if "十" not in digits:
        return _DIGITS.index(digits)
    tens, _, ones = digits.partition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


def stated(printed: str, quote: str) -> bool:
    """Whether a quote states a number as printed: the figure as a whole, then its unit.

    The end of a range may stand between them.

    >>> stated("2人", "按照每个社工站2-4人配备"), stated("3人", "30人以上")
    (True, False)
    """
    match = _PRINTED.fullmatch(printed)
    if match is None:
        return printed in quote
    figure, unit = re.escape(match[1]), re.escape(match[2])
    digit = r"\d." if match[1][0].isdigit() else f"{_DIGITS}两百千万"
    range_end = rf"(?:[-~－—～至到][{digit}]+)?"
    return re.search(rf"(?<![{digit}]){figure}{range_end}{unit}", quote) is not None
