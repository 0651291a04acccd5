"""What an answer changes, and what one supposed would change."""

from __future__ import annotations

from hypothesis import given, settings

from jingmen_policy.judge.finding import Thing
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck import Add, Say, SelfCheck, Whole, answered, changes, what_if
from jingmen_policy.selfcheck.change import statuses
from support.self_checks import STATION, check, self_checks

ST = Thing("Station", "沙洋镇社工站")


@settings(max_examples=20)
@given(self_checks())
def test_the_statuses_compared_are_those_of_the_findings(check: SelfCheck) -> None:
    assert statuses(check) == {
        (one.rule, one.subject, one.year): one.status for one in check.findings
    }


def test_an_answer_tells_which_findings_come_out_otherwise() -> None:
    one = check(Station=STATION | {"established_on": "2021-06-01"})
    told = changes(one, answered(one, Say(ST, "sign_displayed", "是")))
    assert [(change.rule, change.before, change.after) for change in told] == [
        ("sign-displayed", Status.UNPROVEN, Status.MET),
        ("sign-text", Status.UNDETERMINED, Status.UNPROVEN),
    ]
    assert [change.settled for change in told] == [True, False]


def test_supposing_changes_nothing() -> None:
    one = check(Station=STATION | {"established_on": "2021-06-01", "sign_displayed": "是"})
    before = dict(statuses(one))
    told = what_if(one, [Say(ST, "sign_displayed", "否")])
    assert [(change.rule, change.before, change.after) for change in told] == [
        ("sign-displayed", Status.MET, Status.BREACHED),
        ("sign-text", Status.UNPROVEN, Status.NOT_APPLICABLE),
    ]
    assert statuses(one) == before


def test_what_comes_with_a_new_thing_was_not_there_before() -> None:
    one = check(Station=STATION)
    told = what_if(one, [Add("ResidentWorker", ST, {"id": "甲"})])
    assert {change.before for change in told} == {None}
    assert {change.subject.id for change in told} == {"甲"}


def test_several_answers_may_be_supposed_together() -> None:
    one = check(Station=STATION | {"established_on": "2021-06-01"})
    told = what_if(one, [Say(ST, "sign_displayed", "是"), Whole("ResidentWorker@沙洋镇社工站")])
    assert {change.rule: change.after for change in told}["staffing"] is Status.BREACHED
