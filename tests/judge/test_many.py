"""Rows are judged alike however many there are, whichever engine that means."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Dossier, Refused
from jingmen_policy import Policy
from jingmen_policy.engines.columnar.tables import snake
from jingmen_policy.judge import many
from support.frames import spelt, tables, typed
from support.plan_dossiers import AS_OF as DAYS
from support.plan_dossiers import plan_dossiers

PLAN = Policy.load()
DAY = date(2022, 12, 31)
ALWAYS, NEVER = 0, 10**9


def decided(crossover: int, frame: Any, **given_: Any) -> Any:
    """The answer, or what was said when it was refused."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(many, "CROSSOVER", crossover)
        try:
            return PLAN.decide_many(frame, **given_)
        except Refused as refused:
            return str(refused)


@given(
    plan_dossiers(),
    DAYS,
    st.sampled_from([typed, spelt]),
    st.sampled_from(["Station", "County", "ResidentWorker", "ServiceProject"]),
    st.sets(st.sampled_from(["Township", "County", "ResidentWorker", "Station"])),
)
@settings(max_examples=25)
def test_few_rows_and_many_are_judged_alike(
    dossier: Dossier, day: date, made: Any, kind: str, left_out: set[str]
) -> None:
    frames = dict(tables(dossier, made))
    frame = frames.pop(snake(kind))
    for name in left_out - {kind}:
        del frames[snake(name)]
    complete = [name for name in dossier.complete if "@" not in name and name not in left_out]
    given_: dict[str, Any] = {"kind": kind, "as_of": day, "complete": complete, **frames}
    by_duckdb = decided(ALWAYS, frame, **given_)
    assert decided(NEVER, frame, **given_) == by_duckdb
    assert PLAN.decide_frame(frame, **given_) == by_duckdb


ROWS: list[Mapping[str, Any]] = [
    {"id": "A", "established_on": "2021-07-01", "area": 300.5},
    {"id": "B", "established_on": date(2021, 7, 1), "township": "沙洋县/沙洋镇"},
    {"id": "C", "construction_support": "1万元", "equipment": ["桌椅"], "area": "280平方米"},
]
WORKERS = [{"id": "W", "station": "A", "in_post": True}, {"id": "V", "station": "A"}]


def test_mappings_are_answered_with_mappings() -> None:
    given_: dict[str, Any] = {"workers": WORKERS, "as_of": DAY, "use": ["register"]}
    few = decided(NEVER, ROWS, **given_)
    assert [row["subject"] for row in few] == ["A", "B", "C"]
    assert [row["staffing"] for row in few] == ["unproven", "unproven", "undetermined"]
    assert decided(ALWAYS, ROWS, **given_) == few


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "A", "towship": "x"}], "是否为“township”"),
        ([{"id": "A"}, {"id": "A"}], "重复出现 2 次"),
        ([{"id": "A"}, {"area": 3}], "1 行缺少必填的标识"),
        ([{"id": "A", "area": "三百"}], "1 格不能读作建筑面积"),
        ([{"id": "A", "construction_support": 0.001}], "1 格不能读作"),
        ([{"id": "A", "township": "沙洋县/沙羊镇"}], "所指的乡镇（街道）不存在"),
    ],
)
def test_what_is_refused_is_refused_in_the_same_words(rows: Any, said: str) -> None:
    given_: dict[str, Any] = {"kind": "Station", "as_of": DAY, "use": ["register"]}
    few = decided(NEVER, rows, **given_)
    assert said in few
    assert decided(ALWAYS, rows, **given_) == few


@pytest.mark.parametrize("cost", ["7175.01元", 7175.01, 7175.0, None, float("nan"), 0])
def test_a_float_is_the_money_it_stands_for(cost: object) -> None:
    rows = [{"id": "P", "total_cost": 10250, "personnel_cost": cost}]
    given_: dict[str, Any] = {"kind": "ServiceProject", "as_of": DAY, "rules": ["personnel-share"]}
    assert decided(NEVER, rows, **given_) == decided(ALWAYS, rows, **given_)


def test_the_engine_is_picked_by_the_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    from jingmen_policy.engines.columnar import frames
    from jingmen_policy.engines.compiled import Compiled

    few = pl.DataFrame({"id": ["A"], "area": [300]})
    lots = pl.DataFrame({"id": [str(n) for n in range(many.CROSSOVER)], "area": 300})
    given_: dict[str, Any] = {"kind": "Station", "as_of": DAY, "rules": ["staffing"]}
    with monkeypatch.context() as patched:
        patched.setattr(frames, "decide_tables", lambda *_: pytest.fail("by DuckDB"))
        assert PLAN.decide_many(few, **given_)["staffing"].to_list() == ["undetermined"]
    monkeypatch.setattr(Compiled, "wide", lambda *_: pytest.fail("by generated code"))
    assert len(PLAN.decide_many(lots, **given_)) == many.CROSSOVER


def test_few_mappings_need_no_library_of_dataframes() -> None:
    code = (
        "import sys\n"
        "for name in ('duckdb', 'narwhals', 'pyarrow'): sys.modules[name] = None\n"
        "from jingmen_policy import Policy\n"
        "print(Policy.load().decide_many([{'id': 'A'}], kind='Station', rules=['staffing']))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[{'subject': 'A', 'staffing': 'undetermined'}]\n"
