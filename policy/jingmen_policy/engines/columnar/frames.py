"""Dataframes of any kind put to the rules, many rows at a time; verdicts in the same kind.

Frames come and go through narwhals and Arrow; DuckDB runs the statements.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.columns import field_named
from jingmen_facts.reading.names import names_of
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.given import ROW, Given
from jingmen_policy.engines.columnar.reading import DUCKDB
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
        fields = [field_named(names, kind, column) for column in columns]
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
        stands = Given(
            asked.corpus, database, sources, asked.background, asked.complete, asked.check
        )
        stands.prepare(made.reads, subject)
        stands.references()
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
