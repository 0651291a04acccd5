"""What commands share that keep receipts or read them: the option ``--log``, and what fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from jingmen_facts.problems import Lang, Refused, Said
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.main import EXIT_CANNOT_WRITE
from jingmen_policy.cli.options import language
from jingmen_policy.log.place import VARIABLE, default, needed

if TYPE_CHECKING:
    from jingmen_policy.log.draft import Draft
    from jingmen_policy.log.log import Log

Command = TypeVar("Command", bound=Callable[..., Any])


def _option(command: Command, help_: str, **given: Any) -> Command:
    return click.option("--log", "log", metavar="PATH|URL", envvar=VARIABLE, help=help_, **given)(
        command
    )


def log(command: Command, *, required: bool = False) -> Command:
    """``--log``: where the receipts are."""
    said = told(
        f"决定记录：SQLite 文件，或 postgresql://…；不写则取环境变量 {VARIABLE}，再取默认的文件",
        f"the decision log: a file of SQLite's or postgresql://...; else that of {VARIABLE},"
        " else the usual file",
    )
    return _option(command, said, default=_there, required=required)


def kept(command: Command) -> Command:
    """``--log`` and ``--no-log``: where a receipt of what is judged goes."""
    none = click.option(
        "--no-log", "no_log", is_flag=True, help=told("不留回执", "leave no receipt")
    )
    said = told(
        f"回执存入的决定记录：SQLite 文件，或 postgresql://…；不写则取环境变量 {VARIABLE}，"
        "再取默认的文件（装有 [log] 时）",
        "where the receipt goes: a file of SQLite's or postgresql://...; else that of"
        f" {VARIABLE}, else the usual file (where [log] is installed)",
    )
    return _option(none(command), said)


def chosen(log: str | None, no_log: bool) -> tuple[str, bool] | None:
    """Where a receipt goes, and whether nobody said so; None: nowhere.

    The variable set to nothing says nowhere, as does an installation without the libraries.
    """
    if no_log:
        return None
    if log:
        return log, False
    usual = default()
    if VARIABLE in os.environ or usual is None:
        return None
    try:
        needed()
    except Refused:
        return None
    return str(usual), True


def _there() -> str | None:
    """The usual file, once there is one."""
    usual = default()
    said = VARIABLE in os.environ
    return None if said or usual is None or not usual.is_file() else str(usual)


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


def keep(
    ctx: click.Context, where: str, draft: Draft, lang: Lang, *, unasked: bool = False
) -> None:
    """Stores a receipt and says its id on standard error.

    Where nobody asked for one, what prevents it is told, and the command goes on.
    """
    if unasked:
        _keep_unasked(Path(where), draft, lang)
        return
    with opened(ctx, where, create=True) as found:
        _stored(found, draft, lang)


def _keep_unasked(where: Path, draft: Draft, lang: Lang) -> None:
    from jingmen_policy.log.errors import LogError
    from jingmen_policy.log.log import Log

    try:
        where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Log.open(where, create=True) as found:
            _stored(found, draft, lang)
    except (LogError, Refused, OSError) as error:
        why = error.to(lang) if isinstance(error, LogError) else str(error)
        said = Said(f"没有留下回执：{why}", f"no receipt was left: {why}")
        click.echo(said.to(lang), err=True)


def _stored(log: Log, draft: Draft, lang: Lang) -> None:
    receipt = log.append(draft)
    said = Said(f"回执 {receipt.id}，存于 {log.place}", f"receipt {receipt.id} in {log.place}")
    click.echo(said.to(lang), err=True)
