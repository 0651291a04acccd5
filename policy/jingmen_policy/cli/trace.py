"""``jingmen trace``: the text, sentence by sentence, and the rules that quote it."""

from __future__ import annotations

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.judge.layout import table


@click.command(
    "trace",
    help=told(
        "逐句列出原文被哪些规则引用、引用了多少字。",
        "For each sentence: which rules quote it, and how many of its characters.",
    ),
)
@options.form("text", "json")
@options.lang
@click.pass_context
def command(ctx: click.Context, form: str, lang: Lang) -> None:
    found = trace(setting(ctx).policy.corpus)
    quoted = sum(one.quoted for one in found)
    characters = sum(one.characters for one in found)
    if form == "json":
        options.print_json(
            {
                "quoted": quoted,
                "characters": characters,
                "passages": [_json(one) for one in found],
            }
        )
        return
    none = "（未编码）" if lang == "zh" else "(not encoded)"
    rows = [
        [one.passage.address, f"{one.quoted}/{one.characters}", "、".join(one.rules) or none]
        for one in found
    ]
    encoded = sum(bool(one.rules) for one in found)
    total = (
        f"共 {len(found)} 句，{encoded} 句有规则引用；{characters} 字中引用 {quoted} 字"
        if lang == "zh"
        else f"{len(found)} sentences, {encoded} quoted; {quoted} of {characters} characters"
    )
    click.echo("\n".join([*table(rows), total]))


def _json(one: Traced) -> dict[str, object]:
    return {
        "id": one.passage.id,
        "address": one.passage.address,
        "text": one.passage.text,
        "quoted": one.quoted,
        "characters": one.characters,
        "rules": list(one.rules),
    }
