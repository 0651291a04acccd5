"""``jingmen calendar``: deadlines as an .ics file that calendars import."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting

SUFFIX = ".ics"


@click.command(
    "calendar",
    help=told(
        "把期限写成日程：方案写明的日期、每年的评估、服务协议的到期和续签、各责任主体要办的事。"
        "再次导入即更新，不会重复；逢周末的标明，不顺延。FACTS 同 jingmen judge；不写则只有名册。",
        "Write the deadlines as a calendar: the days the plan fixes, yearly assessments, the ends"
        " of service agreements, what each bearer has to do. Importing it again updates it;"
        " weekends are flagged, never shifted. FACTS as for jingmen judge; without any there is"
        " only the register.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[FACTS]...")
@options.as_of
@options.facts
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="ICS",
    help=told("写到哪里", "where to write it"),
)
@options.force
@click.option(
    "--bearer",
    metavar="NAME",
    help=told(
        "只要这个责任主体的：沙洋县、沙洋县/沙洋镇，或者一种主体，如 市民政局",
        "only what this one bears: a county with its townships, one of them, or a role",
    ),
)
@click.option(
    "--replaces",
    type=click.Path(path_type=Path),
    metavar="ICS",
    help=told(
        "上一次写出的日程：编号接着它，它有而这次没有的标为取消",
        "the calendar written before: what it had and this one has not is marked cancelled",
    ),
)
@options.engine
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    out: Path,
    force: bool,
    bearer: str | None,
    replaces: Path | None,
    engine: str,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    from jingmen_policy.office.calendar.build import diary
    from jingmen_policy.office.calendar.earlier import after
    from jingmen_policy.office.calendar.ics import PRODUCT, ics
    from jingmen_policy.office.put import put_bytes, refuse_unfit

    refuse_unfit(out, force=force, suffixes=(SUFFIX,))
    here = setting(ctx, readings)
    opened = here.dossier(paths, options.known(paths, use), complete)
    day = as_of or opened.as_of or date.today()
    teller = here.teller(lang)
    made = diary(here.policy, opened.dossier, day, teller, bearer=bearer, engine=engine)
    if replaces is not None:
        made = after(made, replaces, PRODUCT)
    put_bytes(ics(made), out)
    number, gone = len(made.entries), len(made.cancelled)
    said = teller.say(f"已写出 {out}：{number} 项日程", f"wrote {out}: {number} entries")
    if gone:
        said += teller.say(f"，取消 {gone} 项", f", {gone} cancelled")
    click.echo(said)
    for note in (*opened.notes, *_without_a_day(made.undated, made.standing)):
        click.echo(note.to(lang), err=True)


def _without_a_day(undated: int, standing: int) -> tuple[Said, ...]:
    """What has no entry, because there is no day to put it on."""
    said = []
    if undated:
        said.append(
            Said(
                f"原文没有写明期限的 {undated} 条结论不作日程",
                f"{undated} findings have no entry: the text names no day",
            )
        )
    if standing:
        said.append(
            Said(
                f"持续适用、没有截止日的 {standing} 条结论不作日程",
                f"{standing} findings have no entry: they bind always",
            )
        )
    return tuple(said)
