"""What an answer does to a self-check, and what is no answer."""

from __future__ import annotations

import pytest

from jingmen_facts import Refused
from jingmen_policy.judge.finding import Thing
from jingmen_policy.selfcheck import (
    Add,
    Answer,
    Remove,
    Say,
    Skip,
    Whole,
    answered,
    next_question,
    the_question,
)
from support.self_checks import COUNTY, STATION, TOWN, check, field

ST = Thing("Station", "沙洋镇社工站")
WORKER = Thing("ResidentWorker", "甲")


def test_a_field_is_said_taken_back_and_said_otherwise() -> None:
    one = check(Station=STATION)
    said = answered(one, Say(ST, "established_on", "2021年6月1日"))
    assert str(field(said, ST, "established_on")) == "2021-06-01"
    assert field(answered(said, Say(ST, "established_on", None)), ST, "established_on") is None
    assert field(one, ST, "established_on") is None


def test_what_was_skipped_does_not_come_again_until_it_is_answered() -> None:
    ask = "Station/沙洋镇社工站.established_on"
    skipped = answered(check(Station=STATION), Skip(ask))
    question = next_question(skipped)
    assert question is not None
    assert question.id != ask
    with pytest.raises(Refused):
        the_question(skipped, ask)
    again = answered(skipped, Skip(ask, skip=False))
    assert (next_question(again) or question).id == ask
    said = answered(skipped, Say(ST, "established_on", "2021-06-01"))
    assert ask not in said.skipped


def test_a_list_is_complete_or_not_said_to_be() -> None:
    one = check(Station=STATION)
    whole = answered(one, Whole("ResidentWorker@沙洋镇社工站"))
    assert "ResidentWorker@沙洋镇社工站" in whole.dossier.complete
    assert answered(whole, Whole("ResidentWorker@沙洋镇社工站", whole=False)).dossier == one.dossier


def test_one_more_thing_belongs_to_whom_it_is_said_to() -> None:
    ask = "Station@沙洋县/沙洋镇"
    one = answered(check(TOWN), Skip(ask))
    more = answered(one, Add("Station", TOWN, {"id": "沙洋镇社工站"}))
    assert field(more, ST, "township") == TOWN.id
    assert ask not in more.skipped, "the list is another now: it may be asked for again"


def test_a_thing_with_a_key_of_several_parts_needs_each() -> None:
    year = Add("FundingYear", COUNTY, {"year": "2022"})
    more = answered(check(COUNTY), year)
    assert "沙洋县/2022" in more.dossier.of_kind("FundingYear")
    with pytest.raises(Refused, match="year"):
        answered(check(COUNTY), Add("FundingYear", COUNTY))


def test_what_is_removed_goes_with_all_that_belongs_to_it() -> None:
    one = check(
        Station=STATION,
        ResidentWorker={"id": "甲", "station": ST.id},
        complete=["ResidentWorker@沙洋镇社工站", "Station@沙洋县"],
        skipped=[
            "ResidentWorker/甲.in_post",
            "ServiceProject@沙洋镇社工站",
            "Station@沙洋县/沙洋镇",
        ],
    )
    left = answered(one, Remove(ST))
    assert not left.dossier.of_kind("Station")
    assert not left.dossier.of_kind("ResidentWorker")
    assert left.dossier.complete == {"City", "County", "Township", "Station@沙洋县"}
    assert left.skipped == {"Station@沙洋县/沙洋镇"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Say(ST, "established_on", "2021-02-30"), "应为存在的日期"),
        (Say(ST, "operator", "自行运营"), "是否为“乡镇（街道）自行运营”"),
        (Say(ST, "area", "3亩"), "单位“亩”不对"),
        (Say(ST, "areas", "3"), "是否为“area”"),
        (Say(ST, "id", "别的"), "编号不能改"),
        (Say(ST, "township", "沙洋县/沙样镇"), "是否为“沙洋县/沙洋镇”"),
        (Say(Thing("Station", "沙洋镇社工战"), "area", "3"), "是否为“沙洋镇社工站”"),
        (Say(Thing("Statoin", "沙洋镇社工站"), "area", "3"), "是否为“Station”"),
        (Say(TOWN, "in_plan", False), "已知为“True”，不能改"),
        (Whole("ResidentWorker@沙洋镇社工战"), "是否为“沙洋镇社工站”"),
        (Whole("Worker@沙洋镇社工站"), "未知的事实类型“Worker”"),
        (Add("Station", TOWN, {"id": "沙洋镇社工站"}), "重复"),
        (Add("Station", TOWN, {"id": "甲", "aera": "3"}), "是否为“area”"),
        (Add("Township", COUNTY, {"division": "沙洋县", "name": "新镇"}), "名下不能添加"),
        (Add("Station", COUNTY, {"id": "甲"}), "名下不能添加"),
        (Remove(TOWN), "不能移除"),
        (Remove(Thing("Township", "沙洋县/后港镇")), "不能移除"),
    ],
)
def test_what_is_no_answer_is_refused_and_says_why(answer: Answer, said: str) -> None:
    one = check(Station=STATION)
    with pytest.raises(Refused) as refused:
        answered(one, answer)
    assert said in refused.value.to("zh")
    assert refused.value.problems[0].field


def test_answers_that_contradict_each_other_are_refused_together() -> None:
    one = answered(check(Station=STATION), Say(ST, "contractor", "示例中心"))
    with pytest.raises(Refused, match="不应有承接机构"):
        answered(one, Say(ST, "operator", "乡镇（街道）自行运营"))


def test_markup_is_text() -> None:
    hostile = "<script>alert(1)</script>\u202e"
    one = answered(check(Station=STATION), Say(ST, "sign_text", hostile))
    assert field(one, ST, "sign_text") == hostile
