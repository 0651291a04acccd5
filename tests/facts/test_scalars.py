"""Scalars: exact, never a float, never a silent guess."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from jingmen_facts.scalars import Day, Fen, Flag, Listed, Name, Number, People, SquareMetres, Year

FEN: TypeAdapter[Fen] = TypeAdapter(Fen)
TEXTS: TypeAdapter[Any] = TypeAdapter(tuple[Name, ...])


@given(st.integers(0, 10**17))
@example(717_501)
def test_an_amount_written_is_read_as_the_same_amount(fen: int) -> None:
    amount = Fen(fen)
    assert Fen.of(str(amount)) == amount
    assert Fen.of(f"{amount}元") == amount
    assert Fen.of(Decimal(fen) / 100) == amount


@given(st.integers(0, 10**15))
def test_units_of_money_agree(fen: int) -> None:
    assert Fen.of(f"{fen}分") == fen
    assert Fen.of(f"{Decimal(fen) / 1_000_000:f}万元") == fen


@pytest.mark.parametrize(
    ("given_text", "fen"),
    [("1.5万元", 1_500_000), ("7,175.01", 717_501), ("1，234 元", 123_400), ("0", 0), (3, 300)],
)
def test_amounts_as_people_write_them(given_text: object, fen: int) -> None:
    assert FEN.validate_python(given_text) == fen


@pytest.mark.parametrize(
    "wrong",
    [
        70_000.0,
        True,
        None,
        "",
        "约7万元",
        "7千元",
        "7万",
        "1,5",
        "1e5",
        "-1",
        "0.001",
        "1.0000000000000000000000000000001",
        "9" * 5000,
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
)
def test_what_is_not_an_amount_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        FEN.validate_python(wrong)


@pytest.mark.parametrize("written", ["2021-07-31", "2021/7/31", "2021年7月31日", " 2021-07-31 "])
def test_days_as_people_write_them(written: str) -> None:
    assert TypeAdapter(Day).validate_python(written) == date(2021, 7, 31)


@pytest.mark.parametrize(
    "wrong", ["2021-02-30", "2021-13-01", "20210731", "七月", "", 0, 1.5, datetime(2021, 7, 31)]
)
def test_a_day_that_does_not_exist_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError, match="应为存在的日期"):
        TypeAdapter(Day).validate_python(wrong)


def test_flags_are_yes_or_no() -> None:
    flag: TypeAdapter[bool] = TypeAdapter(Flag)
    assert [flag.validate_python(text) for text in ("是", "否", "TRUE", "no", True)] == [
        True,
        False,
        True,
        False,
        True,
    ]
    for wrong in ("对", "1", 1, 0.0, ""):
        with pytest.raises(ValidationError, match="应为“是”或“否”"):
            flag.validate_python(wrong)


def test_numbers_know_their_unit_and_bounds() -> None:
    people: TypeAdapter[int] = TypeAdapter(People)
    assert people.validate_python("4 人") == 4
    assert TypeAdapter(SquareMetres).validate_python("299.99平方米") == Decimal("299.99")
    for wrong in ("4个", "4.5", "-1", 4.0, True, "四"):
        with pytest.raises(ValidationError):
            people.validate_python(wrong)
    for wrong_year in (1999, "2101年"):
        with pytest.raises(ValidationError, match="超出范围 2000～2100"):
            TypeAdapter(Year).validate_python(wrong_year)
    assert Number("年").unit == "年"


def test_a_list_may_be_one_text_and_none_is_said() -> None:
    texts: TypeAdapter[Any] = TypeAdapter(Annotated[tuple[str, ...], Listed])
    assert texts.validate_python("社工室、个案室；多功能室") == ("社工室", "个案室", "多功能室")
    assert texts.validate_python("无") == ()
    assert texts.validate_python({"乙", "甲"}) == ("乙", "甲")
    for wrong in ("", " ", "、", "社工室、社工室", ["社工室", "社工室"]):
        with pytest.raises(ValidationError):
            texts.validate_python(wrong)
