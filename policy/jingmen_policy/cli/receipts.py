"""What commands share that keep receipts or read them: the option ``--log``, and what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.main import EXIT_CANNOT_WRITE
from jingmen_policy.cli.options import language
from jingmen_policy.log.place import VARIABLE

if TYPE_CHECKING:
    from jingmen_policy.log.draft import Draft
    from jingmen_policy.log.log import Log

Command = TypeVar("Command", bound=Callable[..., Any])


def log(command: Command, *, required: bool = False) -> Command:
    """``--log``: where the receipts are."""
    return click.option(
        "--log",
        "log",
        metavar="PATH|URL",
        envvar=VARIABLE,
        required=required,
        help=told(
            f"决定记录：SQLite 文件，或 postgresql://…；不写则取环境变量 {VARIABLE}",
            f"the decision log: a file of SQLite's or postgresql://...; else that of {VARIABLE}",
        ),
    )(command)


def the_log(command: Command) -> Command:
    """``--log`` for commands that cannot do without."""
    return log(command, required=True)


@contextmanager
def opened(ctx: click.Context, where: str, *, create: bool = False) -> Iterator[Log]:
    """The log; what it cannot do is told, and ends the command."""
    from jingmen_policy.log.log import Log

    with telling(ctx), Log.open(where, create=create) as found:
        yield found


@contextmanager
def telling(ctx: click.Context) -> Iterator[None]:
    """Tells what a log could not do, and ends the command."""
    from jingmen_policy.log.errors import LogError

    try:
        yield
    except LogError as error:
        click.echo(error.to(language(ctx)), err=True)
        ctx.exit(EXIT_CANNOT_WRITE)


def keep(ctx: click.Context, where: str, draft: Draft, lang: Lang) -> None:
    """Stores a receipt and says its id on standard error."""
    with opened(ctx, where, create=True) as found:
        receipt = found.append(draft)
        said = Said(
            f"回执 {receipt.id}，存于 {found.place}", f"receipt {receipt.id} in {found.place}"
        )
    click.echo(said.to(lang), err=True)
