"""``jingmen serve``: the rules over HTTP, on this machine unless tokens are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting

LOG = "jingmen-log.sqlite"
"""The log where none is named, in the folder the command runs in."""


@click.command(
    "serve",
    help=told(
        "提供 HTTP 服务。默认只在本机；其他地址须有令牌文件（jingmen token new）。",
        "Serve over HTTP. On this machine only, unless there is a file of tokens.",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help=told("地址", "address"))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help=told("端口，0 为任意空闲端口", "port; 0: any that is free"),
)
@click.option(
    "--log",
    "log",
    metavar="URL",
    help=told(f"决定记录，默认 {LOG}", f"the decision log; {LOG} unless named"),
)
@click.option("--no-log", is_flag=True, help=told("不留回执", "leave no receipts"))
@click.option(
    "--tokens",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=told("令牌文件；有它即须带令牌", "file of tokens; with it, a token is needed"),
)
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    metavar="NAME=DIR",
    help=told("另外提供的规则库，可写多项", "a further corpus to serve; repeatable"),
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help=told("另外接受的主机名，如反向代理的", "a further host name to answer to"),
)
@click.option(
    "--max-body",
    type=click.IntRange(1),
    metavar="BYTES",
    help=told("请求最多多少字节", "bytes a request may have"),
)
@click.option(
    "--drain",
    type=click.FloatRange(0),
    default=0.0,
    metavar="SECONDS",
    help=told("停止前先报未就绪多少秒", "seconds of not being ready before it stops"),
)
@click.option(
    "--log-facts",
    is_flag=True,
    help=told("服务日志中写出请求内容（含个人信息）", "write what is sent into the service's log"),
)
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    host: str,
    port: int,
    log: str | None,
    no_log: bool,
    tokens: Path | None,
    corpora: tuple[str, ...],
    hosts: tuple[str, ...],
    max_body: int | None,
    drain: float,
    log_facts: bool,
    lang: Lang,
) -> None:
    from jingmen_policy.service.needed import needed

    needed()
    from jingmen_policy.engines.compiled.store import VARIABLE as STORE
    from jingmen_policy.service.app import create_app
    from jingmen_policy.service.lifecycle import serve
    from jingmen_policy.service.settings import Limits, Settings

    if no_log and log is not None:
        said = Said("--log 与 --no-log 只能写一个", "--log and --no-log exclude each other")
        raise Refused([Problem(said)])
    settings = Settings(
        host=host,
        port=port,
        corpora=_named(corpora),
        log=None if no_log else log or LOG,
        tokens=tokens,
        hosts=hosts,
        log_facts=log_facts,
        drain=drain,
        limits=Limits() if max_body is None else Limits(body=max_body),
    )
    # Code of whichever days are asked for is made in a moment; it need not fill the disk.
    os.environ.setdefault(STORE, "")
    here = setting(ctx)
    kept = Said(f"回执存于 {settings.log}", f"receipts go to {settings.log}")
    if settings.log is None:
        kept = Said("不留回执", "no receipts are kept")

    def told_where(url: str) -> None:
        said = Said(f"服务已就绪：{url}（{kept.zh}）", f"ready: {url} ({kept.en})")
        click.echo(said.to(lang))

    serve(create_app(settings, policy=here.policy), settings, told_where)


def _named(corpora: tuple[str, ...]) -> dict[str, Path]:
    from jingmen_policy.service.settings import corpus_named

    found: dict[str, Path] = {}
    problems: list[Problem] = []
    for one in corpora:
        try:
            name, folder = corpus_named(one)
        except Refused as refused:
            problems.extend(refused.problems)
            continue
        if found.setdefault(name, folder) != folder:
            said = Said(f"“{name}”写了两次", f"'{name}' is named twice")
            problems.append(Problem(said, field="--corpus"))
    if problems:
        raise Refused(problems)
    return found
