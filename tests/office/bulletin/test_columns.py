"""Columns of tables in Word: as wide as what stands in them needs, together as wide as the page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_policy.office.bulletin.blocks import Cell, Grid
from jingmen_policy.office.bulletin.columns import UNPARTED, fitted, measure
from jingmen_policy.rule.status import Status


def grid(*rows: tuple[str, ...], widths: tuple[int, ...] = (1, 1, 8)) -> Grid:
    cells = tuple(tuple(Cell(text, number=True) for text in row) for row in rows)
    return Grid("表", ("甲", "乙", "丙"), cells, widths)


def test_a_number_is_not_parted_where_others_have_room() -> None:
    found = fitted(grid(("2021-04-30", "1", "1")), 400, 9, 6)
    assert found is not None
    assert found[0] >= measure("2021-04-30") * 9 + 6 > 400 / 10
    assert sum(found) == pytest.approx(400)


def test_a_status_is_never_parted() -> None:
    made = Grid(
        "表", ("甲",), ((Cell("undetermined and more", status=Status.UNDETERMINED),),), (1,)
    )
    assert fitted(made, measure("undetermined") * 9 + 6, 9, 6) is None


@given(
    st.lists(
        st.tuples(*[st.text("一二三ab 1-", max_size=12)] * 3).map(tuple), min_size=1, max_size=4
    ),
    st.floats(100, 600),
)
def test_widths_make_up_the_whole_and_none_is_too_narrow(
    rows: list[tuple[str, ...]], whole: float
) -> None:
    found = fitted(grid(*rows), whole, 9, 6)
    if found is None:
        wide = sum(max(measure(row[n]) for row in [*rows, ("甲", "乙", "丙")]) for n in range(3))
        assert wide * 9 + 18 > whole
        return
    assert sum(found) == pytest.approx(whole)
    for place, width in enumerate(found):
        for text in (row[place] for row in rows):
            assert width >= measure(text) * 9 + 6 - 0.001 or measure(text) > UNPARTED
