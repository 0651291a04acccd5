"""One sheet of a workbook: its headings, which columns are fields, what the rows say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from pydantic_core import PydanticCustomError

from jingmen_facts.kinds import Kind
from jingmen_facts.problems import Problem, Said, hint
from jingmen_facts.reading.columns import Column, column_named, said_of
from jingmen_facts.reading.names import Names
from jingmen_facts.reading.workbook_cells import cell_text
from jingmen_facts.reading.workbook_form import FOUND, heading_of

MAX_ROWS = 20_000
MAX_CELLS = 500_000
_HEADING_WITHIN = 10
"""A title may stand above the headings, not a page."""
_NEAR = 0.5


@dataclass(slots=True)
class Sheet:
    """A sheet of one kind of fact. ``problems`` collects what is wrong in single cells.

    ``cells`` are the cells that hold something, by row and column.
    """

    title: str
    kind: Kind
    names: Names
    source: str
    epoch: datetime
    cells: dict[int, dict[int, Any]]
    merged: list[Any]
    problems: list[Problem] = field(default_factory=list)
    heading: int = 0
    columns: dict[int, Column] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)

    def read_headings(self) -> bool:
        """Find the headings; False where what is wrong with them leaves nothing to be read."""
        if self._too_large():
            return False
        if not self.cells:
            return False
        self.heading = max(self._first_rows(), key=self._recognised, default=0)
        if not self.heading or not self._recognised(self.heading):
            first = next(iter(self.cells))
            said = Said("没有一列的表头是已知的字段", "no heading is that of a known field")
            self.problems.append(Problem(said, self.source, first, cell=f"A{first}"))
            return False
        before = len(self.problems)
        self._name_columns()
        self._refuse_merged()
        return len(self.problems) == before

    def rows(self) -> Iterator[tuple[int, dict[str, str | None]]]:
        """The rows that say something, by field as the heading spells it; wrong cells are left out.

        A row of which every cell is wrong comes as well: it states something, though not what.
        """
        for row in sorted(self.cells):
            if row <= self.heading:
                continue
            said: dict[str, str | None] = {}
            wrong = False
            for number, column in self.columns.items():
                cell = self.cells[row].get(number)
                if cell is None:
                    continue
                try:
                    text = cell_text(cell, column.field, self.epoch)
                    text = None if text is None else column.text(text)
                except PydanticCustomError as error:
                    self.problems.append(self.problem(said_of(error), row, number))
                    wrong = True
                    continue
                if text is not None:
                    said[column.written] = text
            if said or wrong:
                yield row, said

    def problem(self, said: Said, row: int, number: int) -> Problem:
        column = self.columns.get(number)
        heading = column.written if column is not None else ""
        return Problem(said, self.source, row, heading, cell=address(row, number))

    def anchor(self) -> int:
        """The column that stands for the whole row: the first of the identity, or the first."""
        for name in self.kind.model.KEY:
            for number, column in self.columns.items():
                if column.field.name == name:
                    return number
        return min(self.columns, default=1)

    def _too_large(self) -> bool:
        if len(self.cells) <= MAX_ROWS and sum(map(len, self.cells.values())) <= MAX_CELLS:
            return False
        said = Said(
            f"超过 {MAX_ROWS} 行或 {MAX_CELLS} 格",
            f"more than {MAX_ROWS} rows or {MAX_CELLS} cells",
        )
        self.problems.append(Problem(said, self.source))
        return True

    def _first_rows(self) -> list[int]:
        return sorted(self.cells)[:_HEADING_WITHIN]

    def _recognised(self, row: int) -> int:
        found = 0
        for cell in self.cells[row].values():
            try:
                column_named(self.names, self.kind, _heading(cell))
            except PydanticCustomError:
                continue
            found += 1
        return found

    def _name_columns(self) -> None:
        unknown: dict[int, tuple[str, Said]] = {}
        first: dict[str, int] = {}
        for number, cell in sorted(self.cells[self.heading].items()):
            written = _heading(cell)
            if written.startswith(FOUND):
                continue
            try:
                column = column_named(self.names, self.kind, written)
            except PydanticCustomError as error:
                unknown[number] = (written, said_of(error))
                continue
            earlier = first.setdefault(column.field.name, number)
            if earlier != number:
                at = address(self.heading, earlier)
                said = Said(f"与 {at} 是同一列", f"is the same column as {at}")
                self.problems.append(
                    Problem(said, self.source, self.heading, written, (), self._at(number))
                )
                continue
            self.columns[number] = column
        for number, (written, said) in unknown.items():
            self._own_or_misspelt(number, written, said, set(first))

    def _own_or_misspelt(self, number: int, written: str, said: Said, there: set[str]) -> None:
        """A heading that is no field's is the officer's own, unless it is near a missing one."""
        absent = [
            spec.label.zh
            for spec in self.kind.fields.values()
            if spec.name not in there and spec.elsewhere is None
        ]
        bare = written.partition("（")[0].partition("(")[0].strip()
        near = next((found[0] for name in (written, bare) if (found := _near(name, absent))), None)
        field = self.names.field(self.kind.name, bare)
        if field is not None and self.kind.fields[field].unit:
            self.problems.append(
                Problem(said, self.source, self.heading, written, (), self._at(number))
            )
        elif near is not None:
            did = hint(near)
            at = Said(
                f"未知的表头{did.zh}（自有的列请换一个不相近的名称）",
                f"unknown heading{did.en} (a column of your own needs a name less like it)",
            )
            self.problems.append(
                Problem(at, self.source, self.heading, written, (), self._at(number))
            )
        elif written:
            self.own.append(written)

    def _refuse_merged(self) -> None:
        for merged in self.merged:
            if merged.max_row < self.heading:
                continue
            if any(merged.min_col <= number <= merged.max_col for number in self.columns):
                said = Said(
                    "是合并单元格，请取消合并，逐格填写",
                    "is merged; unmerge it and fill in every cell",
                )
                place = str(merged.coord)
                self.problems.append(Problem(said, self.source, merged.min_row, "", (), place))

    def _at(self, number: int) -> str:
        return address(self.heading, number)


def _near(name: str, known: list[str]) -> list[str]:
    return get_close_matches(name[:200], known, n=1, cutoff=_NEAR)


def _heading(cell: Any) -> str:
    return heading_of(str(cell.value))


def address(row: int, column: int) -> str:
    """A cell as spreadsheets call it.

    >>> address(7, 28)
    'AB7'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def filled(worksheet: Any) -> dict[int, dict[int, Any]]:
    """The cells of a sheet that hold something, by row and column.

    A sheet may claim a million rows of which three are written: only those are walked.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in worksheet._cells.items():
        value = cell.value
        if value is not None and not (isinstance(value, str) and not value.strip()):
            rows.setdefault(row, {})[column] = cell
    return rows
