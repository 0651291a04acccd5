"""Rows put to the rules: few by generated code, many by DuckDB; the answer is the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels, FieldSpec, Sort
from jingmen_facts.problems import Refused
from jingmen_facts.reading.names import names_of
from jingmen_policy.engines.compiled import Compiled
from jingmen_policy.engines.compiled.engine import Wide
from jingmen_policy.engines.compiled.lines import STATUSES

if TYPE_CHECKING:
    from jingmen_policy.engines.columnar.frames import Asked

CROSSOVER = 3_000
"""Rows of all tables together from which on DuckDB is quicker: see benchmarks/README.md."""
Rows = list[Mapping[str, Any]]
Build = Callable[[Mapping[str, object]], Dossier]


@dataclass(frozen=True, slots=True)
class Many:
    """What is asked, and who answers: ``build`` makes a dossier of rows by kind."""

    asked: Asked
    compiled: Compiled
    build: Build

    def decide(self, frame: Any, others: Mapping[str, Any]) -> Any:
        """Statuses of the rules put to every row: a frame for a frame, mappings for mappings."""
        if isinstance(frame, list | tuple):
            return self._of_rows([*frame], others)
        from jingmen_policy.engines.columnar.frames import arrow, back, by_kind, kind_of, needed

        duckdb, narwhals, _ = needed()
        native = narwhals.from_native(frame)
        subject = self.asked.kind or kind_of(self.models, native.collect_schema().names())
        given = {**by_kind(self.models, subject, others), subject: frame}
        tables = {
            name: _table(one) if isinstance(one, list | tuple) else arrow(narwhals, one)
            for name, one in given.items()
        }
        return back(duckdb, narwhals, native, self._of_tables(subject, tables))

    @property
    def models(self) -> FactModels:
        return self.asked.corpus.models

    def _of_rows(self, frame: Rows, others: Mapping[str, Any]) -> list[dict[str, Any]]:
        from jingmen_policy.engines.columnar.frames import arrow, by_kind, kind_of, needed

        subject = self.asked.kind or kind_of(self.models, _columns(frame))
        given = {**by_kind(self.models, subject, others), subject: frame}
        if all(isinstance(one, list | tuple) for one in given.values()):
            rows = {name: [*one] for name, one in given.items()}
            wide = self._few(subject, rows, {name: _columns(one) for name, one in rows.items()})
            if wide is not None:
                names = [_name(*column) for column in wide.columns]
                return [
                    {
                        "subject": identity,
                        **{
                            name: STATUSES[code].value
                            for name, code in zip(names, wide.rows[identity], strict=True)
                        },
                    }
                    for identity in self._identities(subject, frame)
                ]
        _, narwhals, _ = needed()
        tables = {
            name: _table(one) if isinstance(one, list | tuple) else arrow(narwhals, one)
            for name, one in given.items()
        }
        found: list[dict[str, Any]] = self._of_tables(subject, tables).to_pylist()
        return found

    def _of_tables(self, subject: str, tables: Mapping[str, Any]) -> Any:
        from jingmen_policy.engines.columnar.frames import decide_tables

        if sum(map(len, tables.values())) < CROSSOVER:
            rows = {name: table.to_pylist() for name, table in tables.items()}
            columns = {name: table.column_names for name, table in tables.items()}
            wide = self._few(subject, rows, columns)
            if wide is not None:
                return _as_table(wide, self._identities(subject, rows[subject]))
        return decide_tables(self.asked, subject, tables)

    def _few(
        self, subject: str, rows: Mapping[str, Rows], columns: Mapping[str, list[str]]
    ) -> Wide | None:
        """By generated code; None for many rows, and for rows that are no dossier.

        Those are DuckDB's to read or to refuse, so that size does not change what is refused.
        """
        if sum(map(len, rows.values())) >= CROSSOVER:
            return None
        if not all(self._known(name, listed) for name, listed in columns.items()):
            return None
        there = {*rows, *self.asked.background}
        stated = {
            name: [*self._plain(name, many, columns[name], there)] for name, many in rows.items()
        }
        try:
            dossier = self.build(stated)
        except Refused:
            return None
        rules = self.asked.rules
        return self.compiled.wide(
            dossier, self.asked.as_of, subject, None if rules is None else frozenset(rules)
        )

    def _known(self, kind: str, columns: list[str]) -> bool:
        """Whether every column is a field, and none is there twice."""
        names = names_of(self.models)
        fields = [names.field(kind, column) for column in columns]
        return None not in fields and len({*fields}) == len(fields)

    def _plain(
        self, kind: str, rows: Rows, columns: list[str], there: set[str]
    ) -> Iterable[dict[str, Any]]:
        """Rows as a dossier states them: cells that say nothing left out, and references to kinds
        of which there is no table.
        """
        known = self.models.kinds[kind]
        names = names_of(self.models)
        fields = {column: names.field(kind, column) or "" for column in columns}
        specs = {
            column: known.fields[name]
            for column, name in fields.items()
            if name not in known.references or known.references[name].kind in there
        }
        for row in rows:
            yield {
                column: value
                for column, spec in specs.items()
                if (value := _cell(row.get(column), spec)) is not None
            }

    def _identities(self, kind: str, rows: Rows) -> list[str]:
        if not rows:
            return []
        names = names_of(self.models)
        column = {names.field(kind, name): name for name in _columns(rows)}
        keys = [column[key] for key in self.models.kinds[kind].model.KEY]
        return ["/".join(str(row[key]).strip() for key in keys) for row in rows]


def _columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _cell(value: Any, spec: FieldSpec) -> Any:
    """A cell of a frame as a file of facts would say it."""
    match value:
        case float():
            if math.isnan(value):
                return None
            figure = spec.sort in (Sort.MONEY, Sort.NUMBER)
            return Decimal(repr(value)) if figure and math.isfinite(value) else value
        case str():
            return value.strip() or None
        case datetime() if value.time() == time():
            return value.date()
        case _:
            return value


def _name(rule: str, year: int | None) -> str:
    return rule if year is None else f"{rule}@{year}"


def _as_table(wide: Wide, identities: list[str]) -> Any:
    """Arrow's table of statuses, categories as DuckDB hands them on."""
    import pyarrow as pa

    values = pa.array([status.value for status in STATUSES])
    rows = [wide.rows[identity] for identity in identities]
    columns = [
        pa.DictionaryArray.from_arrays(pa.array(codes, pa.uint8()), values)
        for codes in (zip(*rows, strict=True) if rows else [()] * len(wide.columns))
    ]
    names = [_name(*column) for column in wide.columns]
    return pa.table([pa.array(identities, pa.string()), *columns], ["subject", *names])


def _table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Arrow's table of mappings; a column of cells of several types is one of texts."""
    import pyarrow as pa

    listed = [*rows]
    return pa.table({name: _column([row.get(name) for row in listed]) for name in _columns(listed)})


def _column(cells: list[Any]) -> Any:
    import pyarrow as pa

    try:
        return pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _text(cell: Any) -> str:
    match cell:
        case bool():
            return "是" if cell else "否"
        case date():
            return cell.isoformat()
        case list() | tuple():
            return "、".join(map(str, cell)) or "无"
        case _:
            return str(cell)
