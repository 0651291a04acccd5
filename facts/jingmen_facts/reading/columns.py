"""Columns of tables: a heading names a field, by name or Chinese label, and may state a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from jingmen_facts.kinds import FieldSpec, Kind, Sort
from jingmen_facts.problems import Said, refuse
from jingmen_facts.reading.names import Names
from jingmen_facts.scalars import FEN_PER, quantity

_UNIT = re.compile(r"(.+?)\s*[（(]([^（）()]+)[）)]\s*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field, its name as the header has it, and the unit the header states."""

    field: FieldSpec
    written: str
    unit: str

    def text(self, cell: str) -> str | None:
        """A cell as it is to be read; None where it is blank.

        Raises PydanticCustomError with what is wrong where the cell contradicts the header.
        """
        written = cell.strip()
        if not written or not self.unit:
            return written or None
        number, unit = quantity(written)
        if unit not in ("", self.unit):
            raise refuse(
                f"表头写明单位为“{self.unit}”，单元格“{written}”却写“{unit}”",
                f"the header states '{self.unit}' but the cell '{written}' is in '{unit}'",
            )
        return f"{number:f}{self.unit}"


def column_named(names: Names, kind: Kind, heading: str) -> Column:
    """What a heading names. Raises PydanticCustomError with what is wrong with it."""
    written = heading.strip()
    name, unit = names.field(kind.name, written), ""
    spelling, match = written, _UNIT.fullmatch(written)
    if name is None and match is not None:
        spelling, unit = match[1], match[2].strip()
        name = names.field(kind.name, spelling)
    if name is None:
        said = names.unknown_field(kind.name, written)
        raise refuse(said.zh, said.en)
    field = kind.fields[name]
    units = list(FEN_PER) if field.sort is Sort.MONEY else [field.unit]
    if unit and unit not in units:
        known = "、".join(filter(None, units))
        raise refuse(
            f"单位“{unit}”不对" + (f"，应为{known}" if known else "，该列没有单位"),
            f"unit '{unit}' is wrong" + (f", expected {known}" if known else ": it has none"),
        )
    return Column(field, spelling, unit)


def field_named(names: Names, kind: Kind, heading: str) -> str | None:
    """The field a heading names, whether or not it states a unit; None where it names none."""
    try:
        return column_named(names, kind, heading).field.name
    except PydanticCustomError:
        return None


def said_of(error: PydanticCustomError) -> Said:
    """What ``refuse`` said."""
    context = error.context or {}
    return Said(context["zh"], context["en"])
