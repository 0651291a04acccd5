"""Boundary cards: every rule has those that matter, and what a card says is what the rules say."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from jingmen_facts.problems import Refused
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.review.card import Card, card_id
from jingmen_policy.review.cards import cards
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.status import Status
from support.library import library
from support.synthetic import corpora

POLICY = Policy.load(engine="reference")
NOT_MET = {
    Force.BINDING: {Status.BREACHED},
    Force.DEFEASIBLE: {Status.DEPARTED},
    Force.SOFT: {Status.NOTED},
    Force.OPTIONAL: {Status.BREACHED},
}


@cache
def dealt(name: str) -> tuple[Card, ...]:
    return cards(POLICY, name)


def told(name: str, group: str = "threshold", policy: Policy = POLICY) -> list[tuple[str, str]]:
    shown = dealt(name) if policy is POLICY else cards(policy, name)
    return [(card.label.zh, card.status.value) for card in shown if card.group == group]


def test_a_count_is_shown_at_its_limits_and_next_to_them() -> None:
    assert told("staffing")[:6] == [
        ("没有驻站社工", "breached"),
        ("在岗驻站社工人数：1人", "breached"),
        ("在岗驻站社工人数：2人", "met"),
        ("在岗驻站社工人数：3人", "met"),
        ("在岗驻站社工人数：4人", "met"),
        ("在岗驻站社工人数：5人", "breached"),
    ]


def test_money_is_shown_to_the_last_fen() -> None:
    assert told("personnel-share") == [
        ("人员经费：69999.99元", "met"),
        ("人员经费：70000.00元", "met"),
        ("人员经费：70000.01元", "breached"),
    ]


def test_a_day_is_shown_with_the_day_before_and_after() -> None:
    assert told("county-plan", "date") == [
        ("制定日期：2021-04-29；已做到，到期当日", "met"),
        ("制定日期：2021-04-30", "met"),
        ("制定日期：2021-05-01", "breached"),
        ("已做到，到期前一日", "met"),
        ("已做到，到期次日", "met"),
        ("未做到，到期前一日", "pending"),
        ("未做到，到期次日", "breached"),
    ]
    assert ("没有文件；未做到，到期当日", "breached") in told("county-plan")


def test_an_age_is_shown_a_day_short_of_the_limit() -> None:
    assert told("worker-age") == [
        ("自 出生日期 至 录用日期 的周岁年龄：39岁", "met"),
        ("自 出生日期 至 录用日期 的周岁年龄：40岁", "met"),
        ("自 出生日期 至 录用日期 的周岁年龄：41岁", "departed"),
        ("自 出生日期 至 录用日期 的周岁年龄：差一天满41岁", "met"),
    ]


def test_an_exception_is_shown_on_and_off_and_a_reason_on_record() -> None:
    assert ("运营方式：第三方社会组织承接", "not-applicable") in told("recruitment", "exception")
    assert any(status == "noted" for _, status in told("worker-age", "exception"))


def test_every_choice_of_a_text_is_shown() -> None:
    kinds = POLICY.models.kinds["ResidentWorker"].fields["education"].choices
    assert [label for label, _ in told("worker-education")] == [f"学历：{one}" for one in kinds]


def test_each_deciding_fact_is_shown_unknown() -> None:
    labels = [label for label, _ in told("personnel-share", "unknown")]
    assert labels == ["缺少服务项目的项目总经费", "缺少服务项目的人员经费"]
    assert ("驻站社工名单不全", "unproven") in told("staffing", "unknown")


def undecided() -> list[str]:
    return [name for name, rule in POLICY.corpus.rules.items() if not decides(rule.versions[0])]


def decides(version: object) -> bool:
    return getattr(version, "require", None) is not None


@pytest.mark.parametrize("name", [n for n in POLICY.corpus.rules if n not in undecided()])
def test_a_rule_that_facts_decide_is_shown_met_and_not_met(name: str) -> None:
    rule = POLICY.corpus.rules[name]
    found = {card.status for card in dealt(name)}
    assert Status.MET in found
    short = NOT_MET[rule.modality.force]
    if rule.versions[0].due.kind == "unstated":
        short = {Status.PENDING}
    assert found & short


def test_a_rule_that_is_only_noted_is_shown_to_apply_and_not_to() -> None:
    for name in undecided():
        rule = POLICY.corpus.rules[name]
        found = {card.status for card in dealt(name) if card.group == "applicability"}
        assert found & {Status.NOTED, Status.AVAILABLE}, name
        assert (Status.NOT_APPLICABLE in found) is (rule.versions[0].when is not None), name


def test_the_day_before_it_is_in_force_is_shown_for_every_rule() -> None:
    for name in POLICY.corpus.rules:
        [before] = [card for card in dealt(name) if card.group == "in force"]
        assert before.status is Status.NOT_IN_FORCE, name


def test_ids_are_of_what_is_asked_and_no_card_is_dealt_twice() -> None:
    every = [card for name in POLICY.corpus.rules for card in dealt(name)]
    assert [
        number for number, times in Counter(card.id for card in every).items() if times > 1
    ] == []
    for card in every:
        asked = card_id(card.rule, card.facts, card.as_of, card.subject, card.year)
        assert card.id == asked
        assert card.id.startswith(f"{card.rule}.")


def test_the_same_cards_are_dealt_again() -> None:
    again = Policy.load(engine="reference")
    for name in ("staffing", "city-check", "construction-support"):
        assert cards(again, name) == dealt(name)


@pytest.mark.parametrize("name", ["staffing", "hardship-fund-cap", "yearly-plan", "sign-text"])
def test_a_card_written_down_and_read_back_says_the_same(name: str) -> None:
    for card in dealt(name):
        dossier = POLICY.dossier(json.loads(json.dumps(card.facts)))
        assert statuses(POLICY, card, dossier=dossier) == [card.status]


def statuses(policy: Policy, card: Card, dossier: object) -> list[Status]:
    found = policy.judge(dossier, card.as_of, rules=[card.rule], engine="reference")  # type: ignore[arg-type]
    return [one.status for one in found if one.subject.id == card.subject and one.year == card.year]


def test_an_unknown_rule_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        cards(POLICY, "stafing")
    assert "staffing" in refused.value.to("zh")


def test_another_corpus_has_its_cards() -> None:
    found = told("late-fee", policy=library())
    assert [status for _, status in found] == ["met", "met", "breached"]
    for name, rule in library().corpus.rules.items():
        statuses_found = {card.status for card in cards(library(), name)}
        assert Status.NOT_IN_FORCE in statuses_found
        assert (Status.MET if decides(rule.versions[0]) else Status.NOTED) in statuses_found


# Making an example smaller takes longer than reading it.
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(corpora(most=2))
def test_cards_of_any_rules_say_what_the_rules_say(made: Corpus) -> None:
    policy = Policy(made, "reference")
    for name in made.rules:
        for card in cards(policy, name):
            dossier = policy.dossier(json.loads(json.dumps(card.facts)))
            assert statuses(policy, card, dossier) == [card.status]
