"""What holds of findings whatever the facts are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import MODELS, Dossier, Fact, Refused
from jingmen_policy import Finding, Policy, Status
from jingmen_policy.expression.values import Truth
from support.plan_dossiers import AS_OF, OWN, plan_dossiers

POLICY = Policy.load()
FEW = settings(max_examples=40)


def keyed(findings: tuple[Finding, ...]) -> dict[tuple[str, str, int | None], Finding]:
    return {(f.rule, f.subject.id, f.year): f for f in findings}


@given(plan_dossiers(), AS_OF)
@settings(max_examples=60)
def test_durable_finds_what_the_reference_finds_field_by_field(dossier: Dossier, day: date) -> None:
    assert POLICY.judge(dossier, day, engine="durable") == POLICY.judge(
        dossier, day, engine="reference"
    )


@given(plan_dossiers(), AS_OF, st.randoms(use_true_random=False))
@FEW
def test_findings_do_not_depend_on_the_order_of_facts(
    dossier: Dossier, day: date, random: Any
) -> None:
    facts = list(dossier)
    random.shuffle(facts)
    shuffled = Dossier(facts, models=MODELS, complete=dossier.complete)
    assert POLICY.judge(shuffled, day) == POLICY.judge(dossier, day)


@given(plan_dossiers(), AS_OF)
@FEW
def test_a_breach_rests_on_known_facts_and_asks_for_none(dossier: Dossier, day: date) -> None:
    for finding in POLICY.judge(dossier, day):
        if finding.status in {Status.BREACHED, Status.MET, Status.NOT_APPLICABLE}:
            assert finding.missing == (), finding
            assert all(step.truth is not Truth.UNKNOWN for step in finding.steps), finding
        if finding.status in {Status.UNPROVEN, Status.UNDETERMINED}:
            assert finding.missing, finding


def filled(fact: Fact, data: st.DataObject) -> Fact:
    """A fact with some of what was not known now known."""
    kind = MODELS.kinds[type(fact).__name__]
    given: dict[str, Any] = {}
    for name, spec in kind.fields.items():
        if getattr(fact, name) is not None or spec.refers is not None:
            continue
        if spec.choices and spec.sort.value == "text":
            given[name] = data.draw(st.none() | st.sampled_from(spec.choices))
        elif spec.sort.value == "flag":
            given[name] = data.draw(st.none() | st.booleans())
        elif spec.sort.value == "day":
            given[name] = data.draw(st.none() | st.just(date(2021, 12, 31)))
    try:
        return kind.model.model_validate({**dict(_fields(fact)), **given})
    except ValueError:
        return fact  # what was drawn contradicts what was known


def _fields(fact: Fact) -> list[tuple[str, Any]]:
    return [(name, getattr(fact, name)) for name in type(fact).model_fields]


@given(plan_dossiers(), AS_OF, st.data())
@settings(max_examples=60)
def test_more_facts_never_flip_a_decided_finding(
    dossier: Dossier, day: date, data: st.DataObject
) -> None:
    before = keyed(POLICY.judge(dossier, day, engine="reference"))
    closed = data.draw(st.sets(st.sampled_from(OWN)))
    more = [filled(fact, data) for fact in dossier]
    try:
        richer = Dossier(more, models=MODELS, complete=dossier.complete | closed)
    except Refused:
        return
    after = keyed(POLICY.judge(richer, day, engine="reference"))
    assert after.keys() == before.keys()
    for key, finding in before.items():
        if finding.status.decided:
            assert after[key].status is finding.status, (key, finding, after[key])


@pytest.mark.parametrize("engine", ["durable", "reference"])
def test_what_is_not_stated_is_never_a_shortfall(engine: str) -> None:
    for finding in POLICY.judge(
        POLICY.dossier({"use": "register", "Station": {"id": "S", "established_on": "2021-06-01"}}),
        date(2022, 6, 30),
        engine=engine,
    ):
        assert finding.status is not Status.BREACHED, finding
