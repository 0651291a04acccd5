"""``jingmen docs``: POLICY.md checked against the rules, or rewritten from them."""

from __future__ import annotations

from pathlib import Path

import click

from jingmen_facts.problems import Lang
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.docs.policy_md import policy_md

NAME = "POLICY.md"
EXIT_DIFFERENT = 1


@click.command("docs", help=told("检查或重写 POLICY.md。", "Check or rewrite POLICY.md."))
@click.option("--check", "task", flag_value="check", help=told("只检查", "only check"))
@click.option("--write", "task", flag_value="write", help=told("重写", "rewrite"))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help=told("项目所在文件夹", "the checkout"),
)
@options.lang
@click.pass_context
def command(ctx: click.Context, task: str | None, root: Path, lang: Lang) -> None:
    if task is None:
        raise click.UsageError("--check / --write")
    wanted = policy_md(setting(ctx).policy.corpus)
    file = root / NAME
    if task == "write":
        file.write_text(wanted, encoding="utf-8", newline="\n")
    elif not file.exists() or file.read_bytes() != wanted.encode():
        zh = f"{file} 与规则不一致，请运行 jingmen docs --write"
        en = f"{file} is not what the rules say; run jingmen docs --write"
        click.echo(zh if lang == "zh" else en, err=True)
        ctx.exit(EXIT_DIFFERENT)
