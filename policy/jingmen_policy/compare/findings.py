"""Which findings differ, in what, and on which days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from jingmen_facts.dossier import Dossier
from jingmen_policy.compare.days import Days, morrow
from jingmen_policy.compare.model import Asked, FindingChange, Spell, State
from jingmen_policy.judge.finding import Finding, Thing
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.text import missing_id
from jingmen_policy.rule.model import Rule
from jingmen_policy.scenario.model import IDLE

Key = tuple[str, Thing, int | None]
"""Rule, subject and year: what tells findings of one corpus on one day apart."""
Pair = tuple[State | None, State | None]
_On = Callable[[date], Mapping[Key, Pair]]


@dataclass
class Comparing:
    """Two policies put to the same facts. ``rules`` are those to ask, all others being the same.

    A dossier is a snapshot: judged on another day, its facts are taken to stand so on that day.
    """

    before: Policy
    after: Policy
    rules: frozenset[str]
    engine: str | None = None
    days: Days = field(init=False)

    def __post_init__(self) -> None:
        self.days = Days.of((self.before.corpus, self.after.corpus), self.rules)

    def differing(
        self, dossier: Dossier, day: date, rules: frozenset[str] | None = None
    ) -> dict[Key, Pair]:
        """The findings that differ on a day."""
        asked = self.rules if rules is None else self.rules & rules
        old, new = (
            states(
                policy.judge(
                    dossier, day, rules=asked & policy.corpus.rules.keys(), engine=self.engine
                )
            )
            for policy in (self.before, self.after)
        )
        return {
            key: (old.get(key), new.get(key))
            for key in dict.fromkeys([*old, *new])
            if old.get(key) != new.get(key)
        }

    def spells(self, asked: Asked) -> dict[Key, list[Spell]]:
        """When each finding differs, and how.

        What changes between two of the days tried is looked for by halving. A yearly duty is
        followed for as many years as the corpora and the facts speak of, and one more.
        """
        found: dict[date, dict[Key, Pair]] = {}
        last = self.days.last_year(asked)

        def on(day: date) -> dict[Key, Pair]:
            if day not in found:
                differing = self.differing(asked.dossier, day, asked.rules)
                found[day] = {key: pair for key, pair in differing.items() if (key[2] or 0) <= last}
            return found[day]

        days = self.days.tried(asked)
        for day in days:
            on(day)
        for day, following in pairwise(days):
            _halve(day, following, on)
        return _joined(found)

    def on(self, asked: Asked, days: Iterable[date]) -> dict[Key, list[Spell]]:
        """How findings differ on certain days only; each is a spell of one day."""
        found: dict[Key, list[Spell]] = {}
        for day in days:
            for key, (old, new) in self.differing(asked.dossier, day, asked.rules).items():
                spell = Spell(day, morrow(day), old, new)
                found.setdefault(key, []).append(spell)
        return found


def states(findings: Iterable[Finding]) -> dict[Key, State]:
    """What is compared of the findings that oblige somebody, or may."""
    return {
        (finding.rule, finding.subject, finding.year): state(finding)
        for finding in findings
        if finding.status not in IDLE
    }


def state(finding: Finding) -> State:
    return State(
        finding.status,
        finding.due,
        finding.bearer,
        tuple(missing_id(missing) for missing in finding.missing),
    )


def grouped(
    found: Iterable[tuple[Asked, Mapping[Key, Sequence[Spell]]]], rules: Mapping[str, Rule]
) -> Iterator[FindingChange]:
    """The same change in several dossiers told once.

    In the order of ``rules``, then of subjects and years.
    """
    together: dict[tuple[Key, tuple[Spell, ...]], list[str]] = {}
    for asked, changed in found:
        for key, spells in changed.items():
            together.setdefault((key, tuple(spells)), []).append(asked.name)
    order = {name: place for place, name in enumerate(rules)}
    for (key, spells), names in sorted(
        together.items(), key=lambda one: (order[one[0][0][0]], one[0][0][1], one[0][0][2] or 0)
    ):
        rule, subject, year = key
        yield FindingChange(rule, rules[rule].title, subject, year, spells, tuple(names))


def _halve(day: date, following: date, on: _On) -> None:
    """Judge days between two others until each change stands between two days on end."""
    if (following - day).days < 2 or on(day) == on(following):
        return
    eve = following - timedelta(days=1)
    if on(eve) == on(day):
        return  # the usual case: it changes on the day that was named
    middle = day + (eve - day) // 2
    _halve(day, middle, on)
    _halve(middle, eve, on)


def _joined(found: Mapping[date, Mapping[Key, Pair]]) -> dict[Key, list[Spell]]:
    spells: dict[Key, list[Spell]] = {}
    open_: dict[Key, Spell] = {}
    for day in sorted(found):
        pairs = found[day]
        for key, spell in list(open_.items()):
            if pairs.get(key) != (spell.before, spell.after):
                spells[key].append(replace(spell, until=day))
                del open_[key]
        for key, pair in pairs.items():
            if key not in open_:
                open_[key] = Spell(day, None, *pair)
                spells.setdefault(key, [])
    for key, spell in open_.items():
        spells[key].append(spell)
    return spells
