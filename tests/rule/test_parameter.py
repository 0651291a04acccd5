"""Parameters are what the text prints: numbers with their unit, shares, money, days, words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_policy.expression.nodes import Of
from jingmen_policy.rule.parameter import read_let, stated

UNITS = frozenset({"人", "个", "年", "岁", "平方米"})
NUMERALS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("printed", "value", "of", "unit"),
    [
        ("2人", 2, Of.NUMBER, "人"),
        ("300平方米", 300, Of.NUMBER, "平方米"),
        ("1.5平方米", Fraction(3, 2), Of.NUMBER, "平方米"),
        ("一年", 1, Of.NUMBER, "年"),
        ("两人", 2, Of.NUMBER, "人"),
        ("十人", 10, Of.NUMBER, "人"),
        ("十二个", 12, Of.NUMBER, "个"),
        ("六十个", 60, Of.NUMBER, "个"),
        ("六十四岁", 64, Of.NUMBER, "岁"),
        ("70%", Fraction(7, 10), Of.RATIO, ""),
        ("2.5%", Fraction(1, 40), Of.RATIO, ""),
        ("100%", Fraction(1), Of.RATIO, ""),
        ("500元", 50_000, Of.MONEY, "元"),
        ("3万元", 3_000_000, Of.MONEY, "元"),
        ("0.5万元", 500_000, Of.MONEY, "元"),
        ("1分", 1, Of.MONEY, "元"),
        ("2021-12-31", date(2021, 12, 31), Of.DAY, ""),
        ("大专", "大专", Of.TEXT, ""),
        ("2021", "2021", Of.TEXT, ""),
        ("3升", "3升", Of.TEXT, ""),
        ("一二三产业", "一二三产业", Of.TEXT, ""),
    ],
)
def test_a_parameter_is_read_as_it_is_printed(
    printed: str, value: object, of: Of, unit: str
) -> None:
    let = read_let("x", printed, UNITS)
    assert (let.value, let.type.of, let.type.unit) == (value, of, unit)
    assert type(let.value) is type(value)
    assert let.printed == (printed,)


@pytest.mark.parametrize(
    "given", [3, 0.7, True, None, "", {"table": "annex"}, {"table": "a", "column": "b", "row": "c"}]
)
def test_what_is_not_printed_is_no_parameter(given: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_let("x", given, UNITS)


@pytest.mark.parametrize("printed", ["2021-02-30", "二三人", "十十人"])
def test_a_day_or_a_number_that_does_not_exist_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"day|not a number"):
        read_let("x", printed, UNITS)


def test_a_list_keeps_its_texts_and_a_column_its_table() -> None:
    rooms = read_let("rooms", ["社工室", "个案室"], UNITS)
    assert (rooms.value, rooms.type.of, rooms.printed) == (
        ("社工室", "个案室"),
        Of.TEXTS,
        ("社工室", "个案室"),
    )
    column = read_let("total", {"table": "annex", "column": "合计"}, UNITS)
    assert (column.value, column.table, column.column, column.printed) == (
        None,
        "annex",
        "合计",
        (),
    )


@given(st.integers(0, 99), st.sampled_from(sorted(UNITS)))
def test_chinese_numerals_and_figures_are_the_same_numbers(number: int, unit: str) -> None:
    tens, ones = divmod(number, 10)
    if tens:
        spelt = f"{NUMERALS[tens] if tens > 1 else ''}十{NUMERALS[ones] if ones else ''}"
    else:
        spelt = NUMERALS[ones]
    assert read_let("x", f"{spelt}{unit}", UNITS).value == number
    assert read_let("x", f"{number}{unit}", UNITS).value == number


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("2人", "按照每个社工站2-4人配备驻站社工"),
        ("4人", "按照每个社工站2-4人配备驻站社工"),
        ("30%", "分别按30%、50%、70%以上的比例"),
        ("70%", "不得超过项目总经费的70%"),
        ("一年", "原则上实行一年一签"),
        ("60个", "全市60个乡镇"),
        ("300平方米", "可按不少于300平方米建设"),
        ("3年", "3至5年"),
        ("2021-12-31", "2021-12-31前"),
        ("自评", "开展自评和第三方评估"),
    ],
)
def test_a_quote_states_a_number_with_its_unit(printed: str, quote: str) -> None:
    assert stated(printed, quote)


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("3人", "30人以上"),
        ("3人", "13人以上"),
        ("0人", "30人以上"),
        ("3人", "3个站配备30人"),
        ("7%", "70%"),
        ("70%", "170%"),
        ("5%", "2.5%"),
        ("2.5%", "12.5%"),
        ("70%", "70个"),
        ("五年", "十五年"),
        ("十年", "十五年"),
        ("五年", "五十年"),
        ("5万元", "5元或10万元"),
        ("300平方米", "30.0平方米"),
        ("自评", "第三方评估"),
    ],
)
def test_another_number_with_the_same_figures_or_unit_is_not_stated(
    printed: str, quote: str
) -> None:
    assert not stated(printed, quote)


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(sorted(UNITS)))
def test_a_quote_of_one_number_states_that_number_only(one: int, other: int, unit: str) -> None:
    assert stated(f"{one}{unit}", f"不少于{other}{unit}的") == (one == other)
