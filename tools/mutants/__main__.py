"""``make mutants``: try every mutant of every rule, or of the rules named."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Said, unknown_name
from jingmen_policy import Policy
from jingmen_policy.cli.progress import Progress
from tools.mutants import kill, register, report
from tools.mutants.changes import owners

SCENARIOS = Path(__file__).resolve().parent.parent.parent / "scenarios"


@click.command(help="Try every one-place change of RULES (all of them by default).")
@click.argument("rules", nargs=-1)
@click.option("--scenarios", type=click.Path(path_type=Path), default=SCENARIOS)
@click.option("--processes", type=int, default=os.cpu_count() or 1)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
def main(rules: tuple[str, ...], scenarios: Path, processes: int, form: str, lang: Lang) -> None:
    known = owners(Policy.load().corpus)
    for one in rules:
        if one not in known:
            said = unknown_name(Said("规则", "rule"), one, known)
            raise click.BadParameter(said.to(lang))
    kill.court((scenarios,))  # refused here, in full, rather than in every process
    chosen = [owner for owner in known if not rules or owner in rules]
    reasons = register.on_record()
    tried: dict[str, list[kill.Tried]] = {}
    progress = Progress(len(chosen))
    for owner, found in zip(chosen, kill.tried(chosen, (scenarios,), processes), strict=True):
        tried[owner] = found
        progress.step(owner)
    progress.clear()
    everything = [one for found in tried.values() for one in found]
    stale = [*register.stale(reasons, everything, chosen)]
    if form == "json":
        click.echo(json.dumps(report.as_json(tried, reasons, stale), ensure_ascii=False, indent=2))
    else:
        for line in report.as_text(tried, reasons, stale, lang):
            click.echo(line)
    sys.exit(1 if stale or any(report.survivors(everything, reasons)) else 0)


if __name__ == "__main__":
    main()
