"""``jingmen workbook``: an Excel workbook to fill in, the townships in it already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting


@click.command(
    "workbook",
    help=told(
        "写出一本 Excel 台账，乡镇（街道）已经填好，其余空着等填；填好后交给 jingmen judge。"
        "另写 FACTS 的，把其中的事实也填进去。",
        "Write an Excel workbook to fill in, the townships in it already, for jingmen judge to "
        "read. What FACTS state is filled in as well.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[FACTS]...")
@click.option("--county", default="", help=told("只写这一个县（市、区）", "only this county"))
@click.option(
    "--use",
    default=options.REGISTER,
    show_default=True,
    metavar="NAME",
    help=told("所用的名册", "the register to build on"),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="XLSX",
    help=told("写到哪里", "where to write it"),
)
@options.force
@options.as_of
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    county: str,
    use: str,
    out: Path,
    force: bool,
    as_of: date | None,
    lang: Lang,
) -> None:
    from jingmen_facts.reading.workbook import needed

    needed()
    from jingmen_policy.office.ledger import write_ledger
    from jingmen_policy.office.put import refuse_unfit

    refuse_unfit(out, force=force)
    here = setting(ctx)
    opened = here.dossier(paths, [use]) if paths else None
    day = as_of or (opened.as_of if opened is not None else None)
    written = write_ledger(
        here.policy.corpus,
        here.backgrounds,
        out,
        use=use,
        county=county,
        stated=opened.dossier if opened is not None else None,
        as_of=day,
    )
    say = here.teller(lang).say
    counts = say("，", ", ").join(
        f"{table.kind.ledger} {len(table.rows)}" for table in written.tables
    )
    click.echo(say(f"已写出 {out}：{counts}", f"wrote {out}: {counts}"))
