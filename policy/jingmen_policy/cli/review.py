"""``jingmen review``: the text, the rules and how far they are reviewed, as one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.corpora import corpus as opened
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting


@click.command(
    "review",
    help=told(
        "写出审核页：一个 HTML 文件，不需要网络。左边是原文，右边是规则、边界案例和审核情况；"
        "可打印为签审单。",
        "Write the review desk: one HTML file that needs no network. The text on the left, the"
        " rules, their boundary cards and how far they are reviewed on the right; it prints as a"
        " sign-off sheet.",
    ),
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=told("写到哪个文件", "the file to write"),
)
@click.option(
    "--proofs",
    "proved",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=told(
        "附上 jingmen prove --format json 写出的证明", "what jingmen prove --format json wrote"
    ),
)
@options.corpus_and_signatures
@options.as_of
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    out: Path,
    proved: Path | None,
    corpus: str,
    signatures: str | None,
    as_of: date | None,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    from jingmen_policy.desk.page import page
    from jingmen_policy.desk.proofs import read_proofs

    policy = opened(setting(ctx), corpus).under(readings)
    proofs = None if proved is None else read_proofs(proved, policy.corpus)
    content = page(policy, as_of or date.today(), signatures, lang, proofs).encode()
    beside = out.with_name(f".{out.name}.partial")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    said = Said(f"已写出 {out}（{len(content):,} 字节）", f"wrote {out} ({len(content):,} bytes)")
    click.echo(said.to(lang))
