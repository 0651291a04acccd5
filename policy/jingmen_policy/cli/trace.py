"""``jingmen trace``: whose every character of the text is, with totals."""

from __future__ import annotations

from collections.abc import Iterator

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.ledger import Ledger, read_ledger
from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.docs.trace_json import trace_json
from jingmen_policy.judge.layout import table

EXIT_UNCLAIMED = 1


@click.command(
    "trace",
    help=told(
        "逐句列出原文由哪些规则引用，并按归属合计字数；有字没有归属即退出码 1。",
        "For each sentence which rules quote it, and whose every character is; exit code 1 where"
        " nothing claims one.",
    ),
)
@click.option("--at", metavar="ADDRESS", help=told("只看一处，如 四（四）", "one place only"))
@options.form("text", "json")
@options.verbose
@options.lang
@click.pass_context
def command(ctx: click.Context, at: str | None, form: str, verbose: bool, lang: Lang) -> None:
    corpus = setting(ctx).policy.corpus
    inside = None if at is None else _inside(corpus, at)
    ledger = read_ledger(corpus)
    found = [one for one in trace(corpus) if inside is None or one.passage.address in inside]
    if form == "json":
        options.print_json(trace_json(corpus, found, ledger, inside))
    else:
        click.echo("\n".join(_lines(found, ledger, inside, verbose, lang)))
    if ledger is not None and ledger.problems:
        ctx.exit(EXIT_UNCLAIMED)


def _inside(corpus: Corpus, at: str) -> frozenset[str]:
    try:
        passage = corpus.source.passage(at)
    except LookupError as error:
        said = Said(f"文中没有“{at}”：{error}", f"no such address: {error}")
        raise Refused([Problem(said)]) from None
    return frozenset([passage.address, *(one.address for one in corpus.source.within(at))])


def _lines(
    found: list[Traced],
    ledger: Ledger | None,
    inside: frozenset[str] | None,
    verbose: bool,
    lang: Lang,
) -> Iterator[str]:
    zh = lang == "zh"
    none = "（未编码）" if zh else "(not encoded)"
    if verbose and ledger is not None:
        entries = [one for one in ledger.entries if inside is None or one.address in inside]
        rows = [
            [one.address, one.kind or none, "、".join(one.rules) or one.reason.to(lang), one.text]
            for one in entries
        ]
        yield from table(rows)
    else:
        rows = [
            [one.passage.address, f"{one.quoted}/{one.characters}", "、".join(one.rules) or none]
            for one in found
        ]
        yield from table(rows)
    encoded = sum(bool(one.rules) for one in found)
    quoted, characters = sum(o.quoted for o in found), sum(o.characters for o in found)
    yield (
        f"共 {len(found)} 句，{encoded} 句有规则引用；{characters} 字中引用 {quoted} 字"
        if zh
        else f"{len(found)} sentences, {encoded} quoted; {quoted} of {characters} characters"
    )
    if ledger is not None and inside is None:
        yield from _totals(ledger, lang)


def _totals(ledger: Ledger, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    rows = [
        [f"  {kind}", str(ledger.totals[kind]), reason.to(lang)]
        for kind, reason in ledger.kinds.items()
    ]
    yield "归属" if zh else "claimed as"
    yield from table(rows)
    total = sum(ledger.totals.values())
    open_ = sum(len(one.text) for one in ledger.entries if one.kind in {"", "undeclared"})
    yield (
        f"全文 {total} 字，有归属 {total - open_} 字，没有归属 {open_} 字"
        if zh
        else f"{total} characters, {total - open_} claimed, {open_} not"
    )
    yield from (problem.to(lang) for problem in ledger.problems)
