"""One SELECT for the rules put to one kind of subject on a day: a row for each, statuses wide."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.formulas import Formulas
from jingmen_policy.engines.columnar.gather import Gatherer
from jingmen_policy.engines.columnar.notimpl import NotLowered
from jingmen_policy.engines.columnar.sums import Kept, Sums, alone
from jingmen_policy.engines.columnar.tables import (
    IDENTITY,
    Column,
    Share,
    Table,
    Tables,
    snake,
)
from jingmen_policy.engines.columnar.terms import Rows, Scope
from jingmen_policy.engines.protocol import governing
from jingmen_policy.expression.nodes import Formula
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import DerivedVersion, Rule, Version
from jingmen_policy.rule.status import Status


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A column of statuses: of a rule, in one year where it is yearly."""

    rule: str
    year: int | None

    @property
    def name(self) -> str:
        return self.rule if self.year is None else f"{self.rule}@{self.year}"


@dataclass(frozen=True, slots=True)
class Statement:
    """A SELECT, the tables it reads with the fields it uses, and its columns after the identity."""

    kind: str
    text: str
    reads: dict[str, tuple[str, ...]]
    """Fields by kind: what a kind's table, named as in ``snake``, must have."""
    columns: tuple[Verdicts, ...]


@dataclass
class Select:
    """Writes the statement of one kind of subject."""

    corpus: Corpus
    kind: str
    as_of: date
    tables: Tables
    status_type: str = ""
    """The type statuses are of, where they are not to be texts."""
    gatherer: Gatherer = field(init=False)

    def __post_init__(self) -> None:
        self.gatherer = Gatherer(self.tables)

    def statement(
        self, rules: Collection[str] | None = None, keep: Collection[str] = ()
    ) -> Statement:
        subject = self.tables.of(self.kind)
        for name in keep:
            subject.field(name)
        columns: list[Verdicts] = []
        texts: list[str] = []
        for rule in self.corpus.rules.values():
            if rule.subject != self.kind or (rules is not None and rule.id not in rules):
                continue
            for column, text in self.verdicts(rule, subject):
                columns.append(column)
                texts.append(text)
        quoted = self.tables.dialect.quoted
        chosen = [f"s.{quoted(IDENTITY)} AS {quoted('subject')}"]
        chosen += [f"s.{quoted(name)}" for name in keep]
        chosen += [
            f"-- {self._told(column)}\n  {text} AS {quoted(column.name)}"
            for column, text in zip(columns, texts, strict=True)
        ]
        before = ",\n".join(f"{name} AS (\n  {text}\n)" for name, text in self.tables.written())
        last = ",\n  ".join(chosen)
        text = f"WITH\n{before}\nSELECT\n  {last}\nFROM {subject.at(subject.last)} AS s\n"
        if self.tables.share is not None:
            text += f"WHERE {self.tables.share.test(f's.{quoted(IDENTITY)}')}\n"
        reads = {
            name: tuple(dict.fromkeys([*table.kind.model.KEY, *table.stated]))
            for name, table in self.tables.known.items()
        }
        return Statement(self.kind, text, reads, tuple(columns))

    def verdicts(self, rule: Rule, subject: Table) -> Iterator[tuple[Verdicts, str]]:
        """A rule's columns, in the order of its years."""
        found = list(governing(rule, self.as_of))
        if not found:
            yield Verdicts(rule.id, None), self._said(Status.NOT_IN_FORCE)
        for version, due, year in found:
            try:
                yield Verdicts(rule.id, year), self._verdict(rule, version, due, year, subject)
            except NotLowered as why:
                raise NotLowered(why.row, rule.id) from None

    def _verdict(
        self, rule: Rule, version: Version, due: date | None, year: int | None, subject: Table
    ) -> str:
        spell = Formulas(
            self.tables, self.gatherer, self._scope(version, due, year), {"": ("s", subject)}
        )
        cases: list[str] = []
        applies = rule.applies(version)
        if applies is not None:
            cases += self._unless(spell, applies, Status.NOT_APPLICABLE)
        if version.require is None:
            optional = rule.modality.force is Force.OPTIONAL
            return self._case(cases, self._said(Status.AVAILABLE if optional else Status.NOTED))
        if version.used is not None:
            cases += self._unless(spell, version.used, Status.AVAILABLE)
        holds, _ = spell.formula(version.require)
        cases.append(f"WHEN {holds} THEN {self._said(Status.MET)}")
        still_open = self.as_of < due if due is not None else version.due.kind == "unstated"
        if still_open:
            return self._case(cases, self._said(Status.PENDING))
        cases.append(f"WHEN {holds} IS NULL THEN {self._said(Status.UNPROVEN)}")
        return self._case(cases, self._short(rule, version, subject))

    def _unless(self, spell: Formulas, formula: Formula, false: Status) -> list[str]:
        text, _ = spell.formula(formula)
        return [
            f"WHEN NOT {text} THEN {self._said(false)}",
            f"WHEN {text} IS NULL THEN {self._said(Status.UNDETERMINED)}",
        ]

    def _short(self, rule: Rule, version: Version, subject: Table) -> str:
        """What follows where the requirement does not hold."""
        force = rule.modality.force
        if force is not Force.DEFEASIBLE:
            return self._said(Status.NOTED if force is Force.SOFT else Status.BREACHED)
        if not version.reason:
            return self._said(Status.DEPARTED)
        reason = subject.quoted(subject.field(version.reason).name)
        return (
            f"CASE WHEN s.{reason} IS NOT NULL THEN {self._said(Status.NOTED)}"
            f" ELSE {self._said(Status.DEPARTED)} END"
        )

    def _told(self, column: Verdicts) -> str:
        rule = self.corpus.rules[column.rule]
        where = "、".join(dict.fromkeys(cite.address for cite in rule.cites))
        return " ".join(f"{where} {rule.title.zh}".split())

    def _case(self, cases: list[str], otherwise: str) -> str:
        if not cases:
            return otherwise
        return f"CASE {' '.join(cases)} ELSE {otherwise} END"

    def _said(self, status: Status) -> str:
        text = self.tables.dialect.text(status.value)
        return f"{text}::{self.status_type}" if self.status_type else text

    def _scope(
        self, version: Version | DerivedVersion, due: date | None = None, year: int | None = None
    ) -> Scope:
        calendar: dict[str, date | int] = {
            "as_of": self.as_of,
            "by": self.as_of if due is None else min(self.as_of, due),
        }
        if due is not None:
            calendar["due"] = due
        if year is not None:
            calendar["year"] = year
        return Scope(version.params, version.columns, calendar, self._derived, self._exception)

    def _derived(self, table: Table, name: str) -> Column:
        fact = self.corpus.derived[table.kind.name, name]
        version = fact.version_on(self.as_of)
        assert version is not None, "a rule in force mentions only derived facts in force"
        spell = Formulas(self.tables, self.gatherer, self._scope(version), {"": ("s", table)})
        text, layer = spell.formula(version.means)
        return table.made(text, layer)

    def _exception(self, name: str, rows: Rows) -> tuple[str, int]:
        """Whether a rule that this one yields to applies: not before it is in force."""
        rule = self.corpus.rules[name]
        version = rule.version_on(self.as_of)
        if version is None:
            return "FALSE", 0
        applies = rule.applies(version)
        if applies is None:
            return "TRUE", 0
        scope = self._scope(version, version.due.day)
        return Formulas(self.tables, self.gatherer, scope, rows).formula(applies)


def select(
    corpus: Corpus,
    kind: str,
    as_of: date,
    dialect: str = "duckdb",
    *,
    complete: Collection[str] = (),
    placed: Collection[str] = (),
    rules: Collection[str] | None = None,
    keep: Collection[str] = (),
    share: Share | None = None,
    kept: Mapping[str, Kept] = MappingProxyType({}),
    status_type: str = "",
) -> Statement:
    """The statement for one kind of subject at the close of a day.

    ``keep`` are further columns of the subjects' table, to be handed on after the identity;
    ``share`` keeps to a part of the subjects; ``kept`` has what of ``sums`` was worked out apart;
    ``status_type`` is a type of DuckDB's that the statuses are of, texts otherwise.

    ``complete`` are the kinds every instance of which the tables hold; ``placed`` references, as
    ``Kind.field``, that no row leaves out. Raises NotLowered for a rule that cannot be in it.
    """
    tables = Tables(
        corpus.models, Dialect(dialect), frozenset(complete), frozenset(placed), share, kept=kept
    )
    return Select(corpus, kind, as_of, tables, status_type).statement(rules, keep)


def sums(
    corpus: Corpus,
    kind: str,
    as_of: date,
    *,
    complete: Collection[str] = (),
    rules: Collection[str] | None = None,
    chunk: Share | None = None,
) -> tuple[Sums, ...]:
    """What the same statement gathers from members, each by itself; of a ``chunk`` of them.

    For DuckDB. Where the results are is told to ``select`` as ``kept``.
    """
    tables = Tables(corpus.models, Dialect("duckdb"), frozenset(complete), chunk=chunk)
    Select(corpus, kind, as_of, tables).statement(rules)
    return tuple(alone(tables))


def definitions(corpus: Corpus, made: Statement, dialect: str) -> str:
    """The tables a statement reads, with the columns it uses: money in whole 分."""
    spell = Dialect(dialect)
    found = []
    for kind, fields in made.reads.items():
        specs = corpus.models.kinds[kind].fields
        columns = ",\n".join(
            f"  {spell.quoted(name)} {spell.type_of(specs[name])}" for name in fields
        )
        found.append(f"CREATE TABLE {spell.quoted(snake(kind))} (\n{columns}\n);\n")
    return "\n".join(found)
