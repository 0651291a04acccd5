"""POLICY.md and the trace of the text: nothing of the text is left out, encoded or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.docs.coverage import trace
from jingmen_policy.docs.policy_md import policy_md
from jingmen_policy.docs.rule_text import RuleTeller
from support.library import library


def test_every_binding_sentence_and_every_rule_of_the_plan_stands_in_it() -> None:
    corpus = Policy.load().corpus
    text = policy_md(corpus)
    for one in trace(corpus):
        assert one.passage.address in text
        assert one.passage.text.replace("\t", " · ") in text
    for rule in corpus.rules.values():
        assert text.count(f"| `{rule.id}` {rule.title.zh} |") == 1
        for cite in rule.cites:
            assert cite.quote in text


@pytest.mark.checkout
def test_the_file_is_what_the_rules_say() -> None:
    written = Path(__file__).parents[2] / "POLICY.md"
    assert written.read_text(encoding="utf-8") == policy_md(Policy.load().corpus)


def test_what_is_not_encoded_says_so() -> None:
    text = policy_md(library().corpus)
    assert "- 三第3句：鼓励读者参加读书活动。  \n  → **尚未编码**" in text
    assert text.count("**尚未编码**") == 2


def test_a_rule_stands_with_its_quote_modality_bearer_day_and_expression() -> None:
    text = policy_md(library().corpus)
    assert (
        "| 三第2句“逾期费不得超过书价的20%” | `late-fee` 逾期费上限 | 禁止 | 分馆 (branch) | 持续 |"
        " 适用 `overdue`<br>要求 `late_fee <= ceiling * price`<br>参数 ceiling = 20% |"
    ) in text


def test_every_row_of_a_table_has_all_its_cells() -> None:
    lines = [line for line in policy_md(Policy.load().corpus).splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}


def test_covered_characters_are_counted_once_however_often_they_are_quoted() -> None:
    for one in trace(Policy.load().corpus):
        assert 0 <= one.quoted <= one.characters
        assert bool(one.rules) or not one.quoted


def test_rows_of_the_annex_rest_on_the_rules_that_look_them_up() -> None:
    rows = {one.passage.address: one for one in trace(Policy.load().corpus)}
    assert "county-share-2021" in rows["附件第1行"].rules
    assert rows["附件第7行"].rules == ()


def test_related_rules_say_how_they_are_related() -> None:
    corpus = library().corpus
    teller = RuleTeller(corpus, "en")
    assert teller.related(corpus.rules["opening-hours"]) == {
        "community-hours": "this rule yields to it"
    }
    assert teller.related(corpus.rules["community-hours"]) == {
        "opening-hours": "it yields to this rule"
    }
