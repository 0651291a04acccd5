"""The contract every rule of the plan keeps."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import Rule

POLICY = Policy.load()
SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
every_rule = pytest.mark.parametrize(
    "rule", POLICY.corpus.rules.values(), ids=list(POLICY.corpus.rules)
)


@every_rule
def test_its_quotes_stand_where_they_are_cited(rule: Rule) -> None:
    source = POLICY.corpus.source
    for cite in rule.cites:
        assert source.plain[cite.start : cite.end] == cite.quote
        assert source.occurrences(cite.quote, cite.passage) == [(cite.start, cite.end)]
        assert source.passage(cite.passage).normative


@every_rule
def test_its_scenario_has_the_same_stem(rule: Rule) -> None:
    assert (SCENARIOS / Path(rule.file).name).is_file()


@every_rule
def test_no_number_stands_in_its_expressions(rule: Rule) -> None:
    for version in rule.versions:
        for written in version.written.values():
            numbers = [
                node.value
                for node in ast.walk(ast.parse(f"({written})"))
                if isinstance(node, ast.Constant) and isinstance(node.value, int | float)
            ]
            assert set(numbers) <= {0}


@every_rule
def test_it_says_what_is_short_where_it_can_be(rule: Rule) -> None:
    for version in rule.versions:
        can_be_short = version.require is not None and rule.modality.force in {
            Force.BINDING,
            Force.DEFEASIBLE,
            Force.OPTIONAL,
        }
        assert (version.otherwise is not None) == can_be_short


@every_rule
def test_words_for_a_number_are_in_its_quote_or_a_reading(rule: Rule) -> None:
    for version in rule.versions:
        for let in version.lets:
            if let.is_number and not let.table:
                assert let.name in rule.words, let.name


@every_rule
def test_every_reading_a_field_rests_on_is_among_its_readings(rule: Rule) -> None:
    for version in rule.versions:
        resting = {words.reading for words in version.words.values() if words.reading}
        assert resting <= set(version.readings)


def test_no_two_rules_have_one_title() -> None:
    titles = [rule.title.zh for rule in POLICY.corpus.rules.values()]
    assert len(titles) == len(set(titles))


def test_every_reading_on_record_is_relied_on_or_said_of_the_whole() -> None:
    corpus = POLICY.corpus
    used = {reading for rule in corpus.rules.values() for reading in rule.readings}
    used |= {words.reading for rule in corpus.rules.values() for words in rule.words.values()}
    used |= {reading for fact in corpus.derived.values() for reading in fact.readings}
    assert corpus.interpretations.keys() - used - set(corpus.readings) == set()


def test_a_rule_that_another_reading_changes_rests_on_the_reading() -> None:
    for name, item in POLICY.corpus.interpretations.items():
        changed = {
            rule for other in item.alternatives if other.change for rule in other.change.rules
        }
        assert changed - {"*"} <= set(POLICY.corpus.relying(name)), name
