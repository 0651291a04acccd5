"""``jingmen status``: which rules are reviewed, which signatures are void, and why."""

from __future__ import annotations

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.corpora import corpus as opened
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting

EXIT_UNREVIEWED = 1


@click.command(
    "status",
    help=told(
        "各条规则的审核情况：已审核、未审核、签字失效（何处有改动，前后各是什么）、签字文件被改动。"
        "加 --require reviewed，有一条未经审核即以退出码 1 结束，可作发布的关口。",
        "How far the rules are reviewed: reviewed, not, signature void (what changed, before and"
        " after), signature file edited. With --require reviewed it exits 1 unless all are, so that"
        " a release can wait for it.",
    ),
)
@click.option(
    "--require",
    type=click.Choice(["reviewed"]),
    help=told("不是全部如此则退出码为 1", "exit 1 unless every rule is"),
)
@click.option(
    "--rule", "rules", multiple=True, metavar="RULE", help=told("只看这些规则", "only these rules")
)
@options.corpus_and_signatures
@options.form("text", "json")
@options.verbose
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    require: str | None,
    rules: tuple[str, ...],
    corpus: str,
    signatures: str | None,
    form: str,
    verbose: bool,
    lang: Lang,
) -> None:
    from jingmen_policy.review.status import review_status, status_json
    from jingmen_policy.review.status_text import status_text

    here = setting(ctx)
    found = review_status(opened(here, corpus), signatures, rules or None)
    if form == "json":
        options.print_json(status_json(found))
    else:
        click.echo(status_text(found, here.teller(lang), verbose=verbose or bool(rules)), nl=False)
    if require and not found.reviewed:
        ctx.exit(EXIT_UNREVIEWED)
