"""A printed table of whole numbers, with the totals it prints, which need not be the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.yaml_text import Located, read_yaml


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
        """KeyError or ValueError where there is no such cell."""
        return self.rows[row][self.columns.index(column)]

    def row_sum(self, row: str) -> int:
        return sum(self.rows[row])

    def column_sum(self, column: str) -> int:
        return sum(self.cell(row, column) for row in self.rows)

    def address(self, row: str, column: str) -> str:
        """The cell's human address, such as 附件 沙洋县·2021年."""
        if row not in self.rows or column not in self.columns:
            raise KeyError(f"{row}·{column}")
        return f"附件 {row}·{column}"

    def differences(self) -> Iterator[Difference]:
        """Every printed total that is not the sum: rows, columns, the grand total both ways."""
        for row, printed in self.row_totals.items():
            yield Difference(row, printed, self.row_sum(row))
        for column, printed in self.column_totals.items():
            yield Difference(column, printed, self.column_sum(column))
        total = sum(self.row_sum(row) for row in self.rows)
        yield Difference(self.total_label, self.grand_total, total)


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
        columns = tuple(str(name) for name in self.get("columns", list))
        total = str(self.get("total_label", str))
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
            column_totals=dict(zip(columns, totals, strict=False)),
            grand_total=totals[-1],
        )

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
        found = []
        for name in names:
            text = str(given.get(name, ""))
            if not text.isdecimal():
                self.wrong(
                    (*path, name), f"应为整数，不是“{text}”", f"not a whole number: '{text}'"
                )
            found.append(int(text) if text.isdecimal() else 0)
        return tuple(found)

    def wrong(self, path: tuple[str, ...], zh: str, en: str) -> None:
        line = self.located.line(path)
        self.problems.append(Problem(Said(zh, en), self.located.source, line, ".".join(path)))
