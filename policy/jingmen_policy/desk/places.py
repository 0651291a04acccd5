"""The ids of places on the page, so that one part of it can lead to another."""

from __future__ import annotations

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.model import Link
from jingmen_policy.rule.model import Citation
from jingmen_policy.text.passages import Passage, SourceText


def passage_id(text: str, passage: str) -> str:
    """Of a passage: ``text`` is the amendment it is of, '' for the plan."""
    return f"p-{text}--{passage}" if text else f"p-{passage}"


def rule_id(rule: str) -> str:
    return f"rule-{rule}"


def reading_link(reading: str) -> Link:
    return Link(Said(reading, reading), f"reading-{reading}")


def discrepancy_id(name: str) -> str:
    return f"discrepancy-{name}"


def rule_link(corpus: Corpus, rule: str) -> Link:
    return Link(corpus.rules[rule].title, rule_id(rule))


def texts_of(corpus: Corpus) -> dict[str, SourceText]:
    """The plan, under '', and every amendment."""
    return {"": corpus.source, **corpus.texts}


def leaves_of(source: SourceText) -> tuple[Passage, ...]:
    """The passages that hold no other."""
    outer = {passage.parent for passage in source.passages}
    return tuple(passage for passage in source.passages if passage.id not in outer)


def leaves_between(source: SourceText, text: str, start: int, end: int) -> tuple[str, ...]:
    """The page's ids of the leaves that characters of a text are in."""
    return tuple(
        passage_id(text, leaf.id)
        for leaf in leaves_of(source)
        if leaf.start < end and start < leaf.end
    )


def cite_address(corpus: Corpus, text: str, address: str) -> Said:
    """Where words stand; in an amendment, its title first."""
    if not text:
        return Said(address, address)
    title = corpus.amendments[text].title
    return Said(f"《{title.zh}》{address}", f"{title.en}: {address}")


def cite_link(corpus: Corpus, cite: Citation) -> Link:
    """To the first leaf a quote stands in."""
    source = texts_of(corpus)[cite.text]
    at = leaves_between(source, cite.text, cite.start, cite.end)
    return Link(cite_address(corpus, cite.text, cite.address), at[0] if at else "")
