"""``jingmen explain``: one rule and one subject, why and why not, down to the facts."""

from __future__ import annotations

from datetime import date

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.judge.as_json import findings_json


@click.command(
    "explain",
    help=told(
        "说明规则 RULE 对 SUBJECT 的结论：比较了什么、依据哪些事实、还缺什么。",
        "Explain what RULE comes to for SUBJECT: values compared, facts used, what is missing.",
    ),
)
@click.argument("rule")
@click.argument("subject")
@click.argument("paths", nargs=-1, required=True, metavar="FACTS...")
@options.as_of
@options.facts
@options.engine
@options.form("text", "json")
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    rule: str,
    subject: str,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    engine: str,
    form: str,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    here = setting(ctx, readings)
    opened = here.dossier(paths, use, complete)
    day = as_of or opened.as_of or date.today()
    found = here.policy.explain(rule, subject, opened.dossier, day, engine=engine)
    if form == "json":
        options.print_json(findings_json(here.mark, day, engine, found, opened.notes))
        return
    teller = here.teller(lang)
    click.echo("\n\n".join("\n".join(teller.explained(finding, day)) for finding in found))
