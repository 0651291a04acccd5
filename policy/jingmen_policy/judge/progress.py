"""How far counts stand against what rules ask for: so many there are, at least so many wanted.

A rule such as 一第2句 compares a count with a number: townships with a station, at least 30% × 13.
Both sides are taken from the decision itself, so that a table of progress and a finding cannot
differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import ceil, floor

from jingmen_facts.dossier import Dossier
from jingmen_policy.engines.protocol import Case, Decision, cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.nodes import Compare, Count, Lookup
from jingmen_policy.expression.values import Bounds, Compared, Value
from jingmen_policy.expression.walk import leaves, nodes_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.status import status_of
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status

MORE = (">=", ">")


@dataclass(frozen=True, slots=True)
class Counted:
    """A count: exact where both ends are the same, else known to lie between them.

    ``high`` is None where nothing says how many more there may be.
    """

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Progress:
    """One rule about one subject: what it counts, what it asks for, and how it stands.

    ``wanted`` is the number as the rule works it out, such as 39/10, and ``least`` the least whole
    number that will do; both are None where facts are missing to tell.
    """

    rule: str
    subject: str
    due: date
    status: Status
    count: Counted
    wanted: Fraction | None
    least: int | None

    @property
    def short(self) -> Counted | None:
        return None if self.least is None else short(self.least, self.count)


@dataclass(frozen=True, slots=True)
class Target:
    """A rule that asks for a count by a day; ``table`` and ``columns`` are what it looks up."""

    rule: Rule
    version: Version
    due: date
    table: str
    columns: tuple[str, ...]


def short(least: int, count: Counted) -> Counted:
    """How many a count falls short of a number.

    >>> short(4, Counted(3, 3)), short(4, Counted(0, 13))
    (Counted(low=1, high=1), Counted(low=0, high=4))
    """
    at_least = 0 if count.high is None else max(0, least - count.high)
    return Counted(at_least, max(0, least - count.low))


def targets(policy: Policy, kind: str, as_of: date) -> tuple[Target, ...]:
    """The rules about a kind of fact that ask for at least so many by a fixed day, by that day."""
    found: list[Target] = []
    for rule in policy.corpus.rules.values():
        version = rule.version_on(policy.corpus.closed(as_of))
        if rule.subject != kind or version is None or version.due.day is None:
            continue
        if not isinstance(version.require, Compare) or not isinstance(version.require.left, Count):
            continue
        if version.require.op in MORE:
            used = {n.column for n in nodes_of(version.require) if isinstance(n, Lookup)}
            looked = [let for let in version.lets if let.name in used]
            table = next((let.table for let in looked), "")
            columns = tuple(let.column for let in looked)
            found.append(Target(rule, version, version.due.day, table, columns))
    return tuple(sorted(found, key=lambda target: target.due))


def progress(
    policy: Policy, dossier: Dossier, as_of: date, asked: Iterable[Target]
) -> Mapping[tuple[str, str], Progress]:
    """How each target stands for each subject it applies to, by rule and subject."""
    day = policy.corpus.closed(as_of)
    rules = [target.rule for target in asked]
    found = list(cases(policy.corpus, dossier, day, rules))
    decided = Reference(policy.corpus).decide(found, dossier, day)
    return {
        (one.case.rule.id, one.case.subject.identity): Progress(
            one.case.rule.id,
            one.case.subject.identity,
            one.case.due or day,
            status_of(one, day),
            _counted(compared.left),
            wanted := _number(compared.right),
            None if wanted is None else _least(compared.op, wanted),
        )
        for one, compared in _compared(decided)
    }


def counted_on(
    policy: Policy, dossier: Dossier, as_of: date, target: Target, day: date
) -> Mapping[str, Counted]:
    """What a target counts by another day than the one it is due on, by subject."""
    judged = policy.corpus.closed(as_of)
    moved: list[Case] = [
        replace(case, due=day) for case in cases(policy.corpus, dossier, judged, [target.rule])
    ]
    decided = Reference(policy.corpus).decide(moved, dossier, judged)
    return {
        one.case.subject.identity: _counted(compared.left) for one, compared in _compared(decided)
    }


def _compared(decided: Iterable[Decision]) -> Iterator[tuple[Decision, Compared]]:
    for one in decided:
        formula = one.case.version.require
        if formula is None or one.holds is None:
            continue
        tested = tuple(leaves(formula))
        for leaf in one.holds.leaves:
            node = tested[leaf.place]
            if isinstance(node, Compare) and isinstance(node.left, Count) and leaf.compared:
                yield one, leaf.compared


def _counted(value: Value) -> Counted:
    if isinstance(value, int):
        return Counted(value, value)
    if isinstance(value, Bounds):
        high = None if value.high is None else floor(value.high)
        return Counted(0 if value.low is None else ceil(value.low), high)
    return Counted(0, None)


def _number(value: Value) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) else None


def _least(op: str, wanted: Fraction) -> int:
    """The least whole number that is ``op`` what is wanted.

    >>> _least(">=", Fraction(39, 10)), _least(">=", Fraction(4)), _least(">", Fraction(4))
    (4, 4, 5)
    """
    return ceil(wanted) if op == ">=" else floor(wanted) + 1
