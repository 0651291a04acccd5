"""A rule as POLICY.md has it: its quote with the words marked, who, what, by which facts."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_facts.problems import Lang, Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.deciding import Deciding, deciding
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.rule.model import Citation, Party, Rule, Version, Words
from jingmen_policy.wording import Wording

_LANGS: tuple[Lang, Lang] = ("zh", "en")
_FIELDS = {"modality", "bearer", "counterparty", "due"}
"""Fields whose words stand beside them; those of the others stand with the expressions."""


def rule_md(corpus: Corpus, rule: Rule) -> Iterator[str]:
    """The lines of one rule, below a heading of the fourth level."""
    teller = RuleTeller(corpus)
    yield f"#### `{rule.id}` {rule.title.zh}"
    yield ""
    yield f"*{rule.title.en}*"
    yield ""
    for version in rule.versions:
        if len(rule.versions) > 1:
            yield f"- **版本 version** {teller.span(version)}"
        for cite in version.cites:
            yield f"- **引文 quote** {teller.address(cite)}：“{marked(cite, version)}”"
        yield from _who(rule, version, teller)
        yield from _what(rule, version, teller)
    facts = deciding(corpus, rule)
    if facts:
        yield f"- **所据事实 facts** {'；'.join(_facts(corpus, facts))}"
    if rule.evidence is not None:
        yield f"- **可作佐证 evidence** {both(rule.evidence)}"
    readings = dict.fromkeys(name for version in rule.versions for name in version.readings)
    if readings:
        yield f"- **所取解释 readings** {'、'.join(linked('reading', name) for name in readings)}"
    gaps = [name for name, gap in corpus.discrepancies.items() if rule.id in gap.rules]
    if gaps:
        yield f"- **原文问题 discrepancies** {'、'.join(linked('gap', name) for name in gaps)}"


def _who(rule: Rule, version: Version, teller: RuleTeller) -> Iterator[str]:
    words = version.words
    yield f"- **性质 modality** {both(rule.modality.label)}{rests(words.get('modality'))}"
    yield f"- **责任主体 bearer** {party(rule.bearer)}{rests(words.get('bearer'))}"
    if rule.counterparty is not None:
        shown = party(rule.counterparty)
        yield f"- **相对方 counterparty** {shown}{rests(words.get('counterparty'))}"
    due = Said(teller.due(version.due), RuleTeller(teller.corpus, "en").due(version.due))
    yield f"- **期限 due** {both(due)}{rests(words.get('due'))}"


def _what(rule: Rule, version: Version, teller: RuleTeller) -> Iterator[str]:
    names = {"when": "适用 when", "used": "采用 used", "require": "要求 require"}
    for name, written in version.written.items():
        yield f"- **{names[name]}** `{code(written)}`{rests(version.words.get(name))}"
    yield from _words(rule, version, teller.corpus)
    for let in version.lets:
        yield f"- **参数 parameter** {teller.let(let)}{rests(version.words.get(let.name))}"
    if "operator" in version.words:
        yield f"- **比较 comparison**{rests(version.words['operator'])}"
    if rule.yields_to:
        others = "、".join(f"`{name}`" for name in rule.yields_to)
        yield f"- **除外 unless** {others}{rests(version.words.get('yields_to'))}"
    if version.reason:
        spec = teller.corpus.models.kinds[rule.subject].fields[version.reason]
        yield f"- **可说明理由 reason** {spec.label.zh} `{version.reason}`"


def _words(rule: Rule, version: Version, corpus: Corpus) -> Iterator[str]:
    """The expressions in plain words, in both languages."""
    zh, en = (Wording(corpus, lang).rule(rule, version) for lang in _LANGS)
    told = (
        ("何时适用 applies", zh.applies, en.applies),
        ("何为采用 is used", zh.used, en.used),
        ("怎样算达到 is met", zh.require, en.require),
    )
    for name, one, other in told:
        if one is not None and other is not None:
            yield f"- **{name}** {cell(str(one))} *{cell(str(other))}*"


def marked(cite: Citation, version: Version) -> str:
    """A quote with the words that gave a field in bold."""
    spans = sorted(
        {
            (start - cite.start, end - cite.start)
            for words in version.words.values()
            for text, start, end in words.marks
            if text == cite.text and cite.start <= start and end <= cite.end
        }
    )
    shown, reached = "", 0
    for start, end in _merged(spans):
        shown += f"{cell(cite.quote[reached:start])}**{cell(cite.quote[start:end])}**"
        reached = end
    return shown + cell(cite.quote[reached:])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch or overlap as one, so that no mark stands inside another."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _facts(corpus: Corpus, facts: tuple[Deciding, ...]) -> Iterator[str]:
    """The facts, kind by kind: label and name."""
    kinds: dict[str, list[str]] = {}
    for one in facts:
        label = f"{one.label.zh}名单" if one.listing else one.label.zh
        kinds.setdefault(one.kind, []).append(f"{label} `{one.name}`")
    for kind, names in kinds.items():
        yield f"{corpus.models.kinds[kind].label.zh} `{kind}`：{'、'.join(names)}"


def rests(words: Words | None) -> str:
    """What a field rests on, after an arrow."""
    if words is None:
        return ""
    parts = [f"“{cell(one)}”" for one in words.words]
    if words.reading:
        parts.append(f"解释 {linked('reading', words.reading)}")
    return f" ← {' '.join(parts)}"


def party(party: Party) -> str:
    way = ".".join(step.name for step in party.of.steps)
    return f"{both(party.role)}{f' `{way}`' if way else ''}"


def both(text: Said) -> str:
    """Chinese, then the English gloss."""
    return f"{text.zh} *{text.en}*"


def linked(register: str, name: str) -> str:
    """A link to an entry of a register at the end of the page."""
    return f"[`{name}`](#{register}-{name})"


def anchor(register: str, name: str) -> str:
    return f'<a id="{register}-{name}"></a>'


def code(text: str) -> str:
    """An expression as code, which Markdown leaves alone."""
    return " ".join(text.split())


def cell(text: str) -> str:
    """A text in which Markdown finds nothing of its own."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ")
