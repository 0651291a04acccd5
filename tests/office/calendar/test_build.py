"""What the calendar has an entry for, and what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jingmen_facts import Dossier, Refused
from jingmen_facts.problems import Lang
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.calendar.build import diary
from jingmen_policy.office.calendar.model import Diary, Entry
from jingmen_policy.rule.status import Status
from support.bulletins import ledger, policy, story

DAY = date(2021, 12, 31)
REGISTER = policy().dossier({}, use=["register"])


def entries(dossier: Dossier, day: date = DAY, lang: Lang = "zh", **given: Any) -> Diary:
    return diary(policy(), dossier, day, Teller(policy().models, lang), **given)


def of_kind(found: Diary, kind: str) -> list[Entry]:
    return [entry for entry in found.entries if entry.kind == kind]


def one(found: Diary, kind: str, *key: str) -> Entry:
    [entry] = [e for e in found.entries if e.kind == kind and e.key[: len(key)] == key]
    return entry


def agreed(**given: str) -> Dossier:
    return policy().dossier(
        {
            "Station": {
                "id": "ST-1",
                "township": "沙洋县/沙洋镇",
                "operator": "第三方社会组织承接",
            },
            "ServiceAgreement": {"id": "XY-1", "station": "ST-1", **given},
        },
        use=["register"],
    )


def test_the_days_the_plan_fixes_have_an_entry_each_whatever_the_facts() -> None:
    days = {entry.day.isoformat() for entry in of_kind(entries(REGISTER), "plan")}
    assert days == {
        "2021-04-30",
        "2021-07-31",
        "2021-12-31",
        "2022-12-31",
        "2023-12-31",
        "2024-12-31",
    }
    april = one(entries(REGISTER), "plan", "2021-04-30")
    assert "2021年4月底前" in april.description
    assert "本地实施方案" in april.description


def test_everything_dated_that_obliges_is_in_an_entry_of_its_holder() -> None:
    found = [
        finding
        for finding in policy().judge(ledger(), DAY)
        if finding.due is not None
        and finding.status
        not in (Status.NOT_APPLICABLE, Status.NOT_IN_FORCE, Status.NOTED, Status.AVAILABLE)
    ]
    made = of_kind(entries(ledger()), "obligation")
    lines = [line for entry in made for line in entry.description.split("\n") if line[:1] == "·"]
    assert len(lines) == len(found)
    assert {entry.day for entry in made} == {finding.due for finding in found}


def test_townships_stand_under_their_county_and_are_named_in_it() -> None:
    entry = one(entries(ledger()), "obligation", "township-plan", "", "County", "沙洋县")
    assert entry.summary == "【无法判定 13】乡镇（街道）实施计划 · 沙洋县"
    assert entry.description.count("· 乡镇（街道） 沙洋县/") == 13
    [who] = [line for line in entry.description.split("\n") if line.startswith("责任主体：")]
    assert who.count("沙洋县/") == 13
    assert who.count("民政部门") == 1


def test_an_entry_says_clause_bearer_status_day_and_what_is_missing() -> None:
    entry = one(entries(ledger()), "obligation", "self-assessment", "2021", "County", "沙洋县")
    assert entry.day == date(2021, 12, 31)
    assert entry.summary == "【无法判定】每年自评（2021年） · 沙洋县"
    lines = entry.description.split("\n")
    assert lines[0].startswith("依据：五（三）第1句“")
    assert lines[1:4] == [
        "责任主体：县（市、区）民政部门（沙洋县）",
        "期限：2021-12-31（周五）",
        "截至 2021-12-31 的结论：",
    ]
    assert lines[4].startswith("· 县（市、区） 沙洋县：无法判定；还缺：")


def test_weekends_are_flagged_and_not_shifted() -> None:
    found = entries(ledger())
    for entry in found.entries:
        flagged = "周末" in entry.categories
        assert flagged == (entry.day.weekday() >= 5)
        assert ("周六" in entry.summary or "周日" in entry.summary) == flagged
        assert ("日期不改" in entry.description) == flagged
    saturday = one(found, "obligation", "launch-urged", "", "County", "沙洋县")
    assert saturday.day == date(2021, 7, 31)


def test_what_comes_every_year_is_there_for_the_next_and_becomes_an_obligation() -> None:
    planned = one(
        entries(REGISTER), "planned", "third-party-assessment", "2022", "County", "沙洋县"
    )
    assert planned.day == date(2022, 12, 31)
    later = entries(REGISTER, date(2022, 3, 1))
    judged = one(later, "obligation", "third-party-assessment", "2022", "County", "沙洋县")
    assert judged.uid("x") == planned.uid("x")
    assert judged.summary.startswith("【未到期】")


def test_identities_do_not_change_with_how_things_stand() -> None:
    before, after = (
        entries(policy().dossier(facts, use=["register"], complete=["Assessment"]))
        for facts in (
            {},
            {
                "Assessment": {
                    "id": "PG-1",
                    "county": "沙洋县",
                    "year": 2021,
                    "kind": "自评",
                    "finished_on": "2021-11-30",
                }
            },
        )
    )
    key = ("obligation", "self-assessment", "2021", "County", "沙洋县")
    assert one(before, *key).uid("x") == one(after, *key).uid("x")
    assert one(before, *key).summary != one(after, *key).summary
    uids = [entry.uid("x") for entry in after.entries]
    assert len(set(uids)) == len(uids)


def test_an_agreement_ends_on_its_last_day() -> None:
    found = entries(agreed(starts_on="2021-06-20", ends_on="2022-06-19"))
    [entry] = of_kind(found, "expiry")
    assert (entry.day, entry.summary) == (
        date(2022, 6, 19),
        "服务协议到期：XY-1，ST-1（周日）",
    )
    assert "四（四）第3句“服务协议原则上实行一年一签”" in entry.description
    assert "乡镇（街道）（沙洋县/沙洋镇）" in entry.description
    assert of_kind(found, "renewal") == []


@pytest.mark.parametrize("ends", [{}, {"ends_on": "2024-06-19"}])
def test_an_agreement_is_to_be_renewed_when_its_year_is_over(ends: dict[str, str]) -> None:
    found = entries(agreed(starts_on="2021-06-20", **ends))
    [entry] = of_kind(found, "renewal")
    assert entry.day == date(2022, 6, 20)
    assert len(of_kind(found, "expiry")) == len(ends)


def test_an_agreement_that_was_followed_by_another_says_so() -> None:
    first = {"id": "XY-1", "station": "ST-1", "starts_on": "2021-06-20", "ends_on": "2022-06-19"}
    second = {"id": "XY-2", "station": "ST-1", "starts_on": "2022-06-20", "ends_on": "2023-06-19"}
    both = policy().dossier(
        {"Station": {"id": "ST-1"}, "ServiceAgreement": [first, second]}, use=["register"]
    )
    told = {entry.key[0]: entry.description for entry in of_kind(entries(both), "expiry")}
    assert "XY-2 (2022-06-20)" in told["XY-1"]
    assert "XY-1" not in told["XY-2"]


@pytest.mark.parametrize(
    ("bearer", "kinds"),
    [
        ("沙洋县", {"沙洋县"}),
        ("市民政局", {"荆门市"}),
        ("沙洋县/沙洋镇", {"沙洋县/沙洋镇"}),
        ("乡镇（街道）民政部门", {"沙洋县", "钟祥市", "京山市", "东宝区", "掇刀区", "漳河新区"}),
    ],
)
def test_a_bearer_has_a_calendar_of_its_own(bearer: str, kinds: set[str]) -> None:
    found = entries(ledger(), bearer=bearer)
    assert of_kind(found, "plan") == []
    assert {entry.key[-1] for entry in found.entries if entry.kind != "expiry"} == kinds
    assert bearer in found.name


def test_a_bearer_there_is_none_of_is_refused() -> None:
    with pytest.raises(Refused, match="是否为“沙洋县”？"):
        entries(ledger(), bearer="沙羊县")


def test_what_has_no_day_has_no_entry_and_is_counted() -> None:
    found = entries(ledger())
    judged = policy().judge(ledger(), DAY)
    open_ones = [
        f
        for f in judged
        if f.due is None
        and f.status
        not in (Status.NOT_APPLICABLE, Status.NOT_IN_FORCE, Status.NOTED, Status.AVAILABLE)
    ]
    assert found.undated == sum(f.due_kind == "unstated" for f in open_ones) > 0
    assert found.undated + found.standing == len(open_ones)
    ruled = {entry.key[0] for entry in of_kind(found, "obligation")}
    assert not ruled & {f.rule for f in open_ones}


def test_english_is_english_but_for_the_quotes() -> None:
    entry = one(
        entries(ledger(), lang="en"), "obligation", "self-assessment", "2021", "County", "沙洋县"
    )
    assert entry.summary.startswith("[unproven] ")
    assert "Borne by: " in entry.description


def test_a_whole_city_stays_a_calendar_one_can_import() -> None:
    assert len(entries(story("four-years"), date(2024, 6, 30)).entries) < 400
