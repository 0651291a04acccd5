"""``jingmen rules``: the rules, or those of one section."""

from __future__ import annotations

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.judge.layout import table
from jingmen_policy.rule.model import Rule


@click.command(
    "rules", help=told("列出规则，可只列一节的。", "List the rules, or those of one section.")
)
@click.option("--section", metavar="ADDRESS", help=told("如 四（三）", "such as 四（三） or 4-3"))
@options.form("text", "json")
@options.lang
@click.pass_context
def command(ctx: click.Context, section: str | None, form: str, lang: Lang) -> None:
    corpus = setting(ctx).policy.corpus
    found = list(corpus.rules.values()) if section is None else under(corpus, section)
    if form == "json":
        options.print_json(
            [
                {
                    "id": rule.id,
                    "title": {"zh": rule.title.zh, "en": rule.title.en},
                    "addresses": list(dict.fromkeys(cite.address for cite in rule.cites)),
                    "modality": rule.modality.value,
                    "subject": rule.subject,
                    "file": rule.file,
                }
                for rule in found
            ]
        )
        return
    teller = RuleTeller(corpus, lang)
    rows = [
        [
            teller.addresses(rule),
            rule.id,
            rule.title.to(lang),
            rule.modality.label.to(lang),
            teller.party(rule.bearer),
            teller.due(rule.versions[-1].due),
        ]
        for rule in found
    ]
    click.echo("\n".join([*table(rows), teller.say(f"共 {len(found)} 条", f"{len(found)} rules")]))


def under(corpus: Corpus, section: str) -> list[Rule]:
    """The rules that cite a section. Raises Refused where there is no such section."""
    try:
        return list(corpus.under(address(section)))
    except LookupError as error:
        said = Said(f"文中没有这一节：{error}", f"the text has no such section: {error}")
        raise Refused([Problem(said, field="--section")]) from None


def address(written: str) -> str:
    """A section as the text addresses it; ``4-3`` is 四（三）.

    >>> address("4-3"), address("四(三)")
    ('sec_4__item_3', '四（三）')
    """
    number, _, item = written.partition("-")
    if number.isdecimal() and (not item or item.isdecimal()):
        return f"sec_{number}__item_{item}" if item else f"sec_{number}"
    return written.replace("(", "（").replace(")", "）")
