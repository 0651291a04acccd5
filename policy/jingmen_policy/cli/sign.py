"""``jingmen sign``: a reviewer signs rules; what is signed is kept, and voided by any change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.corpora import corpus as opened
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.judge.text import Teller

if TYPE_CHECKING:
    from jingmen_policy.review.state import RuleState


@click.command(
    "sign",
    help=told(
        "对规则签字：记下审核人、职务、日期，以及当时的原文、含义、所取解释和边界案例。"
        "其后任何一项有改动，签字即失效；只改写法不失效。几条一起签，有一条不成即全都不签。",
        "Sign rules: who reviewed them, as what, on which day, and what words, meaning, readings"
        " and boundary cards they had. Any change of those voids the signature, another spelling"
        " does not. Several rules are signed together or not at all.",
    ),
)
@click.argument("rules", nargs=-1, required=True, metavar="RULE...")
@click.option("--by", required=True, metavar="NAME", help=told("审核人", "who reviewed them"))
@click.option("--role", required=True, metavar="ROLE", help=told("职务", "in which capacity"))
@click.option("--note", metavar="TEXT", help=told("备注", "a note"))
@click.option("--on", metavar="DAY", help=told("签字日，不写即今天", "the day; today if not given"))
@options.corpus_and_signatures
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    rules: tuple[str, ...],
    by: str,
    role: str,
    note: str | None,
    on: str | None,
    corpus: str,
    signatures: str | None,
    lang: Lang,
) -> None:
    from jingmen_policy.review.signing import sign
    from jingmen_policy.review.store import signatures_directory

    here = setting(ctx)
    policy = opened(here, corpus)
    done = sign(policy, rules, by, role, on, note=note, signatures_dir=signatures)
    directory = signatures_directory(policy.corpus, signatures)
    teller = here.teller(lang)
    for state in done:
        click.echo(f"{_told(state, teller)}{directory / state.rule}.yaml")


def _told(state: RuleState, teller: Teller) -> str:
    from jingmen_policy.review.state import STATE_LABELS

    label = STATE_LABELS[state.state].to(teller.lang)
    title = state.title.to(teller.lang)
    if state.state == "partial":
        got = f"{len(state.reviewers)}/{state.required}"
        label = teller.say(f"{label}（{got}）", f"{label} ({got})")
    return teller.say(
        f"已签 {state.rule} {title}：{label}，存于 ", f"signed {state.rule} {title}: {label}, in "
    )
