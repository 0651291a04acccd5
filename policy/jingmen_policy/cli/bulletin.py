"""``jingmen bulletin``: how far counties and stations are, as a circular and checklists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting


@click.command(
    "bulletin",
    help=told(
        "汇总进度通报：各县（市、区）、各年度的建站数对照附件和比例，名次，图，期限，各社工站的清单。"
        "FACTS 同 jingmen judge；不写则只有名册，什么都不知道。\n\n"
        "不写 --out 的，在终端列出。",
        "Sum up progress: stations by county and year against the annex and the shares, ranks,"
        " charts, deadlines and a checklist for each station. FACTS as for jingmen judge; without"
        " any there is only the register, and nothing is known.\n\n"
        "Without --out it is told in the terminal.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[FACTS]...")
@options.as_of
@options.facts
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=told("写成 .html 或 .docx", "write it as .html or .docx"),
)
@options.force
@click.option(
    "--county",
    metavar="NAME",
    help=told("只列这个县（市、区）的社工站清单", "only the checklists of this county"),
)
@options.engine
@options.form("text", "json")
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    out: Path | None,
    force: bool,
    county: str | None,
    engine: str,
    form: str,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    from jingmen_policy.office.bulletin.build import bulletin

    if out is not None:
        from jingmen_policy.office.bulletin.write import SUFFIXES
        from jingmen_policy.office.put import refuse_unfit

        refuse_unfit(out, force=force, suffixes=SUFFIXES)
    here = setting(ctx, readings)
    opened = here.dossier(paths, options.known(paths, use), complete)
    day = as_of or opened.as_of or date.today()
    made = bulletin(
        here.policy, opened.dossier, day, county=county, engine=engine, notes=opened.notes
    )
    size = 0
    if out is not None:
        from jingmen_policy.office.bulletin.write import written
        from jingmen_policy.office.put import put_bytes

        content = written(made, here.policy.models, out.suffix.lower(), lang)
        put_bytes(content, out)
        size = len(content)
    if form == "json":
        from jingmen_policy.office.bulletin.as_json import bulletin_json

        options.print_json(bulletin_json(made))
        return
    teller = here.teller(lang)
    if out is not None:
        said = teller.say(f"已写出 {out}（{size:,} 字节）", f"wrote {out} ({size:,} bytes)")
        click.echo(said)
        return
    from jingmen_policy.office.bulletin.plain import plain
    from jingmen_policy.office.bulletin.told import told as telling

    click.echo(plain(telling(made, teller)))
