"""Whole tables are judged as the dossiers they say the same as, and refused whole if wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier, Refused
from jingmen_policy import Policy
from support.frames import spelt, tables, typed
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers

PLAN = Policy.load()
DAY = date(2022, 12, 31)
STATIONS = pl.DataFrame({"id": ["A", "B"], "established_on": [date(2021, 7, 1), None]})
WORKERS = pl.DataFrame({"id": ["W", "V"], "station": ["A", "A"], "in_post": [True, True]})


def statuses(found: Any) -> dict[tuple[str, str], str]:
    """Statuses by subject and column."""
    native = nw.from_native(found)
    eager = native.collect("pyarrow") if isinstance(native, nw.LazyFrame) else native
    rows = eager.to_arrow().to_pylist()
    return {
        (row["subject"], name): status
        for row in rows
        for name, status in row.items()
        if name != "subject"
    }


@given(
    plan_dossiers(), DAYS, st.sampled_from([typed, spelt]), st.sampled_from(["Station", "County"])
)
@settings(max_examples=25)
def test_a_table_is_judged_as_the_dossier_is(
    dossier: Dossier, day: date, made: Any, kind: str
) -> None:
    frames = dict(tables(dossier, made))
    frame = frames.pop(kind.lower())
    found = PLAN.decide_frame(frame, kind=kind, as_of=day, complete=dossier.complete, **frames)
    assert statuses(found) == {
        (one.subject, one.rule if one.year is None else f"{one.rule}@{one.year}"): one.status.value
        for one in PLAN.decide(dossier, day)
        if one.kind == kind
    }


@pytest.mark.parametrize(
    ("given_frame", "like"),
    [
        (lambda: STATIONS, lambda: pl.DataFrame),
        (STATIONS.lazy, lambda: pl.LazyFrame),
        (STATIONS.to_pandas, lambda: pd.DataFrame),
        (STATIONS.to_arrow, lambda: pa.Table),
        (lambda: duckdb.from_arrow(STATIONS.to_arrow()), lambda: duckdb.DuckDBPyRelation),
    ],
)
def test_what_comes_back_is_of_the_kind_that_came(
    given_frame: Callable[[], Any], like: Callable[[], type]
) -> None:
    found = PLAN.decide_frame(
        given_frame(), workers=WORKERS, complete=["ResidentWorker"], as_of=DAY, rules=["staffing"]
    )
    assert isinstance(found, like())
    assert statuses(found) == {("A", "staffing"): "met", ("B", "staffing"): "undetermined"}


def test_rows_stay_in_their_order() -> None:
    names = [f"S{number * 7919 % 5000}" for number in range(5000)]
    found = PLAN.decide_frame(pl.DataFrame({"id": names}), kind="Station", as_of=DAY)
    assert found["subject"].to_list() == names


def test_what_is_known_beforehand_fills_what_a_table_leaves_out() -> None:
    frame = pl.DataFrame({"id": ["A"], "township": ["掇刀区/白庙街道"], "established_on": [DAY]})
    found = PLAN.decide_frame(frame, use=["register"], as_of=DAY, rules=["construction-support"])
    assert found["construction-support"].to_list() == ["undetermined"]
    townships = pl.DataFrame({"division": ["沙洋县"], "name": ["沙洋镇"], "has_conditions": [True]})
    found = PLAN.decide_frame(townships, use=["register"], as_of=DAY, rules=["one-station"])
    assert found.to_dicts() == [{"subject": "沙洋县/沙洋镇", "one-station": "pending"}]


def test_nothing_stated_is_unknown_nan_as_well() -> None:
    frame = pd.DataFrame({"id": ["A"], "area": [float("nan")], "established_on": [None]})
    found = PLAN.decide_frame(
        frame, kind="Station", as_of=DAY, rules=["larger-station", "staffing"]
    )
    assert statuses(found) == {
        ("A", "larger-station"): "undetermined",
        ("A", "staffing"): "undetermined",
    }


@pytest.mark.parametrize(
    ("cost", "status"),
    [("7175.00元", "met"), ("7175.01元", "breached"), (7175.00, "met"), (7175.01, "breached")],
)
def test_money_is_exact_to_the_fen(cost: object, status: str) -> None:
    frame = pl.DataFrame({"id": ["P"], "total_cost": [10250], "personnel_cost": [cost]})
    found = PLAN.decide_frame(frame, as_of=DAY, rules=["personnel-share"])
    assert found["personnel-share"].to_list() == [status]


@pytest.mark.parametrize(
    ("heading", "total", "personnel", "status"),
    [
        ("万元", 1, 0.7, "met"),
        ("万元", 1, 0.700001, "breached"),
        ("万元", "1", "0.70万元", "met"),
        ("万元", "1", "0.700001", "breached"),
        ("元", 10000, "7000.01元", "breached"),
        ("分", 1000000, 700000, "met"),
        ("分", 1000000, 700001, "breached"),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_a_heading_may_state_the_unit(
    heading: str, total: object, personnel: object, status: str, many: bool
) -> None:
    frame = pl.DataFrame(
        {"id": ["P"], f"项目总经费（{heading}）": [total], f"人员经费({heading})": [personnel]}
    )
    decide = PLAN.decide_many if many else PLAN.decide_frame
    found = decide(frame, as_of=DAY, rules=["personnel-share"])
    assert found["personnel-share"].to_list() == [status]


def test_a_cell_may_not_contradict_its_heading() -> None:
    frame = pl.DataFrame({"id": ["P", "Q"], "项目总经费（元）": ["10万元", "1"]})
    with pytest.raises(Refused, match=r"1 格不能读作项目总经费.*，如“10万元”"):
        PLAN.decide_frame(frame, kind="ServiceProject", as_of=DAY, rules=["personnel-share"])
    with pytest.raises(Refused, match="单位“平方米”不对"):
        PLAN.decide_frame(
            pl.DataFrame({"id": ["P"], "项目总经费（平方米）": [1]}),
            kind="ServiceProject",
            as_of=DAY,
        )


@pytest.mark.parametrize("check", [False, True])
def test_blanks_around_texts_say_nothing(check: bool) -> None:
    stations = pl.DataFrame({"id": [" S", "T"], "sign_displayed": ["", "是 "]})
    workers = pl.DataFrame({"id": ["W", "V"], "station": ["S ", " "], "in_post": ["是", "是"]})
    found = PLAN.decide_frame(
        stations,
        workers=workers,
        kind="Station",
        as_of=DAY,
        rules=["sign-text"],
        check=check,
    )
    assert statuses(found) == {("S", "sign-text"): "undetermined", ("T", "sign-text"): "unproven"}


@pytest.mark.parametrize(
    ("column", "cells", "said"),
    [
        ("established_on", ["2021-02-30", "x"], "2 格不能读作建立日期"),
        ("area", ["三百平方米", "300人"], "2 格不能读作建筑面积"),
        ("operator", ["自己", None], "1 格不能读作运营方式"),
        ("functions", ["社会救助", "唱歌"], "1 格不能读作"),
        ("sign_displayed", ["maybe", "是"], "1 格不能读作"),
        ("construction_support", [0.001, 1.5], "1 格不能读作"),
        ("towship", ["x", "y"], "是否为“township”"),
        ("id", ["A", "A"], "“A”重复出现 2 次"),
        ("id", ["A", None], "1 行缺少必填的标识"),
        ("township", ["沙洋县/沙羊镇", None], "所指的乡镇（街道）不存在，如“沙洋县/沙羊镇”"),
    ],
)
def test_a_table_that_is_wrong_is_refused(column: str, cells: list[Any], said: str) -> None:
    frame = pl.DataFrame({"id": ["A", "B"], column: cells}, strict=False)
    with pytest.raises(Refused, match=said):
        PLAN.decide_frame(frame, kind="Station", as_of=DAY, use=["register"])


def test_everything_wrong_is_told_at_once() -> None:
    frame = pl.DataFrame({"id": ["A"], "area": ["x"], "established_on": ["y"], "nam": ["z"]})
    with pytest.raises(Refused) as found:
        PLAN.decide_frame(frame, kind="Station", as_of=DAY)
    assert len(found.value.problems) == 3


def test_a_table_of_nothing_known_is_refused() -> None:
    with pytest.raises(Refused, match="是否为“workers”"):
        PLAN.decide_frame(STATIONS, worker=WORKERS, as_of=DAY)
    with pytest.raises(Refused, match="看不出是哪一类事实"):
        PLAN.decide_frame(pl.DataFrame({"id": ["A"]}), as_of=DAY)


def test_without_its_libraries_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['duckdb'] = None\n"
        "from jingmen_policy import Policy\n"
        "try: Policy.load().decide_frame(None)\n"
        "except ValueError as error: print(error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'jingmen-policy[columnar]'" in ran.stdout
