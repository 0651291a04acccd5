"""The next question settles most: found again by trying everything there is, slowly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jingmen_facts import Dossier
from jingmen_policy.judge.finding import Thing, thing_of
from jingmen_policy.selfcheck import SelfCheck, next_question
from jingmen_policy.selfcheck.candidates import candidates
from jingmen_policy.selfcheck.check import OPEN, Ask
from jingmen_policy.selfcheck.limits import Limits
from jingmen_policy.selfcheck.plausible import tried
from jingmen_policy.selfcheck.worth import best, worth
from support.self_checks import (
    COUNTY,
    STATION,
    TOWN,
    check,
    plan,
    restated,
    self_checks,
    told,
)
from support.shipped_facts import values

FEW = settings(max_examples=6)


def unsettled(check: SelfCheck, dossier: Dossier) -> set[Any]:
    """The open findings of the reference, over a dossier put together from nothing."""
    again = Dossier(dossier.facts, models=dossier.models, complete=dossier.complete)
    found = plan().judge(again, check.as_of, engine="reference", about=check.facts.keys())
    return {(one.rule, one.subject, one.year) for one in found if one.status in OPEN}


def limits(check: SelfCheck) -> Limits:
    return Limits(plan().corpus, check.dossier, plan().corpus.closed(check.as_of))


@FEW
@given(self_checks())
def test_no_other_question_settles_more_on_average(check: SelfCheck) -> None:
    before = unsettled(check, check.dossier)
    averages: dict[str, Fraction] = {}
    for candidate in candidates(check):
        counts = [
            len(before - unsettled(check, after))
            for after in tried(check, candidate, limits(check))
        ]
        counts += [0] if candidate.ask.listing else []
        averages[candidate.ask.id] = Fraction(sum(counts), max(len(counts), 1))
    chosen = best(check)
    assert (chosen is None) == (not averages)
    if chosen is not None:
        assert chosen[1].average == averages[chosen[0].ask.id] == max(averages.values())


@FEW
@given(self_checks(), st.data())
def test_a_fact_that_is_no_candidate_settles_nothing(check: SelfCheck, data: st.DataObject) -> None:
    before = unsettled(check, check.dossier)
    asked = {candidate.ask.id for candidate in candidates(check)}
    blank = [
        (thing_of(fact), spec)
        for fact in check.dossier
        for spec in plan().models.kinds[type(fact).__name__].fields.values()
        if getattr(fact, spec.name) is None
        and spec.refers is None
        and Ask(thing_of(fact), spec.name).id not in asked
    ]
    for about, spec in data.draw(st.lists(st.sampled_from(blank), max_size=5)) if blank else ():
        try:
            after = restated(check.dossier, about, spec.name, data.draw(values(spec)))
        except ValidationError:
            continue
        assert unsettled(check, after) == before


@settings(max_examples=25)
@given(self_checks(), st.data())
def test_no_answer_settles_fewer_than_said_or_more(check: SelfCheck, data: st.DataObject) -> None:
    """The answers tried are enough: an answer from anywhere stays between the least and most."""
    fields = [one for one in candidates(check) if not one.ask.listing]
    if not fields:
        return
    candidate = data.draw(st.sampled_from(fields))
    ask = candidate.ask
    spec = plan().models.kinds[ask.about.kind].fields[ask.name]
    if spec.refers is not None:
        return
    try:
        after = restated(check.dossier, ask.about, ask.name, data.draw(values(spec)))
    except ValidationError:
        return
    found = worth(check, candidate, limits(check))
    settled = len(unsettled(check, check.dossier) - unsettled(check, after))
    assert found.least <= settled <= found.most


@FEW
@given(self_checks(), st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference(check: SelfCheck, shuffle: Any) -> None:
    facts = list(check.dossier.facts)
    shuffle.shuffle(facts)
    dossier = Dossier(facts, models=plan().models, complete=check.dossier.complete)
    other = SelfCheck(plan(), dossier, check.who, check.as_of)
    one, two = best(check), best(other)
    assert (one and (one[0].ask, one[1])) == (two and (two[0].ask, two[1]))


def test_of_a_bare_station_the_day_it_was_established_is_asked_first() -> None:
    question = next_question(check(Station=STATION))
    assert question is not None
    assert (question.id, question.settles.least, question.settles.named) == (
        "Station/沙洋镇社工站.established_on",
        9,
        37,
    )
    assert question.prompt.zh == "社工站 沙洋镇社工站：建立日期？"


def test_a_township_of_which_nothing_is_known_is_asked_for_its_station() -> None:
    question = next_question(check(TOWN))
    assert question is not None
    assert question.id == "Station@沙洋县/沙洋镇"
    assert question.prompt.zh == "乡镇（街道） 沙洋县/沙洋镇：有没有社工站？"


def test_a_county_is_asked_for_all_its_stations_at_once_and_then_one_by_one() -> None:
    first = next_question(check(COUNTY))
    assert first is not None
    assert first.id == "Station@沙洋县"
    asked = {one.ask.id for one in candidates(check(COUNTY, skipped=["Station@沙洋县"]))}
    assert "Station@沙洋县" not in asked
    assert "Station@沙洋县/沙洋镇" in asked


def test_what_rules_are_about_but_nothing_names_is_asked_last() -> None:
    skipped: set[str] = set()
    order: list[str] = []
    while (question := next_question(check(Station=STATION, skipped=skipped))) is not None:
        order.append(question.id)
        skipped.add(question.id)
    assert len(order) == len(set(order))
    assert order[-3:] == [
        "ServiceProject@沙洋镇社工站",
        "ResidentWorker@沙洋镇社工站",
        "ServiceAgreement@沙洋镇社工站",
    ]


def test_a_reason_for_a_departure_is_asked_though_the_finding_is_not_open() -> None:
    worker = {
        "id": "甲",
        "station": "沙洋镇社工站",
        "in_post": "是",
        "born_on": "1970-01-01",
        "hired_on": "2022-01-01",
    }
    found = {one.ask.id: one for one in candidates(check(Station=STATION, ResidentWorker=worker))}
    reason = found["ResidentWorker/甲.age_reason"]
    assert (reason.open, [one.rule for one in reason.others]) == ([], ["worker-age"])


def test_a_reference_is_tried_at_those_of_whoever_answers() -> None:
    county = check(COUNTY, Station={"id": "某站"})
    wanted = Ask(Thing("Station", "某站"), "township")
    place = next(one for one in candidates(county) if one.ask == wanted)
    tried_at = {told(one, wanted.about, "township") for one in tried(county, place, limits(county))}
    assert len(tried_at) == 13
    assert all(one.startswith("沙洋县/") for one in tried_at)


def test_an_answer_that_contradicts_what_is_stated_is_not_tried() -> None:
    project = {"id": "P", "station": "沙洋镇社工站", "personnel_cost": "70元"}
    one = check(Station=STATION, ServiceProject=project)
    total = next(c for c in candidates(one) if c.ask.name == "total_cost")
    amounts = sorted(
        int(told(found, total.ask.about, "total_cost")) for found in tried(one, total, limits(one))
    )
    assert amounts == [9999, 10000, 10001]
