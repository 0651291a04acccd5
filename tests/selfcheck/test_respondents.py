"""Who may answer, from the register alone or from a file."""

from __future__ import annotations

import pytest

from jingmen_facts import Refused
from jingmen_policy.judge.finding import Thing
from jingmen_policy.selfcheck.respondents import beginning, from_file, names
from support.library import library
from support.self_checks import COUNTY, TOWN, plan


def test_the_city_its_counties_and_the_sixty_townships_may_answer() -> None:
    begun = beginning(plan())
    kinds = [one.who.kind for one in begun.respondents]
    assert [kinds.count(kind) for kind in ("City", "County", "Township")] == [1, 6, 60]
    town = next(one for one in begun.respondents if one.who == TOWN)
    assert town.above == (COUNTY, Thing("City", "荆门市"))
    assert begun.facts == {"use": ["register"]}
    assert begun.suggested is None


def test_a_file_suggests_the_one_to_whom_all_of_it_belongs() -> None:
    station = "{社工站编号: 甲, 所在乡镇（街道）: 沙洋县/沙洋镇}"
    text = f"use: register\nas_of: 2022-06-30\n社工站: {station}\n"
    begun = from_file(plan(), "自查.yaml", text)
    assert begun.suggested == Thing("Station", "甲")
    assert str(begun.as_of) == "2022-06-30"
    assert begun.facts["Station"] == {"id": "甲", "township": "沙洋县/沙洋镇"}
    two = f"{text}县（市、区）: {{县（市、区）名称: 沙洋县, 民政部门是否列入重要议事日程: 是}}\n"
    assert from_file(plan(), "自查.yaml", two).suggested == COUNTY


def test_a_file_without_anyone_has_none_to_answer() -> None:
    assert from_file(plan(), "自查.json", '{"ResidentWorker": {"id": "甲"}}').respondents == ()
    with pytest.raises(Refused, match="文件可能不完整"):
        from_file(plan(), "自查.json", '{"ResidentWorker": {')


def test_a_corpus_without_a_background_begins_with_nothing() -> None:
    begun = beginning(library())
    assert begun.respondents == ()
    assert begun.facts == {}


def test_things_have_names_in_both_languages() -> None:
    found = names(plan())
    assert found.kinds["Station"].zh == "社工站"
    assert found.statuses["unproven"].en == "unproven"
    assert len(found.statuses) == 10
