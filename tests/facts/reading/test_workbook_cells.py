"""What cells say: days, amounts and choices as people and programs write them."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from pydantic_core import PydanticCustomError

from jingmen_facts import MODELS
from jingmen_facts.kinds import FieldSpec
from jingmen_facts.reading.workbook_cells import cell_text, escaped, unescaped
from jingmen_facts.scalars import Fen

DAY = MODELS.kinds["Station"].fields["established_on"]
MONEY = MODELS.kinds["ServiceProject"].fields["total_cost"]
AREA = MODELS.kinds["Station"].fields["area"]
TEXT = MODELS.kinds["Station"].fields["name"]
FLAG = MODELS.kinds["Station"].fields["sign_displayed"]
CHOICE = MODELS.kinds["ServiceProject"].fields["procured_by"]
SEVERAL = MODELS.kinds["Station"].fields["equipment"]


def said(
    value: object, spec: FieldSpec, form: str = "General", epoch: datetime = WINDOWS_EPOCH
) -> str | None:
    sheet: Any = Workbook().active
    sheet["A1"].value = value
    sheet["A1"].number_format = form
    return cell_text(sheet["A1"], spec, epoch)


def wrong(value: object, spec: FieldSpec, form: str = "General") -> str:
    with pytest.raises(PydanticCustomError) as caught:
        said(value, spec, form)
    return str(caught.value)


@pytest.mark.parametrize(
    "written",
    [
        *("2021年7月31日", "2021 年 7 月 31 日", "2021.7.31", "2021/7/31", "2021-07-31"),
        *("２０２１年７月３１日", "２０２１．７．３１", " 2021-07-31 ", "2021-07-31 00:00:00"),
        *(date(2021, 7, 31), datetime(2021, 7, 31), 44408, 44408.0),
    ],
)
def test_a_day_may_be_written_in_many_ways(written: object) -> None:
    (text,) = [said(written, DAY)]
    assert text is not None
    assert MODELS.kinds["Station"].model.model_validate(
        {"id": "S", "established_on": text}
    ).established_on == date(2021, 7, 31)  # type: ignore[attr-defined]


def test_a_workbook_that_counts_days_from_1904_means_them() -> None:
    assert said(44408 - 1462, DAY, epoch=MAC_EPOCH) == "2021-07-31"


@pytest.mark.parametrize("number", [2021, 20210731, 0, -1, 44408.5, 10958, 10**12])
def test_a_number_that_is_no_day_is_not_taken_for_one(number: float) -> None:
    text = said(number, DAY)
    assert text is not None
    assert text.count("-") != 2


def test_the_first_and_the_last_day_a_bare_number_may_mean() -> None:
    assert (said(10959, DAY), said(73415, DAY)) == ("1930-01-01", "2100-12-31")
    assert said(73416, DAY) == "73416"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (70000.01, "70000.01"),
        (1234567.8900000001, "1234567.89"),
        (99999999999999.9, "99999999999999.9"),
        (29.1 * 100, "2910"),
        (1e16, "10000000000000000"),
        (100000, "100000"),
        (0.005, "0.005"),
        (70000.0149999999, "70000.0149999999"),
    ],
)
def test_a_number_is_its_first_fifteen_digits(number: float, text: str) -> None:
    assert said(number, MONEY) == text


@given(st.integers(0, 10**15 - 1))
def test_every_amount_a_spreadsheet_can_hold_is_read_to_the_fen(fen: int) -> None:
    stored = float(f"{fen // 100}.{fen % 100:02}")
    assert Fen.of(said(stored, MONEY)) == fen


@given(st.integers(0, 10**9), st.integers(-2, 2))
def test_noise_of_arithmetic_is_no_part_of_a_fen(fen: int, steps: int) -> None:
    """Two units in the last place, either way: what adding and multiplying leaves behind."""
    number = fen / 100
    for _ in range(abs(steps)):
        number = math.nextafter(number, math.inf if steps > 0 else 0)
    text = said(number, MONEY)
    assert fen == 0 or Fen.of(text) == fen


@pytest.mark.parametrize(
    ("value", "spec", "form", "why"),
    [
        ("=1+1", MONEY, "General", "是公式，应填写数值"),
        ("#REF!", MONEY, "General", "是错误值 #REF!"),
        (date(2021, 1, 2), TEXT, "yyyy-mm-dd", "是日期 2021-01-02，不是文字"),
        (date(1905, 7, 14), AREA, "yyyy-mm-dd", "是日期 1905-07-14，不是数字"),
        (datetime(2021, 7, 31, 9, 30), DAY, "General", "不带时刻"),
        (date(1905, 7, 14), DAY, "yyyy-mm-dd", "是否只填了年份"),
        (time(9, 30), DAY, "h:mm", "是时刻"),
        (timedelta(hours=9), DAY, "[h]:mm", "是时刻"),
        (0.7, MONEY, "0%", "百分比"),
        (420822199001011234, TEXT, "General", "数字超过 15 位"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    value: object, spec: FieldSpec, form: str, why: str
) -> None:
    assert why in wrong(value, spec, form)


def test_choices_are_known_in_half_width_and_with_other_commas() -> None:
    assert said("县(市、区)民政部门", CHOICE) == "县（市、区）民政部门"
    assert said("桌椅，电脑, 打印机\n档案柜", SEVERAL) == "桌椅、电脑、打印机、档案柜"
    assert said("无", SEVERAL) == "无"


def test_numbers_and_flags_as_they_are_typed() -> None:
    assert said("７１７５．０１", MONEY) == "7175.01"
    assert said(" 10 万元", MONEY) == "10 万元"
    assert (said(True, FLAG), said("是 ", FLAG), said(1, FLAG)) == ("是", "是", "1")
    assert said(1001, TEXT) == "1001"
    assert (said("  ", TEXT), said(None, DAY)) == (None, None)


@given(st.text(st.characters(codec="utf-8")))
def test_every_text_is_escaped_so_that_it_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text
