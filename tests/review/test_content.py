"""What is hashed: every text by its length, so that no two contents are one; and what it is of."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy import Policy
from jingmen_policy.review.changes import differences
from jingmen_policy.review.content import content_of, digest, meaning_of, readings_of
from jingmen_policy.review.signatures import _dumped

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(TREES, TREES)
def test_two_contents_have_two_hashes(one: Any, other: Any) -> None:
    assert (digest("words", one) == digest("words", other)) == (one == other)
    assert digest("words", one) != digest("meaning", one)


def test_where_one_text_ends_and_the_next_begins_counts() -> None:
    contents: list[Any] = [["ab", "c"], ["a", "bc"], ["abc"], "abc", [["ab"], "c"], {"ab": "c"}]
    assert len({digest("words", one) for one in contents}) == len(contents)


def test_the_order_of_keys_does_not_count() -> None:
    assert digest("words", {"a": "1", "b": "2"}) == digest("words", {"b": "2", "a": "1"})


@settings(max_examples=200)
@given(st.dictionaries(TEXTS, TREES, min_size=1, max_size=3))
def test_whatever_is_written_is_read_back(tree: dict[str, Any]) -> None:
    held = {"records": tree, "facts": tree}
    assert read_yaml(_dumped(held), "").value == held


def test_every_number_and_condition_of_a_rule_is_in_what_is_signed(shipped: Policy) -> None:
    corpus = shipped.corpus
    meaning = meaning_of(corpus, corpus.rules["agreement-signed"])
    assert meaning == {
        "modality": "duty",
        "bearer": "乡镇（街道） (township)",
        "counterparty": "承接机构 (subject)",
        "subject": "Station",
        "versions": {
            "2021-01-01": {
                "due": "standing",
                "when": "(established and third_party)",
                "require": "some(($1.signed_on <= @as_of) for $1 in agreements)",
                "otherwise": corpus.rules["agreement-signed"].versions[0].otherwise.zh,  # type: ignore[union-attr]
            }
        },
        "derived": {
            "Station.established": {"2021-01-01": {"means": "(established_on <= @as_of)"}},
            "Station.third_party": {"2021-01-01": {"means": '("第三方社会组织承接" == operator)'}},
        },
        "fields": {
            "ServiceAgreement.signed_on": "签订日期; day",
            "Station.established_on": "建立日期; day",
            "Station.operator": "运营方式; text; 乡镇（街道）自行运营 | 第三方社会组织承接",
        },
    }


def test_the_readings_signed_are_those_the_corpus_says_a_rule_relies_on(shipped: Policy) -> None:
    corpus = shipped.corpus
    relying = {name: set(corpus.relying(name)) for name in corpus.interpretations}
    for rule in corpus.rules.values():
        relied = {name for name, rules in relying.items() if rule.id in rules}
        assert set(readings_of(corpus, rule) or ()) == relied


def test_no_two_rules_of_the_plan_say_the_same(shipped: Policy) -> None:
    """A signature on one rule could not stand for another even without the rule's name in it."""
    corpus = shipped.corpus
    found = {
        tuple(digest(part, one) for part, one in content_of(corpus, rule).items())
        for rule in corpus.rules.values()
    }
    assert len(found) == len(corpus.rules)


def test_differences_are_told_value_by_value() -> None:
    before: dict[str, Any] = {
        "a": {"b": "1", "gone": "x"},
        "quotes": ["甲"],
        "list": ["when ← 甲", "due ← 乙"],
    }
    after: dict[str, Any] = {
        "a": {"b": "2", "new": "y"},
        "quotes": ["乙"],
        "list": ["due ← 丙", "when ← 甲"],
    }
    assert [(one.field, one.before, one.after) for one in differences(before, after)] == [
        ("a / b", "1", "2"),
        ("a / gone", "x", None),
        ("quotes", "甲", "乙"),
        ("list / due", "due ← 乙", "due ← 丙"),
        ("a / new", None, "y"),
    ]
