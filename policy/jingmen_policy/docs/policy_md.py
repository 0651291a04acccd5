"""POLICY.md: the text section by section, each sentence with the rules that quote it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.rule.model import Rule

HEADER = "| 引文 | 规则 | 性质 | 责任主体 | 期限 | 表达式 |\n|---|---|---|---|---|---|"


def policy_md(corpus: Corpus) -> str:
    """The whole file. Every sentence of the text that binds stands in it, encoded or not."""
    found = trace(corpus)
    encoded = sum(bool(one.rules) for one in found)
    parts = [
        f"# {corpus.title.zh}：条文与规则",
        "本文件由 `jingmen docs --write` 生成，请勿手改。",
        f"规则 {len(corpus.rules)} 条；正文 {len(found)} 句（行），其中 {encoded} 句有规则引用，"
        + f"{len(found) - encoded} 句尚未编码。",
    ]
    homes = _homes(corpus, found)
    for outer, inside in groupby(found, key=lambda one: _section(corpus, one)):
        parts.append(f"## {outer}")
        for middle, sentences in groupby(inside, key=lambda one: _heading(corpus, one)):
            if middle:
                parts.append(f"### {middle}")
            parts.extend(_passages(list(sentences), corpus, homes))
    parts.extend(_questions(corpus))
    return "\n\n".join(parts) + "\n"


def _homes(corpus: Corpus, found: tuple[Traced, ...]) -> dict[str, list[Rule]]:
    """The rules by the sentence in which, or after which, what each quotes first begins."""
    homes: dict[str, list[Rule]] = {}
    for rule in corpus.rules.values():
        begins = rule.cites[0].start
        home = next((one for one in found if begins < one.passage.end), found[-1])
        homes.setdefault(home.passage.id, []).append(rule)
    return homes


def _passages(found: list[Traced], corpus: Corpus, homes: dict[str, list[Rule]]) -> Iterator[str]:
    """The sentences as a list, then the table of the rules at home in one of them."""
    lines: list[str] = []
    for one in found:
        mark = "、".join(f"`{rule}`" for rule in one.rules) or "**尚未编码**"
        text = _cell(one.passage.text.replace("\t", " · "))
        lines.append(f"- {one.passage.address}：{text}  \n  → {mark}")
    yield "\n".join(lines)
    rules = [rule for one in found for rule in homes.get(one.passage.id, ())]
    if rules:
        yield "\n".join([HEADER, *(_row(corpus, rule) for rule in rules)])


def _row(corpus: Corpus, rule: Rule) -> str:
    teller = RuleTeller(corpus)
    version = rule.versions[-1]
    expressions = [f"{name} `{written}`" for name, written in teller.expressions(version)]
    expressions += [f"参数 {teller.let(let)}" for let in version.lets]
    expressions += [f"除外 `{name}`" for name in rule.yields_to]
    quotes = [f"{cite.address}“{cite.quote}”" for cite in rule.cites]
    cells = [
        "<br>".join(map(_cell, quotes)),
        f"`{rule.id}` {_cell(rule.title.zh)}",
        rule.modality.label.zh,
        _cell(teller.party(rule.bearer)),
        teller.due(version.due),
        "<br>".join(map(_cell, expressions)) or "—",
    ]
    return f"| {' | '.join(cells)} |"


def _questions(corpus: Corpus) -> Iterator[str]:
    if corpus.interpretations:
        yield "## 所取的解释"
        yield "\n".join(
            f"- `{name}` {reading.question.zh}：{reading.reading.zh}"
            for name, reading in corpus.interpretations.items()
        )
    if corpus.discrepancies:
        yield "## 原文的问题"
        yield "\n".join(
            f"- `{name}` {gap.title.zh}：{gap.effect.zh}"
            for name, gap in corpus.discrepancies.items()
        )


def _section(corpus: Corpus, one: Traced) -> str:
    """The heading of the outermost passage a sentence is in."""
    passage = one.passage
    while passage.parent:
        passage = corpus.source.passage(passage.parent)
    return _titled(corpus, passage.id) or passage.address


def _heading(corpus: Corpus, one: Traced) -> str:
    """The heading of the item a sentence is in; '' where it is in none."""
    parent = one.passage.parent
    if not parent or not corpus.source.passage(parent).parent:
        return ""
    return _titled(corpus, parent) or corpus.source.passage(parent).address


def _titled(corpus: Corpus, name: str) -> str:
    heading = f"{name}__heading"
    inside = (passage.text for passage in corpus.source.within(name) if passage.id == heading)
    return next(inside, "")


def _cell(text: str) -> str:
    """A text that stays in its cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")
