"""``jingmen ticks``: verdicts on boundary cards read back, compared and kept as scenarios."""

from __future__ import annotations

from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.review.tick_cases import apply, write
from jingmen_policy.review.tick_report import ticks_json, ticks_text
from jingmen_policy.review.ticks import read_ticks

EXIT_DIFFERENT = 1


@click.command(
    "ticks",
    help=told(
        "读回审核人对边界案例的判断，与规则的结论比较；用 --out 写成案例文件，由 jingmen run 运行。"
        "有不一致时退出码为 1。",
        "Read back a reviewer's verdicts on boundary cards and compare them with what the rules"
        " say; --out writes them as scenario files for jingmen run. Exits 1 where they disagree.",
    ),
)
@click.argument("file")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help=told("案例文件写入的文件夹", "the folder to write scenario files to"),
)
@options.engine
@options.form("text", "json")
@options.lang
@click.pass_context
def command(
    ctx: click.Context, file: str, out: Path | None, engine: str, form: str, lang: Lang
) -> None:
    here = setting(ctx)
    read = read_ticks(file, here.policy)
    applied = apply(read, here.policy, engine)
    written: tuple[str, ...] = ()
    if out is not None:
        write(applied.files, out)
        written = tuple(str(out / name) for name in applied.files)
    if form == "json":
        options.print_json(ticks_json(read, applied, here.mark, written))
    else:
        click.echo(ticks_text(read, applied, here.teller(lang), written), nl=False)
    if applied.disagreements:
        ctx.exit(EXIT_DIFFERENT)
