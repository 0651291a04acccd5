"""Which version is in force on a day: from its first day on, up to but not on its last."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jingmen_policy.rule.model import Dated, in_force

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def dated(since: date, until: date | None) -> Dated:
    return Dated(since=since, until=until, lets=(), columns={})


def test_a_version_is_in_force_on_its_first_day_and_no_longer_on_its_last() -> None:
    version = dated(date(2021, 1, 1), date(2023, 7, 1))
    assert not version.in_force(date(2020, 12, 31))
    assert version.in_force(date(2021, 1, 1))
    assert version.in_force(date(2023, 6, 30))
    assert not version.in_force(date(2023, 7, 1))


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
def test_of_versions_that_follow_each_other_the_last_begun_governs(
    days: list[date], day: date
) -> None:
    starts = sorted(days)
    ends: list[date | None] = [*starts[1:], None]
    versions = [dated(since, until) for since, until in zip(starts, ends, strict=True)]
    begun = [version for version in versions if version.since <= day]
    assert in_force(versions, day) is (begun[-1] if begun else None)


@given(DAYS, st.integers(1, 400))
def test_between_versions_none_is_in_force(day: date, gap: int) -> None:
    later = day + timedelta(days=gap)
    versions = [dated(date(2019, 1, 1), day), dated(later, None)]
    assert in_force(versions, later - timedelta(days=1)) is None
    assert in_force(versions, later) is versions[1]
