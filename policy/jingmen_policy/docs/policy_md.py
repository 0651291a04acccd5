"""POLICY.md: the text section by section, each sentence with the rules that quote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.ledger import read_ledger
from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.docs.register_md import PARTS, registers_md
from jingmen_policy.docs.register_md import parts as registers
from jingmen_policy.docs.rule_md import anchor, cell, linked, rule_md
from jingmen_policy.rule.modality import Force, Modality
from jingmen_policy.rule.model import Rule
from jingmen_policy.text.passages import Passage

_FOLLOWS = {
    Force.BINDING: (
        "未做到为“未达标” *breached*；未定期限的只列“未到期” *pending*，"
        "凭事实不能判断的只记录 *noted*"
    ),
    Force.DEFEASIBLE: "未做到须有理由，否则“待说明” *departed*",
    Force.SOFT: "只记录 *noted*",
    Force.OPTIONAL: "可选用；选用时才有要求 *available*",
    Force.STATED: "只记录 *noted*",
}


def policy_md(corpus: Corpus) -> str:
    """The whole file. Every sentence of the text that binds stands in it, encoded or not."""
    found = trace(corpus)
    homes = _homes(corpus, found)
    parts = [*_opening(corpus, found)]
    for outer, inside in groupby(found, key=lambda one: _section(corpus, one)):
        parts.append(f"## {anchor('at', outer.id)}{_titled(corpus, outer)}")
        for middle, sentences in groupby(inside, key=lambda one: _item(corpus, one)):
            if middle:
                parts.append(f"### {anchor('at', middle.id)}{_titled(corpus, middle)}")
            for one in sentences:
                parts.extend(_sentence(one, corpus, homes))
    parts.extend(registers_md(corpus))
    return "\n\n".join(parts) + "\n"


def _opening(corpus: Corpus, found: tuple[Traced, ...]) -> Iterator[str]:
    yield f"# {corpus.title.zh}：条文与规则"
    yield f"*{corpus.title.en}: the text and its rules*"
    yield "\n".join(_contents(corpus, found))
    yield "本文件由 `jingmen docs --write` 生成，请勿手改。 *Generated; do not edit.*"
    encoded = sum(bool(one.rules) for one in found)
    yield (
        f"规则 {len(corpus.rules)} 条，所取解释 {len(corpus.interpretations)} 项，"
        f"原文问题 {len(corpus.discrepancies)} 处。正文 {len(found)} 句（行），"
        f"其中 {encoded} 句有规则引用，{len(found) - encoded} 句没有。"
    )
    yield (
        "引文中**加粗**的字是规则某一项的依据；“←”之后写明该项依据哪几个字、哪一项解释。"
        " *Words in bold gave a field of the rule; what a field rests on stands after the arrow.*"
    )
    counts = Counter(rule.modality for rule in corpus.rules.values())
    rows = [
        f"| {one.label.zh} *{one.label.en}* | {counts[one]} | {_FOLLOWS[one.force]} |"
        for one in Modality
        if counts[one]
    ]
    yield "\n".join(["| 性质 modality | 规则 rules | 后果 what follows |", "|---|--:|---|", *rows])
    ledger = read_ledger(corpus)
    if ledger is not None:
        total = sum(ledger.totals.values())
        rows = [
            f"| {reason.zh} *{reason.en}* | {ledger.totals[kind]} |"
            for kind, reason in ledger.kinds.items()
        ]
        head = ["| 归属 claimed as | 字 |", "|---|--:|"]
        yield "\n".join([*head, *rows, f"| 合计 *total* | {total} |"])


def _homes(corpus: Corpus, found: tuple[Traced, ...]) -> dict[str, list[Rule]]:
    """The rules by the sentence in which, or after which, what each quotes first begins."""
    homes: dict[str, list[Rule]] = {}
    for rule in corpus.rules.values():
        begins = rule.cites[0].start
        home = next((one for one in found if begins < one.passage.end), found[-1])
        homes.setdefault(home.passage.id, []).append(rule)
    return homes


def _sentence(one: Traced, corpus: Corpus, homes: dict[str, list[Rule]]) -> Iterator[str]:
    """A sentence, the rules at home elsewhere that quote it, and those at home in it."""
    text = cell(one.passage.text.replace("\t", " · "))
    yield f"> **{one.passage.address}** {text}"
    home = homes.get(one.passage.id, [])
    others = [rule for rule in one.rules if rule not in {own.id for own in home}]
    if others:
        yield f"另见 *see also* {'、'.join(linked('rule', rule) for rule in others)}"
    elif not home:
        yield _why(corpus, one) or "**尚未编码** *not encoded*"
    for rule in home:
        yield "\n".join(rule_md(corpus, rule))


def _why(corpus: Corpus, one: Traced) -> str:
    """The discrepancies that speak of a sentence without a rule."""
    found = [
        name
        for name, gap in corpus.discrepancies.items()
        if any(cite.at == one.passage.address for cite in gap.cites)
    ]
    told = "、".join(linked("gap", name) for name in found)
    return f"不设规则，见 *no rule, see* {told}" if found else ""


def _contents(corpus: Corpus, found: tuple[Traced, ...]) -> Iterator[str]:
    """A line for each section with its items, and one for the registers."""
    for outer, inside in groupby(found, key=lambda one: _section(corpus, one)):
        items = dict.fromkeys(_item(corpus, one) for one in inside)
        told = " · ".join(_to(corpus, item) for item in items if item)
        yield f"- {_to(corpus, outer)}{f'：{told}' if told else ''}"
    yield f"- {' · '.join(f'[{PARTS[name]}](#part-{name})' for name in registers(corpus))}"


def _to(corpus: Corpus, passage: Passage) -> str:
    return f"[{_titled(corpus, passage).rstrip('：。')}](#at-{passage.id})"


def _section(corpus: Corpus, one: Traced) -> Passage:
    """The outermost passage a sentence is in."""
    passage = one.passage
    while passage.parent:
        passage = corpus.source.passage(passage.parent)
    return passage


def _item(corpus: Corpus, one: Traced) -> Passage | None:
    """The item of a section that a sentence is in; None where it is in none."""
    parent = one.passage.parent
    if not parent or not corpus.source.passage(parent).parent:
        return None
    return corpus.source.passage(parent)


def _titled(corpus: Corpus, passage: Passage) -> str:
    """The heading of a passage, or its address where it has none."""
    heading = f"{passage.id}__heading"
    inside = (one.text for one in corpus.source.within(passage.id) if one.id == heading)
    return next(inside, passage.address)
