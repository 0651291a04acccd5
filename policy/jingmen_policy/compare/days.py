"""On which days a finding may begin or cease to differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

from jingmen_facts.dossier import Dossier
from jingmen_policy.compare.model import Asked
from jingmen_policy.compare.spelling import formulas
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Call, Field, Of
from jingmen_policy.expression.terms import years_after
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.rule.model import DerivedVersion, Rule, Version

YEARS_AHEAD = 10
"""How long after the last day a corpus names the days of facts still set a yearly duty's years."""


@dataclass(frozen=True)
class Days:
    """What is known beforehand of some rules of two corpora.

    ``named`` are the first and last days of versions, the days things fall due and the days that
    are parameters; ``read`` the fields whose days the expressions read, ``terms`` the numbers of
    years they reckon from a day.
    """

    first: date
    named: frozenset[date]
    yearly: frozenset[tuple[int, int]]
    read: frozenset[tuple[str, str]]
    terms: frozenset[int]

    @classmethod
    def of(cls, corpora: Iterable[Corpus], rules: frozenset[str]) -> Days:
        versions = [
            version
            for corpus in corpora
            for version in _concerned(corpus, rules & corpus.rules.keys())
        ]
        nodes = [
            node
            for version in versions
            for formula in formulas(version).values()
            if formula is not None
            for node in nodes_of(formula)
        ]
        dues = [version.due for version in versions if isinstance(version, Version)]
        return cls(
            first=min((version.since for version in versions), default=date.max),
            named=frozenset(day for version in versions for day in _named(version)),
            yearly=frozenset(due.month_day for due in dues if due.month_day is not None),
            read=frozenset(
                (node.spec.kind, node.spec.name)
                for node in nodes
                if isinstance(node, Field) and node.type.of is Of.DAY
            ),
            terms=frozenset(
                value
                for version in versions
                for value in version.params.values()
                if isinstance(value, int) and any(isinstance(node, Call) for node in nodes)
            ),
        )

    def last_year(self, asked: Asked) -> int:
        """The last year in which a yearly duty is followed: the one after the last other day."""
        last = max((*self.named, *asked.days), default=self.first)
        near = last.year + YEARS_AHEAD
        within = [day for day in self.stated(asked.dossier) if day.year <= near]
        return min(max([last, *within]).year + 1, MAXYEAR)

    def tried(self, asked: Asked) -> list[date]:
        """The days to judge a dossier on: those named, those its facts name, and days after."""
        days = set(self.named | set(asked.days))
        if self.yearly:
            for year in range(self.first.year, self.last_year(asked) + 1):
                days.add(date(year, 1, 1))  # from here on the year is asked about
                days.update(date(year, *month_day) for month_day in self.yearly)
        days |= {after for day in days if (after := morrow(day)) is not None}
        days |= self.stated(asked.dossier)
        if (after := morrow(max(days, default=self.first))) is not None:
            days.add(after)
        return sorted(day for day in days if day >= self.first)

    def stated(self, dossier: Dossier) -> set[date]:
        """The days of facts that are read, and those so many years later."""
        named = {
            value
            for kind, name in self.read
            for fact in dossier.of_kind(kind).values()
            if (value := getattr(fact, name)) is not None
        }
        return named | {
            years_after(day, term)
            for day in named
            for term in self.terms
            if day.year + term <= MAXYEAR
        }


def morrow(day: date) -> date | None:
    """The day after; None after the last there is."""
    return day + timedelta(days=1) if day < date.max else None


def _named(version: Version | DerivedVersion) -> Iterator[date]:
    yield version.since
    if version.until is not None:
        yield version.until
    if isinstance(version, Version) and version.due.day is not None:
        yield version.due.day
    yield from (value for value in version.params.values() if isinstance(value, date))


def _concerned(corpus: Corpus, rules: Iterable[str]) -> Iterator[Version | DerivedVersion]:
    """The versions of rules, of those they yield to, and of the derived facts any of them names."""
    found: dict[str, Rule] = {}
    waiting = sorted(rules)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = corpus.rules[name]
            waiting.extend(corpus.rules[name].yields_to)
    for rule in found.values():
        yield from rule.versions
        for fact in corpus.derived_of(rule).values():
            yield from fact.versions
