"""A printed table of whole numbers, with the totals it prints, which need not be the sums."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said, spelt, unknown_name
from jingmen_facts.reading.yaml_text import Located, read_yaml

_NAMES = ("id", "title", "unit", "columns", "total_label", "rows", "printed")
_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Difference:
    """A total that is not the sum of what it totals: ``where`` is a column or a row."""

    where: str
    printed: int
    computed: int


@dataclass(frozen=True)
class Table:
    """``rows`` maps each row's label to its cells in the order of ``columns``."""

    id: str
    title: str
    unit: str
    columns: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]]
    total_label: str
    row_totals: Mapping[str, int]
    column_totals: Mapping[str, int]
    grand_total: int

    def cell(self, row: str, column: str) -> int:
        """KeyError where there is no such cell."""
        self._check(row, column)
        return self.rows[row][self.columns.index(column)]

    def row_sum(self, row: str) -> int:
        return sum(self.rows[row])

    def column_sum(self, column: str) -> int:
        return sum(self.cell(row, column) for row in self.rows)

    def totals_of(self, columns: Iterable[str]) -> tuple[int, int]:
        """What the totals row prints for some columns together, and what their cells add up to."""
        chosen = tuple(columns)
        printed = sum(self.column_totals[column] for column in chosen)
        return printed, sum(self.column_sum(column) for column in chosen)

    def cell_id(self, row: str, column: str) -> str:
        """The cell's id, such as ``annex__r_1__c_2021``: rows by place, columns by their figures.

        Where the labels' letters and figures do not tell the columns apart, by place as well.
        """
        self._check(row, column)
        keys = [re.sub(r"[^0-9A-Za-z]", "", label) for label in self.columns]
        place = self.columns.index(column)
        told = all(keys) and len(set(keys)) == len(keys)
        key = keys[place] if told else str(place + 1)
        return f"{self.id}__r_{list(self.rows).index(row) + 1}__c_{key}"

    def address(self, row: str, column: str) -> str:
        """The cell's human address, such as 附件 沙洋县·2021年."""
        self._check(row, column)
        return f"附件 {row}·{column}"

    def differences(self) -> list[Difference]:
        """Every printed total that is not the sum: of a row, a column, or all cells."""
        cells = sum(self.row_sum(row) for row in self.rows)
        totals = [
            *(Difference(row, said, self.row_sum(row)) for row, said in self.row_totals.items()),
            *(Difference(of, said, self.column_sum(of)) for of, said in self.column_totals.items()),
            Difference(self.total_label, self.grand_total, cells),
        ]
        return [total for total in totals if total.printed != total.computed]

    def _check(self, row: str, column: str) -> None:
        if row not in self.rows or column not in self.columns:
            raise KeyError(f"{row}·{column}")


def read_table(text: str, source: str) -> Table:
    """A table from its YAML: title, unit, columns, rows, and ``printed`` totals as they stand.

    Raises Refused where a row has too few cells, a total is missing, or a cell is no whole number.
    """
    located = read_yaml(text, source)
    reader = _Reader(located)
    table = reader.table()
    if reader.problems:
        raise Refused(reader.problems)
    return table


class _Reader:
    def __init__(self, located: Located) -> None:
        self.located = located
        self.problems: list[Problem] = []

    def table(self) -> Table:
        self.no_other_names()
        columns = tuple(str(name) for name in self.get("columns", list))
        total = str(self.get("total_label", str))
        if len({*columns, total}) <= len(columns):
            self.wrong(("columns",), "列名重复", "a column's label occurs twice")
        rows: dict[str, tuple[int, ...]] = {}
        row_totals: dict[str, int] = {}
        for row in self.get("rows", dict):
            cells = self.numbers(("rows", row), (*columns, total))
            rows[str(row)] = cells[:-1]
            row_totals[str(row)] = cells[-1]
        totals = self.numbers(("printed",), (*columns, total))
        return Table(
            id=str(self.get("id", str)),
            title=str(self.get("title", str)),
            unit=str(self.get("unit", str)),
            columns=columns,
            rows=rows,
            total_label=total,
            row_totals=row_totals,
            column_totals=dict(zip(columns, totals[:-1], strict=True)),
            grand_total=totals[-1],
        )

    def no_other_names(self) -> None:
        given = self.located.value
        for name in given if isinstance(given, dict) else ():
            if name not in _NAMES:
                said = unknown_name(Said("字段", "field"), name, _NAMES)
                self.wrong((name,), said.zh, said.en)

    def get(self, name: str, shape: type) -> Any:
        value = self.located.value
        found = value.get(name) if isinstance(value, dict) else None
        if not isinstance(found, shape):
            self.wrong((name,), f"缺少 {name}", f"'{name}' is missing")
            return shape()
        return found

    def numbers(self, path: tuple[str, ...], names: tuple[str, ...]) -> tuple[int, ...]:
        """A mapping's whole numbers in a given order; each name once and no other."""
        value: Any = self.located.value
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        given = value if isinstance(value, dict) else {}
        if set(given) != set(names):
            wanted = "、".join(names)
            self.wrong(
                path, f"应恰有这些列：{wanted}", f"exactly these columns: {', '.join(names)}"
            )
        return tuple(
            self.number((*path, name), given[name]) if name in given else 0 for name in names
        )

    def number(self, path: tuple[str, ...], given: object) -> int:
        text = given if isinstance(given, str) else ""
        if _NUMBER.fullmatch(text):
            return int(text)
        self.wrong(path, f"应为整数，不是“{text}”", f"not a whole number: '{text}'")
        return 0

    def wrong(self, path: tuple[str, ...], zh: str, en: str) -> None:
        line = self.located.line(path)
        self.problems.append(Problem(Said(zh, en), self.located.source, line, spelt(path)))
