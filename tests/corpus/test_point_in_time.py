"""Versions on a day: an amendment changes nothing before its day, and everything from it on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_policy import Policy, Status
from support.synthetic import WORLD, Hall
from support.tiny import derived_file, load, means, rule_file

DAYS = st.dates(date(2020, 6, 1), date(2025, 6, 1))
AMENDED = date(2023, 7, 1)
ENGINES = ("reference", "durable")
YEARLY_WORDS = "{modality: 应当, bearer: 大厅, due: 应当}"


def versions(*bodies: tuple[str, str, str]) -> str:
    """Versions from their first day, last day ('' for none) and further lines."""
    return "".join(
        f"  - since: {since}\n" + (f"    until: {until}\n" if until else "") + body
        for since, until, body in bodies
    )


ONE = "    require: open\n"
OTHER = "    require: not open\n"
YEAR_END = "    require: open\n    due: {yearly: 12-31}\n"
MIDSUMMER = "    require: not open\n    due: {yearly: 6-30}\n"
AUTUMN = "    require: not open\n    due: {yearly: 9-30}\n"
SOME, YEARLY = "rules/2-some.yaml", "rules/2-yearly.yaml"


def before() -> dict[str, str | None]:
    return {
        SOME: rule_file("some", versions(("2021-01-01", "", ONE))),
        "rules/2-late.yaml": rule_file("late", versions(("2022-01-01", "", "    when: mild\n"))),
        YEARLY: rule_file("yearly", versions(("2021-01-01", "", YEAR_END)), words=YEARLY_WORDS),
        "derived/mild.yaml": derived_file("mild", means("open")),
    }


def after(yearly: str) -> dict[str, str | None]:
    day = str(AMENDED)
    return {
        SOME: rule_file("some", versions(("2021-01-01", day, ONE), (day, "", OTHER))),
        "rules/2-late.yaml": rule_file("late", versions(("2022-01-01", day, "    when: mild\n"))),
        YEARLY: rule_file(
            "yearly",
            versions(("2021-01-01", day, YEAR_END), (day, "", yearly)),
            words=YEARLY_WORDS,
        ),
        "derived/mild.yaml": derived_file(
            "mild", means("open", until=day) + means("not open", since=day)
        ),
    }


@pytest.fixture(scope="module", params=[YEAR_END, MIDSUMMER, AUTUMN], ids=["end", "mid", "autumn"])
def amended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load(tmp_path_factory.mktemp("amended"), after(request.param))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    return load(tmp_path_factory.mktemp("original"), before())


@given(day=DAYS, opened=st.none() | st.booleans(), engine=st.sampled_from(ENGINES))
def test_an_amendment_changes_no_finding_before_its_day(
    amended: Policy, original: Policy, day: date, opened: bool | None, engine: str
) -> None:
    dossier = Dossier([Hall(id="甲", open=opened)], models=WORLD)
    same = original.judge(dossier, day, engine=engine) == amended.judge(dossier, day, engine=engine)
    assert same == (day < AMENDED)


@given(day=DAYS)
def test_a_rule_is_in_force_from_its_first_day_until_its_last(amended: Policy, day: date) -> None:
    dossier = Dossier([Hall(id="甲", open=True)], models=WORLD)
    [some] = amended.judge(dossier, day, rules=["some"])
    [late] = amended.judge(dossier, day, rules=["late"])
    in_force = date(2021, 1, 1) <= day
    assert some.status is (
        Status.NOT_IN_FORCE if not in_force else Status.MET if day < AMENDED else Status.BREACHED
    )
    assert some.version == (
        None if not in_force else date(2021, 1, 1) if day < AMENDED else AMENDED
    )
    assert (late.status is Status.NOT_IN_FORCE) == (not date(2022, 1, 1) <= day < AMENDED)


def yearly(policy: Policy, day: date) -> list[tuple[int | None, date | None, date | None]]:
    found = policy.judge(Dossier([Hall(id="甲")], models=WORLD), day, rules=["yearly"])
    return [(finding.year, finding.due, finding.version) for finding in found]


OLD = date(2021, 1, 1)
PAST = [(2021, date(2021, 12, 31), OLD), (2022, date(2022, 12, 31), OLD)]


@pytest.mark.parametrize(
    ("amendment", "eve", "on_the_day", "year_after"),
    [
        (
            YEAR_END,
            [(2023, date(2023, 12, 31), OLD)],
            [(2023, date(2023, 12, 31), AMENDED)],
            [(2023, date(2023, 12, 31), AMENDED), (2024, date(2024, 12, 31), AMENDED)],
        ),
        (
            AUTUMN,
            [(2023, date(2023, 12, 31), OLD)],
            [(2023, date(2023, 9, 30), AMENDED)],
            [(2023, date(2023, 9, 30), AMENDED), (2024, date(2024, 9, 30), AMENDED)],
        ),
        (
            MIDSUMMER,
            [(2023, date(2023, 12, 31), OLD)],
            [],  # the old day no longer comes, the new one was over before it was set
            [(2024, date(2024, 6, 30), AMENDED)],
        ),
    ],
    ids=["end", "autumn", "mid"],
)
def test_a_year_is_judged_by_the_version_in_force_on_its_due_day(
    tmp_path: Path,
    amendment: str,
    eve: list[tuple[int, date, date]],
    on_the_day: list[tuple[int, date, date]],
    year_after: list[tuple[int, date, date]],
) -> None:
    policy = load(tmp_path, after(amendment))
    assert yearly(policy, AMENDED - timedelta(days=1)) == PAST + eve
    assert yearly(policy, AMENDED) == PAST + on_the_day
    assert yearly(policy, AMENDED.replace(year=2024)) == PAST + year_after


def test_a_year_in_which_the_day_comes_twice_is_judged_by_the_later_version(tmp_path: Path) -> None:
    day = str(AMENDED)
    body = versions(("2021-01-01", day, MIDSUMMER), (day, "", YEAR_END))
    policy = load(tmp_path, {YEARLY: rule_file("yearly", body, words=YEARLY_WORDS)})
    past = [(2021, date(2021, 6, 30), OLD), (2022, date(2022, 6, 30), OLD)]
    assert yearly(policy, AMENDED - timedelta(days=1)) == [*past, (2023, date(2023, 6, 30), OLD)]
    assert yearly(policy, AMENDED) == [*past, (2023, date(2023, 12, 31), AMENDED)]


def test_a_yearly_duty_that_has_ended_is_still_judged_for_its_years(tmp_path: Path) -> None:
    body = versions(("2021-01-01", "2022-07-01", YEAR_END.replace("open", "mild")))
    policy = load(
        tmp_path,
        {
            YEARLY: rule_file("yearly", body, words=YEARLY_WORDS),
            "derived/mild.yaml": derived_file("mild", means("open")),
        },
    )
    for engine in ENGINES:
        found = policy.judge(
            Dossier([Hall(id="甲", open=True)], models=WORLD),
            date(2025, 1, 1),
            rules=["yearly"],
            engine=engine,
        )
        assert [(finding.year, finding.status) for finding in found] == [(2021, Status.MET)]


def test_an_exception_counts_only_while_it_is_in_force(tmp_path: Path) -> None:
    plain = rule_file("some", versions(("2021-01-01", "", ONE)), more="yields_to: [spared]\n")
    spared = rule_file("spared", versions(("2022-01-01", "2023-01-01", "    when: open\n")))
    policy = load(tmp_path, {SOME: plain, "rules/2-spared.yaml": spared})
    dossier = Dossier([Hall(id="甲", open=True)], models=WORLD)
    for engine in ENGINES:
        statuses = [
            policy.judge(dossier, day, rules=["some"], engine=engine)[0].status
            for day in (date(2021, 12, 31), date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1))
        ]
        assert statuses == [Status.MET, Status.NOT_APPLICABLE, Status.NOT_APPLICABLE, Status.MET]
