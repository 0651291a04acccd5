"""What commands share that keep receipts or read them: the option ``--log``, and what fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.main import EXIT_CANNOT_WRITE
from jingmen_policy.cli.options import language
from jingmen_policy.log.place import VARIABLE

if TYPE_CHECKING:
    from jingmen_facts.dossier import Dossier
    from jingmen_policy.judge.finding import Finding
    from jingmen_policy.judge.policy import Policy
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


class Keep(Protocol):
    """Keeps the receipt of a decision."""

    def __call__(
        self,
        policy: Policy,
        dossier: Dossier,
        as_of: date,
        found: Sequence[Finding],
        rules: Sequence[str] | None,
        engine: str,
    ) -> None: ...


@contextmanager
def keeper(ctx: click.Context, where: str | None, lang: Lang) -> Iterator[Keep]:
    """Stores a receipt and says its id on standard error; nothing where no log is configured.

    The log is opened before anything is decided, so that a wrong address costs nothing.
    """
    if where is None:
        yield _keep_none
        return
    from jingmen_policy.log.draft import draft

    with opened(ctx, where, create=True) as log:

        def keep(
            policy: Policy,
            dossier: Dossier,
            as_of: date,
            found: Sequence[Finding],
            rules: Sequence[str] | None,
            engine: str,
        ) -> None:
            receipt = log.append(draft(policy, dossier, as_of, found, rules=rules, engine=engine))
            said = Said(
                f"回执 {receipt.id}，存于 {log.place}", f"receipt {receipt.id} in {log.place}"
            )
            click.echo(said.to(lang), err=True)

        yield keep


def _keep_none(*_: object, **__: object) -> None:
    """No log is configured."""
