"""Values in cells of a workbook: texts stay texts, money stays exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.workbook_cells import DAYS, DIGITS, escaped
from jingmen_facts.scalars import NONE, Fen

MAX_TEXT = 32_000
"""A cell holds 32,767 characters; what is escaped takes more than it shows."""
_TRIGGERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
FORMATS = {
    Sort.DAY: "yyyy-mm-dd",
    Sort.MONEY: "#,##0.00",
    Sort.FLAG: "@",
    Sort.TEXT: "@",
    Sort.TEXTS: "@",
}


def put_text(cell: Any, text: str) -> None:
    """A text, whatever it begins with: it never becomes a formula or an error value."""
    whole = escaped(text)
    cell.value = whole if len(whole) <= MAX_TEXT else f"{whole[:MAX_TEXT]}……"
    cell.data_type = "s"
    if text.startswith(_TRIGGERS):
        cell.quotePrefix = True


def put_value(cell: Any, value: object, spec: FieldSpec) -> None:
    """A fact's value as its reader will read it. Raises Refused for a list no cell can say."""
    if isinstance(value, bool):
        put_text(cell, "是" if value else "否")
    elif isinstance(value, Fen):
        _put_number(cell, Decimal(int(value)) / 100, f"{value}")
    elif isinstance(value, int | Decimal):
        _put_number(cell, Decimal(value), f"{value:f}")
    elif isinstance(value, date):
        if DAYS[0] <= value <= DAYS[1]:
            cell.value = value
        else:
            put_text(cell, value.isoformat())
    elif isinstance(value, tuple):
        put_text(cell, _listed(value, spec))
    else:
        put_text(cell, str(value))


def format_of(spec: FieldSpec) -> str:
    return FORMATS.get(spec.sort, "0" if spec.whole else "General")


def _put_number(cell: Any, number: Decimal, written: str) -> None:
    """A number where a spreadsheet keeps every digit of it, else a text."""
    if len(number.as_tuple().digits) <= DIGITS:
        cell.value = number
    else:
        put_text(cell, written)


def _listed(items: tuple[str, ...], spec: FieldSpec) -> str:
    if not items:
        return NONE
    if items == (NONE,) or any(mark in item for item in items for mark in "、；;|"):
        said = Said(
            f"{spec.label.zh}“{'”“'.join(items)}”含有分隔号，写不进一格",
            f"{spec.label.en}: an item holds a separator, so that one cell cannot say the list",
        )
        raise Refused([Problem(said)])
    return "、".join(items)
