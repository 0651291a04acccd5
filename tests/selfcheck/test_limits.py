"""Where what a rule says changes: the values of one field, given the rest of the dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jingmen_policy.judge.finding import Thing
from jingmen_policy.selfcheck.candidates import candidates
from jingmen_policy.selfcheck.limits import Limits
from support.self_checks import DAY, STATION, check, plan

ST = "沙洋镇社工站"


def limits(about: Thing, name: str, **facts: Any) -> set[Any]:
    one = check(Station=STATION | {"operator": "第三方社会组织承接"}, **facts)
    found = next(c for c in candidates(one) if (c.ask.about, c.ask.name) == (about, name))
    spec = plan().models.kinds[about.kind].fields[name]
    fact = one.dossier.of_kind(about.kind)[about.id]
    return set(Limits(plan().corpus, one.dossier, DAY).of(fact, spec, [*found.open, *found.others]))


def test_days_and_due_days_with_those_before_and_after() -> None:
    found = limits(Thing("Station", ST), "established_on")
    assert {date(2026, 11, 27), DAY, date(2026, 11, 29)} <= found
    assert {date(2021, 7, 30), date(2021, 7, 31), date(2021, 8, 1)} <= found
    assert {date(2024, 12, 31), date(2025, 12, 31), date(2021, 12, 31)} <= found


@pytest.mark.parametrize(
    ("name", "known", "limit"),
    [
        ("born_on", {"hired_on": "2021-06-20"}, date(1980, 6, 20)),  # turned 41 on that day
        ("born_on", {"hired_on": "2021-06-20"}, date(1981, 6, 20)),  # turned 40
        ("hired_on", {"born_on": "1980-02-29"}, date(2021, 2, 28)),
    ],
)
def test_an_age_changes_on_birthdays(name: str, known: dict[str, str], limit: date) -> None:
    worker = {"id": "甲", "station": ST, "in_post": "是", **known}
    assert limit in limits(Thing("ResidentWorker", "甲"), name, ResidentWorker=worker)


def test_a_term_is_counted_back_from_its_end() -> None:
    agreement = {"id": "A", "station": ST, "ends_on": "2023-08-01"}
    found = limits(Thing("ServiceAgreement", "A"), "starts_on", ServiceAgreement=agreement)
    assert found == {date(2022, 7, 31), date(2022, 8, 1), date(2022, 8, 2)}


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("personnel_cost", {"total_cost": "100元"}, {6999, 7000, 7001}),
        ("personnel_cost", {"total_cost": "0.01元"}, {0, 1}),
        ("total_cost", {"personnel_cost": "70元"}, {9999, 10000, 10001}),
        ("total_cost", {"personnel_cost": "0.01元"}, {1, 2}),
    ],
)
def test_a_share_is_solved_exactly_for_either_amount(
    name: str, known: dict[str, str], expected: set[int]
) -> None:
    project = {"id": "P", "station": ST, **known}
    found = limits(Thing("ServiceProject", "P"), name, ServiceProject=project)
    assert found == expected


def test_without_the_other_side_there_is_no_limit() -> None:
    project = {"id": "P", "station": ST}
    assert limits(Thing("ServiceProject", "P"), "total_cost", ServiceProject=project) == set()


def test_days_at_the_ends_of_the_calendar_are_no_limits() -> None:
    agreement = {"id": "A", "station": ST, "ends_on": "0001-06-01"}
    found = limits(Thing("ServiceAgreement", "A"), "starts_on", ServiceAgreement=agreement)
    assert found == set()
