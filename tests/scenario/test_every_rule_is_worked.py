"""Every rule has worked cases for each way it can stand, as far as it has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path

import pytest

from jingmen_facts import BACKGROUNDS
from jingmen_policy import Policy, Status
from jingmen_policy.expression.values import Truth
from jingmen_policy.judge.finding import Comparison, Finding
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import Rule
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.run import run_scenarios

POLICY = Policy.load(engine="reference")
SCENARIOS = Path(__file__).parents[2] / "scenarios"
ALWAYS_KNOWN = {
    "central-communities-aim": "it applies by the county's name, without which there is no county",
}
NEVER_UNPROVEN = {
    "funding-sources": "it applies where sources are stated, and then they are all known",
}
every_rule = pytest.mark.parametrize(
    "rule", POLICY.corpus.rules.values(), ids=list(POLICY.corpus.rules)
)


@dataclass(frozen=True)
class Worked:
    """A finding that a case of the rule's own file expects, and the day it is judged on."""

    day: date
    finding: Finding


def worked(rule: Rule) -> tuple[Worked, ...]:
    return _worked(rule.id)


@cache
def _worked(name: str) -> tuple[Worked, ...]:
    rule = POLICY.corpus.rules[name]
    file = SCENARIOS / Path(rule.file).name
    read = read_scenarios([file], POLICY.corpus, backgrounds=BACKGROUNDS)
    return tuple(
        Worked(outcome.case.as_of, finding)
        for ran in run_scenarios(POLICY, read, engine="reference")
        for outcome in ran.outcomes
        for finding in outcome.findings
        if finding.rule == rule.id and any(one.about(finding) for one in outcome.case.expected)
    )


def ways(rule: Rule) -> Iterator[Status]:
    """Every status the rule can have, and a case has to show."""
    [version] = rule.versions
    force = rule.modality.force
    yield Status.NOT_IN_FORCE
    if version.when is not None or rule.yields_to:
        yield Status.NOT_APPLICABLE
        if rule.id not in ALWAYS_KNOWN:
            yield Status.UNDETERMINED
    if force is Force.OPTIONAL:
        yield Status.AVAILABLE
    if version.require is None:
        if force is not Force.OPTIONAL:
            yield Status.NOTED
        return
    yield Status.MET
    if version.due.kind != "standing":
        yield Status.PENDING
    if version.due.kind != "unstated" and rule.id not in NEVER_UNPROVEN:
        yield Status.UNPROVEN
    if force in {Force.DEFEASIBLE, Force.SOFT}:
        yield Status.NOTED
    if force is Force.DEFEASIBLE:
        yield Status.DEPARTED
    if force in {Force.BINDING, Force.OPTIONAL} and version.due.kind != "unstated":
        yield Status.BREACHED


@every_rule
def test_it_is_shown_every_way_it_can_stand(rule: Rule) -> None:
    assert set(ways(rule)) <= {one.finding.status for one in worked(rule)}


@every_rule
def test_it_is_shown_the_day_before_it_is_in_force_and_on_the_day(rule: Rule) -> None:
    since = rule.versions[0].since
    days = {one.day for one in worked(rule) if one.finding.status is Status.NOT_IN_FORCE}
    assert max(days).toordinal() == since.toordinal() - 1
    assert any(one.day == since and one.finding.version == since for one in worked(rule))


@pytest.mark.parametrize(
    "rule",
    [rule for rule in POLICY.corpus.rules.values() if rule.versions[0].due.kind == "unstated"],
    ids=lambda rule: rule.id,
)
def test_without_a_day_what_is_not_done_and_what_is_not_known_are_both_shown(rule: Rule) -> None:
    pending = [one.finding for one in worked(rule) if one.finding.status is Status.PENDING]
    assert {bool(finding.missing) for finding in pending} == {True, False}


@pytest.mark.parametrize(
    "rule",
    [r for r in POLICY.corpus.rules.values() if r.versions[0].due.kind in {"day", "yearly"}],
    ids=lambda rule: rule.id,
)
def test_with_a_day_it_is_judged_before_it_on_it_and_after_it(rule: Rule) -> None:
    placed = {(one.day > due) - (one.day < due) for one in worked(rule) if (due := one.finding.due)}
    assert placed == {-1, 0, 1}
    lapsed = (one for one in worked(rule) if one.finding.status is Status.BREACHED)
    assert any(one.day == one.finding.due for one in lapsed)


def _numeric() -> list[Rule]:
    return [
        rule
        for rule in POLICY.corpus.rules.values()
        if any(let.is_number for let in rule.versions[0].lets)
    ]


@pytest.mark.parametrize("rule", _numeric(), ids=lambda rule: rule.id)
def test_at_the_number_and_one_past_it_are_shown(rule: Rule) -> None:
    """Met by the least (or the most) that does, and short by the first that does not."""
    sides = {
        (side, one.finding.status)
        for one in worked(rule)
        for test in one.finding.compared
        for side in _at(test)
    }
    assert any(side == "at" and status is Status.MET for side, status in sides)
    short = {Status.BREACHED, Status.DEPARTED}
    assert any(side == "past" and status in short for side, status in sides)


def test_what_yields_is_shown_yielding_and_not_yielding() -> None:
    yielding = [rule for rule in POLICY.corpus.rules.values() if rule.yields_to]
    assert yielding
    for rule in yielding:
        shown = worked(rule)
        for other in rule.yields_to:
            stepped = [
                (step.truth, one.finding.status.applies)
                for one in shown
                for step in one.finding.steps
                if (step.kind, step.name) == ("exception", other)
            ]
            assert {(Truth.TRUE, False), (Truth.FALSE, True)} <= set(stepped), rule.id


def test_the_exemptions_are_of_rules_there_are() -> None:
    assert (ALWAYS_KNOWN.keys() | NEVER_UNPROVEN.keys()) <= POLICY.corpus.rules.keys()
    for name in ALWAYS_KNOWN:
        assert Status.UNDETERMINED not in {
            one.finding.status for one in worked(POLICY.corpus.rules[name])
        }


def _at(test: Comparison) -> Iterator[str]:
    """Whether a comparison stands at its limit, or at the first value past it.

    Of a count not all of whose members are known the least it can be counts, as it does for 以上.
    """
    left, right = _number(test.left.split("～")[0]), _number(test.right)
    if left is None or right is None:
        return
    counted = "元" not in test.left
    least, most = (ceil(right), floor(right)) if counted else (right, right)
    if test.op in {">=", "=="}:
        if left == least:
            yield "at"
        if least - 1 <= left < right:
            yield "past"
    if test.op in {"<=", "=="}:
        if left == most:
            yield "at"
        if right < left <= most + 1:
            yield "past"


def _number(written: str) -> Fraction | None:
    """The number a value begins with; a day as its number; None where there is none."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return Fraction(date.fromisoformat(written).toordinal())
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\D*", written)
    return Fraction(found.group(1)) if found else None
