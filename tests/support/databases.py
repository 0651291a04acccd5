"""A dossier as tables of a database, and what a statement finds in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Protocol

from jingmen_facts import Dossier, Fact, Fen
from jingmen_facts.kinds import FactModels, FieldSpec
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import select, table_name

Found = dict[tuple[str, str, str, int | None], str]


class Database(Protocol):
    """A connection that takes statements and many rows."""

    def execute(self, query: str, /) -> Any: ...
    def executemany(self, query: str, rows: list[list[Any]], /) -> Any: ...


def written(value: object) -> object:
    """A fact's value as a database takes it."""
    if isinstance(value, Fen):
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def filled(
    database: Database, corpus: Corpus, facts: Iterable[Fact], dialect: Dialect, mark: str
) -> None:
    """Makes a table for every kind, anew, and puts the facts into them."""
    by_kind: dict[str, list[Fact]] = {name: [] for name in corpus.models.kinds}
    for fact in facts:
        by_kind[type(fact).__name__].append(fact)
    for name, rows in by_kind.items():
        specs = corpus.models.kinds[name].fields
        table = dialect.quoted(table_name(corpus, name))
        columns = _columns(specs.values(), dialect)
        database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
        database.execute(f"DELETE FROM {table}")
        if rows:
            marks = ", ".join(mark for _ in specs)
            values = [[written(getattr(fact, field)) for field in specs] for fact in rows]
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", values)


def _columns(specs: Iterable[FieldSpec], dialect: Dialect) -> str:
    return ", ".join(f"{dialect.quoted(spec.name)} {dialect.type_of(spec)}" for spec in specs)


def found(
    database: Database,
    corpus: Corpus,
    dossier: Dossier,
    day: date,
    dialect: Dialect,
    mark: str,
    rules: Collection[str] | None = None,
) -> Found:
    """The statuses that statements find, by rule, kind, subject and year."""
    filled(database, corpus, dossier.facts, dialect, mark)
    result: Found = {}
    for kind in subjects(corpus.models, corpus):
        made = select(corpus, kind, day, dialect.name, complete=dossier.complete, rules=rules)
        rows = database.execute(made.text).fetchall()
        for subject, *statuses in rows:
            for column, status in zip(made.columns, statuses, strict=True):
                result[column.rule, kind, subject, column.year] = status
    return result


def judged(
    policy: Policy, dossier: Dossier, day: date, rules: Collection[str] | None = None
) -> Found:
    """What the reference finds."""
    return {
        (one.rule, one.subject.kind, one.subject.id, one.year): one.status.value
        for one in policy.judge(dossier, day, engine="reference", rules=rules)
    }


def subjects(models: FactModels, corpus: Corpus) -> list[str]:
    used = {rule.subject for rule in corpus.rules.values()}
    return [kind for kind in models.kinds if kind in used]
