"""The scalar types of facts: days, whole 分, numbers with a unit, flags, texts, lists of texts.

Files carry text; each type says how its text is read and refuses everything else. Nothing here
is a float: money is whole 分, numbers are integers or decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from jingmen_facts.problems import refuse

_DAY = r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|年\d{1,2}月\d{1,2}日)"
_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d{1,16})(?:\.\d{1,12})?"
_QUANTITY = re.compile(rf"([+-]?{_NUMBER})\s*(\D*)")
_DIGITS = re.compile(r"[+-]?[\d,，]*\.?\d*\D*")
_FLAGS = {"是": True, "true": True, "yes": True, "否": False, "false": False, "no": False}
FEN_PER = {"元": 100, "万元": 1_000_000, "分": 1}
MAX_NUMBER = 10**15
NONE = "无"
"""How a list of nothing is written where an empty cell means that it is not known."""


class Fen(int):
    """Money in whole 分.

    >>> Fen.of("7175.01"), Fen.of("1.5万元"), str(Fen(717501))
    (Fen(717501), Fen(1500000), '7175.01')
    """

    @classmethod
    def of(cls, given: object) -> Self:
        """Read an amount in 元 (a bare number) or with its unit 元, 万元 or 分.

        Raises PydanticCustomError for a float, another unit, or less than a whole 分.
        """
        if isinstance(given, cls):
            return given
        if isinstance(given, bool | float) or not isinstance(given, int | str | Decimal):
            raise refuse(
                f"金额应为整数、Decimal 或带单位的文字，不能是 {given!r}",
                f"an amount is an integer, a Decimal or text with its unit, not {given!r}",
            )
        number, unit = quantity(given)
        unit = unit or "元"
        if unit not in FEN_PER:
            raise refuse(
                f"金额单位“{unit}”不对，应为元、万元或分（不写单位即为元）",
                f"unit '{unit}' is not one of 元, 万元, 分 (no unit means 元)",
            )
        fen = number * FEN_PER[unit]
        if fen != fen.to_integral_value():
            raise refuse(f"金额“{given}”不足一分", f"'{given}' is not a whole number of 分")
        return cls(int(fen))

    def __repr__(self) -> str:
        return f"Fen({int(self)})"

    def __str__(self) -> str:
        return f"{Decimal(int(self)) / 100:.2f}"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validated,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema(), when_used="json"
            ),
            json_schema_input_schema=_number_or_text("|".join(FEN_PER)),
        )

    @classmethod
    def _validated(cls, given: object) -> Self:
        fen = cls.of(given)
        if fen < 0:
            raise refuse(f"金额不能为负：{given}", f"an amount cannot be negative: {given}")
        return fen


def quantity(given: int | str | Decimal) -> tuple[Decimal, str]:
    """A number and the unit written after it, '' where none is.

    >>> quantity("1,234.5 平方米")
    (Decimal('1234.5'), '平方米')

    Raises PydanticCustomError where no number is written or it is larger than any fact's.
    """
    text = given.strip() if isinstance(given, str) else f"{given:f}"
    match = _QUANTITY.fullmatch(text)
    number = Decimal(re.sub("[,，]", "", match[1])) if match else None
    if match is not None and number is not None and abs(number) <= MAX_NUMBER:
        return number, match[2].strip()
    if _DIGITS.fullmatch(text) and len(re.findall(r"\d", text)) > 12:
        raise refuse(f"数字过大或过长：“{text[:40]}”", f"number too large or long: '{text[:40]}'")
    raise refuse(f"应为数字，不是“{text[:40]}”", f"expected a number, got '{text[:40]}'")


def _number_or_text(units: str) -> CoreSchema:
    """What a JSON Schema says of a quantity in a file: a number, or text with a unit."""
    pattern = rf"^\s*{_NUMBER}\s*({units})?\s*$"
    number = core_schema.float_schema(ge=0)
    return core_schema.union_schema([number, core_schema.str_schema(pattern=pattern)])


@dataclass(frozen=True, slots=True)
class Number:
    """Marks an int or Decimal counted in ``unit``; the unit may be written and is checked.

    >>> from pydantic import TypeAdapter
    >>> TypeAdapter(People).validate_python("4人")
    4
    """

    unit: str
    least: int = 0
    most: int = MAX_NUMBER

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        whole = source is int

        def read(given: object) -> int | Decimal:
            if isinstance(given, bool | float) or not isinstance(given, int | str | Decimal):
                raise refuse(f"应为数字，不是 {given!r}", f"expected a number, got {given!r}")
            number, unit = quantity(given)
            if unit not in ("", self.unit):
                raise refuse(
                    f"单位“{unit}”不对，应为“{self.unit}”", f"unit '{unit}' should be '{self.unit}'"
                )
            if whole and number != number.to_integral_value():
                raise refuse(f"应为整数，不是“{given}”", f"expected a whole number, got '{given}'")
            if not self.least <= number <= self.most:
                raise refuse(
                    f"“{given}”超出范围 {self.least}～{self.most}",
                    f"'{given}' is outside {self.least} to {self.most}",
                )
            return int(number) if whole else number

        return core_schema.no_info_before_validator_function(
            read, handler(source), json_schema_input_schema=_number_or_text(self.unit)
        )


def _day(given: object) -> date:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    written = given.strip() if isinstance(given, str) else ""
    parts = re.findall(r"\d+", written) if re.fullmatch(_DAY, written) else []
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError):
        shown = f"“{given}”" if isinstance(given, str) else repr(given)
        raise refuse(
            f"应为存在的日期，如 2021-07-31，不是{shown}",
            f"expected a day that exists, such as 2021-07-31, got {given!r}",
        ) from None


def _flag(given: object) -> object:
    if isinstance(given, str):
        flag = _FLAGS.get(given.strip().lower())
        if flag is None:
            raise refuse(
                f"应为“是”或“否”，不是“{given}”", f"expected 是/否 or true/false, got '{given}'"
            )
        return flag
    if not isinstance(given, bool):
        raise refuse(f"应为“是”或“否”，不是 {given!r}", f"expected true or false, got {given!r}")
    return given


def _listed(given: object) -> object:
    if isinstance(given, str):
        if given.strip() == NONE:
            return ()
        parts = [part.strip() for part in re.split(r"[、；;|]", given) if part.strip()]
        if not parts:
            raise refuse(
                f"应为以“、”分隔的各项，没有则写“{NONE}”",
                f"expected items separated by '、', or '{NONE}' for none",
            )
        given = tuple(parts)
    elif isinstance(given, frozenset | set):
        given = tuple(sorted(given))
    if isinstance(given, list | tuple):
        twice = next((item for n, item in enumerate(given) if item in given[:n]), None)
        if twice is not None:
            raise refuse(f"“{twice}”重复列出", f"'{twice}' is listed twice")
    return given


@dataclass(frozen=True, slots=True)
class _Listed:
    """Reads a list of texts; ``社工室、个案室`` in one cell is such a list."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        inner = handler(source)
        return core_schema.no_info_before_validator_function(
            _listed,
            inner,
            json_schema_input_schema=core_schema.union_schema(
                [inner, core_schema.str_schema(min_length=1)]
            ),
        )


_DayWritten = Annotated[str, Field(pattern=rf"^\s*{_DAY}\s*$")]
_FlagWritten = Literal["是", "否", "true", "false", "yes", "no"]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=_DayWritten)]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool | _FlagWritten)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Listed = _Listed()
"""Before ``tuple[...]``: a cell such as ``社工室、个案室`` is read as a list of texts."""

People = Annotated[int, Number("人")]
Pieces = Annotated[int, Number("个")]
Year = Annotated[int, Number("年", least=2000, most=2100)]
SquareMetres = Annotated[Decimal, Number("平方米")]
Name = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
