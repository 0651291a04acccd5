"""Parameters are read as the text prints them, and found in its words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from jingmen_policy.expression.nodes import Of
from jingmen_policy.rule.due import Due, due_of
from jingmen_policy.rule.modality import Force, Modality
from jingmen_policy.rule.parameter import read_let, stated

UNITS = {"人", "年", "岁", "平方米", "个"}


@pytest.mark.parametrize(
    ("printed", "of", "unit", "value"),
    [
        ("70%", Of.RATIO, "", Fraction(7, 10)),
        ("2.5%", Of.RATIO, "", Fraction(1, 40)),
        ("2人", Of.NUMBER, "人", 2),
        ("一年", Of.NUMBER, "年", 1),
        ("两人", Of.NUMBER, "人", 2),
        ("十二个", Of.NUMBER, "个", 12),
        ("四十岁", Of.NUMBER, "岁", 40),
        ("300平方米", Of.NUMBER, "平方米", 300),
        ("1.5平方米", Of.NUMBER, "平方米", Fraction(3, 2)),
        ("5万元", Of.MONEY, "元", 5_000_000),
        ("2021-04-30", Of.DAY, "", date(2021, 4, 30)),
        ("大专", Of.TEXT, "", "大专"),
        ("三农", Of.TEXT, "", "三农"),
    ],
)
def test_a_value_is_read_as_printed(printed: str, of: Of, unit: str, value: object) -> None:
    let = read_let("x", printed, UNITS)
    assert (let.type.of, let.type.unit, let.value) == (of, unit, value)


@pytest.mark.parametrize("given", ["", None, 3, {"table": "annex"}, "2021-02-30", "十十人"])
def test_what_is_no_parameter_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_let("x", given, UNITS)


@pytest.mark.parametrize(
    ("printed", "quote", "found"),
    [
        ("2人", "每个社工站2-4人", True),
        ("4人", "每个社工站2-4人", True),
        ("3人", "每个社工站2-4人", False),
        ("4人", "14人", False),
        ("7%", "70%", False),
        ("70%", "30%、50%、70%以上", True),
        ("5%", "2.5%", False),
        ("一年", "一年一签", True),
        ("2年", "2人", False),
        ("大专", "大专以上学历", True),
    ],
)
def test_a_number_is_stated_whole_and_with_its_unit(printed: str, quote: str, found: bool) -> None:
    assert stated(printed, quote) is found


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ("standing", Due("standing")),
        ("unstated", Due("unstated")),
        ({"day": "2021-12-31"}, Due("day", day=date(2021, 12, 31))),
        ({"yearly": "12-31"}, Due("yearly", month_day=(12, 31))),
    ],
)
def test_a_due_day_is_one_of_four_kinds(given: object, due: Due) -> None:
    assert due_of(given) == due


@pytest.mark.parametrize("given", ["never", {}, {"yearly": "2-29"}, {"yearly": "13-1"}, {"day": 1}])
def test_any_other_due_day_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        due_of(given)


def test_every_modality_has_a_force_and_a_name() -> None:
    assert {modality.force for modality in Modality} == set(Force)
    assert len({modality.label.zh for modality in Modality}) == len(Modality)
