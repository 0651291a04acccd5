"""Money in whole 分 and whole years, checked against other ways of working them out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jingmen_facts import MODELS, Dossier, Fen, ServiceProject
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.parse import parse_formula
from jingmen_policy.expression.scope import Scope
from jingmen_policy.expression.terms import age, years_after
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.parameter import read_let

CEILING = read_let("ceiling", "70%", ())
SCOPE = Scope(MODELS, "ServiceProject", params={"ceiling": CEILING.type})
SHARE = parse_formula("personnel_cost <= ceiling * total_cost", SCOPE)
assert isinstance(CEILING.value, Fraction)
PARAMS = {"ceiling": CEILING.value}


def within_the_ceiling(personnel: Fen, total: Fen) -> bool:
    project = ServiceProject(id="示例", personnel_cost=personnel, total_cost=total)
    frame = Frame(Dossier([project], models=MODELS), project, date(2022, 1, 1), params=PARAMS)
    truth = evaluate(SHARE, frame).truth
    assert truth is not Truth.UNKNOWN
    return truth is Truth.TRUE


@given(st.integers(1, 10**14), st.integers(-1, 1))
@example(1_025_000, 0)
@example(1_025_000, 1)
def test_a_share_of_a_budget_is_what_decimal_arithmetic_says(total: int, shift: int) -> None:
    personnel = min(max(total * 7 // 10 + shift, 0), total)
    by_hand = Decimal(personnel) / 100 <= Decimal("0.7") * (Decimal(total) / 100)
    assert within_the_ceiling(Fen(personnel), Fen(total)) == by_hand


@pytest.mark.parametrize(("yuan", "share"), [(10250, "7175.00"), (10, "7.00"), (90, "63.00")])
def test_a_budget_exactly_at_seventy_per_cent_is_within_and_one_fen_more_is_not(
    yuan: int, share: str
) -> None:
    total, personnel = Fen.of(yuan), Fen.of(share)
    assert within_the_ceiling(personnel, total)
    assert not within_the_ceiling(Fen(personnel + 1), total)


def test_doubles_would_have_got_it_wrong() -> None:
    """What the test above pins: 0.7 * 10250 falls short of 7175 in binary fractions."""
    assert not 7175.00 <= 0.7 * 10250


DAYS = st.dates(date(1940, 1, 1), date(2060, 12, 31))


def birthday(born: date, year: int) -> date:
    """The day a year is completed, 1 March for those born on a day the year does not have."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@given(DAYS, DAYS)
@example(date(1980, 2, 29), date(2020, 2, 29))
@example(date(1980, 2, 29), date(2021, 2, 28))
@example(date(1980, 2, 29), date(2021, 3, 1))
def test_an_age_is_the_number_of_birthdays_since_birth(one: date, other: date) -> None:
    born, on = sorted((one, other))
    passed = [y for y in range(born.year + 1, on.year + 1) if birthday(born, y) <= on]
    assert age(born, on) == len(passed)


@given(DAYS, st.integers(0, 50))
def test_an_age_is_reached_on_the_birthday_and_not_the_day_before(born: date, years: int) -> None:
    day = birthday(born, born.year + years)
    assert age(born, day) == years
    assert age(born, day - timedelta(days=1)) == years - 1


@given(DAYS, st.integers(0, 30))
def test_some_years_after_a_day_is_the_same_day_or_the_last_of_february(
    day: date, years: int
) -> None:
    later = years_after(day, years)
    assert later.year == day.year + years
    leap = (day.month, day.day) == (2, 29)
    assert (later.month, later.day) in ({(2, 28), (2, 29)} if leap else {(day.month, day.day)})
    assert not leap or (later + timedelta(days=1)).month == 3


@given(DAYS)
def test_a_one_year_agreement_has_at_most_366_days_more(day: date) -> None:
    assert (years_after(day, 1) - day).days in {365, 366}
