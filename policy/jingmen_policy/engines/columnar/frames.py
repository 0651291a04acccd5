"""Dataframes of any kind put to the rules, many rows at a time; verdicts in the same kind.

Frames come and go through narwhals and Arrow; DuckDB runs the statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FactModels, FieldSpec, Kind
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.names import names_of
from jingmen_facts.scalars import Fen
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.reading import DUCKDB, Reading, reading, untidy
from jingmen_policy.engines.columnar.select import select
from jingmen_policy.engines.columnar.tables import snake
from jingmen_policy.rule.status import Status

EXTRA = "columnar"
STATUS_TYPE = "status"
"""The type that statuses are of in DuckDB, once ``MAKE_STATUS_TYPE`` was run."""
MAKE_STATUS_TYPE = (
    f"CREATE TYPE {STATUS_TYPE} AS"
    f" ENUM ({', '.join(DUCKDB.text(status.value) for status in Status)})"
)
ROW = "_row"


def needed() -> tuple[Any, Any, Any]:
    """duckdb, narwhals and pyarrow. Raises Refused where they are not installed."""
    try:
        import duckdb
        import narwhals
        import pyarrow
    except ImportError as error:
        wanted = f"pip install 'jingmen-policy[{EXTRA}]'"
        said = Said(
            f"整表判断需要另装 {error.name}：{wanted}",
            f"whole tables need {error.name}: {wanted}",
        )
        raise Refused([Problem(said)]) from None
    return duckdb, narwhals, pyarrow


def kind_named(models: FactModels, name: str) -> str | None:
    """The kind a name means: its own, its table's, or that of a collection (``workers``)."""
    if name in models.kinds:
        return name
    for kind, relations in models.relations.items():
        if snake(kind) == name:
            return kind
        for relation in relations.values():
            if relation.many and relation.name == name:
                return relation.target
    return None


def kind_of(models: FactModels, columns: Collection[str]) -> str:
    """The kind that a frame's columns are fields of. Raises Refused where it cannot be told."""
    best: list[tuple[int, str]] = []
    names = names_of(models)
    for kind in models.kinds.values():
        fields = [names.field(kind.name, column) for column in columns]
        if all(key in fields for key in kind.model.KEY):
            best.append((sum(name is not None for name in fields), kind.name))
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        said = Said(
            f"从各列看不出是哪一类事实，请写明 kind；列：{'、'.join(columns)}",
            f"the columns do not tell which kind of fact this is, name it: {list(columns)}",
        )
        raise Refused([Problem(said)])
    return best[0][1]


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

    def prepare(self, reads: Mapping[str, Iterable[str]], numbered: str = "") -> None:
        """Makes a view for every kind a statement reads. Raises Refused with all that is wrong."""
        for name, source in self.sources.items():
            self._known_columns(name, source)
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

    def _types(self, source: str) -> dict[str, str]:
        return {
            row[0]: row[1]
            for row in self.database.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        }

    def _known_columns(self, name: str, source: str) -> None:
        names = names_of(self.corpus.models)
        seen: dict[str, str] = {}
        for column in self._types(source):
            known = names.field(name, column)
            if known is None and column != ROW:
                said = names.unknown_field(name, column)
                self.problems.append(Problem(said, source=name, field=column))
            elif known in seen:
                said = Said(f"与“{seen[known]}”是同一列", f"the same field as '{seen[known]}'")
                self.problems.append(Problem(said, source=name, field=column))
            elif known is not None:
                seen[known] = column

    def _view(self, kind: Kind, fields: list[str], *, numbered: bool) -> None:
        view = DUCKDB.quoted(snake(kind.name))
        source = self.sources.get(kind.name)
        stated = self.background.get(kind.name, [])
        if source is None:
            self._rows(view, kind, fields, stated)
            return
        types = self._types(source)
        names = names_of(self.corpus.models)
        columns = {
            known: column
            for column in types
            if (known := names.field(kind.name, column)) is not None
        }
        stands = {
            name: (DUCKDB.quoted(columns[name]), types[columns[name]])
            for name in fields
            if name in columns
        }
        readings = {name: reading(kind.fields[name], *found) for name, found in stands.items()}
        texts = {name: test for name, at in stands.items() if (test := untidy(*at))}
        for name in self._check_cells(kind, source, readings, columns, texts):
            readings[name] = reading(kind.fields[name], *stands[name], tidy=True)
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
        columns: Mapping[str, str],
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
                column = DUCKDB.quoted(columns[name])
                row = self.database.execute(
                    f"SELECT CAST({column} AS VARCHAR) FROM {source} WHERE {one.wrong} LIMIT 1"
                ).fetchall()[0]
                self.problems.append(
                    _unreadable(kind.fields[name], str(row[0]), number, columns[name])
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table: see ``Policy.decide_frame``."""

    corpus: Corpus
    kind: str | None
    as_of: date
    background: Mapping[str, list[Fact]]
    complete: Collection[str]
    rules: Collection[str] | None
    check: bool


def decide_frame(asked: Asked, frame: Any, others: Mapping[str, Any]) -> Any:
    """Statuses of the rules put to every row of a frame."""
    duckdb, narwhals, _ = needed()
    native = narwhals.from_native(frame)
    models = asked.corpus.models
    subject = asked.kind or kind_of(models, native.collect_schema().names())
    given = {**by_kind(models, subject, others), subject: frame}
    tables = {name: arrow(narwhals, one) for name, one in given.items()}
    return back(duckdb, narwhals, native, decide_tables(asked, subject, tables))


def decide_tables(asked: Asked, subject: str, tables: Mapping[str, Any]) -> Any:
    """The same of Arrow's tables by kind: the subjects' rows in their order, statuses wide."""
    duckdb, _, _ = needed()
    problems: Sequence[Problem] = ()
    try:
        return _decided(asked, duckdb, subject, tables)
    except Refused as refused:
        problems = refused.problems
    # Raised here, so that what is refused does not keep the database.
    raise Refused(problems)


def _decided(asked: Asked, duckdb: Any, subject: str, tables: Mapping[str, Any]) -> Any:
    models = asked.corpus.models
    sources: dict[str, str] = {}
    placed: set[str] = set()
    with duckdb.connect() as database:
        for name, table in tables.items():
            placed.update(
                f"{name}.{column}"
                for column in models.kinds[name].references
                if column in table.column_names and not table.column(column).null_count
            )
            given = _numbered(table) if name == subject else table
            database.register(f"given {snake(name)}", given)
            sources[name] = DUCKDB.quoted(f"given {snake(name)}")
        made = select(
            asked.corpus,
            subject,
            asked.as_of,
            complete=asked.complete,
            placed=[one for one in placed if one.partition(".")[0] not in asked.background],
            rules=asked.rules,
            keep=(ROW,),
            status_type=STATUS_TYPE,
        )
        database.execute(MAKE_STATUS_TYPE)
        Given(
            asked.corpus, database, sources, asked.background, asked.complete, asked.check
        ).prepare(made.reads, subject)
        return _in_order(database.sql(made.text).to_arrow_table())


def _in_order(found: Any) -> Any:
    """The rows that have a number, in its order, without it."""
    pc: Any = import_module("pyarrow.compute")
    rows = found.column(ROW).combine_chunks()
    found = found.drop_columns([ROW])
    if rows.null_count:
        kept = pc.is_valid(rows)
        rows, found = rows.filter(kept), found.filter(kept)
    ordered = len(rows) < 2 or pc.all(pc.less(rows[:-1], rows[1:])).as_py()
    return found if ordered else found.take(pc.sort_indices(rows))


def by_kind(models: FactModels, subject: str, others: Mapping[str, Any]) -> dict[str, Any]:
    """The tables besides the subjects', by the kinds their names mean. Raises Refused."""
    found: dict[str, Any] = {}
    known = sorted(
        {
            relation.name
            for found in models.relations.values()
            for relation in found.values()
            if relation.many
        }
    )
    for name, given in others.items():
        kind = kind_named(models, name)
        if kind is None:
            raise Refused([Problem(unknown_name(Said("表", "table"), name, known))])
        if kind == subject or kind in found:
            said = Said(f"“{name}”给了两次", f"'{name}' is given twice")
            raise Refused([Problem(said)])
        found[kind] = given
    return found


def arrow(narwhals: Any, frame: Any) -> Any:
    """Any frame as Arrow's table."""
    found = narwhals.from_native(frame)
    if isinstance(found, narwhals.LazyFrame):
        found = found.collect("pyarrow")
    return found.to_arrow()


def _numbered(table: Any) -> Any:
    import pyarrow

    return table.append_column(ROW, pyarrow.arange(0, len(table)))


def back(duckdb: Any, narwhals: Any, native: Any, found: Any) -> Any:
    """A table in the kind of frame that came."""
    implementation = native.implementation
    if implementation.is_duckdb():
        return duckdb.from_arrow(found)
    made = narwhals.from_arrow(found, backend=implementation)
    if isinstance(native, narwhals.LazyFrame):
        made = made.lazy()
    return made.to_native()
