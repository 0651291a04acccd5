"""``jingmen log``: make a decision log, look into it, see whether it was tampered with."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.cli import options, receipts
from jingmen_policy.cli.lang import told
from jingmen_policy.judge.layout import table
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.log.verify import Verified

EXIT_BROKEN = 1
_FIELDS = {
    "id": Said("编号", "id"),
    "time": Said("时间", "time"),
    "corpus": Said("规则库", "corpus"),
    "corpus_sha256": Said("规则库哈希", "corpus hash"),
    "readings": Said("改取的解释", "readings"),
    "as_of": Said("判定日", "as of"),
    "rules": Said("所用规则", "rules"),
    "input_sha256": Said("输入哈希", "input hash"),
    "findings_sha256": Said("结论哈希", "findings hash"),
    "engine": Said("引擎", "engine"),
    "package": Said("程序版本", "jingmen-policy"),
    "previous": Said("上一份哈希", "previous hash"),
    "hash": Said("本份哈希", "hash"),
}


@click.group(
    "log",
    help=told(
        "决定记录：每次判定的回执，只追加、不改动，一份接一份锁成链。",
        "The decision log: a receipt of every decision, appended, never changed, chained.",
    ),
)
def command() -> None:
    pass


@command.command("init", help=told("建立决定记录", "make a decision log"))
@receipts.the_log
@options.lang
@click.pass_context
def init(ctx: click.Context, log: str, lang: Lang) -> None:
    with receipts.opened(ctx, log, create=True) as found:
        head = found.head().text
        said = Said(
            f"决定记录在 {found.place}，末端 {head}", f"decision log in {found.place}, head {head}"
        )
    click.echo(said.to(lang))


@command.command(
    "upgrade",
    help=told(
        "升级旧版本的决定记录；回执一份不动",
        "bring the tables of an older log up to date; no receipt is touched",
    ),
)
@receipts.the_log
@options.lang
@click.pass_context
def upgrade(ctx: click.Context, log: str, lang: Lang) -> None:
    from jingmen_policy.log.log import Log

    with receipts.telling(ctx):
        before, now = Log.upgrade(log)
    if before == now:
        said = Said(f"已是最新版本 {now}", f"up to date already: version {now}")
    else:
        said = Said(f"由版本 {before} 升到 {now}", f"upgraded from version {before} to {now}")
    click.echo(said.to(lang))


@command.command(
    "verify",
    help=told(
        "通查全部回执：有改动、缺失、插入、调换的逐一指出，退出码 1。尾部是否被截去，"
        "单凭链看不出来，要用 --head 与从前记下的末端（jingmen log head）比对。",
        "Read every receipt; name each that was changed, is missing, was inserted or swapped, and"
        " exit 1. A chain alone cannot show that its tail was cut: compare with a head noted before"
        " (jingmen log head) by --head.",
    ),
)
@click.option(
    "--head",
    metavar="NUMBER-HASH",
    help=told("从前记下的末端或回执编号", "a head noted before, or a receipt's id"),
)
@receipts.the_log
@options.form("text", "json")
@options.lang
@click.pass_context
def verify(ctx: click.Context, head: str | None, log: str, form: str, lang: Lang) -> None:
    with receipts.opened(ctx, log) as opened:
        found = opened.verify(head)
    if form == "json":
        from jingmen_policy.log.as_json import verify_json

        options.print_json(verify_json(found))
    else:
        click.echo("\n".join(_verified(found, lang)))
    if not found.whole:
        ctx.exit(EXIT_BROKEN)


def _verified(found: Verified, lang: Lang) -> list[str]:
    lines = [one.said.to(lang) for one in found.broken]
    if found.more:
        lines.append(
            Said(f"……另有 {found.more} 处", f"... and {found.more} more problems").to(lang)
        )
    state = Said("完好", "whole") if found.whole else Said("不完好", "NOT whole")
    lines.append(
        Said(
            f"{state.zh}：{found.receipts} 份回执，末端 {found.head.text}",
            f"{state.en}: {found.receipts} receipts, head {found.head.text}",
        ).to(lang)
    )
    if found.after is not None:
        said = Said(
            f"记下的末端在其中，其后又有 {found.after} 份",
            f"the noted head is in it, with {found.after} receipts after it",
        )
        lines.append(said.to(lang))
    elif found.whole:
        said = Said(
            "没有与记下的末端比对：尾部若被截去，单凭链看不出来（--head）",
            "not compared with a noted head: a chain alone cannot show a cut tail (--head)",
        )
        lines.append(said.to(lang))
    return lines


@command.command(
    "head",
    help=told(
        "写出末端：把它记在别处，日后可查记录有没有被截去或改写",
        "print the head: noted elsewhere, it shows later whether the log was cut or rewritten",
    ),
)
@receipts.the_log
@options.lang
@click.pass_context
def head(ctx: click.Context, log: str, lang: Lang) -> None:
    del lang  # the head is the same in both
    with receipts.opened(ctx, log) as opened:
        click.echo(opened.head().text)


@command.command("list", help=told("列出回执，新的在后", "list receipts, the newest last"))
@click.option(
    "--since", type=options.DayType(), help=told("自这一天起", "from this day on, local time")
)
@click.option(
    "--until",
    type=options.DayType(),
    help=told("到这一天止，含当天", "up to and including this day, local time"),
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help=told("最多列最新的几份", "at most so many, the newest"),
)
@receipts.the_log
@options.form("text", "json")
@options.lang
@click.pass_context
def list_(
    ctx: click.Context,
    since: date | None,
    until: date | None,
    limit: int,
    log: str,
    form: str,
    lang: Lang,
) -> None:
    with receipts.opened(ctx, log) as opened:
        newest = opened.receipts(
            since=None if since is None else _midnight(since),
            until=None if until is None else _midnight(until + timedelta(days=1)),
            limit=limit,
            newest=True,
        )
        found = list(newest)[::-1]
    if form == "json":
        from jingmen_policy.log.as_json import receipts_json

        options.print_json(receipts_json(found))
        return
    names = ("id", "time", "as_of", "input_sha256", "findings_sha256", "engine", "rules")
    rows = [[_FIELDS[name].to(lang) for name in names]]
    rows.extend([_cell(one, name, lang, short=True) for name in names] for one in found)
    click.echo("\n".join(table(rows)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min).astimezone()


@command.command("show", help=told("显示一份回执", "show one receipt"))
@click.argument("receipt", metavar="RECEIPT")
@receipts.the_log
@options.form("text", "json")
@options.lang
@click.pass_context
def show(ctx: click.Context, receipt: str, log: str, form: str, lang: Lang) -> None:
    with receipts.opened(ctx, log) as opened:
        found = opened.get(receipt)
    if form == "json":
        from jingmen_policy.log.receipt import receipt_json

        options.print_json(receipt_json(found))
        return
    rows = [[said.to(lang), _cell(found, name, lang)] for name, said in _FIELDS.items()]
    click.echo("\n".join(table(rows)))


def _cell(receipt: Receipt, name: str, lang: Lang, *, short: bool = False) -> str:
    value = getattr(receipt, name)
    if name == "time":
        return str(receipt.time.astimezone().isoformat(" ", timespec="seconds"))
    if name == "rules":
        every = Said("全部", "all").to(lang)
        return every if receipt.rules is None else " ".join(receipt.rules)
    if name == "readings":
        changed = [f"{one}={other}" for one, other in receipt.readings.items()]
        return " ".join(changed) or Said("无", "none").to(lang)
    return str(value)[:16] if short and name.endswith("sha256") else str(value)
