"""What a bulletin says, against the facts and the findings it is drawn from."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from jingmen_facts import Refused
from jingmen_policy.judge.progress import Counted
from jingmen_policy.office.bulletin.model import Bulletin
from jingmen_policy.rule.status import Status
from support.bulletins import ASKED, YEARS, built, ledger, made, policy, story

YEAR_END = date(2022, 12, 31)
MIDDLE = date(2024, 6, 30)


@pytest.fixture(scope="module")
def falling() -> Bulletin:
    return made(story("falling-behind"), YEAR_END)


@pytest.fixture(scope="module")
def four() -> Bulletin:
    return made(story("four-years"), MIDDLE)


def test_every_county_has_every_year_with_what_the_annex_asks(four: Bulletin) -> None:
    assert {county.name for county in four.counties} == set(ASKED)
    for county in four.counties:
        assert [year.year for year in county.years] == list(YEARS)
        for year, asked in zip(county.years, ASKED[county.name], strict=True):
            assert year.task is not None
            assert year.share is not None
            assert year.task.least == year.share.least == asked
            count = built(story("four-years"), min(MIDDLE, year.day))[county.name]
            assert year.task.count == Counted(count, count)
            assert (year.task.status is Status.MET) == (count >= asked)


def test_the_cells_of_a_county_add_up_to_what_is_asked(four: Bulletin) -> None:
    for county in four.counties:
        total = 0
        for year in county.years:
            assert year.cell is not None
            assert year.task is not None
            total += year.cell
            assert total == year.task.least
        assert sum(year.added for year in county.years) == county.count.low


def test_counties_are_ranked_by_their_shares_alike_sharing_a_place(four: Bulletin) -> None:
    plain = built(story("four-years"), MIDDLE)
    assert [(one.name, one.rank, one.covered) for one in four.counties] == [
        ("漳河新区", Counted(1, 1), "2/2"),
        ("沙洋县", Counted(2, 2), "11/13"),
        ("钟祥市", Counted(3, 3), "14/17"),
        ("京山市", Counted(4, 4), "12/15"),
        ("掇刀区", Counted(4, 4), "4/5"),
        ("东宝区", Counted(6, 6), "6/8"),
    ]
    assert {one.name: one.count.low for one in four.counties} == plain


def test_the_city_stands_differently_by_the_two_readings_of_the_annex(four: Bulletin) -> None:
    [city] = four.cities
    told = [
        (year.printed and year.printed.total, year.computed and year.computed.total)
        for year in city.years
    ]
    assert told == [(21, 21), (33, 32), (46, 45), (60, 60)]
    second = city.years[1]
    assert second.printed is not None
    assert second.computed is not None
    assert (second.count, second.printed.short, second.computed.short) == (
        Counted(32, 32),
        Counted(1, 1),
        Counted(0, 0),
    )
    assert [year.own and year.own.least for year in city.years] == [18, 30, 42, 60]
    assert "annex-totals" in [one.id for one in four.oddities]


def test_what_is_not_stated_complete_is_a_lower_bound(falling: Bulletin) -> None:
    county = next(one for one in falling.counties if one.name == "沙洋县")
    assert county.count == Counted(6, 13)
    assert not county.listed
    assert county.rank == Counted(1, 6)
    task = county.years[1].task
    assert task is not None
    assert (task.status, task.short) == (Status.UNPROVEN, Counted(0, 1))


def test_one_county_may_be_complete_and_the_others_not() -> None:
    told = made(ledger(), date(2021, 12, 31))
    assert {one.name for one in told.counties if one.listed} == {"沙洋县"}
    county = next(one for one in told.counties if one.name == "沙洋县")
    task = county.years[0].task
    assert task is not None
    assert (county.count, task.status) == (Counted(3, 3), Status.BREACHED)


def test_every_finding_is_counted_once(four: Bulletin) -> None:
    found = policy().judge(story("four-years"), MIDDLE)
    plain = Counter(finding.status for finding in found)
    assert {one.status: one.number for one in four.counts} == plain
    parts = Counter[Status]()
    for section in four.sections:
        parts.update({one.status: one.number for one in section.counts})
    assert parts == plain
    assert [section.heading for section in four.sections][:2] == ["序言", "一、目标任务"]


def test_shortfalls_are_all_there_with_everyone_they_are_about() -> None:
    told = made(ledger(), date(2021, 12, 31))
    found = policy().judge(ledger(), date(2021, 12, 31))
    wanting = [
        (one.rule, one.status, one.subject)
        for one in found
        if one.status in (Status.BREACHED, Status.DEPARTED)
    ]
    assert wanting
    listed = [(s.rule, s.status, about) for s in told.shortfalls for about in s.subjects]
    assert Counter(listed) == Counter(wanting)


def test_deadlines_lie_ahead_and_are_all_there() -> None:
    day = date(2021, 12, 31)
    told = made(ledger(), day)
    found = policy().judge(ledger(), day)
    ahead = Counter(
        one.due
        for one in found
        if one.due is not None
        and one.due > day
        and one.status not in (Status.NOT_APPLICABLE, Status.NOT_IN_FORCE)
    )
    assert {one.day: sum(c.number for c in one.counts) for one in told.deadlines} == ahead
    assert told.undated == sum(one.status is Status.PENDING and one.due is None for one in found)


def test_a_checklist_has_what_is_about_its_station_its_township_and_its_workers() -> None:
    told = made(ledger(), date(2021, 12, 31))
    assert [one.station.id for one in told.stations] == [
        "ST-沙洋镇",
        "ST-后港镇",
        "ST-五里铺镇",
    ]
    first = told.stations[0]
    about = {check.about.kind for check in first.checks}
    assert about == {"Station", "Township", "ResidentWorker", "ServiceProject"}
    [age] = [one for one in first.checks if one.rule == "worker-age" and one.about.id == "W-2"]
    assert age.status is Status.DEPARTED
    assert age.clauses[0].quote == "驻站社工年龄一般应在40岁以下"
    assert [gap.name for gap in age.missing] == ["age_reason"]
    statuses = [check.status for check in first.checks]
    assert statuses.index(Status.BREACHED) < statuses.index(Status.UNPROVEN)
    counted = Counter(statuses)
    assert {one.status: one.number for one in first.counts} == counted


def test_a_worker_of_another_station_is_not_in_it() -> None:
    told = made(ledger(), date(2021, 12, 31))
    named = {check.about.id for check in told.stations[0].checks}
    assert "W-3" not in named
    assert "W-3" in {check.about.id for check in told.stations[1].checks}


def test_a_county_keeps_to_its_own_checklists() -> None:
    told = made(story("four-years"), MIDDLE, county="掇刀区")
    assert {one.county for one in told.stations} == {"掇刀区"}
    assert len(told.counties) == 6
    with pytest.raises(Refused, match="是否为“掇刀区”？"):
        made(story("four-years"), MIDDLE, county="掇刀")


def test_after_the_last_target_counts_go_on() -> None:
    told = made(story("four-years"), date(2026, 11, 28))
    assert told.target == date(2024, 12, 31)
    assert [one.count.low for one in told.cities] == [60]
    assert all(
        year.task and year.task.status is Status.MET for c in told.counties for year in c.years
    )


def test_where_the_annex_binds_nobody_there_is_no_task() -> None:
    switched = policy().under({"annex-binds-counties": "illustration-only"})
    from jingmen_policy.office.bulletin.build import bulletin

    told = bulletin(switched, story("four-years"), MIDDLE)
    assert told.corpus.readings == {"annex-binds-counties": "illustration-only"}
    years = [year for county in told.counties for year in county.years]
    assert [year.task for year in years] == [None] * len(years)
    assert all(year.share is not None for year in years)
    assert all(year.printed is None for city in told.cities for year in city.years)


def test_facts_without_a_county_are_refused() -> None:
    lone = policy().dossier({"Station": {"id": "ST-1"}})
    with pytest.raises(Refused, match="--use register"):
        made(lone, MIDDLE)
