"""A corpus under another reading takes from the first only what would come out the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jingmen_facts import MODELS, Refused
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.load import PLAN, load_corpus
from jingmen_policy.scenario.switching import alternatives

POLICY = Policy.load()
WAYS = list(alternatives(POLICY.corpus))


def same(one: Corpus, other: Corpus) -> bool:
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("rules", "derived", "digest", "switched", "opening")
    )


def test_it_is_the_corpus_that_is_loaded_anew() -> None:
    for chosen in WAYS[::6]:
        assert same(POLICY.under(chosen).corpus, load_corpus(PLAN, MODELS, chosen)), chosen


def test_so_it_is_under_one_reading_after_another() -> None:
    first = next(way for way in WAYS if "at-most-inclusive" in way)
    then = next(way for way in WAYS if "effective-day" in way)
    anew = load_corpus(PLAN, MODELS, {**first, **then})
    assert same(POLICY.under(first).under(then).corpus, anew)


def test_a_rule_that_rests_on_nothing_switched_is_the_same_object() -> None:
    strict = POLICY.under({"at-most-inclusive": "strictly-less"}).corpus
    kept = {name for name, rule in strict.rules.items() if rule is POLICY.corpus.rules[name]}
    assert "worker-age" not in kept
    assert len(kept) > len(strict.rules) // 2


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PLAN, tmp_path / "plan"))


def test_what_was_written_since_is_read(plan: Path) -> None:
    policy = Policy.load(plan, facts=MODELS)
    [file] = (plan / "rules").glob("*-staffing.yaml")
    text = file.read_text(encoding="utf-8")
    title = policy.corpus.rules["staffing"].title.zh
    file.write_text(text.replace(title, f"{title}又"), encoding="utf-8")
    strict = policy.under({"at-most-inclusive": "strictly-less"})
    assert strict.corpus.rules["staffing"].title.zh == f"{title}又"
    file.write_text(text.replace("least: 2人\n", "least: 3人\n"), encoding="utf-8")
    with pytest.raises(Refused, match="3人"):
        policy.under({"at-most-inclusive": "strictly-less"})


def test_where_the_text_has_changed_every_quote_is_looked_for_again(plan: Path) -> None:
    policy = Policy.load(plan, facts=MODELS)
    source = plan / "source.md"
    quote = policy.corpus.rules["staffing"].cites[0].quote
    text = source.read_text(encoding="utf-8")
    assert quote in text
    source.write_text(text.replace(quote, f"{quote[:-1]}，"), encoding="utf-8")
    with pytest.raises(Refused, match="引文"):
        policy.under({"at-most-inclusive": "strictly-less"})
