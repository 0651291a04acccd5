"""``jingmen diff``: two corpora, what they say otherwise and which findings that changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from jingmen_facts.problems import Lang, Problem, Refused
from jingmen_policy.cli import options
from jingmen_policy.cli.corpora import corpus
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import Setting, setting
from jingmen_policy.compare.affected import affected
from jingmen_policy.compare.as_json import diff_json
from jingmen_policy.compare.diff import compare
from jingmen_policy.compare.dossiers import asked_of
from jingmen_policy.compare.model import Asked
from jingmen_policy.compare.parts import parts
from jingmen_policy.compare.text import report
from jingmen_policy.judge.policy import Policy

SCENARIOS = Path("scenarios")
ENGINE = "reference"
"""Many small dossiers are put to few rules: what takes no preparation is quickest."""
EXIT_DIFFERENT = 1
Loaded = TypeVar("Loaded")


@click.command(
    "diff",
    help=told(
        "比较两套规则：哪些规则改了，谁的结论因此改变，从哪一天起，凭哪些事实可见。"
        "BEFORE 和 AFTER 为规则所在文件夹，plan 指所附方案。"
        "不写 --facts 则用 scenarios/ 中相关的案例。有差别时退出码为 1。",
        "Compare two corpora: which rules change, whose findings with them, from which day, on"
        " which facts. BEFORE and AFTER are folders; plan is the one shipped. Without --facts, the"
        " cases in scenarios/ that belong to the rules. Exits 1 where anything differs.",
    ),
)
@click.argument("before")
@click.argument("after")
@click.option(
    "--facts",
    "paths",
    multiple=True,
    metavar="FILE",
    help=told("所用的事实，多个合在一起", "facts to judge, several taken together"),
)
@options.as_of
@options.facts
@options.form("text", "json")
@options.verbose
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    before: str,
    after: str,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    form: str,
    verbose: bool,
    lang: Lang,
) -> None:
    if (use or complete) and not paths:
        raise click.UsageError(
            told("--use、--complete 须与 --facts 同用", "--use, --complete: no --facts")
        )
    here = setting(ctx)
    problems: list[Problem] = []
    policies = [_taken(problems, partial(corpus, here, name)) for name in (before, after)]
    stated = _taken(problems, partial(facts, here, paths, use, complete))
    old, new = policies
    if problems or old is None or new is None or stated is None:
        raise Refused(problems)
    found = compare(
        old, new, stated or cases(old, new), () if as_of is None else (as_of,), engine=ENGINE
    )
    if form == "json":
        options.print_json(diff_json(found))
    else:
        click.echo(report(found, here.teller(lang), verbose=verbose), nl=False)
    if not found.empty:
        ctx.exit(EXIT_DIFFERENT)


def facts(
    here: Setting, paths: tuple[str, ...], use: tuple[str, ...], complete: tuple[str, ...]
) -> list[Asked]:
    """The facts named, as one dossier; none where no file is named."""
    if not paths:
        return []
    opened = here.dossier(paths, use, complete)
    days = () if opened.as_of is None else (opened.as_of,)
    return [Asked(", ".join(paths), opened.dossier, days)]


def cases(before: Policy, after: Policy) -> tuple[Asked, ...]:
    """The cases about the rules that may come out otherwise, where there are scenarios."""
    if not SCENARIOS.is_dir():
        return ()
    changed = parts(before.corpus, after.corpus)
    return asked_of([SCENARIOS], before, after, affected(before.corpus, after.corpus, changed))


def _taken(problems: list[Problem], load: Callable[[], Loaded]) -> Loaded | None:
    """What is loaded; what is wrong with it joins the other problems."""
    try:
        return load()
    except Refused as refused:
        problems.extend(refused.problems)
        return None
