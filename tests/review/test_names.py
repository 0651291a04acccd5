"""Names of people: which are refused, and which are the same person's."""

from __future__ import annotations

import pytest

from jingmen_policy.review.names import person, wrong_with


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"),
        ("张三", "　张三　"),
        ("Li Na", "LI  NA"),
        ("Ｌｉ Na", "li na"),
        ("Weiß", "WEISS"),
        ("é", "e\u0301"),
    ],
)
def test_two_spellings_of_one_person(one: str, other: str) -> None:
    assert person(one) == person(other)


@pytest.mark.parametrize(("one", "other"), [("张三", "张三丰"), ("Li Na", "Lina"), ("甲", "乙")])
def test_two_people(one: str, other: str) -> None:
    assert person(one) != person(other)


@pytest.mark.parametrize(
    "text",
    [
        "", "  ", "\u3000", "张\u202e三", "张\u200f三", "张\u200b三", "\ufeff张三", "张\n三",
        "张\t三", "张\x00三", "张\x7f三", "张\u2028三",
        "张\ue000三", "张\ud800三", "123", "——", "张" * 101,
    ],
)  # fmt: skip
def test_what_is_no_name(text: str) -> None:
    assert wrong_with(text)


@pytest.mark.parametrize(
    "text", ["张三", "欧阳 娜娜", "Li Na", "O'Brien-张", "阿布都·热合曼", "𠮷野"]
)
def test_what_is_a_name(text: str) -> None:
    assert wrong_with(text) == []


def test_everything_wrong_with_one_is_told() -> None:
    told = [said.en for said in wrong_with("1\u200b2\x07")]
    assert told == ["holds a control character, U+0007", "holds an invisible mark, U+200B",
                    "has no letter in it"]  # fmt: skip
