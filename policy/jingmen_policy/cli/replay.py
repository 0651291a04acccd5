"""``jingmen replay``: decide again what a receipt is of, and say whether the answer is the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options, receipts
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.log.place import VARIABLE
from jingmen_policy.log.receipt import Receipt, read_receipt
from jingmen_policy.log.replay import Replayed, Side, replay, replay_json

EXIT_DIFFERENT = 1
_MOST = 1_000_000


@click.command(
    "replay",
    help=told(
        "按一份回执重新判定：同一天、同样的解释和规则。RECEIPT 为决定记录中的编号，或"
        " jingmen log show --format json 写出的文件；FACTS 为当时所判的事实。"
        "答案相同退出码 0，否则指明何处不同，退出码 1。",
        "Decide again as a receipt says: its day, readings and rules. RECEIPT is an id in the log"
        " or a file from jingmen log show --format json; FACTS are those that were judged. Exits 0"
        " if the answer is the same; else says what is different, and exits 1.",
    ),
)
@click.argument("receipt", metavar="RECEIPT")
@click.argument("paths", nargs=-1, required=True, metavar="FACTS...")
@options.facts
@receipts.log
@options.form("text", "json")
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    receipt: str,
    paths: tuple[str, ...],
    use: tuple[str, ...],
    complete: tuple[str, ...],
    log: str | None,
    form: str,
    lang: Lang,
) -> None:
    kept = _kept(ctx, receipt, log)
    here = setting(ctx)
    opened = here.dossier(paths, use, complete)
    found = replay(here.policy, kept, opened.dossier)
    if form == "json":
        options.print_json(replay_json(found))
    else:
        click.echo("\n".join(line.to(lang) for line in _told(found, kept)))
    if not found.same:
        ctx.exit(EXIT_DIFFERENT)


def _kept(ctx: click.Context, receipt: str, log: str | None) -> Receipt:
    """The receipt in a file, or of an id. Raises Refused."""
    file = Path(receipt)
    if receipt.lower().endswith(".json") or file.is_file():
        try:
            with file.open("rb") as opened:
                text = opened.read(_MOST)
        except OSError as error:
            why = error.strerror or str(error)
            raise Refused(
                [Problem(Said(f"无法读取：{why}", f"cannot be read: {why}"), receipt)]
            ) from None
        return read_receipt(text, receipt)
    if log is None:
        said = Said(
            f"写的是编号，须用 --log 或环境变量 {VARIABLE} 指明决定记录",
            f"an id needs the decision log it is in: --log, or {VARIABLE}",
        )
        raise Refused([Problem(said, receipt)])
    with receipts.opened(ctx, log) as found:
        return found.get(receipt)


def _told(found: Replayed, kept: Receipt) -> Iterator[Said]:
    yield Said(f"回执 {kept.id} | 判定日 {kept.as_of}", f"receipt {kept.id} | as of {kept.as_of}")
    yield _side(found.input, Said("输入", "input"))
    if not found.input.same:
        yield Said(
            "  事实须与当时所判的相同，--use、--complete 也要照写",
            "  the facts have to be those judged then, and --use and --complete as well",
        )
    yield _side(found.corpus, Said("规则库", "corpus"))
    yield from (
        Said(f"无法重新判定：{one.zh}", f"cannot be decided again: {one.en}")
        for one in found.refused
    )
    if found.findings is not None:
        yield _side(found.findings, Said("结论", "findings"))
    if found.same:
        yield Said("答案相同", "the same answer")
    elif found.findings is not None and found.findings.same:
        yield Said(
            "结论仍与回执相同，但不是由同样的输入和规则库得出",
            "the findings still are the receipt's, but not from the same input and corpus",
        )
    else:
        yield Said("答案不同", "not the same answer")
    then, now = found.packages
    if then != now:
        yield Said(
            f"判定时的程序版本 {then}，现为 {now}", f"decided by version {then}, replayed by {now}"
        )


def _side(side: Side, what: Said) -> Said:
    if side.same:
        return Said(f"{what.zh}：相同 {side.now[:16]}", f"{what.en}: same {side.now[:16]}")
    return Said(
        f"{what.zh}：不同，回执为 {side.receipt[:16]}，现为 {side.now[:16]}",
        f"{what.en}: different, {side.receipt[:16]} in the receipt, {side.now[:16]} now",
    )
