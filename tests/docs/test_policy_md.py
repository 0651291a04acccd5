"""POLICY.md and the trace of the text: nothing of the text is left out, encoded or not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.docs.coverage import trace
from jingmen_policy.docs.policy_md import policy_md
from jingmen_policy.docs.rule_md import marked
from jingmen_policy.docs.rule_text import RuleTeller
from support.library import library


def test_every_binding_sentence_and_every_rule_of_the_plan_stands_in_it() -> None:
    corpus = Policy.load().corpus
    text = policy_md(corpus)
    for one in trace(corpus):
        assert one.passage.address in text
        assert one.passage.text.replace("\t", " · ") in text
    for rule in corpus.rules.values():
        assert text.count(f"#### `{rule.id}` {rule.title.zh}\n") == 1
        for cite in rule.cites:
            assert cite.quote in text.replace("**", "")


@pytest.mark.checkout
def test_the_file_is_what_the_rules_say() -> None:
    written = Path(__file__).parents[2] / "POLICY.md"
    assert written.read_text(encoding="utf-8") == policy_md(Policy.load().corpus)


def test_what_is_not_encoded_says_so() -> None:
    text = policy_md(library().corpus)
    assert "> **三第3句** 鼓励读者参加读书活动。\n\n**尚未编码**" in text
    assert text.count("**尚未编码**") == 2


def test_a_rule_stands_with_quote_modality_bearer_day_expression_and_facts() -> None:
    text = policy_md(library().corpus)
    [block] = [part for part in text.split("#### ") if part.startswith("`late-fee` 逾期费上限\n")]
    assert block.partition("\n\n>")[0].strip().splitlines()[2:] == [
        "*Cap on the late fee*",
        "",
        "- **引文 quote** 三第2句：“逾期费**不得**超过书价的**20%**”",
        "- **性质 modality** 禁止 *prohibition* ← “不得”",
        "- **责任主体 bearer** 分馆 *branch* `branch`"
        " ← 解释 [`day-of-return`](#reading-day-of-return)",
        "- **期限 due** 持续 *always*",
        "- **适用 when** `overdue`",
        "- **要求 require** `late_fee <= ceiling * price`",
        "- **何时适用 applies** 逾期 *“overdue” is true*",
        "- **怎样算达到 is met** 逾期费 不超过 书价 的 20%（含本数）"
        " *late fee is at most 20% of price (inclusive)*",
        "- **参数 parameter** ceiling = 20% ← “20%”",
        "- **所据事实 facts** 借阅 `Loan`：逾期 `overdue`、逾期费 `late_fee`、书价 `price`",
        "- **所取解释 readings** [`day-of-return`](#reading-day-of-return)",
    ]


def test_every_link_on_the_page_leads_to_an_entry_of_a_register() -> None:
    text = policy_md(Policy.load().corpus)
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= anchors
    assert len(anchors) == text.count("<a id=")


def test_words_that_gave_a_field_are_marked_once_however_they_overlap() -> None:
    corpus = Policy.load().corpus
    for rule in corpus.rules.values():
        for version in rule.versions:
            for cite in version.cites:
                shown = marked(cite, version)
                assert shown.replace("**", "") == cite.quote
                assert shown.count("**") % 2 == 0
                assert "****" not in shown


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
