"""Options and outputs that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click
from pydantic import TypeAdapter, ValidationError

from jingmen_facts.problems import Lang
from jingmen_facts.scalars import Day
from jingmen_policy.cli.lang import VARIABLE, told
from jingmen_policy.judge.policy import ENGINES

Command = TypeVar("Command", bound=Callable[..., Any])
_LANG = "jingmen.lang"
REGISTER = "register"
_DAY: TypeAdapter[date] = TypeAdapter(Day)


class DayType(click.ParamType[date]):
    """A day, written as facts write it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return _DAY.validate_python(value)
        except ValidationError as error:
            said = error.errors()[0].get("ctx", {})
            self.fail(said[told("zh", "en") if ctx is None else language(ctx)], param, ctx)


def _spoken(ctx: click.Context, _param: click.Parameter, value: Lang) -> Lang:
    ctx.meta[_LANG] = value
    return value


def language(ctx: click.Context) -> Lang:
    """The language of the command that runs, or ran."""
    lang: Lang = ctx.meta.get(_LANG, told("zh", "en"))
    return lang


def lang(command: Command) -> Command:
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        envvar=VARIABLE,
        callback=_spoken,
        is_eager=True,
        help=told("输出语言", "language of the output"),
    )(command)


def as_of(command: Command) -> Command:
    return click.option(
        "--as-of", type=DayType(), help=told("判定日，如 2022-12-31", "the day to judge on")
    )(command)


def engine(command: Command) -> Command:
    return click.option(
        "--engine",
        type=click.Choice(list(ENGINES)),
        default="durable",
        show_default=True,
        help=told("推理引擎", "the engine"),
    )(command)


def form(*choices: str) -> Callable[[Command], Command]:
    """``--format``, the first choice being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help=told("输出格式", "form of the output"),
    )


def verbose(command: Command) -> Command:
    return click.option("-v", "--verbose", is_flag=True, help=told("逐条列出", "list every one"))(
        command
    )


def facts(command: Command) -> Command:
    """``--use`` and ``--complete``, for commands that read facts."""
    command = click.option(
        "--complete",
        multiple=True,
        metavar="KIND[@OWNER]",
        help=told(
            "该类事实已全部列出，如 Station 或 Station@沙洋县",
            "every fact of this kind is stated, everywhere or under one owner",
        ),
    )(command)
    return click.option(
        "--use",
        multiple=True,
        metavar="NAME",
        help=told("所用的背景事实，如 register", "known facts to build on, such as register"),
    )(command)


def known(paths: tuple[str, ...], use: tuple[str, ...]) -> tuple[str, ...]:
    """The backgrounds to use where no facts are given: the register, so that there is something."""
    return use or (() if paths else (REGISTER,))


def _switched(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for one in value:
        name, sign, other = one.partition("=")
        if not (name and sign and other):
            ctx.fail(told(f"应写作 解释=另一解释，不是 {one}", f"expected ID=ALT, not {one}"))
        if chosen.setdefault(name, other) != other:
            ctx.fail(told(f"{name} 写了两种取法", f"two readings are given for {name}"))
    return chosen


def readings(command: Command) -> Command:
    """``--reading ID=ALT``, as a mapping."""
    return click.option(
        "--reading",
        "readings",
        multiple=True,
        metavar="ID=ALT",
        callback=_switched,
        help=told("改取另一解释，可写多项", "put another reading into force; may be repeated"),
    )(command)


def force(command: Command) -> Command:
    """``--force``, for commands that write a file of the user's naming."""
    return click.option(
        "--force", is_flag=True, help=told("已有的文件也覆盖", "write over what is there")
    )(command)


def corpus(command: Command) -> Command:
    """``--corpus``, for commands about rules."""
    return click.option(
        "--corpus",
        default="plan",
        show_default=True,
        metavar="DIR",
        help=told("规则所在文件夹，plan 指所附方案", "the folder of the rules; plan: as shipped"),
    )(command)


def corpus_and_signatures(command: Command) -> Command:
    """``--corpus`` and ``--signatures``, for commands about the review of rules."""
    command = click.option(
        "--signatures",
        metavar="DIR",
        help=told(
            "存放签字的文件夹；不写则取环境变量 JINGMEN_SIGNATURES，再不然为规则旁的 signatures",
            "the folder of the signatures; else that of JINGMEN_SIGNATURES, else 'signatures'"
            " beside the rules",
        ),
    )(command)
    return corpus(command)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
