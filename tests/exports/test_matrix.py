"""The matrix: every passage, every rule, and how far each is reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.amended.built import amended
from jingmen_facts import MODELS
from jingmen_policy import Policy
from jingmen_policy.docs.coverage import trace
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import Cell, Matrix
from support.editions import edition_of
from support.library import library
from support.signing import TODAY, copied, loaded, replaced, signed

Row = dict[str, Cell]


def rows(edition: Edition) -> list[Row]:
    return [dict(row) for row in Matrix(edition).rows()]


@pytest.fixture(scope="module")
def table(plan: Edition) -> list[Row]:
    return rows(plan)


def test_every_passage_that_binds_has_a_row(table: list[Row], plan: Edition) -> None:
    wanted = [one.passage.address for one in trace(plan.corpus)]
    assert list(dict.fromkeys(row["address"] for row in table)) == wanted


def test_every_rule_has_a_row_in_each_passage_it_rests_on(table: list[Row], plan: Edition) -> None:
    wanted = {(one.passage.address, name) for one in trace(plan.corpus) for name in one.rules}
    found = [(row["address"], row["rule"]) for row in table if row["rule"]]
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert {row["rule"] for row in table} - {None} == set(plan.corpus.rules)


def test_a_passage_without_a_rule_says_why(table: list[Row]) -> None:
    assert [(row["address"], row["discrepancies"]) for row in table if not row["rule"]] == [
        ("附件第7行", "annex-totals")
    ]
    [why] = [row["why"] for row in table if not row["rule"]]
    assert isinstance(why, str)
    assert why.startswith("table: ")


def test_without_a_ledger_it_says_that_it_is_not_encoded() -> None:
    found = [row for row in rows(edition_of(library())) if not row["rule"]]
    assert {row["why"] for row in found} == {"尚未编码"}


def test_a_row_says_what_the_rule_says(table: list[Row]) -> None:
    [row] = [row for row in table if row["rule"] == "personnel-share"]
    assert row["quote"] == "社工站人员经费不得超过项目总经费的70%"
    assert row["requires"] == "人员经费 不超过 项目总经费 的 70%（含本数）"
    assert (row["modality"], row["bearer"]) == ("禁止", "县（市、区）民政部门")
    assert (row["due"], row["due_day"], str(row["since"])) == ("持续", None, "2021-01-01")
    assert (row["state"], row["reviewers"], row["signed_on"]) == ("未审核", None, None)
    assert "cap-per-project" in str(row["readings"])


def test_who_signed_what_and_what_voided_it(tmp_path: Path) -> None:
    directory, folder = copied(tmp_path / "plan"), tmp_path / "signed"
    before = loaded(directory)
    signed(before, folder, "staffing", "personnel-share", "sign-displayed")
    held = {str(row["rule"]): row for row in rows(edition_of(before, folder))}
    for name in ("staffing", "personnel-share", "sign-displayed"):
        assert held[name]["state"] == "已审核"
        assert held[name]["reviewers"] == "测试审核人甲"
        assert held[name]["signed_on"] == TODAY
    assert held["worker-age"]["state"] == "未审核"
    replaced(directory, "70%", "60%", files="**/*")
    after = {str(row["rule"]): row for row in rows(edition_of(loaded(directory), folder))}
    share = after["personnel-share"]
    assert share["state"] == "签字失效"
    assert (share["reviewers"], share["signed_on"]) == (None, None)
    assert "70%" in str(share["detail"])
    assert "60%" in str(share["detail"])
    assert share["content"] != held["personnel-share"]["content"]
    assert after["staffing"]["state"] == after["sign-displayed"]["state"] == "已审核"
    assert after["staffing"]["content"] == held["staffing"]["content"]


def test_what_an_amendment_says_has_its_own_rows(tmp_path: Path) -> None:
    edition = edition_of(Policy.load(amended(tmp_path / "plan"), facts=MODELS))
    found = [row for row in rows(edition) if str(row["address"]).startswith("《")]
    assert {row["rule"] for row in found} == {"staffing", "personnel-share"}
    assert {str(row["since"]) for row in found} == {"2023-01-01"}


def test_in_english_only_the_text_is_chinese(plan: Edition) -> None:
    english = Edition(plan.corpus, plan.as_of, edition_of(Policy.load(), lang="en").reviews, "en")
    [row] = [row for row in rows(english) if row["rule"] == "personnel-share"]
    assert row["title"] == "Ceiling on the personnel share of a project"
    assert (row["modality"], row["state"], row["due"]) == ("prohibition", "unreviewed", "always")
