"""Passages: looked up by id or address, searched for quotes, told with their headings."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import jingmen_policy.text
from jingmen_policy.text.passages import NoPassage
from jingmen_policy.text.structure import parse_source

PLAN = Path(jingmen_policy.text.__file__).parent.parent / "plan"
SOURCE = parse_source((PLAN / "source.md").read_bytes().decode())


@pytest.mark.parametrize(
    ("quote", "name", "times"),
    [
        ("社工站人员经费不得超过项目总经费的70%", "四（四）", 1),
        ("驻站社工", "四（三）", 6),
        ("不少于300平方米", "四（二）第3句", 1),
        ("不少于300平方米", "四（三）", 0),
        ("标题", "一", 0),
        ("", "一", 0),
    ],
)
def test_a_quote_is_found_where_it_stands_and_nowhere_else(
    quote: str, name: str, times: int
) -> None:
    spans = SOURCE.occurrences(quote, name)
    assert len(spans) == times
    assert all(SOURCE.plain[start:end] == quote for start, end in spans)


def test_overlapping_occurrences_are_all_counted() -> None:
    source = parse_source("# 标题\n\n## 一、节\n\n甲甲甲。\n")
    assert len(source.occurrences("甲甲", "一第1句")) == 2


def test_within_goes_all_the_way_down() -> None:
    inside = [passage.id for passage in SOURCE.within("四（四）")]
    assert inside == [f"sec_4__item_4__{part}" for part in ("heading", "s_1", "s_2", "s_3")]
    assert len(list(SOURCE.within("sec_4"))) == 29


def test_a_wrong_address_names_the_nearest() -> None:
    with pytest.raises(NoPassage) as refused:
        SOURCE.passage("四（九）")
    assert all(name.startswith("四（") for name in refused.value.nearest)
    assert len(refused.value.nearest) == 3
    assert str(refused.value).startswith("四（九） → ")
    assert isinstance(refused.value, LookupError)
    assert pickle.loads(pickle.dumps(refused.value)).nearest == refused.value.nearest
    with pytest.raises(NoPassage) as far:
        SOURCE.passage("xyz")
    assert str(far.value) == "xyz"


def test_a_passage_knows_the_heading_it_stands_under() -> None:
    headings = {
        "四（四）第2句": "（四）开展购买服务。",
        "四·首段第1句": "四、建站方式",
        "一第2句": "一、目标任务",
        "导语第2段第1句": SOURCE.passage("导语标题").text,
        "附件第1行": "附件：",
        "序言第1句": "",
    }
    assert {name: SOURCE.passage(name).heading for name in headings} == headings
