"""``jingmen prove``: what holds of the rules whatever the facts, or facts for which it does not."""

from __future__ import annotations

from datetime import date

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting

EXIT_UNPROVEN = 1


@click.command(
    "prove",
    help=told(
        "证明规则本身没有毛病：每条都能做到、也能违反，两条义务不冲突，选用不违反义务，"
        "例外不循环，分界没有空档和重叠，附件与比例一致。"
        "不成立的举出事实，并经基准引擎核对。有未能证明或未登记的不成立时退出码为 1。",
        "Prove that the rules are sound: each can be met and broken, no two obligations conflict,"
        " no option breaks a duty, exceptions make no circle, dividing lines no gap or overlap, the"
        " annex agrees with the shares. What does not hold comes with facts, replayed by the"
        " reference engine. Exits 1 where anything is not settled, or refuted and not on record.",
    ),
)
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@click.option(
    "--same",
    "other",
    metavar="FOLDER",
    help=told(
        "改为比较：每条规则的意思与另一套规则是否相同",
        "compare instead: does each rule mean the same in another corpus?",
    ),
)
@click.option(
    "--versions",
    is_flag=True,
    help=told(
        "改为比较：修订过的规则，前后两个版本的意思是否相同",
        "compare instead: do two versions of a rule, one amended by the other, mean the same?",
    ),
)
@options.corpus
@options.readings
@options.as_of
@options.form("text", "json")
@options.verbose
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    rules: tuple[str, ...],
    other: str | None,
    versions: bool,
    corpus: str,
    readings: dict[str, str],
    as_of: date | None,
    form: str,
    verbose: bool,
    lang: Lang,
) -> None:
    if other and (rules or versions):
        raise click.UsageError(
            told(
                "--same 比较全部规则，不写规则名，也不与 --versions 同用",
                "--same compares every rule: name none, and do not ask for --versions",
            )
        )
    from jingmen_policy.cli.corpora import corpus as opened
    from jingmen_policy.judge.as_json import CorpusMark
    from jingmen_policy.prove import BOUND, prove, same_rules, same_versions
    from jingmen_policy.prove.as_json import proofs_json
    from jingmen_policy.prove.model import FORMAT, Proofs
    from jingmen_policy.prove.text import report

    here = setting(ctx)
    policy = opened(here, corpus).under(readings)
    day = as_of or date.today()
    if other is not None:
        notes = same_rules(policy, opened(here, other), day)
    elif versions:
        notes = same_versions(policy, day, rules or None)
    else:
        notes = prove(policy, day, rules or None)
    asked = policy.corpus
    found = Proofs(
        FORMAT, CorpusMark(asked.id, asked.digest, dict(asked.switched)), day, BOUND, notes
    )
    if form == "json":
        options.print_json(proofs_json(found))
    else:
        click.echo(report(found, lang, verbose=verbose), nl=False)
    if not all(note.fine for note in notes):
        ctx.exit(EXIT_UNPROVEN)
