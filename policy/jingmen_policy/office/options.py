"""What drop-downs offer: choices on a hidden sheet, and the identities in other sheets' columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName

from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec
from jingmen_facts.reading.workbook_form import OPTIONS
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.form import Form, Table

REACH = 2000
"""How far down a sheet its identities are offered elsewhere."""


@dataclass
class Options:
    """The ranges that lists are taken from, written to ``sheet`` as they are asked for.

    ``names`` are the names the whole workbook defines.
    """

    sheet: Any
    form: Form
    names: Any
    columns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def of(self, spec: FieldSpec) -> str | None:
        """The range of what a field may be, by its name; None where it may be anything."""
        if spec.choices:
            return self._range(spec.label.zh, spec.choices)
        if spec.refers is None:
            return None
        table = next((t for t in self.form.tables if t.kind.name == spec.refers.kind), None)
        if table is not None and len(table.kind.model.KEY) == 1:
            return self._named(table.kind.ledger, _column(table, table.kind.model.KEY[0]))
        known = self._identities(self.form.known, spec.refers.kind, table)
        return self._range(spec.label.zh, known) if known else None

    def _identities(self, known: Dossier, kind: str, table: Table | None) -> tuple[str, ...]:
        if table is None:
            return tuple(known.of_kind(kind))
        keys = table.kind.model.KEY
        return tuple("/".join(str(row.values[key]) for key in keys) for row in table.rows)

    def _range(self, title: str, offered: tuple[str, ...]) -> str:
        if offered not in self.columns:
            number = len(self.columns) + 1
            letter = get_column_letter(number)
            put_text(self.sheet.cell(1, number), title)
            for row, text in enumerate(offered, 2):
                put_text(self.sheet.cell(row, number), text)
            ranged = f"{quote_sheetname(OPTIONS)}!${letter}$2:${letter}${len(offered) + 1}"
            self.columns[offered] = self._named(f"{OPTIONS}{number}", ranged)
        return self.columns[offered]

    def _named(self, name: str, ranged: str) -> str:
        """A name for a range: lists by name are kept by every program, lists by range are not."""
        plain = "".join(char if char.isalnum() else "_" for char in name)
        self.names[plain] = DefinedName(plain, attr_text=ranged)
        return plain


def _column(table: Table, key: str) -> str:
    number = [spec.name for spec in table.fields].index(key) + 1
    letter = get_column_letter(number)
    return f"{quote_sheetname(table.kind.ledger)}!${letter}$2:${letter}${REACH}"
