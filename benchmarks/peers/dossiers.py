"""Facts of stations: all known, exactly at each boundary, and with facts missing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from benchmarks.peers.workload import EQUIPMENT, REGULATIONS, THIRD_PARTY

Facts = dict[str, Any]
OWN = "乡镇（街道）自行运营"
SCHOOLS = ("初中及以下", "高中或中专", "大专", "本科", "研究生")
FUNCTIONS = ("社会救助", "为老养老", "儿童关爱保护", "社区治理")
MORE = ("more_workers", "more_agreements", "more_teams")
LISTS = ("workers", "projects", "agreements", "teams")
NAMES = ("day", "county", "township", *LISTS, *MORE)
"""What is always stated, or is handled by itself."""
NEVER = ("age_reason", "education_reason", "term_reason")


def worker(**other: Any) -> Facts:
    return {
        "in_post": True,
        "born_on": "1985-03-01",
        "hired_on": "2021-06-01",
        "education": "大专",
        "age_reason": None,
        "education_reason": None,
        **other,
    }


def agreement(**other: Any) -> Facts:
    return {
        "signed_on": "2022-01-01",
        "starts_on": "2022-01-01",
        "ends_on": "2022-12-31",
        "term_reason": None,
        **other,
    }


def station(**other: Any) -> Facts:
    """A station about which everything is known and all is well."""
    return {
        "day": "2022-06-30",
        "county": "沙洋县",
        "township": "五里铺镇",
        "has_conditions": True,
        "established_on": "2021-06-01",
        "operator": THIRD_PARTY,
        "equipment": list(EQUIPMENT),
        "regulations": list(REGULATIONS),
        "functions": ["社会救助", "为老养老"],
        "sign_displayed": True,
        "sign_text": "沙洋县 五里铺镇社会工作站",
        "area": 320,
        "purpose_built": True,
        "services_started_on": "2021-07-01",
        "workers": [worker(), worker(), worker()],
        "more_workers": False,
        "projects": [{"total_cost": 1_025_000, "personnel_cost": 600_000}],
        "agreements": [agreement()],
        "more_agreements": False,
        "teams": [{"formed_on": "2021-09-01"}],
        "more_teams": False,
        **other,
    }


def boundaries() -> list[Facts]:
    """Each limit of the twelve rules from both sides."""
    found = []
    for total in (1_025_000, 10_000_000, 99_999_990, 100_000_010, 300_000_000):
        for over in (0, 1):
            project = {"total_cost": total, "personnel_cost": total * 7 // 10 + over}
            found.append(station(projects=[project]))
    found += [station(workers=[worker() for _ in range(n)]) for n in (0, 1, 2, 4, 5)]
    found.append(station(workers=[worker(), worker(), worker(in_post=False)]))
    found.append(station(workers=[worker(), worker(in_post=False)]))
    for born, hired in (
        ("1981-06-01", "2021-06-01"),  # 40 on the day
        ("1980-06-02", "2021-06-01"),  # 41 tomorrow
        ("1980-06-01", "2021-06-01"),  # 41 today
        ("1980-02-29", "2021-02-28"),  # 41 on 1 March
        ("1980-02-29", "2021-03-01"),
    ):
        found.append(station(workers=[worker(), worker(born_on=born, hired_on=hired)]))
    found += [station(area=area) for area in (300, 299.99, 300.01)]
    for ends in ("2022-12-31", "2023-01-01", "2023-01-02"):
        found.append(station(agreements=[agreement(ends_on=ends)]))
    for ends in ("2025-02-28", "2025-03-01"):
        leap = agreement(signed_on="2024-02-29", starts_on="2024-02-29", ends_on=ends)
        found.append(station(day="2024-06-30", agreements=[leap]))
    for day in ("2022-06-29", "2022-06-30", "2022-07-01"):
        found.append(station(agreements=[agreement(signed_on=day)]))
        found.append(station(teams=[{"formed_on": day}]))
        found.append(station(established_on=day, services_started_on=day))
    found += [station(workers=[worker(), worker(education=school)]) for school in SCHOOLS[1:3]]
    found.append(station(sign_text="沙洋县五里铺镇社会工作站"))
    found.append(station(sign_text="沙洋县 五里铺镇 社会工作站"))
    return found


def random_known(source: random.Random) -> Facts:
    """A station about which everything is known, not all of it well."""

    def some(choices: tuple[str, ...]) -> list[str]:
        return [c for c in choices if source.random() < 0.9]

    def day(first: int = 2020, last: int = 2022) -> str:
        year, month = source.randint(first, last), source.randint(1, 12)
        return f"{year}-{month:02}-{source.randint(1, 28):02}"

    def reason() -> str | None:
        return source.choice((None, "会议纪要"))

    def employee() -> Facts:
        return worker(
            in_post=source.random() < 0.9,
            born_on=day(1975, 1995),
            hired_on=day(),
            education=source.choice(SCHOOLS),
            age_reason=reason(),
            education_reason=reason(),
        )

    def signed() -> Facts:
        ends = f"{source.choice((2023, 2024))}{day()[4:]}"
        return agreement(signed_on=day(), starts_on=day(), ends_on=ends, term_reason=reason())

    total = source.randint(1_000_000, 100_000_000)
    return station(
        has_conditions=source.random() < 0.8,
        established_on=day(2020, 2022),
        operator=source.choice((THIRD_PARTY, THIRD_PARTY, OWN)),
        equipment=some(EQUIPMENT),
        regulations=some(REGULATIONS),
        functions=some(FUNCTIONS),
        sign_displayed=source.random() < 0.9,
        sign_text=source.choice(("沙洋县 五里铺镇社会工作站", "五里铺镇社工站")),
        area=source.randint(100, 500),
        purpose_built=source.random() < 0.8,
        services_started_on=day(),
        workers=[employee() for _ in range(source.randint(0, 6))],
        projects=[
            {"total_cost": total, "personnel_cost": total * source.randint(50, 90) // 100}
            for _ in range(source.randint(0, 2))
        ],
        agreements=[signed() for _ in range(source.randint(0, 2))],
        teams=[{"formed_on": day()} for _ in range(source.randint(0, 1))],
    )


def known() -> list[Facts]:
    source = random.Random(20211)
    return [station(), *(random_known(source) for _ in range(99))]


def missing() -> list[Facts]:
    """Every fact missing by itself, from stations where all is well and not; then many at once."""
    source = random.Random(20212)
    bad = station(
        equipment=["桌椅"],
        functions=[],
        workers=[worker(born_on="1970-01-01", education="高中或中专") for _ in range(5)],
        projects=[{"total_cost": 1_000_000, "personnel_cost": 800_000}],
        agreements=[agreement(ends_on="2024-12-31")],
        teams=[],
        area=200,
    )
    found = [less for base in (station(), bad) for less in _each_missing(base)]
    for _ in range(100):
        facts = random_known(source)
        for place, name in _places(facts):
            if source.random() < 0.15:
                place[name] = None
        found.append(facts)
    return found


def _each_missing(base: Facts) -> Iterator[Facts]:
    for position in range(len(list(_places(base)))):
        less = deepcopy(base)
        place, name = list(_places(less))[position]
        place[name] = None
        yield less


def _places(facts: Facts) -> Iterator[tuple[Facts, str]]:
    """Every fact that could be missing: where it stands, and its name."""
    for name in facts:
        if name not in NAMES or name in MORE:
            yield facts, name
    for name in LISTS:
        for item in facts[name]:
            yield from ((item, field) for field in item if field not in NEVER)
