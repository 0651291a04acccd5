"""Tables in DuckDB as statements read them: columns found, cells read, and all of it checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import PydanticCustomError

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FieldSpec, Kind
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.columns import column_named, said_of
from jingmen_facts.reading.names import names_of
from jingmen_facts.scalars import Fen
from jingmen_policy.corpus.corpus import Corpus
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
    columns: dict[str, dict[str, Stands]] = field(init=False)
    """The columns there are, by kind and field."""

    def prepare(self, reads: Mapping[str, Iterable[str]], numbered: str = "") -> None:
        """Makes a view for every kind a statement reads. Raises Refused with all that is wrong."""
        self.columns = {name: self._columns(name, source) for name, source in self.sources.items()}
        there = {
            name: kind.model.KEY
            for name, kind in self.corpus.models.kinds.items()
            if name in self.sources or name in self.background
        }
        for name, fields in {**there, **reads}.items():
            wanted = [field for field in fields if field != ROW]
            self._view(self.corpus.models.kinds[name], wanted, numbered=name == numbered)
        if not self.problems:
            self._check_owners(there)
        if self.check and not self.problems:
            for name in self.sources.keys() & reads.keys():
                self._check_identities(name)
                self._check_references(name, reads)
        if self.problems:
            raise Refused(self.problems)

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

    def _view(self, kind: Kind, fields: list[str], *, numbered: bool) -> None:
        view = DUCKDB.quoted(snake(kind.name))
        source = self.sources.get(kind.name)
        stated = self.background.get(kind.name, [])
        if source is None:
            self._rows(view, kind, fields, stated)
            return
        columns = self.columns[kind.name]
        stands = {name: columns[name] for name in fields if name in columns}
        readings = {name: self._reading(kind, name) for name in stands}
        texts = {name: test for name, at in stands.items() if (test := untidy(at.column, at.given))}
        for name in self._check_cells(kind, source, readings, texts):
            readings[name] = self._reading(kind, name, tidy=True)
        chosen = [
            f"{readings[name].plain if name in readings else _nothing(kind.fields[name])}"
            f" AS {DUCKDB.quoted(name)}"
            for name in fields
        ]
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
        asked = [f"count(*) FILTER ({one.wrong})" for one in doubtful.values()]
        asked += [f"count(*) FILTER ({test})" for test in tests.values()]
        if not asked:
            return []
        found = self.database.execute(f"SELECT {', '.join(asked)} FROM {source}").fetchall()[0]
        for (name, one), number in zip(doubtful.items(), found, strict=False):
            if number:
                at = self.columns[kind.name][name]
                row = self.database.execute(
                    f"SELECT CAST({at.column} AS VARCHAR) FROM {source} WHERE {one.wrong} LIMIT 1"
                ).fetchall()[0]
                self.problems.append(
                    _unreadable(kind.fields[name], str(row[0]), number, at.heading)
                )
        return [
            name for name, number in zip(tests, found[len(doubtful) :], strict=True) if not number
        ]

    def _check_owners(self, kinds: Collection[str]) -> None:
        """Facts under which lists are said to be complete are there."""
        for entry in sorted(self.complete):
            _, at, owner = entry.partition("@")
            if at and not any(self._holds(kind, owner) for kind in kinds):
                said = Said(f"未知的所属对象“{owner}”", f"unknown owner of a list '{owner}'")
                self.problems.append(Problem(said, field="complete"))

    def _holds(self, kind: str, identity: str) -> bool:
        spelt = _identity(self.corpus.models.kinds[kind])
        found = self.database.execute(
            f"SELECT 1 FROM {DUCKDB.quoted(snake(kind))} WHERE {spelt} = {DUCKDB.text(identity)}"
            " LIMIT 1"
        )
        return bool(found.fetchall())

    def _check_identities(self, name: str) -> None:
        kind = self.corpus.models.kinds[name]
        view = DUCKDB.quoted(snake(name))
        keys = [DUCKDB.quoted(key) for key in kind.model.KEY]
        blank = " OR ".join(f"{key} IS NULL" for key in keys)
        listed = ", ".join(keys)
        # Hashes that all differ are of identities that do, and take far less room to tell.
        rows, empty, different = self.database.execute(
            f"SELECT count(*), count(*) FILTER ({blank}), count(DISTINCT hash({listed}))"
            f" FROM {view}"
        ).fetchall()[0]
        if empty:
            said = Said(f"{empty} 行缺少必填的标识", f"{empty} rows have no identity")
            self.problems.append(Problem(said, source=name, field=", ".join(kind.model.KEY)))
        if rows == different:
            return
        twice = self.database.execute(
            f"SELECT {listed}, count(*) FROM {view} GROUP BY {listed} HAVING count(*) > 1 LIMIT 3"
        ).fetchall()
        for row in twice:
            identity = "/".join(map(str, row[:-1]))
            said = Said(
                f"“{identity}”重复出现 {row[-1]} 次", f"'{identity}' occurs {row[-1]} times"
            )
            self.problems.append(Problem(said, source=name, field=", ".join(kind.model.KEY)))

    def _check_references(self, name: str, reads: Mapping[str, Iterable[str]]) -> None:
        kind = self.corpus.models.kinds[name]
        used = set(reads[name])
        for reference, refers in kind.references.items():
            there = refers.kind in self.sources or refers.kind in self.background
            if reference not in used or refers.kind not in reads or not there:
                continue
            target = self.corpus.models.kinds[refers.kind]
            column = DUCKDB.quoted(reference)
            row = self.database.execute(
                f"SELECT count(*), any_value({column}) FROM {DUCKDB.quoted(snake(name))}"
                f" WHERE {column} IS NOT NULL AND {column} NOT IN"
                f" (SELECT {_identity(target)} FROM {DUCKDB.quoted(snake(refers.kind))})"
            ).fetchall()[0]
            if row[0]:
                said = Said(
                    f"{row[0]} 行所指的{target.label.zh}不存在，如“{row[1]}”",
                    f"{row[0]} rows refer to a {target.label.en} not there, such as '{row[1]}'",
                )
                self.problems.append(Problem(said, source=name, field=reference))


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


def _identity(kind: Kind) -> str:
    return " || '/' || ".join(f"CAST({DUCKDB.quoted(key)} AS VARCHAR)" for key in kind.model.KEY)


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
