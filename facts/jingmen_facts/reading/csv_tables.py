"""Tables of facts: CSV files, one for each kind, with a header of field names or Chinese labels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from jingmen_facts.kinds import FactModels, Kind
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.columns import Column, column_named, said_of
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.located import LinedList, LinedMap, Located
from jingmen_facts.reading.names import names_of
from jingmen_facts.reading.stated import Stated


def read_tables(paths: Iterable[Path], stated: Stated) -> list[Said]:
    """State what tables hold, each called as its kind of fact; notes on how they were read.

    What is wrong is collected in ``stated``.
    """
    notes: list[Said] = []
    first: dict[str, Path] = {}
    for path in paths:
        source = str(path)
        kind = names_of(stated.models).kind(path.stem)
        if kind is None:
            said = names_of(stated.models).unknown_kind(path.stem)
            stated.problems.append(Problem(said, source))
            stated.lose_all()
        elif first.setdefault(kind, path) != path:
            other = first[kind].name
            said = Said(f"与 {other} 是同一种事实", f"holds the same kind of fact as {other}")
            stated.problems.append(Problem(said, source))
            stated.lose(kind)
        else:
            notes.extend(_read_table(path, stated, stated.models.kinds[kind]))
    return notes


def _read_table(path: Path, stated: Stated, kind: Kind) -> list[Said]:
    source = str(path)
    try:
        text, encoding = read_text(path, legacy=True)
        table = _Table(text, source, kind, stated.models)
        stated.read(Located({kind.name: table.rows()}, source))
    except Refused as refused:
        stated.problems.extend(refused.problems)
        stated.lose(kind.name)
        return []
    stated.problems.extend(table.problems)
    if encoding == "utf-8":
        return []
    return [Said(f"{source} 按 GBK 编码读取", f"{source} was read as GBK")]


class _Table:
    """One table; what is wrong in single rows and cells is collected in ``problems``."""

    def __init__(self, text: str, source: str, kind: Kind, models: FactModels) -> None:
        self.text = text
        self.source = source
        self.kind = kind
        self.names = names_of(models)
        self.problems: list[Problem] = []

    def rows(self) -> LinedList:
        """The rows that are not blank. Raises Refused where the header or the quoting is wrong."""
        rows = LinedList()
        records = self._records()
        line, header = next(records, (1, []))
        if not any(header):
            raise Refused([self._problem(Said("没有表头", "there is no header"), line)])
        columns = self._columns(header, line)
        for line, record in records:
            if not any(cell.strip() for cell in record):
                continue
            cells = record
            if len(record) != len(columns):
                said = Said(
                    f"有 {len(record)} 格，表头有 {len(columns)} 列",
                    f"{len(record)} cells under {len(columns)} columns",
                )
                self.problems.append(self._problem(said, line))
                cells = (record + [""] * len(columns))[: len(columns)]
            rows.append(self._row(columns, cells, line))
            rows.lines.append(line)
        return rows

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the line it starts on."""
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        line = 1
        try:
            for record in reader:
                yield line, record
                line = reader.line_num + 1
        except csv.Error as error:
            said = Said(f"CSV 格式有误（引号没有写完？）：{error}", f"not well-formed CSV: {error}")
            raise Refused([*self.problems, self._problem(said, line)]) from None

    def _columns(self, header: list[str], line: int) -> list[Column]:
        columns: list[Column] = []
        problems: list[Problem] = []
        for written in header:
            try:
                column = column_named(self.names, self.kind, written)
            except PydanticCustomError as error:
                problems.append(self._problem(said_of(error), line, written))
                continue
            if any(column.field.name == other.field.name for other in columns):
                said = Said("该列重复", "this column occurs twice")
                problems.append(self._problem(said, line, written))
            columns.append(column)
        if problems:
            raise Refused(problems)
        return columns

    def _row(self, columns: list[Column], record: list[str], line: int) -> LinedMap:
        row = LinedMap()
        for column, cell in zip(columns, record, strict=True):
            row.lines[column.written] = line
            try:
                row[column.written] = column.text(cell)
            except PydanticCustomError as error:
                self.problems.append(self._problem(said_of(error), line, column.written))
        return row

    def _problem(self, said: Said, line: int, column: str = "") -> Problem:
        return Problem(said, self.source, line, column)
