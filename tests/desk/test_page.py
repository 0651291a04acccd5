"""The review page as a file: what is in it, without a browser."""

from __future__ import annotations

import re
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from jingmen_policy.desk.page import page
from jingmen_policy.review.cards import cards
from jingmen_policy.review.content import content_hash
from jingmen_policy.rule.model import Rule, Words
from jingmen_policy.wording import Wording
from support.desk_page import DAY, HOSTILE, known, parsed, stated, written
from support.library import library
from support.once import once
from support.tiny import STALLS, load


@pytest.fixture(scope="module")
def plan() -> Policy:
    return Policy.load()


@pytest.fixture(scope="module")
def shown(plan: Policy, tmp_path_factory: pytest.TempPathFactory) -> str:
    made = once(tmp_path_factory, "page.html", lambda to: written(to, plan))
    return made.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tree(shown: str) -> Any:
    return parsed(shown)


def test_the_same_arguments_make_the_same_bytes(plan: Policy, shown: str) -> None:
    assert page(plan, DAY) == shown


def test_nothing_in_it_could_be_fetched(shown: str, tree: Any) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not tree.xpath("//@src | //link | //img | //iframe | //@style | //@onclick")
    assert {href[0] for href in tree.xpath("//@href")} == {"#"}
    assert not re.search(r"https?://|@import|url\(", shown)


def test_every_link_leads_to_a_place_on_the_page_and_no_two_places_share_a_name(
    tree: Any,
) -> None:
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= set(names)


def test_the_text_stands_in_it_whole_in_its_order(plan: Policy, tree: Any) -> None:
    section = deepcopy(tree).get_element_by_id("text")
    for badge in (
        section.find_class("badge") + section.find_class("note") + section.find_class("sum")
    ):
        badge.drop_tree()
    written = re.sub(r"\s", "", section.text_content())
    at = 0
    for passage in plan.corpus.source.sentences():
        at = written.index(re.sub(r"\s", "", passage.text), at)


def test_every_rule_is_there_with_its_quotes_wording_and_hash(plan: Policy, tree: Any) -> None:
    wording = Wording(plan.corpus)
    for rule in plan.corpus.rules.values():
        said = tree.get_element_by_id(f"rule-{rule.id}").text_content()
        assert all(f"“{cite.quote}”" in said for cite in rule.cites)
        assert rule.modality.label.zh in said
        assert rule.bearer.role.zh in said
        require = wording.rule(rule, rule.versions[0]).require
        assert require is None or str(require) in said
        assert content_hash(plan.corpus, rule) in said


def test_every_field_leads_to_the_words_it_came_from(plan: Policy, tree: Any) -> None:
    """Its links lead to pieces of the text that are of its words, and those name it."""
    checked = 0
    named = {piece.get("id"): piece for piece in tree.find_class("w")}
    for row in tree.xpath("//table[@class='fields']/tr[@data-f]"):
        for link in row.xpath(".//a[@class='back']"):
            piece = named[link.get("href")[1:]]
            assert row.get("id") in piece.get("data-f").split()
            quoted = row.xpath("ancestor::article//blockquote")
            assert any(link.text_content().strip("“”") in one.text_content() for one in quoted)
            checked += 1
    assert checked == sum(
        len(words.words) for rule in plan.corpus.rules.values() for words in _fields(rule)
    )


def _fields(rule: Rule) -> list[Words]:
    [version] = rule.versions
    return list(version.words.values())


def test_the_cards_of_the_script_are_those_dealt(plan: Policy, tree: Any) -> None:
    data = known(tree)
    for rule in ("staffing", "self-assessment", "personnel-share", "annex-task-2022"):
        keys = tree.get_element_by_id(f"rule-{rule}").xpath(".//tr/@data-c")
        shown = {}
        for key, (facts, asked, status) in zip(keys, data["cards"][rule], strict=True):
            held = (stated(data, facts), *data["asked"][asked], data["statuses"][status][0])
            shown[f"{rule}.{key}"] = held
        assert shown == {
            card.id: (
                dict(card.facts),
                card.as_of.isoformat(),
                card.subject,
                card.year,
                card.status.value,
            )
            for card in cards(plan, rule)
        }


def test_wrong_totals_stand_out_with_what_they_add_up_to(tree: Any) -> None:
    wrong = tree.find_class("wrong")
    assert [one.xpath(".//b")[0].text_content() for one in wrong] == ["12", "14"]
    assert ["".join(one.find_class("sum")[0].itertext()) for one in wrong] == ["≠ 11", "≠ 15"]
    assert {one.xpath(".//a[starts-with(@href, '#disc')]/@href")[0] for one in wrong} == {
        "#discrepancy-annex-totals"
    }


def test_cells_of_the_annex_lead_to_the_tasks_they_set(tree: Any) -> None:
    row = tree.get_element_by_id("p-annex__r_1")
    rules = [
        tree.get_element_by_id(link.get("href")[1:]).xpath("ancestor::article/@data-rule")[0]
        for link in row.xpath("./td/a")
    ]
    assert rules[:4] == [f"annex-task-{year}" for year in (2021, 2022, 2023, 2024)]


def test_the_counts_are_the_numbers_of_entries(plan: Policy, tree: Any) -> None:
    counts = {
        button.get("data-filter"): int(button.xpath("./b")[0].text)
        for button in tree.find_class("count")
    }
    kinds = {
        kind: len(tree.xpath(f"//article[@data-kind='{kind}']")) for kind in ("gap", "reading")
    }
    assert counts == {
        "unreviewed": len(plan.corpus.rules),
        "suspect": 0,
        "gaps": kinds["gap"],
        "discrepancies": len(plan.corpus.discrepancies),
        "readings": kinds["reading"],
    }


def test_a_corpus_without_ledger_annex_or_amendments_has_a_page() -> None:
    shown = parsed(page(library(), DAY, lang="en"))
    assert shown.get("data-lang") == "en"
    assert {one.get("data-rule") for one in shown.xpath("//article[@data-rule]")} == set(
        library().corpus.rules
    )


def test_markup_in_a_rule_is_text(tmp_path: Path) -> None:
    title = f"title: {{zh: '{HOSTILE}', en: '</script><b>'}}"
    policy = load(
        tmp_path, {"rules/1-stalls.yaml": STALLS.replace("title: {zh: 摊位, en: stalls}", title)}
    )
    shown = parsed(page(policy, DAY))
    heading = shown.get_element_by_id("t-stalls")
    assert HOSTILE in heading.text_content()
    assert not heading.xpath(".//script | .//b")
    assert len(shown.xpath("//script")) == 2


def test_a_page_without_jinja2_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    out = tmp_path / "review.html"
    ran = CliRunner().invoke(cli, ["review", "--out", str(out), "--lang", "en"])
    assert ran.exit_code == 2
    assert "the page needs jinja2: pip install 'jingmen-policy[review]'" in ran.output
    assert not list(tmp_path.iterdir())
