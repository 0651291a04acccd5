"""``judge`` and ``explain`` of the public interface: what they take and what they refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jingmen_facts import Dossier, Refused
from jingmen_policy import Policy
from jingmen_policy.judge.finding import Thing
from support.synthetic import WORLD, Hall
from support.tiny import load, rule_file

POLICY = Policy.load()
DAY = date(2022, 6, 30)
STATIONS = POLICY.dossier(
    {"use": "register", "Station": [{"id": "S2"}, {"id": "S10"}, {"id": "S1"}]}
)


def test_findings_stand_in_the_order_of_the_text_then_by_subject_then_by_year() -> None:
    found = POLICY.judge(STATIONS, DAY)
    place = {name: number for number, name in enumerate(POLICY.corpus.rules)}
    keys = [(place[finding.rule], finding.subject.id, finding.year or 0) for finding in found]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    staffing = [finding.subject.id for finding in found if finding.rule == "staffing"]
    assert staffing == ["S1", "S10", "S2"]


def test_rules_asked_for_alone_are_found_as_among_all() -> None:
    everything = POLICY.judge(STATIONS, DAY)
    for name in ("staffing", "recruitment", "county-share-2022", "self-assessment"):
        alone = POLICY.judge(STATIONS, DAY, rules=[name])
        assert alone == tuple(finding for finding in everything if finding.rule == name)


def test_subjects_asked_about_alone_are_found_as_among_all() -> None:
    about = [Thing("Station", "S10"), Thing("County", "沙洋县"), Thing("Station", "nobody's")]
    for day in (DAY, date(2020, 1, 1)):
        wanted = tuple(one for one in POLICY.judge(STATIONS, day) if one.subject in about)
        assert {one.subject for one in wanted} == set(about[:2])
        for engine in ("durable", "reference"):
            assert POLICY.judge(STATIONS, day, engine=engine, about=about) == wanted
        assert POLICY.decide(STATIONS, day, about=about, explain=True) == wanted
        decided = POLICY.decide(STATIONS, day, about=about)
        assert [(one.rule, one.subject, one.year, one.status) for one in decided] == [
            (one.rule, one.subject.id, one.year, one.status) for one in wanted
        ]


def test_plain_facts_are_judged_as_a_dossier_of_them() -> None:
    assert POLICY.judge(list(STATIONS), DAY) == POLICY.judge(
        Dossier(list(STATIONS), models=POLICY.models), DAY
    )


def test_every_rule_is_found_for_every_subject_even_before_it_is_in_force() -> None:
    found = POLICY.judge(STATIONS, date(2020, 12, 31))
    assert {finding.status.value for finding in found} == {"not-in-force"}
    asked = {(finding.rule, finding.subject.id) for finding in found}
    assert asked == {
        (rule.id, subject)
        for rule in POLICY.corpus.rules.values()
        for subject in STATIONS.of_kind(rule.subject)
    }


def test_explaining_is_judging_one_rule_about_one_subject() -> None:
    for rule, subject in (("staffing", "S1"), ("self-assessment", "沙洋县")):
        found = POLICY.explain(rule, subject, STATIONS, DAY)
        assert found == tuple(
            f for f in POLICY.judge(STATIONS, DAY) if (f.rule, f.subject.id) == (rule, subject)
        )
        assert found


@pytest.mark.parametrize(
    ("rule", "subject", "engine", "said"),
    [
        ("stafing", "S1", None, "did you mean 'staffing'"),
        ("staffing", "S3", None, "unknown station 'S3'"),
        ("staffing", "S1", "durabel", "did you mean 'durable'"),
    ],
)
def test_a_name_there_is_nothing_of_is_refused_with_the_nearest(
    rule: str, subject: str, engine: str | None, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        POLICY.explain(rule, subject, STATIONS, DAY, engine=engine)
    assert said in refused.value.to("en")


def test_every_rule_that_is_not_known_is_named_at_once() -> None:
    with pytest.raises(Refused) as refused:
        POLICY.judge(STATIONS, DAY, rules=["staffing", "no-such", "none-such"])
    assert len(refused.value.problems) == 2


def test_facts_of_other_models_are_refused() -> None:
    with pytest.raises(Refused, match="Hall"):
        POLICY.judge([Hall(id="甲")], DAY)
    with pytest.raises(Refused, match="Hall"):
        POLICY.judge(Dossier([Hall(id="甲")], models=WORLD), DAY)


def test_a_policy_is_judged_today_unless_a_day_is_given() -> None:
    today = POLICY.judge(STATIONS, date.today(), rules=["staffing"])
    assert POLICY.judge(STATIONS, rules=["staffing"]) == today


def test_the_bearer_is_the_fact_the_role_belongs_to(tmp_path: Path) -> None:
    of_stall = rule_file("some", "  - since: 2021-01-01\n    require: open\n", subject="Stall")
    of_hall = of_stall.replace("{zh: 大厅, en: hall}}", "{zh: 大厅, en: hall}, of: hall}")
    policy = load(tmp_path, {"rules/2-some.yaml": of_hall})
    dossier = policy.dossier(
        {"Hall": {"id": "甲"}, "Stall": [{"id": "一", "hall": "甲"}, {"id": "二"}]}
    )
    bearers = [f.bearer.of for f in policy.judge(dossier, DAY, rules=["some"])]
    assert [None if of is None else (of.kind, of.id) for of in bearers] == [("Hall", "甲"), None]
