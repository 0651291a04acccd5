"""What a reading on record says: question, choice, basis, alternatives, witness."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.written import Alternative, Both, Interpretation
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.judge.text import Branch


def reading_lines(item: Interpretation, teller: RuleTeller) -> Iterator[str]:
    """A reading in a few lines."""
    say = teller.say
    yield f"{say('问', 'question')}: {_in(item.question, teller)}"
    yield f"{say('取', 'chosen')}: {_in(item.reading, teller)}"
    yield f"{say('理由', 'basis')}: {_in(item.basis, teller)}"
    for other in item.alternatives:
        yield f"{say('未取', 'not chosen')} {_other(other, teller)}"
    witness = item.witness
    yield (
        f"{say('差别见于', 'they differ on')}: {_in(witness.facts, teller)}"
        f" → {_in(witness.chosen, teller)} / {_in(witness.otherwise, teller)}"
    )


def reading_branches(corpus: Corpus, item: Interpretation, teller: RuleTeller) -> Iterator[Branch]:
    """A reading as a tree, with the words it is about and the rules that rest on it."""
    say = teller.say
    yield f"{say('取', 'chosen')}: {_in(item.reading, teller)}", None
    yield f"{say('理由', 'basis')}: {_in(item.basis, teller)}", None
    yield say("原文", "words"), [f"{cite.at}“{cite.quote}”" for cite in item.cites]
    yield say("未取", "not chosen"), [_other(other, teller) for other in item.alternatives]
    witness = item.witness
    yield (
        say("差别见于", "they differ on"),
        [
            _in(witness.facts, teller),
            f"{say('所取', 'chosen')} → {_in(witness.chosen, teller)}",
            f"{say('另一说', 'otherwise')} → {_in(witness.otherwise, teller)}",
        ],
    )
    yield say("依据它的规则", "rules that rest on it"), list(corpus.relying(item.id))


def _other(other: Alternative, teller: RuleTeller) -> str:
    apart = ""
    if other.apart is not None:
        apart = teller.say("（不能启用：", " (cannot be put into force: ")
        apart += _in(other.apart, teller) + teller.say("）", ")")
    return f"{other.id}: {_in(other.reading, teller)}{apart}"


def _in(both: Both, teller: RuleTeller) -> str:
    return both.en if teller.lang == "en" else both.zh
