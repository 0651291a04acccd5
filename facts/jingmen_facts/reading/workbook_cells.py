"""What a cell of a workbook says, as the text a fact is read from.

A workbook stores numbers as binary fractions and days as counts of days. A number means what the
program shows of it: its first 15 significant digits, no more. So ``0.1+0.2`` pasted as a value is
0.3, and every amount that can be typed comes back as it was typed.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import NONE

DIGITS = 15
"""How many significant digits a spreadsheet shows and keeps of a number."""
_SHOWN = Context(prec=DIGITS, rounding=ROUND_HALF_UP)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_DOTTED = re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})")
_MIDNIGHT = re.compile(r"[ T]+0{1,2}:00(:00(\.0+)?)?$")
_SEPARATORS = re.compile(r"[、；;|，,\s]+")
DAYS = (date(1930, 1, 1), date(2100, 12, 31))
"""A number is a day only between these: a year typed into a cell of days is a day of 1905."""


def cell_text(cell: Any, spec: FieldSpec, epoch: datetime) -> str | None:
    """The text of an openpyxl cell for a field; None where it is blank.

    Raises PydanticCustomError with what is wrong where the cell holds something else than a value
    of that field could be.
    """
    value, kind = cell.value, cell.data_type
    if value is None:
        return None
    if kind == "f":
        raise refuse(
            "是公式，应填写数值（复制后“选择性粘贴→数值”）",
            "is a formula; a value is wanted (copy it and paste the value)",
        )
    if kind == "e":
        raise refuse(f"是错误值 {value}，应填写数值", f"is the error {value}; a value is wanted")
    if isinstance(value, bool):
        return ("是" if value else "否") if spec.sort is Sort.FLAG else str(value).upper()
    if isinstance(value, date):
        return _day_text(value, spec)
    if isinstance(value, time | timedelta):
        raise refuse(f"是时刻 {value}，不是{_wanted(spec)}", f"is a time of day: {value}")
    if isinstance(value, int | float):
        return _number_text(value, cell.number_format, spec, epoch)
    return _plain(unescaped(str(value)), spec)


def unescaped(text: str) -> str:
    r"""The characters that XML cannot hold, written in workbooks as ``_x0007_``.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_")
    ('a\rb', '_x0041_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escaped(text: str) -> str:
    r"""A text as a workbook holds it.

    >>> escaped("a\rb"), escaped("_x0041_")
    ('a_x000D_b', '_x005F_x0041_')
    """
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _day_text(value: date, spec: FieldSpec) -> str:
    if spec.sort is not Sort.DAY:
        raise refuse(
            f"是日期 {value:%Y-%m-%d}，不是{_wanted(spec)}；请把单元格格式改为"
            f"“{'常规' if spec.sort in (Sort.NUMBER, Sort.MONEY) else '文本'}”后重填",
            f"is the day {value:%Y-%m-%d}; change the format of the cell and fill it in again",
        )
    if isinstance(value, datetime):
        if value.time() != time():
            raise refuse(
                f"应为日期，不带时刻，不是 {value:%Y-%m-%d %H:%M}",
                f"expected a day without a time, got {value:%Y-%m-%d %H:%M}",
            )
        value = value.date()
    if not DAYS[0] <= value <= DAYS[1]:
        raise refuse(
            f"是 {value}，不在 {DAYS[0].year} 至 {DAYS[1].year} 年之间；是否只填了年份？"
            "确是这一天的，请把单元格格式改为“文本”后填写",
            f"is {value}, not within {DAYS[0].year} to {DAYS[1].year}; was only a year filled in?"
            " If it is that day, format the cell as text",
        )
    return value.isoformat()


def _number_text(value: int | float, form: str, spec: FieldSpec, epoch: datetime) -> str:
    if not math.isfinite(value):
        raise refuse("不是数字", "is not a number")
    if "%" in form:
        raise refuse(
            f"是百分比格式，不是{_wanted(spec)}；请把单元格格式改为“常规”后重填",
            "is formatted as a percentage; change the format and fill it in again",
        )
    exact = Decimal(value) if isinstance(value, int) else _SHOWN.create_decimal(repr(value))
    shown = f"{exact:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    if spec.sort is Sort.DAY:
        return _serial(value, shown, epoch)
    if spec.sort in (Sort.TEXT, Sort.TEXTS) and len(shown.lstrip("-")) > DIGITS:
        raise refuse(
            f"数字超过 {DIGITS} 位，已失去末尾几位；请把单元格格式改为“文本”后重填",
            f"more than {DIGITS} digits: the last are lost; format the cell as text and refill it",
        )
    return shown


def _serial(value: int | float, shown: str, epoch: datetime) -> str:
    """A day stored as the number of days since the workbook's first."""
    if value == int(value) and 0 < value < 100_000:
        day = (epoch + timedelta(days=int(value))).date()
        if DAYS[0] <= day <= DAYS[1]:
            return day.isoformat()
    return shown


def _plain(text: str, spec: FieldSpec) -> str | None:
    """A text as typed, its full-width digits, dots and separators as the field reads them."""
    written = text.strip()
    if not written:
        return None
    if spec.choices:
        return _chosen(written, spec)
    if spec.sort in (Sort.TEXT, Sort.TEXTS):
        return text
    written = unicodedata.normalize("NFKC", written).strip()
    if spec.sort is not Sort.DAY:
        return written
    day = re.sub(r"\s*([年月日./-])\s*", r"\1", _MIDNIGHT.sub("", written))
    dotted = _DOTTED.fullmatch(day)
    return "-".join(dotted.groups()) if dotted else day


def _chosen(written: str, spec: FieldSpec) -> str:
    """A choice, or several, in the field's own spelling of it: half-width brackets are alike."""
    known = {unicodedata.normalize("NFKC", choice): choice for choice in spec.choices}
    if spec.sort is not Sort.TEXTS or written == NONE:
        return known.get(unicodedata.normalize("NFKC", written), written)
    parts = [part for part in _SEPARATORS.split(written) if part]
    return "、".join(known.get(unicodedata.normalize("NFKC", part), part) for part in parts)


def _wanted(spec: FieldSpec) -> str:
    return _WANTED[spec.sort]


_WANTED = {
    Sort.FLAG: "“是”或“否”",
    Sort.NUMBER: "数字",
    Sort.MONEY: "金额",
    Sort.DAY: "日期",
    Sort.TEXT: "文字",
    Sort.TEXTS: "文字",
}
