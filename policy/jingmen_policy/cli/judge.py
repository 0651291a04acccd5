"""``jingmen judge``: facts without expectations, every rule put to them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.judge.as_json import findings_json
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.obligations import counted, obligations


@click.command(
    "judge",
    help=told(
        "对事实作出结论。FACTS 为 YAML、JSON、CSV 文件或 CSV 表格文件夹，多个合在一起判定。",
        "Judge facts. FACTS are YAML, JSON or CSV files or folders of CSV tables, taken together.",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="FACTS...")
@options.as_of
@options.facts
@click.option("--rule", "rules", multiple=True, help=told("只用这条规则", "put only this rule"))
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in Status]),
    help=told("只列这种结论", "show only findings of this status"),
)
@options.engine
@options.form("text", "json")
@options.verbose
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    rules: tuple[str, ...],
    statuses: tuple[str, ...],
    engine: str,
    form: str,
    verbose: bool,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    here = setting(ctx, readings)
    opened = here.dossier(paths, use, complete)
    day = as_of or opened.as_of or date.today()
    found = here.policy.judge(opened.dossier, day, rules=rules or None, engine=engine)
    if statuses:
        found = tuple(finding for finding in found if finding.status.value in statuses)
    if form == "json":
        options.print_json(findings_json(here.mark, day, engine, found, opened.notes))
        return
    teller = here.teller(lang)
    counts = counted(Counter(finding.status for finding in found), teller)
    lines = [
        f"{here.policy.corpus.title.to(lang)} | {teller.say('判定日', 'as of')} {day}",
        *(note.to(lang) for note in opened.notes),
        *obligations(found, teller, every=verbose),
        teller.say(f"共 {len(found)} 条结论：{counts}", f"{len(found)} findings: {counts}"),
    ]
    click.echo("\n".join(lines))
