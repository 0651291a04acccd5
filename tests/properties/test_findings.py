"""What holds of findings whatever the facts are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import MODELS, Dossier, Fact, Fen
from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_policy import Finding, Policy, Status
from jingmen_policy.expression.values import Truth
from support.plan_dossiers import AS_OF, OWN, plan_dossiers
from support.refining import closed, refined, stated, with_more

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


SMALL: dict[Sort, st.SearchStrategy[Any]] = {
    Sort.FLAG: st.booleans(),
    Sort.NUMBER: st.integers(2021, 2022),
    Sort.MONEY: st.sampled_from([Fen(0), Fen(1), Fen(10**6)]),
    Sort.DAY: st.sampled_from([date(2021, 6, 30), date(2021, 12, 31), date(2022, 12, 31)]),
}


def blanks(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """What a blank of a few sorts may turn out to hold; other blanks stay blank."""
    if spec.sort is Sort.TEXTS:
        return st.sampled_from([spec.choices, spec.choices[:1], ()])
    if spec.choices:
        return st.sampled_from(spec.choices)
    return SMALL.get(spec.sort, st.none())


def added(dossier: Dossier, kind: str) -> Callable[[int], st.SearchStrategy[Fact]]:
    """Further facts of a kind that say where they belong and are then as blank as may be."""
    described = MODELS.kinds[kind]
    owners = {
        name: st.sampled_from([None, *sorted(dossier.of_kind(refers.kind))])
        for name, refers in described.references.items()
    }

    def made(number: int) -> st.SearchStrategy[Fact]:
        known = {"id": st.just(f"新{number}"), "year": st.sampled_from([2021, 2022])}
        fields = {
            name: known[name] if name in known else owners[name]
            for name in described.fields
            if name in known or name in owners
        }
        return st.fixed_dictionaries(fields).map(described.model.model_validate)

    return made


@st.composite
def said_more(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    """A dossier with more facts, more of the blanks filled in and more lists said to be whole."""
    for kind in ("ResidentWorker", "Station", "ServiceProject", "Assessment", "VolunteerTeam"):
        dossier = with_more(draw, dossier, kind, added(dossier, kind))
    return closed(draw, refined(draw, dossier, blanks), OWN)


@given(plan_dossiers(), AS_OF, st.data())
@settings(max_examples=60)
def test_more_facts_never_flip_a_decided_finding(
    dossier: Dossier, day: date, data: st.DataObject
) -> None:
    before = keyed(POLICY.judge(dossier, day, engine="reference"))
    after = keyed(POLICY.judge(data.draw(said_more(dossier)), day, engine="reference"))
    assert after.keys() >= before.keys()
    for key, finding in before.items():
        if finding.status.decided:
            assert after[key].status is finding.status, (key, finding, after[key])


def without(dossier: Dossier, finding: Finding) -> Dossier:
    """The dossier as if nobody had stated what a finding rests on."""
    used = {(fact.about.kind, fact.about.id, fact.name) for fact in finding.facts}
    facts: list[Fact] = []
    for fact in dossier:
        kind = MODELS.kinds[type(fact).__name__]
        blank = [
            name
            for name, spec in kind.fields.items()
            if not spec.required and (kind.name, fact.identity, name) in used
        ]
        facts.append(kind.model.model_construct(None, **{**stated(fact), **dict.fromkeys(blank)}))
    return Dossier(facts, models=MODELS, complete=())


@given(plan_dossiers(), st.sampled_from([date(2022, 12, 31), date(2025, 1, 1)]), st.data())
@FEW
def test_a_shortfall_rests_on_every_fact_it_compares(
    dossier: Dossier, day: date, data: st.DataObject
) -> None:
    """Take away the facts a breach rests on, and it is no breach."""
    breaches = [
        finding
        for finding in POLICY.judge(dossier, day, engine="reference")
        if finding.status in {Status.BREACHED, Status.DEPARTED}
    ]
    if breaches:
        chosen = data.draw(st.sampled_from(breaches))
        assert any(fact.name for fact in chosen.facts), chosen
        again = POLICY.judge(without(dossier, chosen), day, rules=[chosen.rule])
        assert keyed(again)[chosen.rule, chosen.subject.id, chosen.year].status not in {
            Status.BREACHED,
            Status.DEPARTED,
        }


@pytest.mark.parametrize("engine", ["durable", "reference"])
def test_what_is_not_stated_is_never_a_shortfall(engine: str) -> None:
    for finding in POLICY.judge(
        POLICY.dossier({"use": "register", "Station": {"id": "S", "established_on": "2021-06-01"}}),
        date(2022, 6, 30),
        engine=engine,
    ):
        assert finding.status is not Status.BREACHED, finding
