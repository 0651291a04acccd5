"""An amended plan on the page: signed before it was amended, proved as it stands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from corpora.amended.built import AMENDED, amended
from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from support.desk_page import known, parsed
from support.signing import copied, loaded, signed

DAY = date(2023, 6, 30)
CHANGED = ("staffing", "personnel-share")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("amended")


@pytest.fixture(scope="module")
def policy(home: Path) -> Policy:
    """The plan as amended; what it changes, and one rule more, were signed before."""
    signed(loaded(copied(home / "before")), home / "signatures", *CHANGED, "worker-age")
    return loaded(amended(home / "plan"))


@pytest.fixture(scope="module")
def shown(home: Path, policy: Policy) -> Any:
    """The page, written by the commands, with proofs of what was amended."""
    corpus = ["--corpus", str(policy.corpus.directory), "--as-of", DAY.isoformat()]
    proved = CliRunner().invoke(cli, ["prove", *CHANGED, *corpus, "--format", "json"])
    assert proved.exit_code == 0, proved.output
    (home / "proofs.json").write_text(proved.output, encoding="utf-8")
    given = [
        *corpus,
        "--signatures",
        str(home / "signatures"),
        "--proofs",
        str(home / "proofs.json"),
    ]
    ran = CliRunner().invoke(cli, ["review", "--out", str(home / "review.html"), *given])
    assert ran.exit_code == 0, ran.output
    return parsed((home / "review.html").read_text(encoding="utf-8"))


def test_a_rule_with_two_versions_shows_both_and_which_is_in_force(shown: Any) -> None:
    rule = shown.get_element_by_id("rule-staffing")
    told = [one.text_content() for one in rule.xpath("./h4[i]")]
    spans = [one for one in told if "2021-01-01" in one or AMENDED.isoformat() in one]
    assert len(spans) == 2
    assert ["现行" in one for one in spans] == [False, True]
    quotes = [one.text_content() for one in rule.xpath(".//blockquote")]
    assert any("2-4人" in one for one in quotes)
    assert any("3-5人" in one and "测试用修订（虚构）" in one for one in quotes)


def test_the_amendment_stands_in_the_text_and_its_words_lead_to_the_new_version(shown: Any) -> None:
    rule = shown.get_element_by_id("rule-staffing")
    pieces = {piece.get("id"): piece for piece in shown.find_class("w")}
    links = rule.xpath(".//a[@class='back']")
    [new] = {link.get("href")[1:] for link in links if link.text_content() == "“3-5人”"}
    [old] = {link.get("href")[1:] for link in links if link.text_content() == "“2-4人”"}
    within = [pieces[one].xpath("ancestor::*[@class='s']/@id")[0] for one in (old, new)]
    assert within == ["p-sec_4__item_3__s_1", "p-invented-2023--sec_1__s_1"]
    assert (
        shown.xpath("//h2[@class='amendment']")[0].text_content().startswith("测试用修订（虚构）")
    )


def test_what_was_signed_before_is_suspect_and_the_rest_is_not(shown: Any) -> None:
    suspect = shown.xpath("//article[contains(@data-has, 'suspect')]/@data-rule")
    assert set(suspect) == set(CHANGED)
    for name, quote, number in (
        ("staffing", "按照每个社工站3-5人配备驻站社工", "“3-5人”"),
        ("personnel-share", "社工站人员经费不得超过项目总经费的60%", "“60%”"),
    ):
        review = shown.get_element_by_id(f"rule-{name}").find_class("review")[0]
        assert "签字失效" in review.text_content()
        rows = {
            (row.xpath("string(.//del)"), row.xpath("string(.//ins)")): row.xpath("string(./th)")
            for row in review.xpath(".//table[@class='changes']//tr[td]")
        }
        assert ("（无）(none)", quote) in rows
        assert "比较" in rows["（无）(none)", "“不得超过”" if number == "“60%”" else number]
    assert shown.get_element_by_id("rule-worker-age").xpath(".//b[@class='state reviewed']")


def test_its_proofs_are_on_it_with_facts_judged_by_the_version_in_force(
    shown: Any, policy: Policy
) -> None:
    data = known(shown)
    [met] = shown.get_element_by_id("rule-staffing").xpath(
        ".//li[@class='done'][contains(., '可以做到')]/@data-n"
    )
    _, _, [(_, asked, [(rule, _, status)])] = data["notes"][int(met)]
    assert data["asked"][asked] == [DAY.isoformat()]
    assert (data["rules"][rule], data["statuses"][status][0]) == ("staffing", "met")
    [proved] = [
        one
        for one in json.loads((policy.corpus.directory.parent / "proofs.json").read_text())["notes"]
        if one["kind"] == "met" and one["rules"] == ["staffing"]
    ]
    workers = proved["witnesses"][0]["facts"]["ResidentWorker"]
    assert 3 <= len(workers) <= 5


def test_status_tells_what_each_field_of_the_new_version_rests_on(home: Path, shown: Any) -> None:
    where = ["--corpus", str(home / "plan"), "--signatures", str(home / "signatures")]
    told = CliRunner().invoke(cli, ["status", *where, "--rule", "staffing"])
    assert told.exit_code == 0, told.output
    assert "2023-01-01·依据·性质" in told.output
    assert "解释 bare-verb-duty" in told.output
