"""Due days: on one day, on a day every year, always, or on no day the text names."""

from __future__ import annotations

from datetime import date

import pytest

from jingmen_policy.rule.due import STANDING, UNSTATED, Due, due_of


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ("standing", STANDING),
        ("unstated", UNSTATED),
        ({"day": "2021-12-31"}, Due("day", day=date(2021, 12, 31))),
        ({"day": "2024-02-29"}, Due("day", day=date(2024, 2, 29))),
        ({"yearly": "12-31"}, Due("yearly", month_day=(12, 31))),
        ({"yearly": "3-1"}, Due("yearly", month_day=(3, 1))),
    ],
)
def test_a_due_day_is_read_as_it_is_written(given: object, due: Due) -> None:
    assert due_of(given) == due


@pytest.mark.parametrize(
    "given",
    [
        "monthly",
        "",
        None,
        31,
        {},
        {"day": "2021-02-30"},
        {"day": "2021年底"},
        {"day": "2021-12-31", "yearly": "12-31"},
        {"yearly": "2-29"},
        {"yearly": "13-1"},
        {"yearly": "0-1"},
        {"yearly": "2021-12-31"},
        {"yearly": "年底"},
        {"monthly": "31"},
    ],
)
def test_what_is_no_due_day_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        due_of(given)


def test_a_yearly_day_comes_every_year_and_no_other_kind_does() -> None:
    yearly = due_of({"yearly": "12-31"})
    assert [yearly.in_year(year) for year in (2021, 2024)] == [
        date(2021, 12, 31),
        date(2024, 12, 31),
    ]
    for due in (STANDING, UNSTATED, due_of({"day": "2021-12-31"})):
        with pytest.raises(ValueError, match="every year"):
            due.in_year(2021)
