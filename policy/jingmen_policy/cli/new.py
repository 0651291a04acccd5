"""``jingmen new``: a rule, its scenario and its property test, to start from."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import click

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.rules import address
from jingmen_policy.cli.scaffold import PLAN, Start
from jingmen_policy.cli.setting import setting
from jingmen_policy.corpus.load import load_corpus

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@click.command(
    "new",
    help=told(
        "新建规则 ID（引自 SECTION，如 4-3）及其案例和性质测试，原样即可通过。",
        "Start rule ID, quoting SECTION (such as 4-3), with a scenario and a test that pass.",
    ),
)
@click.argument("section")
@click.argument("id", metavar="ID")
@click.option("--subject", default="Station", show_default=True, metavar="KIND")
@click.option("--quote", help=told("所引的原文", "the words to quote"))
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help=told("项目所在文件夹", "the checkout"),
)
@options.lang
@click.pass_context
def command(
    ctx: click.Context,
    section: str,
    id: str,
    subject: str,
    quote: str | None,
    root: Path,
    lang: Lang,
) -> None:
    models = setting(ctx).policy.models
    if not _ID.fullmatch(id):
        said = Said(f"编号“{id}”应为小写字母、数字和连字符", f"'{id}' is not of the form a-b-c")
        raise Refused([Problem(said)])
    if not (root / PLAN).is_dir():
        said = Said(f"{root} 不是项目文件夹：没有 {PLAN}", f"{root} is no checkout: no {PLAN}")
        raise Refused([Problem(said, field="--root")])
    corpus = load_corpus(root / PLAN, models)
    files = Start(corpus, address(section), id, subject, quote).files()
    taken = [
        Problem(Said("文件已存在", "the file exists"), str(root / path))
        for path in files
        if (root / path).exists()
    ]
    if taken:
        raise Refused(taken)
    check(root / PLAN, {path: text for path, text in files.items() if PLAN in path.parents}, models)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        click.echo(str(root / path))


def check(plan: Path, added: dict[Path, str], models: FactModels) -> None:
    """Load a copy of the plan with what is to be added, before anything is written, or refuse."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "plan"
        shutil.copytree(plan, copy)
        for path, text in added.items():
            (copy / path.relative_to(PLAN)).write_text(text, encoding="utf-8")
        load_corpus(copy, models)
