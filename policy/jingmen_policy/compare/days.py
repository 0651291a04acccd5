"""On which days a finding may begin to differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date, timedelta

from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.terms import years_after
from jingmen_policy.rule.model import DerivedFact, Rule


def turning_days(corpora: Iterable[Corpus], rules: frozenset[str]) -> frozenset[date]:
    """The first and last days of versions, the days things fall due, and the days after those.

    What falls due every year is followed until the year after the last other day.
    """
    days: set[date] = set()
    yearly: list[tuple[date, tuple[int, int]]] = []
    for corpus in corpora:
        for rule in (corpus.rules[name] for name in rules if name in corpus.rules):
            days.update(_of_rule(rule))
            yearly.extend(
                (version.since, version.due.month_day)
                for version in rule.versions
                if version.due.month_day is not None
            )
        for fact in corpus.derived.values():
            days.update(day for v in fact.versions for day in (v.since, v.until) if day is not None)
    last = min(max(days, default=date.min).year + 1, MAXYEAR)
    for since, month_day in yearly:
        days.update(date(year, *month_day) for year in range(since.year, last + 1))
    return _with(days, map(morrow, days))


def terms(corpora: Iterable[Corpus]) -> frozenset[int]:
    """The numbers of years that rules and derived facts speak of, such as a term or an age."""
    return frozenset(
        let.value
        for corpus in corpora
        for one in _versioned(corpus)
        for version in one.versions
        for let in version.lets
        if let.type.unit in {"年", "岁"} and isinstance(let.value, int)
    )


def _versioned(corpus: Corpus) -> Iterator[Rule | DerivedFact]:
    yield from corpus.rules.values()
    yield from corpus.derived.values()


def stated_days(dossier: Dossier, years: Iterable[int]) -> frozenset[date]:
    """The days that facts name, those so many years later, and the day after the last."""
    named = {
        value
        for fact in dossier
        for name in type(fact).model_fields
        if isinstance(value := getattr(fact, name), date)
    }
    later = {years_after(day, term) for day in named for term in years if day.year + term < MAXYEAR}
    found = named | later
    return _with(found, map(morrow, sorted(found)[-1:]))


def _of_rule(rule: Rule) -> Iterator[date]:
    for version in rule.versions:
        yield version.since
        if version.until is not None:
            yield version.until
        if version.due.day is not None:
            yield version.due.day
        yield from (value for value in version.params.values() if isinstance(value, date))


def morrow(day: date) -> date | None:
    """The day after; None after the last there is."""
    return day + timedelta(days=1) if day < date.max else None


def _with(days: Iterable[date], others: Iterable[date | None]) -> frozenset[date]:
    return frozenset(days) | {day for day in others if day is not None}
