"""``jingmen sql``: the rules of a subject as one SELECT."""

from __future__ import annotations

from datetime import date

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said, unknown_name
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.engines.columnar.dialect import DIALECTS
from jingmen_policy.engines.columnar.frames import kind_named
from jingmen_policy.engines.columnar.select import definitions, select


@click.command(
    "sql",
    help=told(
        "把关于一类对象的规则写成一条 SELECT：每行一个对象，每条规则一列结论。",
        "Print the rules about a kind of subject as one SELECT: a row each, a status per rule.",
    ),
)
@click.argument("kind")
@click.option(
    "--dialect",
    type=click.Choice(DIALECTS),
    default="duckdb",
    show_default=True,
    help=told("数据库", "the database"),
)
@click.option(
    "--complete",
    multiple=True,
    metavar="KIND",
    help=told("表中已全的事实类型，可多次", "a kind the tables hold every instance of; repeatable"),
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    help=told("只取这条规则，可多次", "only this rule; repeatable"),
)
@click.option(
    "--tables", is_flag=True, help=told("另写出所读各表的定义", "also the tables it reads")
)
@options.as_of
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    kind: str,
    dialect: str,
    complete: tuple[str, ...],
    rules: tuple[str, ...],
    tables: bool,
    as_of: date | None,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    corpus = setting(ctx, readings).policy.corpus
    problems: list[Problem] = []

    def known(name: str) -> str:
        wanted, at, fact = name.partition("@")
        found = kind_named(corpus.models, wanted)
        if found is None:
            said = unknown_name(Said("事实类型", "kind of fact"), wanted, list(corpus.models.kinds))
            problems.append(Problem(said))
        return f"{found}{at}{fact}"

    subject, listed = known(kind), [known(name) for name in complete]
    for name in rules:
        if name not in corpus.rules:
            problems.append(Problem(unknown_name(Said("规则", "rule"), name, list(corpus.rules))))
    if problems:
        raise Refused(problems)
    day = corpus.closed(as_of or date.today())
    made = select(corpus, subject, day, dialect, complete=listed, rules=rules or None)
    if tables:
        click.echo(definitions(corpus, made, dialect))
    click.echo(made.text, nl=False)
