"""The annex: what it adds up to, what its cells are, and that building to it meets every target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product
from math import ceil

import pytest

from jingmen_facts import MODELS, Dossier, Station, Township, plan_register
from jingmen_policy import Policy, Status
from jingmen_policy.text.table import Table

Figures = dict[tuple[str, int], int]
YEARS = (2021, 2022, 2023, 2024)
SHARES = {
    2021: Fraction(30, 100),
    2022: Fraction(50, 100),
    2023: Fraction(70, 100),
    2024: Fraction(1),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def built_to(policy: Policy, year: int, less: str = "", late: int = 0) -> Dossier:
    """The real townships with stations as the annex has them by the end of a year; in one county
    the last of them is left out, and those of that year are so many days late."""
    annex = policy.corpus.tables["annex"]
    stations: list[Station] = []
    for county in annex.rows:
        units = [f for f in plan_register() if isinstance(f, Township) and f.county == county]
        days = [
            date(built, 12, 31) + timedelta(days=late if built == year else 0)
            for built in YEARS
            if built <= year
            for _ in range(annex.cell(county, f"{built}年"))
        ]
        placed = zip(units, days[: len(days) - (county == less)], strict=False)
        stations.extend(
            Station(id=f"ST-{unit.name}", township=unit.identity, established_on=day)
            for unit, day in placed
        )
    facts = [*plan_register(), *stations]
    whole = ["City", "County", "Township", "Station"]
    return Dossier(facts, models=MODELS, complete=whole)


def printed(annex: Table) -> Figures:
    """Every figure of the table by its row and year; the year 0 is the column of sums."""
    figures = {(row, year): annex.cell(row, f"{year}年") for row in annex.rows for year in YEARS}
    figures |= {(row, 0): total for row, total in annex.row_totals.items()}
    figures |= {("总计", year): annex.column_totals[f"{year}年"] for year in YEARS}
    return figures | {("总计", 0): annex.grand_total}


def consistent(figures: Figures, annex: Table) -> bool:
    """Rows and columns add up, the sums too, and the whole is the sixty of the body."""
    rows = (*annex.rows, "总计")
    across = all(sum(figures[row, y] for y in YEARS) == figures[row, 0] for row in rows)
    down = all(
        sum(figures[row, y] for row in annex.rows) == figures["总计", y] for y in (*YEARS, 0)
    )
    return across and down and figures["总计", 0] == 60


def on_record(policy: Policy, figures: Figures) -> Iterator[frozenset[tuple[tuple[str, int], int]]]:
    """The corrections the register lists, each as what it makes of two figures."""
    listed = policy.corpus.discrepancies["annex-totals"].effect.zh
    for row, changes in re.findall(r"（\d）(\D+?)((?:20\d\d年\d+改\d+、?){2})", listed):
        changed = set()
        for year, old, new in re.findall(r"(20\d\d)年(\d+)改(\d+)", changes):
            place = ("总计" if row == "总计行" else row, int(year))
            assert figures[place] == int(old)
            changed.add((place, int(new)))
        yield frozenset(changed)


def targets(
    policy: Policy, year: int, dossier: Dossier, days_after: int = 0
) -> dict[tuple[str, str], Status]:
    """Every target that falls due at the end of a year, judged then or some days after."""
    day = date(year, 12, 31)
    about = [rule.id for rule in policy.corpus.rules.values() if rule.subject in {"City", "County"}]
    found = policy.judge(dossier, day + timedelta(days=days_after), rules=about)
    return {
        (finding.rule, finding.subject.id): finding.status
        for finding in found
        if finding.due == day and not finding.year
    }


def test_every_row_adds_up_to_its_printed_total(policy: Policy) -> None:
    annex = policy.corpus.tables["annex"]
    assert {row: annex.row_sum(row) for row in annex.rows} == dict(annex.row_totals)
    assert sum(annex.row_totals.values()) == annex.grand_total == 60


def test_columns_differ_from_the_totals_row_where_the_register_says_and_nowhere_else(
    policy: Policy,
) -> None:
    annex = policy.corpus.tables["annex"]
    found = {d.where: (d.printed, d.computed) for d in annex.differences()}
    assert found == {"2022年": (12, 11), "2024年": (14, 15)}
    registered = policy.corpus.discrepancies["annex-totals"]
    for printed, computed in found.values():
        for figure in (printed, computed):
            assert re.search(rf"(?<!\d){figure}(?!\d)", registered.effect.zh), figure


def test_no_one_figure_put_right_makes_the_table_consistent(policy: Policy) -> None:
    annex = policy.corpus.tables["annex"]
    figures = printed(annex)
    assert not consistent(figures, annex)
    for place, figure in figures.items():
        for other in range(100):
            if other != figure:
                assert not consistent({**figures, place: other}, annex), (place, other)


def test_the_smallest_corrections_are_the_six_on_record(policy: Policy) -> None:
    """All pairs of figures, each moved by up to three; the sixty of the body stays."""
    annex = policy.corpus.tables["annex"]
    figures = printed(annex)
    found = {
        frozenset({(one, figures[one] + by), (two, figures[two] + also)})
        for one, two in combinations(figures, 2)
        for by, also in product((-3, -2, -1, 1, 2, 3), repeat=2)
        if min(figures[one] + by, figures[two] + also) >= 0
        and consistent({**figures, one: figures[one] + by, two: figures[two] + also}, annex)
    }
    assert found == set(on_record(policy, figures))
    assert len(found) == 6


def test_only_the_first_correction_leaves_every_cell_the_least_count(policy: Policy) -> None:
    annex = policy.corpus.tables["annex"]
    figures = printed(annex)
    kept = []
    for number, changed in enumerate(on_record(policy, figures), start=1):
        table = {**figures, **dict(changed)}
        if all(
            sum(table[row, y] for y in YEARS if y <= year)
            == ceil(SHARES[year] * annex.row_totals[row])
            for row in annex.rows
            for year in YEARS
        ):
            kept.append(number)
    assert kept == [1]


@pytest.mark.parametrize("year", YEARS)
def test_every_cell_is_the_least_count_that_meets_the_percentage(policy: Policy, year: int) -> None:
    annex = policy.corpus.tables["annex"]
    for county in annex.rows:
        built = sum(annex.cell(county, f"{y}年") for y in YEARS if y <= year)
        assert built == ceil(SHARES[year] * annex.row_totals[county]), county


@pytest.mark.parametrize("year", YEARS)
def test_building_to_the_annex_meets_every_target(policy: Policy, year: int) -> None:
    found = targets(policy, year, built_to(policy, year))
    assert len(found) == 13  # the city's share, six counties' shares, six annex rows
    assert set(found.values()) == {Status.MET}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("county", ["沙洋县", "钟祥市", "京山市", "东宝区", "掇刀区", "漳河新区"])
def test_one_station_fewer_anywhere_misses_that_countys_targets_and_no_others(
    policy: Policy, year: int, county: str
) -> None:
    found = targets(policy, year, built_to(policy, year, less=county))
    missed = {key for key, status in found.items() if status is Status.BREACHED}
    share = f"county-share-{year}" if year < 2024 else "county-coverage-2024"
    city = {("city-coverage-2024", "荆门市")} if year == 2024 else set()
    assert missed == {(share, county), (f"annex-task-{year}", county)} | city


@pytest.mark.parametrize("year", YEARS)
def test_a_station_built_a_day_late_is_late_however_much_later_it_is_judged(
    policy: Policy, year: int
) -> None:
    annex = policy.corpus.tables["annex"]
    found = targets(policy, year, built_to(policy, year, late=1), days_after=200)
    assert len(found) == 13
    for (rule, subject), status in found.items():
        behind = subject == "荆门市" or annex.cell(subject, f"{year}年") > 0
        assert status is (Status.BREACHED if behind else Status.MET), (rule, subject)


@pytest.mark.parametrize("year", YEARS)
def test_a_station_outside_the_sixty_makes_up_for_none_of_them(policy: Policy, year: int) -> None:
    short = built_to(policy, year, less="钟祥市")
    extra = Township(division="钟祥市", name="皇庄街道", county="钟祥市", in_plan=False)
    there = Station(id="ST-皇庄", township=extra.identity, established_on=date(2021, 6, 30))
    more = Dossier([*short, extra, there], models=MODELS, complete=short.complete)
    assert targets(policy, year, more) == targets(policy, year, short)
