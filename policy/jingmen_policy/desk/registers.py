"""What the page lists beside the rules: words that are no rule, discrepancies, readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.ledger import PUNCTUATION, read_ledger
from jingmen_policy.corpus.written import Both, Cite, Discrepancy, Interpretation
from jingmen_policy.desk.model import (
    Alternative,
    DiscrepancyView,
    GapView,
    Link,
    Quote,
    ReadingView,
    Run,
)
from jingmen_policy.desk.places import (
    cite_address,
    leaves_between,
    passage_id,
    rule_link,
    texts_of,
)
from jingmen_policy.docs.coverage import trace

_KINDS = {
    "contradiction": Said("自相矛盾", "contradiction"),
    "repetition": Said("重复而不同", "repeated differently"),
    "undefined": Said("没有定义", "undefined"),
    "missing": Said("缺漏", "missing"),
    "arithmetic": Said("计算", "arithmetic"),
}
_CLAIMED = frozenset({"rule", "shared", "punctuation"})
_UNCLAIMED = Said("没有归属", "nothing claims it")
_NOT_ENCODED = Said("尚未编码", "not encoded")


def gaps(corpus: Corpus) -> tuple[GapView, ...]:
    """Every run of words that no rule quotes, punctuation apart, and why.

    A corpus without a ledger gives no reasons: its sentences without a rule are listed.
    """
    ledger = read_ledger(corpus)
    if ledger is None:
        bare = [one.passage for one in trace(corpus) if not one.rules]
        return tuple(
            GapView(
                f"gap-{number}",
                passage_id("", one.id),
                Said(one.address, one.address),
                _NOT_ENCODED,
                one.text,
                Said("", ""),
                unclaimed=True,
            )
            for number, one in enumerate(bare, 1)
        )
    found = [
        one
        for one in ledger.entries
        if one.kind not in _CLAIMED and not PUNCTUATION.issuperset(one.text)
    ]
    return tuple(
        GapView(
            f"gap-{number}",
            passage_id("", corpus.source.passage(one.address).id),
            Said(one.address, one.address),
            _LEDGER.get(one.kind, Said(one.kind, one.kind)) if one.kind else _UNCLAIMED,
            one.text,
            one.reason,
            unclaimed=one.kind in {"", "undeclared"},
        )
        for number, one in enumerate(found, 1)
    )


_LEDGER = {
    "title": Said("文件标题", "title"),
    "heading": Said("标题", "heading"),
    "table": Said("表格", "table"),
    "basis": Said("制定依据", "basis"),
    "enacting": Said("制定用语", "enacting words"),
    "connective": Said("连接语", "connective"),
    "lede": Said("新闻导语", "news lede"),
    "undeclared": Said("共同引用未写明", "shared without saying so"),
}


def discrepancies(corpus: Corpus) -> tuple[DiscrepancyView, ...]:
    return tuple(_discrepancy(corpus, gap) for gap in corpus.discrepancies.values())


def _discrepancy(corpus: Corpus, gap: Discrepancy) -> DiscrepancyView:
    return DiscrepancyView(
        gap.id,
        _said(gap.title),
        _KINDS[gap.kind],
        _at(corpus, gap.cites),
        tuple(_quotes(corpus, gap.cites)),
        _said(gap.effect),
        tuple(rule_link(corpus, rule) for rule in gap.rules),
    )


def readings(corpus: Corpus, reviewed: Collection[str]) -> tuple[ReadingView, ...]:
    """``reviewed`` are the rules whose signatures hold."""
    return tuple(_reading(corpus, item, reviewed) for item in corpus.interpretations.values())


def _reading(corpus: Corpus, item: Interpretation, reviewed: Collection[str]) -> ReadingView:
    relying = corpus.relying(item.id)
    everywhere = item.id in corpus.readings
    witness = item.witness
    return ReadingView(
        id=item.id,
        question=_said(item.question),
        chosen=_said(item.reading),
        basis=_said(item.basis),
        at=_at(corpus, item.cites),
        quotes=tuple(_quotes(corpus, item.cites)),
        alternatives=tuple(
            Alternative(one.id, _said(one.reading), None if one.apart is None else _said(one.apart))
            for one in item.alternatives
        ),
        facts=_said(witness.facts),
        outcome=_said(witness.chosen),
        otherwise=_said(witness.otherwise),
        rules=() if everywhere else tuple(rule_link(corpus, rule) for rule in relying),
        everywhere=everywhere,
        open=not all(rule in reviewed for rule in relying),
    )


def _at(corpus: Corpus, cites: Iterable[Cite]) -> tuple[str, ...]:
    found = (leaf for cite in cites for leaf in _leaves(corpus, cite))
    return tuple(dict.fromkeys(found))


def _leaves(corpus: Corpus, cite: Cite) -> tuple[str, ...]:
    text = cite.text or ""
    source = texts_of(corpus)[text]
    spans = source.occurrences(cite.quote, cite.at)
    return leaves_between(source, text, *spans[0]) if spans else ()


def _quotes(corpus: Corpus, cites: Iterable[Cite]) -> Iterator[Quote]:
    for cite in cites:
        at = _leaves(corpus, cite)
        address = cite_address(corpus, cite.text or "", cite.at)
        yield Quote(Link(address, at[0] if at else ""), (Run(cite.quote),))


def _said(both: Both) -> Said:
    return Said(both.zh, both.en)
