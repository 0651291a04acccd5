"""``jingmen show``: everything there is to say of one rule."""

from __future__ import annotations

from collections.abc import Iterator

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said, unknown_name
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.reading_text import reading_lines
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.judge.text import Branch, tree
from jingmen_policy.rule.model import Rule, Version, Words
from jingmen_policy.wording import Wording


@click.command(
    "show",
    help=told(
        "显示一条规则：引文、性质、主体、表达式、参数、各版本、所取解释和原文的问题。",
        "Show a rule: quote, modality, bearer, expressions, parameters, versions and readings.",
    ),
)
@click.argument("rule")
@options.readings
@options.lang
@click.pass_context
def command(ctx: click.Context, rule: str, readings: dict[str, str], lang: Lang) -> None:
    corpus = setting(ctx, readings).policy.corpus
    if rule not in corpus.rules:
        said = unknown_name(Said("规则", "rule"), rule, list(corpus.rules))
        raise Refused([Problem(said)])
    chosen = corpus.rules[rule]
    lines = tree(branches(corpus, chosen, RuleTeller(corpus, lang)))
    click.echo("\n".join([f"{chosen.id} {chosen.title.to(lang)} | {chosen.file}", *lines]))


def branches(corpus: Corpus, rule: Rule, teller: RuleTeller) -> Iterator[Branch]:
    say, lang = teller.say, teller.lang
    wording = Wording(corpus, lang)
    who = [
        f"{say('性质', 'modality')}: {rule.modality.label.to(lang)}",
        f"{say('责任主体', 'bearer')}: {teller.party(rule.bearer)}",
        f"{say('对象', 'subject')}: {teller.subject(rule)}",
    ]
    if rule.counterparty is not None:
        who.insert(2, f"{say('相对方', 'owed to')}: {teller.party(rule.counterparty)}")
    quotes = [f"{teller.address(c)}{say('“', ' “')}{c.quote}”" for c in rule.cites]
    yield say("依据", "clause"), quotes
    yield say("谁、什么", "who and what"), who
    for version in rule.versions:
        yield (
            f"{say('版本', 'version')} {teller.span(version)}",
            list(_version(rule, version, teller)),
        )
    yield (
        say("字眼", "words it rests on"),
        [f"{name} ← {resting_on(words, teller)}" for name, words in rule.words.items()],
    )
    yield (
        say("推定事实", "derived facts"),
        [
            f"{fact.id} {fact.title.to(lang)} ({fact.subject}) = {fact.versions[-1].written}"
            f"{say('，即 ', ', that is: ')}{wording.derived(fact, fact.versions[-1])}"
            for fact in corpus.derived_of(rule).values()
        ],
    )
    if rule.evidence is not None:
        yield f"{say('可作佐证', 'what could support it')}: {rule.evidence.to(lang)}", None
    for name in dict.fromkeys(name for v in rule.versions for name in v.readings):
        yield (
            f"{say('所取解释', 'reading')} {name}",
            list(reading_lines(corpus.interpretations[name], teller)),
        )
    yield (
        say("原文的问题", "discrepancies of the text"),
        [
            f"{gap.id} {gap.title.zh if lang == 'zh' else gap.title.en}"
            for gap in corpus.discrepancies.values()
            if rule.id in gap.rules
        ],
    )
    yield (
        say("相关规则", "related rules"),
        [f"{name} ({why})" for name, why in teller.related(rule).items()],
    )


def _version(rule: Rule, version: Version, teller: RuleTeller) -> Iterator[str]:
    say = teller.say
    for cite in version.cites if version.cites != rule.cites else ():
        yield f"{say('依据', 'clause')}: {teller.address(cite)}{say('“', ' “')}{cite.quote}”"
    for let in version.lets:
        yield f"{say('参数', 'parameter')}: {teller.let(let)}"
    words = Wording(teller.corpus, teller.lang).rule(rule, version)
    for name, sentence in (
        (say("何时适用", "applies"), words.applies),
        (say("何为采用", "is used"), words.used),
        (say("怎样算达到", "is met"), words.require),
    ):
        if sentence is not None:
            yield f"{name}: {sentence}"
    for name, written in teller.expressions(version):
        yield f"{name}: {written}"
    if rule.yields_to:
        yield f"{say('除外', 'unless')}: {', '.join(rule.yields_to)}"
    yield f"{say('期限', 'due')}: {teller.due(version.due)}"
    if version.reason:
        yield f"{say('理由记于', 'reason recorded in')}: {version.reason}"
    if version.otherwise is not None:
        yield f"{say('未达到时', 'otherwise')}: {version.otherwise.to(teller.lang)}"


def resting_on(words: Words, teller: RuleTeller) -> str:
    """The words of the quote, and the reading that stands beside or in place of them."""
    quoted = "".join(teller.say(f"“{one}”", f"“{one}” ") for one in words.words).strip()
    reading = teller.say("解释 ", "reading ") + words.reading if words.reading else ""
    return teller.say("；", "; ").join(part for part in (quoted, reading) if part)
