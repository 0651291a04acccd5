"""Statuses by generated code: a module for each day, made once and kept on disk."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled.index import Index
from jingmen_policy.engines.compiled.lines import STATUSES, relation_name
from jingmen_policy.engines.compiled.module import Writer
from jingmen_policy.engines.compiled.store import kept
from jingmen_policy.rule.status import Status

KEPT = 256
"""Days, with choices of rules, whose functions stay in memory; the oldest goes first."""


class Decided(NamedTuple):
    """How one rule stands for one subject, in one year where it is yearly."""

    rule: str
    kind: str
    subject: str
    year: int | None
    status: Status


Way = Callable[[Fact, Index], int]
Every = Callable[[Fact, Index], tuple[int, ...]]
Answers = Callable[[Index], tuple[int, ...]]
Rules = frozenset[str] | None
"""The rules that are asked for; None: all."""
Row = tuple[str, str, tuple[tuple[int | None, Way], ...]]


class Wide(NamedTuple):
    """Rules with their years, and for each subject its statuses as places in ``STATUSES``."""

    columns: tuple[tuple[str, int | None], ...]
    rows: dict[str, list[int]]


class Prepared(NamedTuple):
    """The rules of a day, the kinds they are about, and for each rule its kind and functions.

    Where all rules are asked for, ``every`` has each kind's function that decides all at once,
    ``places`` for each rule its name, its kind, and the year and place of each of its answers in
    what that function gives, and ``answers`` decides everything there is to decide, in order.
    """

    rows: tuple[Row, ...]
    kinds: tuple[str, ...]
    calls: tuple[tuple[str, tuple[Way, ...]], ...]
    every: tuple[tuple[str, Every], ...] = ()
    places: tuple[tuple[str, str, tuple[tuple[int | None, int], ...]], ...] = ()
    answers: Answers | None = None

    @classmethod
    def of(cls, rows: tuple[Row, ...]) -> Prepared:
        kinds = tuple(dict.fromkeys(kind for _, kind, _ in rows))
        calls = tuple((kind, tuple(way for _, way in ways)) for _, kind, ways in rows)
        return cls(rows, kinds, calls)

    @classmethod
    def of_all(
        cls, rows: tuple[Row, ...], every: Mapping[str, Every], answers: Answers
    ) -> Prepared:
        made = cls.of(rows)
        filled = dict.fromkeys(made.kinds, 0)
        places = []
        for rule, kind, ways in rows:
            start = filled[kind]
            filled[kind] += len(ways)
            years = tuple((year, start + after) for after, (year, _) in enumerate(ways))
            places.append((rule, kind, years))
        return made._replace(
            every=tuple((kind, every[kind]) for kind in made.kinds),
            places=tuple(places),
            answers=answers,
        )


class Compiled:
    """The rules of a corpus as Python functions, by day. Safe to share between threads."""

    name = "compiled"

    def __init__(self, corpus: Corpus, kept: int = KEPT) -> None:
        self.corpus = corpus
        self.kept = kept
        self._prepared: dict[tuple[date, Rules], Prepared] = {}

    def decide(
        self,
        dossier: Dossier,
        as_of: date,
        rules: Rules = None,
        about: Container[tuple[str, str]] | None = None,
    ) -> tuple[Decided, ...]:
        """Every rule put to every subject, in the order of ``judge``; or the rules named.

        ``about`` keeps only these subjects, by kind and identity.
        """
        index = Index(dossier)
        prepared = self.prepared(as_of, rules)
        new = tuple.__new__
        if prepared.every:
            named = {
                kind: [(fact.identity, every(fact, index)) for fact in _about(index, kind, about)]
                for kind, every in prepared.every
            }
            return tuple(
                [
                    new(Decided, (rule, kind, identity, year, STATUSES[answers[place]]))
                    for rule, kind, places in prepared.places
                    for identity, answers in named[kind]
                    for year, place in places
                ]
            )
        subjects = {
            kind: [(fact, fact.identity) for fact in _about(index, kind, about)]
            for kind in prepared.kinds
        }
        return tuple(
            [
                new(Decided, (rule, kind, identity, year, STATUSES[way(subject, index)]))
                for rule, kind, ways in prepared.rows
                for subject, identity in subjects[kind]
                for year, way in ways
            ]
        )

    def verdicts(self, dossier: Dossier, as_of: date, rules: Rules = None) -> tuple[int, ...]:
        """Statuses alone, as places in ``STATUSES``, in the order of ``decide``."""
        index = Index(dossier)
        prepared = self._prepared.get((as_of, rules)) or self.prepared(as_of, rules)
        if prepared.answers is not None:
            return prepared.answers(index)
        subjects = {kind: index.subjects(kind) for kind in prepared.kinds}
        return tuple(
            [
                way(subject, index)
                for kind, ways in prepared.calls
                for subject in subjects[kind]
                for way in ways
            ]
        )

    def wide(self, dossier: Dossier, as_of: date, kind: str, rules: Rules = None) -> Wide:
        """The statuses of one kind of subject, as a table: a column for each rule and year."""
        index = Index(dossier)
        prepared = self.prepared(as_of, rules)
        rows = [row for row in prepared.rows if row[1] == kind]
        columns = tuple((rule, year) for rule, _, ways in rows for year, _ in ways)
        every = dict(prepared.every).get(kind)
        if every is not None:
            found = {one.identity: [*every(one, index)] for one in index.subjects(kind)}
            return Wide(columns, found)
        ways = [way for _, _, ways in rows for _, way in ways]
        return Wide(
            columns,
            {
                subject.identity: [way(subject, index) for way in ways]
                for subject in index.subjects(kind)
            },
        )

    def has(self, as_of: date, rules: Rules = None) -> bool:
        """Whether the rules of a day are functions already."""
        return (as_of, rules) in self._prepared

    def prepared(self, as_of: date, rules: Rules = None) -> Prepared:
        """What there is to run on a day; made once."""
        known = self._prepared.get((as_of, rules))
        if known is None:
            if rules is None:
                known = load(self.corpus, as_of)
            else:
                every = self.prepared(as_of).rows
                known = Prepared.of(tuple(row for row in every if row[0] in rules))
            if len(self._prepared) >= self.kept:
                self._prepared.pop(next(iter(self._prepared)), None)
            self._prepared[as_of, rules] = known
        return known


def _about(index: Index, kind: str, about: Container[tuple[str, str]] | None) -> Sequence[Fact]:
    """The facts of a kind by identity, or those of them that are asked about."""
    facts = index.subjects(kind)
    return facts if about is None else [one for one in facts if (kind, one.identity) in about]


def load(corpus: Corpus, as_of: date) -> Prepared:
    """The rules as functions, for one day."""
    names: dict[str, Any] = {
        relation_name(relation): relation
        for relations in corpus.models.relations.values()
        for relation in relations.values()
    }
    exec(kept(corpus, as_of, Writer(corpus, as_of).source), names)
    rows: tuple[Row, ...] = names["RULES"]
    return Prepared.of_all(
        tuple((rule, kind, ways or _NONE) for rule, kind, ways in rows),
        names["EVERY"],
        names["answers"],
    )


def _not_in_force(_subject: Fact, _index: Index) -> int:
    return STATUSES.index(Status.NOT_IN_FORCE)


_NONE: tuple[tuple[int | None, Way], ...] = ((None, _not_in_force),)
