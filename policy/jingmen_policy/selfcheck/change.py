"""What an answer changes: the findings that come out otherwise, and what one supposed would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jingmen_facts.problems import Said
from jingmen_policy.judge.finding import Thing
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck.answer import Answer, answered
from jingmen_policy.selfcheck.check import OPEN, SelfCheck

Key = tuple[str, Thing, int | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One finding, before and after; None where there is none, since its subject is not there."""

    rule: str
    title: Said
    subject: Thing
    year: int | None
    before: Status | None
    after: Status | None

    @property
    def settled(self) -> bool:
        return self.before in OPEN and self.after is not None and self.after not in OPEN


def changes(before: SelfCheck, after: SelfCheck) -> tuple[Change, ...]:
    """The findings that are not the same, in the order of the text."""
    was, now = statuses(before), statuses(after)
    rules = after.policy.corpus.rules
    place = {rule: number for number, rule in enumerate(rules)}
    return tuple(
        Change(rule, rules[rule].title, subject, year, was.get(key), now.get(key))
        for key in sorted(
            was.keys() | now.keys(),
            key=lambda key: (place[key[0]], key[1].id, key[2] or 0),
        )
        for rule, subject, year in [key]
        if was.get(key) is not now.get(key)
    )


def what_if(check: SelfCheck, supposed: Iterable[Answer]) -> tuple[Change, ...]:
    """What would come out otherwise if the answers were these; the check itself stays as it is."""
    other = check
    for answer in supposed:
        other = answered(other, answer)
    return changes(check, other)


def statuses(check: SelfCheck) -> dict[Key, Status]:
    """How every rule stands for the facts of whoever answers, without saying why."""
    decided = check.policy.decide(check.dossier, check.as_of, about=check.facts.keys())
    return {(one.rule, Thing(one.kind, one.subject), one.year): one.status for one in decided}
