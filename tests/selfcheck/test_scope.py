"""Who answers, and what is theirs."""

from __future__ import annotations

import pytest

from jingmen_facts import Refused
from jingmen_policy.judge.finding import Thing, thing_of
from jingmen_policy.selfcheck.check import MOST_FACTS, self_check
from jingmen_policy.selfcheck.scope import above, below, owners
from support.library import library
from support.self_checks import COUNTY, DAY, STATION, TOWN, check, plan

WORKERS = [
    {"id": "甲", "station": "沙洋镇社工站"},
    {"id": "乙", "station": "后港镇社工站"},
    {"id": "丙"},
]
OTHER = {"id": "后港镇社工站", "township": "沙洋县/后港镇"}


def test_of_a_township_are_its_station_and_whoever_may_work_there() -> None:
    found = check(TOWN, Station=[STATION, OTHER], ResidentWorker=WORKERS).facts
    assert [thing.id for thing in found] == [TOWN.id, "沙洋镇社工站", "甲", "丙"]


def test_of_a_county_are_its_townships_and_all_their_stations() -> None:
    found = check(COUNTY, Station=[STATION, OTHER], ResidentWorker=WORKERS).facts
    assert sum(thing.kind == "Township" for thing in found) == 13
    assert {thing.id for thing in found if thing.kind == "ResidentWorker"} == {"甲", "乙", "丙"}
    assert Thing("City", "荆门市") not in found


def test_nothing_is_found_of_what_is_not_theirs() -> None:
    one = check(TOWN, Station=[STATION, OTHER])
    assert {found.subject for found in one.findings} <= one.facts.keys()
    whole = plan().judge(one.dossier, DAY, engine="reference")
    assert one.findings == tuple(found for found in whole if found.subject in one.facts)


def test_what_is_above_and_below_a_fact() -> None:
    one = check(TOWN, Station=[STATION, OTHER], ResidentWorker=WORKERS)
    worker = one.dossier.of_kind("ResidentWorker")["甲"]
    assert [thing_of(fact).id for fact in above(one.dossier, worker)] == [
        "沙洋镇社工站",
        TOWN.id,
        "沙洋县",
        "荆门市",
    ]
    assert [thing.id for thing in below(one.dossier, TOWN)] == ["沙洋镇社工站", "甲"]


def test_those_may_answer_to_whom_others_belong() -> None:
    assert owners(plan().models) == ("City", "County", "Township", "Station")
    assert owners(library().models) == ("Library", "Branch")


def test_who_has_too_much_is_told_to_judge_it_otherwise() -> None:
    workers = [{"id": str(number), "station": STATION["id"]} for number in range(MOST_FACTS)]
    with pytest.raises(Refused, match=f"最多 {MOST_FACTS} 条事实，有 {MOST_FACTS + 2} 条"):
        check(TOWN, Station=STATION, ResidentWorker=workers)
    other = check(Thing("Township", "沙洋县/后港镇"), Station=STATION, ResidentWorker=workers)
    assert len(other.facts) == 1


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Thing("County", "沙阳县"), "是否为“沙洋县”"),
        (Thing("Conty", "沙洋县"), "是否为“County”"),
        (Thing("ResidentWorker", "甲"), "未知的作答主体类型"),
    ],
)
def test_nobody_else_answers(who: Thing, said: str) -> None:
    dossier = plan().dossier({}, use=["register"])
    with pytest.raises(Refused, match=said):
        self_check(plan(), dossier, who, DAY)
