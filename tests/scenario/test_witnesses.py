"""Every reading on record has facts for which another reading finds something else."""

from __future__ import annotations

import pytest

from jingmen_facts import Refused
from jingmen_policy import Policy
from jingmen_policy.scenario.model import Scenario
from jingmen_policy.scenario.run import run_case
from jingmen_policy.scenario.witness import witness, witnesses

POLICY = Policy.load()
every_reading = pytest.mark.parametrize("name", POLICY.corpus.interpretations)


@every_reading
def test_its_witness_finds_what_is_on_record_under_every_reading(name: str) -> None:
    judged = list(witness(POLICY, name))
    for one in judged:
        assert one.outcome.result == "as-expected", (one.alternative, one.outcome.differences)
    assert [one.alternative for one in judged][:1] == [""]


@every_reading
def test_what_the_reading_chosen_finds_no_other_reading_finds(name: str) -> None:
    chosen, *others = witness(POLICY, name)
    assert others
    for other in others:
        found = {_told(finding) for finding in other.outcome.findings}
        assert found != {_told(finding) for finding in chosen.outcome.findings}, other.alternative


@every_reading
def test_every_alternative_is_run_by_the_witness_or_says_why_it_cannot_be(name: str) -> None:
    item = POLICY.corpus.interpretations[name]
    assert item.witness.case is not None
    for other in item.alternatives:
        assert (other.change is None) == (other.apart is not None), other.id
        assert (other.id in item.witness.case.instead) == (other.change is not None), other.id


def test_durable_finds_the_same_for_the_readings_chosen() -> None:
    for name in POLICY.corpus.interpretations:
        one = next(witness(POLICY, name))
        named = frozenset(finding.rule for finding in one.outcome.findings)
        case = one.outcome.case
        found = POLICY.judge(case.dossier, case.as_of, rules=named, engine="durable")
        assert found == one.outcome.findings


def test_a_reading_that_is_not_on_record_is_refused() -> None:
    with pytest.raises(Refused, match="是否为“at-most-inclusive”"):
        list(witnesses(POLICY, ["at-most-inclusiv"]))


def _told(finding: object) -> tuple[object, ...]:
    names = ("rule", "subject", "year", "status", "due", "bearer", "modality")
    return tuple(getattr(finding, name) for name in names)


def test_a_witness_that_finds_something_else_is_told() -> None:
    """The expectation of the reading chosen, put to another reading, is different."""
    [chosen, other] = witness(POLICY, "at-most-inclusive")
    strict = POLICY.under({"at-most-inclusive": other.alternative})
    scenario = chosen.outcome.case

    ran = run_case(
        strict, Scenario("", None, story=False, cases=(scenario,)), scenario, "reference"
    )
    assert ran.result == "different"
