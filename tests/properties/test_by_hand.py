"""A dozen findings worked out a second time, in plain arithmetic from the plan's words.

Nothing here reads a rule: the figures are those the plan and its annex print. Every fact is known,
so every finding is decided one way or the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Township, plan_register
from jingmen_policy import Policy

POLICY = Policy.load()
SINCE = date(2021, 1, 1)
YEAR_ENDS = [date(year, 12, 31) for year in (2021, 2022, 2023, 2024)]
BOUNDARY = [day + timedelta(days=shift) for day in YEAR_ENDS for shift in (-1, 0, 1)]
AS_OF = st.sampled_from([date(2020, 12, 31), SINCE, date(2022, 6, 30), *BOUNDARY])
DAY = st.sampled_from(BOUNDARY)
ENGINE = st.sampled_from(["durable", "reference"])
ANNEX = {
    "沙洋县": (4, 3, 3, 3),
    "钟祥市": (6, 3, 3, 5),
    "京山市": (5, 3, 3, 4),
    "东宝区": (3, 1, 2, 2),
    "掇刀区": (2, 1, 1, 1),
    "漳河新区": (1, 0, 1, 0),
}
THREE_PLACES = {"东宝区", "掇刀区", "漳河新区"}
LEVELS = ["初中及以下", "高中或中专", "大专", "本科", "研究生"]
EVERYTHING = [
    "Station",
    "ResidentWorker",
    "ServiceProject",
    "ServiceAgreement",
    "FundingYear",
    "Assessment",
]
TOWNSHIPS = [fact for fact in plan_register() if isinstance(fact, Township)]


def found(
    stated: dict[str, Any], as_of: date, engine: str, rules: Iterable[str]
) -> dict[tuple[str, str], str]:
    dossier = POLICY.dossier({"use": "register", **stated}, complete=EVERYTHING)
    findings = POLICY.judge(dossier, as_of, rules=rules, engine=engine)
    return {(finding.rule, finding.subject.id): finding.status.value for finding in findings}


def from_2021(as_of: date, status: str) -> str:
    return status if as_of >= SINCE else "not-in-force"


def short(met: bool, status: str = "breached") -> str:
    return "met" if met else status


@given(st.lists(st.booleans(), max_size=6), DAY, AS_OF, st.sampled_from(["第三方", "自行"]), ENGINE)
def test_two_to_four_workers_in_post(
    in_post: list[bool], established: date, as_of: date, run_by: str, engine: str
) -> None:
    """四（三）: 2-4人; 由县（市、区）民政部门配备, 由承接机构安排 where a third party operates."""
    operator = {"第三方": "第三方社会组织承接", "自行": "乡镇（街道）自行运营"}[run_by]
    workers = [
        {
            "id": f"W{n}",
            "station": "S",
            "in_post": here,
            "provided_by": "承接机构" if n % 2 else "县（市、区）民政部门",
        }
        for n, here in enumerate(in_post)
    ]
    station = {"id": "S", "established_on": established, "operator": operator}
    statuses = found(
        {"Station": station, "ResidentWorker": workers},
        as_of,
        engine,
        ["staffing", "recruitment", "contractor-arranges"],
    )
    number = len([here for here in in_post if here])
    counted = short(number in {2, 3, 4}) if established <= as_of else "not-applicable"
    expected = {("staffing", "S"): from_2021(as_of, counted)}
    for n in range(len(in_post)):
        by_county, by_contractor = short(n % 2 == 0), short(n % 2 == 1)
        third = run_by == "第三方"
        expected["recruitment", f"W{n}"] = from_2021(
            as_of, "not-applicable" if third else by_county
        )
        expected["contractor-arranges", f"W{n}"] = from_2021(
            as_of, by_contractor if third else "not-applicable"
        )
    assert statuses == expected


@given(
    st.integers(39, 41) | st.integers(18, 75),
    st.sampled_from([(1, 1), (2, 28), (2, 29), (3, 1), (7, 31), (12, 31)]),
    st.sampled_from([date(2021, 2, 28), date(2024, 2, 29), date(2021, 7, 30), date(2021, 12, 31)]),
    st.sampled_from(LEVELS),
    st.booleans(),
    st.booleans(),
    ENGINE,
)
def test_forty_years_and_junior_college_are_the_rule_and_a_reason_the_exception(
    years: int,
    birthday: tuple[int, int],
    hired: date,
    education: str,
    in_post: bool,
    reasoned: bool,
    engine: str,
) -> None:
    """四（三）: 驻站社工年龄一般应在40岁以下，具有大专以上学历."""
    (month, day), year = birthday, hired.year - years
    if birthday == (2, 29) and year % 4:
        day = 28
    reasons = {"age_reason": "急需", "education_reason": "急需"} if reasoned else {}
    worker = {
        "id": "W",
        "born_on": date(year, month, day),
        "hired_on": hired,
        "education": education,
        "in_post": in_post,
        **reasons,
    }
    statuses = found(
        {"ResidentWorker": worker}, date(2025, 1, 1), engine, ["worker-age", "worker-education"]
    )
    full = hired.year - year - (1 if (hired.month, hired.day) < (month, day) else 0)
    departed = "noted" if reasoned else "departed"
    assert statuses == {
        ("worker-age", "W"): short(full <= 40, departed) if in_post else "not-applicable",
        ("worker-education", "W"): short(education not in LEVELS[:2], departed)
        if in_post
        else "not-applicable",
    }


@given(st.integers(1, 10**12), st.integers(-1, 1), AS_OF, ENGINE)
def test_personnel_takes_at_most_seventy_of_every_hundred(
    total: int, shift: int, as_of: date, engine: str
) -> None:
    """四（四）: 社工站人员经费不得超过项目总经费的70%."""
    personnel = min(max(total * 70 // 100 + shift, 0), total)
    project = {"id": "P", "total_cost": f"{total}分", "personnel_cost": f"{personnel}分"}
    statuses = found({"ServiceProject": project}, as_of, engine, ["personnel-share"])
    within = 100 * personnel <= 70 * total
    assert statuses == {("personnel-share", "P"): from_2021(as_of, short(within))}


@given(st.integers(0, 10**12), st.integers(-1, 1), st.sampled_from(["yes", "no", "?"]), ENGINE)
def test_the_hardship_fund_gives_at_most_five_of_every_hundred_spent_the_year_before(
    base: int, shift: int, named: str, engine: str
) -> None:
    """六（三）: 困难群众救助补助资金按照不高于上年度社会救助资金总支出5%以内安排."""
    spent = max(base * 5 // 100 + shift, 0)
    if spent and named == "no":
        named = "?"  # money from a source that is not among the sources is a misprint
    sources = {"yes": ["困难群众救助补助资金"], "no": ["福彩公益金"], "?": None}[named]
    year = {
        "county": "沙洋县",
        "year": 2022,
        "sources": sources,
        "previous_assistance_total": f"{base}分",
        "hardship_fund_purchases": f"{spent}分",
    }
    [status] = found(
        {"FundingYear": year}, date(2022, 6, 30), engine, ["hardship-fund-cap"]
    ).values()
    if spent or named == "yes":
        assert status == short(100 * spent <= 5 * base)
    else:
        assert status == ("undetermined" if named == "?" else "not-applicable")


@given(
    st.dates(date(2021, 1, 1), date(2030, 1, 1))
    | st.sampled_from([date(2024, 2, 29), date(2023, 2, 28), date(2023, 3, 1)]),
    st.integers(-2, 2),
    st.sampled_from([None, "试点"]),
    st.booleans(),
    ENGINE,
)
def test_an_agreement_is_for_a_year_unless_there_is_a_reason(
    start: date, shift: int, reason: str | None, third_party: bool, engine: str
) -> None:
    """四（四）: 服务协议原则上实行一年一签."""
    leap = (start.month, start.day) == (2, 29)
    anniversary = date(start.year + 1, start.month, 28 if leap else start.day)
    end = anniversary + timedelta(days=shift)
    operator = "第三方社会组织承接" if third_party else "乡镇（街道）自行运营"
    statuses = found(
        {
            "Station": {"id": "S", "operator": operator},
            "ServiceAgreement": {
                "id": "A",
                "station": "S",
                "starts_on": start,
                "ends_on": end,
                "term_reason": reason,
            },
        },
        date(2025, 1, 1),
        engine,
        ["agreement-term"],
    )
    over = "noted" if reason else "departed"
    expected = short(shift <= 0, over) if third_party else "not-applicable"
    assert statuses == {("agreement-term", "A"): expected}


@given(
    st.sampled_from(["299.99", "300", "300.01"]), st.booleans(), st.booleans(), DAY, AS_OF, ENGINE
)
def test_three_hundred_square_metres_are_asked_of_those_who_chose_to_build_so(
    area: str, chosen: bool, able: bool, established: date, as_of: date, engine: str
) -> None:
    """四（二）: 有条件的乡镇（街道）可按不少于300平方米建设社工站."""
    statuses = found(
        {
            "Township": {"division": "沙洋县", "name": "后港镇", "has_conditions": able},
            "Station": {
                "id": "S",
                "township": "沙洋县/后港镇",
                "established_on": established,
                "purpose_built": chosen,
                "area": area,
            },
        },
        as_of,
        engine,
        ["larger-station"],
    )
    used = chosen and established <= as_of
    enough = area != "299.99"
    expected = ("available" if not used else short(enough)) if able else "not-applicable"
    assert statuses == {("larger-station", "S"): from_2021(as_of, expected)}


def placed(
    built: dict[str, int], days: list[date], twice: bool
) -> tuple[list[dict[str, Any]], dict[str, list[date]]]:
    """Stations in the first townships of each county, and when each of those had its first."""
    stations: list[dict[str, Any]] = []
    had: dict[str, list[date]] = {county: [] for county in ANNEX}
    for county, number in built.items():
        for unit in [unit for unit in TOWNSHIPS if unit.county == county][:number]:
            own = [days[(len(stations) + n) % len(days)] for n in range(1 + twice)]
            had[county].append(min(own))
            stations.extend(
                {"id": f"{unit.name}{n}", "township": unit.identity, "established_on": day}
                for n, day in enumerate(own)
            )
    return stations, had


@st.composite
def counties_built(draw: st.DrawFn) -> dict[str, int]:
    """In every county about as many stations as some year's end asks for."""
    chosen = {}
    for county, tasks in ANNEX.items():
        asked = sum(tasks[: draw(st.integers(1, 4))])
        chosen[county] = min(max(asked + draw(st.integers(-1, 1)), 0), sum(tasks))
    return chosen


@given(counties_built(), st.lists(DAY, min_size=1, max_size=6), st.booleans(), AS_OF, ENGINE)
@settings(max_examples=40)
def test_the_targets_of_the_city_and_of_each_county(
    built: dict[str, int], days: list[date], twice: bool, as_of: date, engine: str
) -> None:
    """一: 分别按30%、50%、70%以上的比例…到2024年底…60个…全覆盖; 附件: 年度任务分解."""
    stations, had = placed(built, days, twice)
    rules = [
        f"{of}-{what}-{end.year}"
        for of in ("city", "county")
        for end in YEAR_ENDS
        for what in (["coverage"] if end.year == 2024 else ["share"])
    ]
    tasks = [f"annex-task-{end.year}" for end in YEAR_ENDS]
    statuses = found({"Station": stations}, as_of, engine, [*rules, *tasks])
    assert len(statuses) == 4 + 4 * 6 + 4 * 6
    for place, (end, percent) in enumerate(zip(YEAR_ENDS, (30, 50, 70, 100), strict=True)):
        number = {
            county: len([day for day in firsts if day <= min(end, as_of)])
            for county, firsts in had.items()
        }
        what = f"coverage-{end.year}" if end.year == 2024 else f"share-{end.year}"

        def judged(met: bool, end: date = end) -> str:
            return from_2021(as_of, short(met, "pending" if as_of < end else "breached"))

        city = 100 * sum(number.values()) >= percent * 60
        assert statuses[f"city-{what}", "荆门市"] == judged(city)
        for county, rows in ANNEX.items():
            share = 100 * number[county] >= percent * sum(rows)
            assert statuses[f"county-{what}", county] == judged(share)
            task = number[county] >= sum(rows[: place + 1])
            assert statuses[f"annex-task-{end.year}", county] == judged(task)


@given(counties_built(), st.lists(DAY, min_size=1, max_size=6), st.booleans(), AS_OF, ENGINE)
@settings(max_examples=10)
def test_one_station_in_every_township_by_the_end_of_2024(
    built: dict[str, int], days: list[date], twice: bool, as_of: date, engine: str
) -> None:
    """四（一）: 各地…每个乡镇（街道）建立1个社工站; 一: 到2024年底."""
    stations, _ = placed(built, days, twice)
    statuses = found({"Station": stations}, as_of, engine, ["one-station"])
    end = YEAR_ENDS[-1]
    for unit in TOWNSHIPS:
        there = [
            station
            for station in stations
            if station["township"] == unit.identity and station["established_on"] <= min(end, as_of)
        ]
        short_of = "pending" if as_of < end else "breached"
        expected = from_2021(as_of, short(len(there) == 1, short_of))
        assert statuses["one-station", unit.identity] == expected


@given(
    st.sampled_from(sorted(ANNEX)),
    st.sampled_from([0, 1]),
    st.sampled_from(["合格", "不合格"]),
    st.sampled_from(["自评", "第三方评估", "市级抽查"]),
    DAY,
    DAY,
    AS_OF,
    ENGINE,
)
def test_qualified_stations_of_three_places_are_given_support(
    county: str,
    fen: int,
    result: str,
    by: str,
    established: date,
    assessed: date,
    as_of: date,
    engine: str,
) -> None:
    """六（三）: 对东宝、掇刀、漳河新区建立…并经评估合格的，给予一定建设资金支持."""
    unit = next(unit for unit in TOWNSHIPS if unit.county == county)
    statuses = found(
        {
            "Station": {
                "id": "S",
                "township": unit.identity,
                "established_on": established,
                "construction_support": f"{fen}分",
            },
            "Assessment": {
                "id": "E",
                "station": "S",
                "kind": by,
                "result": result,
                "finished_on": assessed,
            },
        },
        as_of,
        engine,
        ["construction-support"],
    )
    due_support = (
        county in THREE_PLACES
        and established <= as_of
        and assessed <= as_of
        and result == "合格"
        and by != "自评"
    )
    expected = ("met" if fen else "pending") if due_support else "not-applicable"
    assert statuses == {("construction-support", "S"): from_2021(as_of, expected)}
