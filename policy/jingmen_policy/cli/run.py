"""``jingmen run``: scenario files, each case judged and compared with what it expects."""

from __future__ import annotations

from datetime import date

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.progress import Progress
from jingmen_policy.cli.setting import setting
from jingmen_policy.scenario import report_json, report_junit, report_text
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.run import run_scenarios

EXIT_DIFFERENT = 1


@click.command(
    "run",
    help=told(
        "运行案例文件或文件夹（默认 scenarios/），把结论与预期比较。",
        "Run scenario files or folders (scenarios/ by default) and compare with what they expect.",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.as_of
@options.engine
@options.form("text", "json", "junit")
@options.verbose
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date | None,
    engine: str,
    form: str,
    verbose: bool,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    here = setting(ctx, readings)
    scenarios = read_scenarios(
        paths or ("scenarios",), here.policy.corpus, backgrounds=here.backgrounds, as_of=as_of
    )
    progress = Progress(len(scenarios))
    ran = run_scenarios(
        here.policy, scenarios, engine=engine, after=lambda one: progress.step(one.source)
    )
    progress.clear()
    if form == "json":
        options.print_json(report_json.report(ran, here.mark, engine))
    elif form == "junit":
        click.echo(report_junit.report(ran, here.teller(lang)), nl=False)
    else:
        click.echo(report_text.report(ran, here.teller(lang), verbose=verbose), nl=False)
    if any(outcome.differences for one in ran for outcome in one.outcomes):
        ctx.exit(EXIT_DIFFERENT)
