"""What rules count and ask for, against the annex and against a plain count of the facts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_policy.judge.progress import Counted, counted_on, progress, short, targets
from jingmen_policy.rule.status import Status
from support.bulletins import ASKED, YEARS, built, policy, story

DAY = date(2022, 12, 31)
TOWNSHIPS = sorted(policy().dossier({}, use=["register"]).of_kind("Township"))


def stands(dossier: Dossier, day: date, kind: str = "County", **readings: str) -> dict[str, int]:
    asked = targets(policy().under(readings), kind, day)
    found = progress(policy().under(readings), dossier, day, asked)
    return {f"{rule}:{subject}": one.count.low for (rule, subject), one in found.items()}


def test_the_least_that_meets_a_share_is_what_the_annex_asks_for() -> None:
    asked = targets(policy(), "County", DAY)
    found = progress(policy(), story("four-years"), DAY, asked)
    for county, numbers in ASKED.items():
        for year, number in zip(YEARS, numbers, strict=True):
            share = "county-coverage-2024" if year == 2024 else f"county-share-{year}"
            assert found[share, county].least == number
            assert found[f"annex-task-{year}", county].least == number
    assert found["county-share-2021", "沙洋县"].wanted == Fraction(39, 10)


def test_targets_come_by_day_and_say_what_they_look_up() -> None:
    asked = targets(policy(), "County", DAY)
    assert [one.due.year for one in asked] == [year for year in YEARS for _ in range(2)]
    [task] = [one for one in asked if one.rule.id == "annex-task-2023"]
    assert (task.table, task.columns) == ("annex", ("2021年", "2022年", "2023年"))
    assert {one.rule.id for one in targets(policy(), "City", DAY)} == {
        "city-share-2021",
        "city-share-2022",
        "city-share-2023",
        "city-coverage-2024",
    }


@settings(max_examples=20)
@given(
    st.dictionaries(
        st.sampled_from(TOWNSHIPS), st.dates(date(2020, 1, 1), date(2025, 12, 31)), max_size=40
    ),
    st.booleans(),
    st.sampled_from([date(2021, 12, 31), date(2022, 7, 1), date(2026, 1, 1)]),
)
def test_counts_are_those_of_the_facts(since: dict[str, date], complete: bool, day: date) -> None:
    stations = [
        {"id": f"ST-{name.replace('/', '-')}", "township": name, "established_on": one}
        for name, one in since.items()
    ]
    dossier = policy().dossier(
        {"Station": stations}, use=["register"], complete=["Station"] if complete else []
    )
    asked = targets(policy(), "County", day)
    plain = built(dossier, day)
    for county, count in counted_on(policy(), dossier, day, asked[-1], day).items():
        assert count.low == plain[county]
        assert count.exact or not complete
        assert count.high is not None
        assert count.low <= count.high <= ASKED[county][-1]
    for (_, county), one in progress(policy(), dossier, day, asked).items():
        assert one.count.low == built(dossier, min(day, one.due))[county]
        enough = one.count.low >= (one.least or 0)
        assert (one.status is Status.MET) == enough
        assert one.short is not None
        assert (one.short.high == 0) == enough


def test_another_reading_counts_otherwise() -> None:
    two = policy().dossier(
        {
            "Station": [
                {"id": one, "township": "掇刀区/白庙街道", "established_on": "2021-06-30"}
                for one in ("甲", "乙")
            ]
        },
        use=["register"],
    )
    name = "annex-task-2021:掇刀区"
    assert stands(two, DAY)[name] == 1
    assert stands(two, DAY, **{"township-counted-once": "stations-counted"})[name] == 2
    binding = stands(two, DAY, **{"annex-binds-counties": "illustration-only"})
    assert not [one for one in binding if one.startswith("annex-task")]


@pytest.mark.parametrize(
    ("least", "count", "by"),
    [
        (4, Counted(3, 3), Counted(1, 1)),
        (4, Counted(5, 5), Counted(0, 0)),
        (4, Counted(1, 9), Counted(0, 3)),
        (4, Counted(1, 2), Counted(2, 3)),
        (4, Counted(1, None), Counted(0, 3)),
    ],
)
def test_by_how_many_a_count_falls_short(least: int, count: Counted, by: Counted) -> None:
    assert short(least, count) == by
