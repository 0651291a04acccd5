"""``jingmen bulk``: folders of tables put to every rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.bulk import Run, run
from jingmen_policy.bulk.receipt import RECEIPT
from jingmen_policy.bulk.run import MEMORY, PART_ROWS
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.progress import Progress
from jingmen_policy.cli.setting import setting


@click.command(
    "bulk",
    help=told(
        "对文件夹 IN 中的各表（社工站.parquet、ResidentWorker.csv……）逐条作出结论，写入 OUT："
        "verdicts 每类对象一表、每条规则一列，violations 逐条列出未达标的，"
        "receipt.json 记录这次运行。"
        "中断后再运行即接着做。",
        "Put the tables of folder IN to every rule and write into OUT: verdicts, a column for each "
        "rule; violations, a row each; receipt.json. A run that was stopped goes on where it was.",
    ),
)
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
@options.facts
@click.option(
    "--rule",
    "rules",
    multiple=True,
    help=told("只判断这条规则，可多次", "only this rule; repeatable"),
)
@click.option(
    "--cluster",
    is_flag=False,
    flag_value="local",
    default="",
    metavar="ADDRESS",
    help=told(
        "由 Dask 集群运行；不写地址则在本机起两个工作进程",
        "run on a Dask cluster; without an address, on two workers here",
    ),
)
@click.option("--again", is_flag=True, help=told("从头再来，不接着做", "start anew"))
@click.option("--memory", default=MEMORY, show_default=True, help=told("内存上限", "memory limit"))
@click.option(
    "--part-rows",
    type=click.IntRange(1),
    default=PART_ROWS,
    show_default=True,
    help=told("每一部分约多少个对象", "subjects in a part, about"),
)
@click.option("--threads", type=click.IntRange(1), help=told("线程数", "threads"))
@options.as_of
@options.readings
@options.form("text", "json")
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    out: Path,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    rules: tuple[str, ...],
    cluster: str,
    again: bool,
    memory: str,
    part_rows: int,
    threads: int | None,
    as_of: date | None,
    readings: dict[str, str],
    form: str,
    lang: Lang,
) -> None:
    asked = Run(
        setting(ctx, readings).policy,
        source,
        out,
        as_of or date.today(),
        use=use,
        complete=complete,
        rules=rules or None,
        part_rows=part_rows,
        memory=memory,
        threads=threads,
    )
    progress = Progress(0)

    def total(number: str) -> None:
        progress.total = int(number)

    receipt = run(asked, again=again, cluster=cluster, step=progress.step, total=total)
    progress.clear()
    if form == "json":
        options.print_json(RECEIPT.dump_python(receipt, mode="json"))
        return
    rows = sum(one.rows for one in receipt.outputs if one.file.startswith("verdicts/"))
    click.echo(
        Said(
            f"{rows} 个对象，{receipt.violations} 项未达标或待说明；结果在 {out}",
            f"{rows} subjects, {receipt.violations} violations; results in {out}",
        ).to(lang)
    )
