"""A dossier hangs together or is refused, with everything that is wrong."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from jingmen_facts import MODELS, Dossier, Refused, ResidentWorker, Station, plan_register
from jingmen_facts.problems import PRINTED, Problem, Said

STATION = Station(id="示例站", township="东宝区/漳河镇")
WORKERS = (ResidentWorker(id="甲", station="示例站"), ResidentWorker(id="乙"))


def test_facts_are_found_from_both_ends() -> None:
    dossier = Dossier([*plan_register(), STATION, *WORKERS], models=MODELS)
    relations = MODELS.relations
    assert dossier.many(relations["Station"]["workers"], STATION) == WORKERS[:1]
    assert dossier.unplaced(relations["Station"]["workers"]) == WORKERS[1:]
    assert dossier.one(relations["ResidentWorker"]["station"], WORKERS[0]) is STATION
    assert dossier.one(relations["ResidentWorker"]["station"], WORKERS[1]) is None
    township = dossier.one(relations["Station"]["township"], STATION)
    assert township is not None
    county = dossier.one(relations["Township"]["county"], township)
    assert county is not None
    assert county.identity == "漳河新区"


def test_the_order_of_facts_makes_no_difference_to_equality() -> None:
    facts = [*plan_register(), STATION, *WORKERS]
    assert Dossier(facts, models=MODELS) == Dossier(reversed(facts), models=MODELS)
    assert Dossier(facts, models=MODELS) != Dossier(facts, models=MODELS, complete=["Station"])


def test_everything_wrong_is_said_at_once() -> None:
    facts = [
        *plan_register(),
        STATION,
        Station(id="示例站"),
        ResidentWorker(id="甲", station="示例占"),
    ]
    with pytest.raises(Refused) as caught:
        Dossier(facts, models=MODELS, complete=["Staton"])
    assert caught.value.to("en").splitlines() == [
        "Station[1]: duplicate station '示例站': the same as entry 1",
        "complete: unknown kind of fact 'Staton'; did you mean 'Station'?",
        "ResidentWorker[0].station: the resident worker refers to an unknown station '示例占';"
        " did you mean '示例站'?",
    ]
    assert [problem.path for problem in caught.value.problems] == [
        ("Station", 1),
        ("complete", "Staton"),
        ("ResidentWorker", 0, "station"),
    ]


def test_many_problems_are_counted_rather_than_printed() -> None:
    refused = Refused(Problem(Said(f"错{n}", f"wrong {n}")) for n in range(PRINTED + 7))
    lines = refused.to("zh").splitlines()
    assert len(lines) == PRINTED + 1
    assert lines[-1] == "……另有 7 处问题"
    assert len(refused.problems) == PRINTED + 7


def test_a_refusal_survives_being_sent_between_processes() -> None:
    refused = Refused([Problem(Said("错", "wrong"), "a.yaml", 3)])
    assert pickle.loads(pickle.dumps(refused)).problems == refused.problems


def test_a_list_may_be_complete_under_one_owner_only() -> None:
    facts = [
        *plan_register(),
        Station(id="A", township="沙洋县/沙洋镇"),
        Station(id="B", township="钟祥市/胡集镇"),
    ]
    dossier = Dossier(facts, models=MODELS, complete=["Station@沙洋县"])
    stations = MODELS.relations["Township"]["stations"]
    townships = dossier.of_kind("Township")
    assert dossier.lists_all(stations, townships["沙洋县/后港镇"])
    assert not dossier.lists_all(stations, townships["钟祥市/胡集镇"])


def test_an_owner_that_is_not_stated_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused) as refused:
        Dossier(plan_register(), models=MODELS, complete=["Station@沙羊县"])
    assert "是否为“沙洋县”" in refused.value.to("zh")


@pytest.mark.parametrize(
    "other",
    [
        {"station": "示例站", "also_at": None, "in_post": True},
        {"station": None},
        {"station": "另一站", "also_at": "示例站"},
    ],
)
def test_a_fact_said_otherwise_makes_the_dossier_made_anew(other: dict[str, Any]) -> None:
    stations = [STATION, Station(id="另一站")]
    known = [*plan_register(), *stations, *WORKERS]
    said = ResidentWorker(id="甲", **other)
    found = Dossier(known, models=MODELS).restated(said)
    again = Dossier([said if one is WORKERS[0] else one for one in known], models=MODELS)
    assert found == again
    assert {key: kept for key, kept in found.inverse.items() if kept} == again.inverse
    assert found.facts == again.facts


def test_a_fact_cannot_be_said_otherwise_to_lead_nowhere() -> None:
    dossier = Dossier([*plan_register(), STATION, *WORKERS], models=MODELS)
    with pytest.raises(LookupError):
        dossier.restated(ResidentWorker(id="甲", station="示例占"))
    with pytest.raises(LookupError):
        dossier.restated(ResidentWorker(id="丙"))
    assert dossier.of_kind("ResidentWorker")["甲"] is WORKERS[0]


def test_one_more_list_may_be_complete() -> None:
    dossier = Dossier([*plan_register(), STATION, *WORKERS], models=MODELS)
    workers = MODELS.relations["Station"]["workers"]
    assert not dossier.lists_all(workers, STATION)
    assert dossier.listing("ResidentWorker@示例站").lists_all(workers, STATION)
    assert not dossier.lists_all(workers, STATION)
    with pytest.raises(Refused, match="是否为“示例站”"):
        dossier.listing("ResidentWorker@示例占")
