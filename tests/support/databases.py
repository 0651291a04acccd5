"""A dossier as tables of a database, and what a statement finds in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from jingmen_facts import Dossier, Fact, Fen
from jingmen_facts.kinds import FieldSpec
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import Statement, select, sums
from jingmen_policy.engines.columnar.sums import Kept
from jingmen_policy.engines.columnar.tables import Share, snake

Found = dict[tuple[str, str, str, int | None], str]


class Database(Protocol):
    """A connection that takes statements and their values."""

    def execute(self, query: str, values: list[Any] = ..., /) -> Any: ...


def written(value: object) -> object:
    """A fact's value as a database takes it."""
    if isinstance(value, Fen):
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def filled(
    database: Database,
    corpus: Corpus,
    facts: Mapping[str, Collection[Fact]],
    dialect: Dialect,
    mark: str,
    held: dict[str, list[Fact]] | None = None,
) -> None:
    """Puts facts, by kind, into tables of their own and nothing else.

    ``held`` is what the tables hold from one time to the next: it is not put in again.
    """
    for name, rows in facts.items():
        if held is not None:
            if held.get(name) == list(rows):
                continue
            held[name] = list(rows)
        specs = corpus.models.kinds[name].fields
        table = dialect.quoted(snake(name))
        columns = _columns(specs.values(), dialect)
        database.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
        database.execute(f"DELETE FROM {table}")
        if rows:
            marks = f"({', '.join(mark for _ in specs)})"
            values = [written(getattr(fact, field)) for fact in rows for field in specs]
            every = ", ".join(marks for _ in rows)
            database.execute(f"INSERT INTO {table} VALUES {every}", values)


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
    held: dict[str, list[Fact]] | None = None,
    chunks: int = 0,
) -> Found:
    """The statuses that statements find, by rule, kind, subject and year.

    With ``chunks`` what is gathered from members is worked out before, from so many parts of them.
    """
    kinds = [kind for kind in subjects(corpus, rules) if dossier.of_kind(kind)]

    def made_of(kind: str, kept: Mapping[str, Kept]) -> Statement:
        return select(
            corpus, kind, day, dialect.name, complete=dossier.complete, rules=rules, kept=kept
        )

    statements = [made_of(kind, {}) for kind in kinds]
    read = {kind for made in statements for kind in made.reads}
    facts = {kind: dossier.of_kind(kind).values() for kind in read}
    filled(database, corpus, facts, dialect, mark, held)
    if chunks:
        statements = [
            made_of(kind, gathered(database, corpus, kind, dossier, day, chunks)) for kind in kinds
        ]
    result: Found = {}
    for made in statements:
        for subject, *statuses in database.execute(made.text).fetchall():
            for column, status in zip(made.columns, statuses, strict=True):
                result[column.rule, made.kind, subject, column.year] = status
    return result


def gathered(
    database: Database, corpus: Corpus, kind: str, dossier: Dossier, day: date, chunks: int
) -> dict[str, Kept]:
    """Tables of what a statement gathers, a row for each owner and chunk of the members."""
    made: dict[str, Kept] = {}
    for number in range(chunks):
        share = None if chunks == 1 else Share("", number, chunks)
        for one in sums(corpus, kind, day, complete=dossier.complete, chunk=share):
            table = f'"{kind} {one.name}"'
            if number:
                database.execute(f"INSERT INTO {table} {one.text}")
            else:
                database.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {one.text}")
            made[one.name] = Kept(table, chunks == 1)
    return made


def judged(
    policy: Policy, dossier: Dossier, day: date, rules: Collection[str] | None = None
) -> Found:
    """What the reference finds."""
    return {
        (one.rule, one.subject.kind, one.subject.id, one.year): one.status.value
        for one in policy.judge(dossier, day, engine="reference", rules=rules)
    }


def subjects(corpus: Corpus, rules: Collection[str] | None) -> list[str]:
    used = {rule.subject for rule in corpus.rules.values() if rules is None or rule.id in rules}
    return [kind for kind in corpus.models.kinds if kind in used]
