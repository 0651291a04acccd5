"""Statuses by generated code: a module for each day, made once and kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled.index import Index
from jingmen_policy.engines.compiled.lines import relation_name
from jingmen_policy.engines.compiled.module import STATUSES, Writer
from jingmen_policy.engines.compiled.store import kept
from jingmen_policy.rule.status import Status


class Decided(NamedTuple):
    """How one rule stands for one subject, in one year where it is yearly."""

    rule: str
    kind: str
    subject: str
    year: int | None
    status: Status


Way = Callable[[Fact, Index], int]
Rules = frozenset[str] | None
"""The rules that are asked for; None: all."""
Row = tuple[str, str, tuple[tuple[int | None, Way], ...]]


class Compiled:
    """The rules of a corpus as Python functions, by day. Safe to share between threads."""

    name = "compiled"

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._rows: dict[tuple[date, Rules], tuple[Row, ...]] = {}

    def decide(self, dossier: Dossier, as_of: date, rules: Rules = None) -> tuple[Decided, ...]:
        """Every rule put to every subject, in the order of ``judge``; or the rules named."""
        index = Index(dossier)
        found = []
        for rule, kind, ways in self.rows(as_of, rules):
            for subject in index.subjects(kind):
                identity = subject.identity
                if not ways:
                    found.append(Decided(rule, kind, identity, None, Status.NOT_IN_FORCE))
                for year, way in ways:
                    status = STATUSES[way(subject, index)]
                    found.append(Decided(rule, kind, identity, year, status))
        return tuple(found)

    def verdicts(self, dossier: Dossier, as_of: date, rules: Rules = None) -> tuple[int, ...]:
        """Statuses alone, as places in ``STATUSES``, in the order of ``decide``."""
        index = Index(dossier)
        subjects = index.subjects
        return tuple(
            [
                way(subject, index)
                for _, kind, ways in self.rows(as_of, rules)
                for subject in subjects(kind)
                for _, way in ways or _NONE
            ]
        )

    def rows(self, as_of: date, rules: Rules = None) -> tuple[Row, ...]:
        known = self._rows.get((as_of, rules))
        if known is None:
            known = load(self.corpus, as_of) if rules is None else self._of(as_of, rules)
            self._rows[as_of, rules] = known
        return known

    def _of(self, as_of: date, rules: frozenset[str]) -> tuple[Row, ...]:
        return tuple(row for row in self.rows(as_of) if row[0] in rules)


def load(corpus: Corpus, as_of: date) -> tuple[Row, ...]:
    """The rules as functions, for one day."""
    names: dict[str, Any] = {
        relation_name(relation): relation
        for relations in corpus.models.relations.values()
        for relation in relations.values()
    }
    exec(kept(corpus, as_of, Writer(corpus, as_of).source), names)
    rows: tuple[Row, ...] = names["RULES"]
    return rows


def _not_in_force(_subject: Fact, _index: Index) -> int:
    return STATUSES.index(Status.NOT_IN_FORCE)


_NONE: tuple[tuple[int | None, Way], ...] = ((None, _not_in_force),)
