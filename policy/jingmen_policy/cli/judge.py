"""``jingmen judge``: facts without expectations, every rule put to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options, receipts
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.judge.as_json import findings_json
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.obligations import counted, obligations


@click.command(
    "judge",
    help=told(
        "对事实作出结论。FACTS 为 YAML、JSON、CSV 文件、Excel 台账或 CSV 表格文件夹，"
        "多个合在一起判定。",
        "Judge facts. FACTS are YAML, JSON or CSV files, Excel workbooks or folders of CSV tables, "
        "taken together.",
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
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="XLSX",
    help=told(
        "另存一份台账，结论写在各行右边（FACTS 中须有且只有一本 .xlsx）",
        "copy the workbook among FACTS, with the findings beside its rows",
    ),
)
@options.force
@options.engine
@options.form("text", "json")
@options.verbose
@options.readings
@receipts.kept
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
    out: Path | None,
    force: bool,
    engine: str,
    form: str,
    verbose: bool,
    readings: dict[str, str],
    log: str | None,
    no_log: bool,
    lang: Lang,
) -> None:
    here = setting(ctx, readings)
    source = None if out is None else _one_workbook(paths, out, force)
    opened = here.dossier(paths, use, complete)
    day = as_of or opened.as_of or date.today()
    found = here.policy.judge(opened.dossier, day, rules=rules or None, engine=engine)
    to = receipts.chosen(log, no_log)
    if to is not None:  # stored before any of it is told
        from jingmen_policy.log.draft import draft

        made = draft(here.policy, opened.dossier, day, found, rules=rules or None, engine=engine)
        where, unasked = to
        receipts.keep(ctx, where, made, lang, unasked=unasked)
    notes = opened.notes
    if out is not None and source is not None:
        from jingmen_policy.office.results import write_results

        title = here.policy.corpus.title
        notes += tuple(write_results(source, out, found, here.policy.models, day, title))
        notes += (Said(f"结论已写入 {out}", f"findings written to {out}"),)
    if statuses:
        found = tuple(finding for finding in found if finding.status.value in statuses)
    if form == "json":
        options.print_json(findings_json(here.mark, day, engine, found, notes))
        return
    teller = here.teller(lang)
    counts = counted(Counter(finding.status for finding in found), teller)
    lines = [
        f"{here.policy.corpus.title.to(lang)} | {teller.say('判定日', 'as of')} {day}",
        *(note.to(lang) for note in notes),
        *obligations(found, teller, every=verbose),
        teller.say(f"共 {len(found)} 条结论：{counts}", f"{len(found)} findings: {counts}"),
    ]
    click.echo("\n".join(lines))


def _one_workbook(paths: Sequence[str], out: Path, force: bool) -> Path:
    """The workbook among the facts, whose copy takes the findings. Raises Refused."""
    from jingmen_facts.reading.workbook import needed
    from jingmen_facts.reading.workbook_file import SUFFIX

    needed()
    from jingmen_policy.office.put import refuse_unfit

    books = [Path(path) for path in paths if path.lower().endswith(SUFFIX)]
    if len(books) != 1:
        said = Said(
            f"--out 要写在一本台账旁边，FACTS 中有 {len(books)} 本 .xlsx",
            f"--out copies one workbook; there are {len(books)} .xlsx files among FACTS",
        )
        raise Refused([Problem(said)])
    refuse_unfit(out, force=force, kept=books[0])
    return books[0]
