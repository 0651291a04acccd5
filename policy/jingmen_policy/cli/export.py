"""``jingmen export``: the text and its rules in a format that another program reads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said, unknown_name
from jingmen_policy.cli import options
from jingmen_policy.cli.corpora import corpus as opened
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting


@click.command(
    "export",
    help=told(
        "把条文和规则写成别的程序能读的格式，每条规则附内容哈希和审核情况：\n\n"
        "akn Akoma Ntoso 3.0；matrix-xlsx、matrix-csv 条文与规则对照表；docx 带规则注释的方案；"
        "oscal 目录和映射（两个文件）；annotations W3C 网络标注。\n\n"
        "同一规则库、同一 --as-of，写出的文件逐字节相同。",
        "Write the text and its rules in a format that other programs read, with the content hash"
        " of each rule and how far it is reviewed:\n\n"
        "akn, Akoma Ntoso 3.0; matrix-xlsx and matrix-csv, the traceability matrix; docx, the"
        " annotated plan; oscal, catalog and mapping (two files); annotations, W3C Web"
        " Annotations.\n\n"
        "The same corpus and --as-of make the same bytes.",
    ),
)
@click.argument("name", metavar="FORMAT")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=told("写到哪个文件", "the file to write"),
)
@click.option("--force", is_flag=True, help=told("覆盖已有的文件", "overwrite what is there"))
@options.corpus_and_signatures
@options.as_of
@options.readings
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    name: str,
    out: Path,
    force: bool,
    corpus: str,
    signatures: str | None,
    as_of: date | None,
    readings: dict[str, str],
    lang: Lang,
) -> None:
    from jingmen_policy.exports.edition import Edition
    from jingmen_policy.exports.formats import FORMATS, exported
    from jingmen_policy.exports.put import put
    from jingmen_policy.exports.reviews import reviews

    if name not in FORMATS:
        raise Refused([Problem(unknown_name(Said("格式", "format"), name, list(FORMATS)))])
    policy = opened(setting(ctx), corpus).under(readings)
    day = as_of or date.today()
    edition = Edition(policy.corpus, day, reviews(policy, signatures, lang), lang)
    files = exported(edition, name, out.name)
    put(out.parent, files, force=force)
    for file, content in files.items():
        size = f"{len(content):,}"
        about = FORMATS[name].about.to(lang)
        click.echo(
            Said(
                f"已写出 {out.parent / file}（{about}，{size} 字节）",
                f"wrote {out.parent / file} ({about}, {size} bytes)",
            ).to(lang)
        )
