"""``jingmen token``: who may ask a service that others can reach."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.judge.layout import table

FILE = click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help=told("令牌文件，没有即新建", "the file of tokens; made where there is none"),
)


@click.group("token", help=told("服务的令牌。", "Tokens of the service."))
def command() -> None:
    pass


@command.command(
    "new",
    help=told(
        "新建令牌：密文只显示这一次，文件中只存其哈希。",
        "Make a token: its secret is shown this once, the file keeps only a hash.",
    ),
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    type=click.Choice(["read", "judge", "admin"]),
    help=told("可写多项", "repeatable"),
)
@click.option(
    "--expires",
    type=options.DayType(),
    required=True,
    help=told("最后有效日（UTC）", "the last day it is good for (UTC)"),
)
@click.option("--note", default="", help=told("给谁用", "whose it is"))
@FILE
@options.lang
def new(scopes: tuple[str, ...], expires: date, note: str, file: Path, lang: Lang) -> None:
    _needed()
    from jingmen_policy.service.tokens import add_token

    made = add_token(file, scopes, expires, note)
    click.echo(made.secret)


@command.command("list", help=told("列出令牌。", "List the tokens."))
@FILE
@options.lang
def listed(file: Path, lang: Lang) -> None:
    _needed()
    from jingmen_policy.service.tokens import read_tokens

    rows = [
        [token.id, "、".join(token.scopes), token.expires.isoformat(), token.note]
        for token in read_tokens(file).tokens
    ]
    click.echo("\n".join(table(rows)))


@command.command("revoke", help=told("作废一个令牌。", "Withdraw a token."))
@click.argument("identity", metavar="ID")
@FILE
@options.lang
def revoke(identity: str, file: Path, lang: Lang) -> None:
    _needed()
    from jingmen_policy.service.tokens import read_tokens, without, write_tokens

    write_tokens(file, without(read_tokens(file).tokens, identity))
    click.echo({"zh": f"已作废 {identity}", "en": f"withdrawn: {identity}"}[lang])


def _needed() -> None:
    from jingmen_policy.service.needed import needed

    needed()
