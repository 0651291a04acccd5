"""An amendment of staffing and the cap: nothing before its day, everything from it on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from corpora.amended.built import AMENDED
from jingmen_facts import Dossier
from jingmen_policy import Finding, Policy
from jingmen_policy.judge.policy import ENGINES

EVE = AMENDED - timedelta(days=1)
INVENTED = "《测试用修订（虚构）》"


def station(policy: Policy, workers: int) -> Dossier:
    return policy.dossier(
        {
            "use": "register",
            "complete": "ResidentWorker",
            "Station": {"id": "ST-1", "township": "沙洋县/沙洋镇", "established_on": "2021-07-31"},
            "ResidentWorker": [
                {"id": f"W-{number}", "station": "ST-1", "in_post": True}
                for number in range(workers)
            ],
        }
    )


def project(policy: Policy, personnel: str) -> Dossier:
    stated = {"id": "P-1", "total_cost": "10万元", "personnel_cost": personnel}
    return policy.dossier({"ServiceProject": stated})


def found(policy: Policy, dossier: Dossier, day: date, rule: str, engine: str) -> Finding:
    [finding] = policy.judge(dossier, day, rules=[rule], engine=engine)
    return finding


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize(
    ("workers", "on_the_eve", "from_its_day"),
    [
        (1, "breached", "breached"),
        (2, "met", "breached"),
        (3, "met", "met"),
        (4, "met", "met"),
        (5, "breached", "met"),
        (6, "breached", "breached"),
    ],
)
def test_staffing_is_two_to_four_before_and_three_to_five_after(
    later: Policy, workers: int, on_the_eve: str, from_its_day: str, engine: str
) -> None:
    dossier = station(later, workers)
    assert found(later, dossier, EVE, "staffing", engine).status.value == on_the_eve
    assert found(later, dossier, AMENDED, "staffing", engine).status.value == from_its_day


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize(
    ("personnel", "on_the_eve", "from_its_day"),
    [
        ("60000.00元", "met", "met"),
        ("60000.01元", "met", "breached"),
        ("70000.00元", "met", "breached"),
        ("70000.01元", "breached", "breached"),
    ],
)
def test_the_cap_is_seventy_percent_before_and_sixty_after(
    later: Policy, personnel: str, on_the_eve: str, from_its_day: str, engine: str
) -> None:
    dossier = project(later, personnel)
    assert found(later, dossier, EVE, "personnel-share", engine).status.value == on_the_eve
    assert found(later, dossier, AMENDED, "personnel-share", engine).status.value == from_its_day


def test_what_was_not_amended_is_found_as_before(plan: Policy, later: Policy) -> None:
    amended = {"staffing", "personnel-share"}
    rules = plan.corpus.rules.keys() - amended
    for dossier in (station(plan, 2), project(plan, "7万元")):
        for day in (EVE, AMENDED):
            assert plan.judge(dossier, day, rules=rules) == later.judge(dossier, day, rules=rules)
        assert plan.judge(dossier, EVE) == later.judge(dossier, EVE)


def test_a_finding_quotes_the_words_in_force_on_its_day(later: Policy) -> None:
    dossier = station(later, 2)
    [before] = found(later, dossier, EVE, "staffing", "reference").clauses
    [after] = found(later, dossier, AMENDED, "staffing", "reference").clauses
    assert before.quote == "按照每个社工站2-4人配备驻站社工"
    assert after.quote == "按照每个社工站3-5人配备驻站社工"
    assert after.address == f"{INVENTED}一第1句"


def test_the_comparison_shows_the_figures_in_force_on_its_day(later: Policy) -> None:
    dossier = project(later, "7万元")
    [before] = found(later, dossier, EVE, "personnel-share", "reference").compared
    [after] = found(later, dossier, AMENDED, "personnel-share", "reference").compared
    assert (before.right, after.right) == ("70000.00元", "60000.00元")
