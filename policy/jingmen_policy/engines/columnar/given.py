"""Tables in DuckDB as statements read them: columns found, cells read, and all of it checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pydantic_core import PydanticCustomError

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FieldSpec, Kind, Sort
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.columns import column_named, said_of
from jingmen_facts.reading.names import names_of
from jingmen_facts.scalars import Fen
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.keys import Keys, spelt_identity
from jingmen_policy.engines.columnar.reading import DUCKDB, Reading, reading, untidy
from jingmen_policy.engines.columnar.tables import snake

ROW = "_row"
"""The column that numbers the rows of a frame."""


@dataclass(frozen=True, slots=True)
class Stands:
    """A column as it comes: its heading, DuckDB's type, and the unit the heading states."""

    heading: str
    given: str
    unit: str

    @property
    def column(self) -> str:
        return DUCKDB.quoted(self.heading)


@dataclass
class Given:
    """Tables in DuckDB under the names statements use, read and checked."""

    corpus: Corpus
    database: Any
    sources: Mapping[str, str]
    """What holds a kind's rows as they come: anything DuckDB can select from."""
    background: Mapping[str, list[Fact]] = field(default_factory=dict)
    complete: Collection[str] = ()
    check: bool = True
    problems: list[Problem] = field(default_factory=list)
    keys: Keys = field(init=False)
    columns: dict[str, dict[str, Stands]] = field(init=False)
    """The columns there are, by kind and field."""
    reads: dict[str, list[str]] = field(init=False)
    """The fields that a statement reads, by kind."""
    numbered: str = ""
    """The kind whose rows have numbers."""
    trimmed: set[str] = field(default_factory=set)
    """Kinds whose identities and references are looked at for blanks around them as well. They need
    not be where they are checked: only one that is found wanting as it stands can have any."""

    def __post_init__(self) -> None:
        self.keys = Keys(self.corpus.models, self.database, self.problems)

    def prepare(self, reads: Mapping[str, Iterable[str]], numbered: str = "") -> None:
        """Makes a view for every kind a statement reads, and checks all but references.

        Raises Refused where a cell or a heading cannot be read; what else is wrong is noted, for
        ``references`` to tell.
        """
        self.reads = {
            name: [field for field in fields if field != ROW] for name, fields in reads.items()
        }
        self.columns = {name: self._columns(name, source) for name, source in self.sources.items()}
        there = {
            name: kind.model.KEY
            for name, kind in self.corpus.models.kinds.items()
            if name in self.sources or name in self.background
        }
        self.numbered = numbered
        for name, fields in {**there, **self.reads}.items():
            self._view(self.corpus.models.kinds[name], list(fields))
        if self.problems:
            raise Refused(self.problems)
        if self.check:
            for name in self._read():
                if not self.keys.identities(name, self._assumed(name)):
                    self._trim(name)
                    self.keys.identities(name)
        self._check_owners(there)

    def references(self, named: Mapping[tuple[str, str], str] = MappingProxyType({})) -> bool:
        """Checks references, where anything is checked; False where views had to be made anew.

        ``named`` has, for a reference by kind and field, something to select all it names from, as
        ``owner``. Raises Refused with all that is wrong.
        """
        lost: list[tuple[str, str]] = []
        if self.check:
            lost = [
                (name, reference)
                for name in self._read()
                for reference in self._referring(name)
                if self.keys.lost(name, reference, named.get((name, reference), ""))
            ]
        anew = [name for name in dict(lost) if name not in self.trimmed]
        for name in anew:
            self._trim(name)
        for name, reference in lost:
            self.keys.reference(name, reference)
        if self.problems:
            raise Refused(self.problems)
        return not anew

    def _trim(self, name: str) -> None:
        """Reads a table again, for blanks around its identities and references."""
        self.trimmed.add(name)
        self._view(self.corpus.models.kinds[name], self.reads[name])

    def _assumed(self, name: str) -> set[str]:
        """The text columns of a kind that are taken as they stand, since they will be checked."""
        if not self.check or name in self.trimmed or name not in self.reads:
            return set()
        found = {*self._referring(name), *self.corpus.models.kinds[name].model.KEY}
        columns, specs = self.columns[name], self.corpus.models.kinds[name].fields
        return {
            one
            for one in found & columns.keys()
            if columns[one].given == "VARCHAR" and specs[one].sort is Sort.TEXT
        }

    def _columns(self, name: str, source: str) -> dict[str, Stands]:
        """The columns by field; notes those that name none, or one that another names."""
        names = names_of(self.corpus.models)
        found: dict[str, Stands] = {}
        described = self.database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        for heading, given, *_ in described:
            if heading == ROW:
                continue
            try:
                column = column_named(names, self.corpus.models.kinds[name], heading)
            except PydanticCustomError as error:
                self.problems.append(Problem(said_of(error), source=name, field=heading))
                continue
            known = found.get(column.field.name)
            if known is not None:
                said = Said(f"与“{known.heading}”是同一列", f"the same field as '{known.heading}'")
                self.problems.append(Problem(said, source=name, field=heading))
            found[column.field.name] = Stands(heading, given, column.unit)
        return found

    def _view(self, kind: Kind, fields: list[str]) -> None:
        view = DUCKDB.quoted(snake(kind.name))
        source = self.sources.get(kind.name)
        stated = self.background.get(kind.name, [])
        if source is None:
            self._rows(view, kind, fields, stated)
            return
        columns = self.columns[kind.name]
        stands = {name: columns[name] for name in fields if name in columns}
        readings = {name: self._reading(kind, name) for name in stands}
        assumed = self._assumed(kind.name)
        texts = {
            name: test
            for name, at in stands.items()
            if (test := untidy(at.column, at.given)) and name not in assumed
        }
        tidy = self._check_cells(kind, source, readings, texts)
        for name in {*tidy, *(assumed & stands.keys())}:
            readings[name] = self._reading(kind, name, tidy=True)
        chosen = [
            f"{readings[name].plain if name in readings else _nothing(kind.fields[name])}"
            f" AS {DUCKDB.quoted(name)}"
            for name in fields
        ]
        numbered = kind.name == self.numbered
        if numbered:
            chosen.append(ROW)
        made = f"SELECT {', '.join(chosen)} FROM {source}"
        if stated:
            self._rows(DUCKDB.quoted(f"{snake(kind.name)} background"), kind, fields, stated)
            made = _laid_over(kind, fields, made, numbered)
        self.database.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {made}")

    def _reading(self, kind: Kind, name: str, *, tidy: bool = False) -> Reading:
        at = self.columns[kind.name][name]
        return reading(kind.fields[name], at.column, at.given, unit=at.unit, tidy=tidy)

    def _rows(self, table: str, kind: Kind, fields: list[str], facts: list[Fact]) -> None:
        columns = ", ".join(
            f"{DUCKDB.quoted(name)} {DUCKDB.type_of(kind.fields[name])}" for name in fields
        )
        self.database.execute(f"CREATE OR REPLACE TEMP TABLE {table} ({columns})")
        if facts:
            marks = ", ".join("?" for _ in fields)
            rows = [[_written(getattr(fact, name)) for name in fields] for fact in facts]
            self.database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _check_cells(
        self,
        kind: Kind,
        source: str,
        readings: Mapping[str, Reading],
        tests: Mapping[str, str],
    ) -> list[str]:
        """Notes the cells that cannot be read, where they are to be checked. The columns, of those
        with a test, that are tidy.
        """
        doubtful = {name: one for name, one in readings.items() if self.check and not one.sure}
        lists = [name for name in doubtful if kind.fields[name].sort is Sort.TEXTS]
        asked = {name: one.wrong for name, one in doubtful.items() if name not in lists}
        for name, number in self._counted(asked, source).items():
            if number:
                self._note_cells(kind, name, readings[name].wrong, number, source)
        for name in lists:  # few differ, and looking into one takes long
            wrong, column = readings[name].wrong, self.columns[kind.name][name].column
            if self._counted({name: wrong}, f"(SELECT DISTINCT {column} FROM {source})")[name]:
                number = self._counted({name: wrong}, source)[name]
                self._note_cells(kind, name, wrong, number, source)
        return [name for name, number in self._counted(tests, source).items() if not number]

    def _counted(self, tests: Mapping[str, str], source: str) -> dict[str, int]:
        """In how many rows each holds."""
        if not tests:
            return {}
        asked = ", ".join(f"count(*) FILTER ({test})" for test in tests.values())
        found = self.database.execute(f"SELECT {asked} FROM {source}").fetchall()[0]
        return dict(zip(tests, found, strict=True))

    def _note_cells(self, kind: Kind, name: str, wrong: str, number: int, source: str) -> None:
        at = self.columns[kind.name][name]
        row = self.database.execute(
            f"SELECT CAST({at.column} AS VARCHAR) FROM {source} WHERE {wrong} LIMIT 1"
        ).fetchall()[0]
        self.problems.append(_unreadable(kind.fields[name], str(row[0]), number, at.heading))

    def _check_owners(self, kinds: Collection[str]) -> None:
        """Facts under which lists are said to be complete are there."""
        for entry in sorted(self.complete):
            _, at, owner = entry.partition("@")
            if at and not any(self._holds(kind, owner) for kind in kinds):
                said = Said(f"未知的所属对象“{owner}”", f"unknown owner of a list '{owner}'")
                self.problems.append(Problem(said, field="complete"))

    def _holds(self, kind: str, identity: str) -> bool:
        spelt = spelt_identity(self.corpus.models.kinds[kind])
        found = self.database.execute(
            f"SELECT 1 FROM {DUCKDB.quoted(snake(kind))} WHERE {spelt} = {DUCKDB.text(identity)}"
            " LIMIT 1"
        )
        return bool(found.fetchall())

    def _read(self) -> list[str]:
        """The kinds that have a table and are read."""
        return [name for name in self.sources if name in self.reads]

    def _referring(self, name: str) -> Iterator[str]:
        """The references of a kind that are read, and whose tables are there on both sides."""
        for reference, refers in self.corpus.models.kinds[name].references.items():
            there = refers.kind in self.sources or refers.kind in self.background
            if reference in self.reads[name] and refers.kind in self.reads and there:
                yield reference


def _laid_over(kind: Kind, fields: list[str], stated: str, numbered: bool) -> str:
    """What is stated, and what is known beforehand where it says nothing."""
    keys = list(kind.model.KEY)
    on = " AND ".join(f"a.{DUCKDB.quoted(key)} = b.{DUCKDB.quoted(key)}" for key in keys)
    columns = [
        f"coalesce(a.{DUCKDB.quoted(name)}, b.{DUCKDB.quoted(name)}) AS {DUCKDB.quoted(name)}"
        for name in fields
    ]
    if numbered:
        columns.append(f"a.{ROW}")
    background = DUCKDB.quoted(f"{snake(kind.name)} background")
    joined = f"({stated}) AS a FULL OUTER JOIN {background} AS b ON {on}"
    return f"SELECT {', '.join(columns)} FROM {joined}"


def _nothing(spec: FieldSpec) -> str:
    return f"CAST(NULL AS {DUCKDB.type_of(spec)})"


def _written(value: object) -> object:
    if isinstance(value, Fen):
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def _unreadable(spec: FieldSpec, shown: str, number: int, column: str) -> Problem:
    expected = "、".join(spec.choices) if spec.choices else f"{spec.label.zh}（{spec.sort.value}）"
    said = Said(
        f"{number} 格不能读作{spec.label.zh}，如“{shown[:40]}”；应为 {expected}",
        f"{number} cells are no {spec.sort.value}, such as '{shown[:40]}'",
    )
    return Problem(said, source=spec.kind, field=column)
