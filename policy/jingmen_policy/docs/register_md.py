"""The registers at the end of POLICY.md: derived facts, readings, discrepancies, the lede."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.ledger import read_lede
from jingmen_policy.corpus.written import Both, Cite, Discrepancy, Interpretation, LedeClaim
from jingmen_policy.docs.rule_md import anchor, cell, code, linked
from jingmen_policy.rule.model import DerivedFact

PARTS = {
    "derived": "推定事实 *Derived facts*",
    "readings": "所取的解释 *Readings*",
    "gaps": "原文的问题 *Discrepancies*",
    "lede": "导语与正文 *The lede against the body*",
}
_SAYS = {
    "same": "与正文一字不差 *the same to the letter*",
    "shorter": "是正文的缩写 *shortened*",
    "differs": "与正文不同 *differs*",
    "absent": "正文没有 *not in the body*",
}
_KINDS = {
    "contradiction": "自相矛盾 *contradiction*",
    "repetition": "重复而不同 *repeated differently*",
    "undefined": "没有定义 *undefined*",
    "missing": "缺漏 *missing*",
    "arithmetic": "计算 *arithmetic*",
}


def registers_md(corpus: Corpus) -> Iterator[str]:
    """Every register the corpus has, each under a heading of the second level."""
    if corpus.derived:
        yield f"## {anchor('part', 'derived')}{PARTS['derived']}"
        yield from ("\n".join(_derived(corpus, fact)) for fact in corpus.derived.values())
    if corpus.interpretations:
        yield f"## {anchor('part', 'readings')}{PARTS['readings']}"
        items = corpus.interpretations.values()
        yield from ("\n".join(_reading(corpus, item)) for item in items)
    if corpus.discrepancies:
        yield f"## {anchor('part', 'gaps')}{PARTS['gaps']}"
        yield from ("\n".join(_gap(gap)) for gap in corpus.discrepancies.values())
    lede = read_lede(corpus)
    if lede is not None:
        yield f"## {anchor('part', 'lede')}{PARTS['lede']}"
        yield "导语不约束任何人。 *The lede binds nobody.*"
        yield from ("\n".join(_claim(claim)) for claim in lede.claims)


def parts(corpus: Corpus) -> Iterator[str]:
    """The registers the corpus has, by the names of their anchors."""
    has = {
        "derived": corpus.derived,
        "readings": corpus.interpretations,
        "gaps": corpus.discrepancies,
        "lede": read_lede(corpus),
    }
    return (name for name, found in has.items() if found)


def _derived(corpus: Corpus, fact: DerivedFact) -> Iterator[str]:
    label = corpus.models.kinds[fact.subject].label.zh
    yield f"- `{fact.id}`（{label} `{fact.subject}`）{fact.title.zh} *{fact.title.en}*"
    for version in fact.versions:
        yield f"  - `{code(version.written)}`"
    for cite in fact.cites:
        yield f"  - 引文 *quote* {cite.address}：“{cell(cite.quote)}”"
    if fact.readings:
        names = "、".join(linked("reading", name) for name in fact.readings)
        yield f"  - 所取解释 *readings* {names}"


def _reading(corpus: Corpus, item: Interpretation) -> Iterator[str]:
    yield f"- {anchor('reading', item.id)}**`{item.id}`** {_both(item.question)}"
    yield from (f"  - {_cited(cite)}" for cite in item.cites)
    yield f"  - **取 chosen** {_both(item.reading)}"
    yield f"  - **理由 basis** {cell(item.basis.zh)}"
    for other in item.alternatives:
        apart = "" if other.apart is None else f"（不能启用：{cell(other.apart.zh)}）"
        yield f"  - **未取 not chosen** `{other.id}` {cell(other.reading.zh)}{apart}"
    witness = item.witness
    chosen, otherwise = cell(witness.chosen.zh), cell(witness.otherwise.zh)
    yield f"  - **见证 witness** {cell(witness.facts.zh)}取所取解释：{chosen}取另一说：{otherwise}"
    if item.id in corpus.readings:
        yield "  - **规则 rules** 全部 *all*"
    else:
        names = "、".join(linked("rule", name) for name in corpus.relying(item.id))
        yield f"  - **规则 rules** {names or '—'}"


def _gap(gap: Discrepancy) -> Iterator[str]:
    yield f"- {anchor('gap', gap.id)}**`{gap.id}`** {_both(gap.title)}（{_KINDS[gap.kind]}）"
    yield from (f"  - {_cited(cite)}" for cite in gap.cites)
    yield f"  - **处理 effect** {cell(gap.effect.zh)}"
    if gap.rules:
        yield f"  - **规则 rules** {'、'.join(linked('rule', name) for name in gap.rules)}"


def _claim(claim: LedeClaim) -> Iterator[str]:
    yield f"- {_cited(claim)}"
    body = "" if claim.body is None else f"：{_cited(claim.body)}"
    same = f"：{_at(claim.body)}"
    yield f"  - {_SAYS[claim.says]}{same if claim.says == 'same' else body}"
    if claim.discrepancies:
        yield f"  - {'、'.join(linked('gap', name) for name in claim.discrepancies)}"


def _at(cite: Cite | None) -> str:
    return "" if cite is None else cite.at


def _cited(cite: Cite) -> str:
    return f"{cite.at}“{cell(cite.quote)}”"


def _both(text: Both) -> str:
    return f"{cell(text.zh)} *{cell(text.en)}*"
