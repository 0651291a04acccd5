"""``jingmen readings``: the readings on record, their witnesses, and what another would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from jingmen_facts.problems import Lang, Problem, Refused, Said, unknown_name
from jingmen_policy.cli import options
from jingmen_policy.cli.lang import told
from jingmen_policy.cli.setting import setting
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.reading_text import reading_branches
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.layout import table
from jingmen_policy.judge.text import Teller, tree
from jingmen_policy.scenario.switching import Switching, changed_by, report
from jingmen_policy.scenario.witness import Witnessed, witnesses

EXIT_DIFFERENT = 1
MANY = 3
"""From how many subjects on those that change alike are counted, not named."""


@click.group(
    "readings",
    help=told(
        "所取的解释：列出、查看、核对见证事实、比较改取另一解释的后果。",
        "The readings chosen: list, show, run their witnesses, see what another would change.",
    ),
)
def command() -> None:
    pass


@command.command("list", help=told("列出所有解释", "list every reading"))
@options.lang
@click.pass_context
def list_(ctx: click.Context, lang: Lang) -> None:
    corpus = setting(ctx).policy.corpus
    click.echo("\n".join(_listed(corpus, lang)))


def _listed(corpus: Corpus, lang: Lang) -> Iterator[str]:
    rows = [
        [
            name,
            item.question.zh if lang == "zh" else item.question.en,
            " / ".join(other.id for other in item.alternatives),
            str(len(corpus.relying(name))),
        ]
        for name, item in corpus.interpretations.items()
    ]
    heads = (
        ["解释", "问题", "另一解释", "规则数"]
        if lang == "zh"
        else ["reading", "question", "alternatives", "rules"]
    )
    yield from table([heads, *rows])


@command.command("show", help=told("显示一项解释", "show one reading"))
@click.argument("reading")
@options.lang
@click.pass_context
def show(ctx: click.Context, reading: str, lang: Lang) -> None:
    corpus = setting(ctx).policy.corpus
    if reading not in corpus.interpretations:
        known = list(corpus.interpretations)
        raise Refused([Problem(unknown_name(Said("解释", "reading"), reading, known))])
    item = corpus.interpretations[reading]
    lines = tree(reading_branches(corpus, item, RuleTeller(corpus, lang)))
    question = item.question.zh if lang == "zh" else item.question.en
    click.echo("\n".join([f"{reading} {question}", *lines]))


@command.command(
    "check",
    help=told(
        "运行见证事实：在所取解释和其他解释之下，结论须如所载。",
        "Run the witnesses: findings under each reading must be those on record.",
    ),
)
@click.argument("names", nargs=-1, metavar="[READING]...")
@options.engine
@options.lang
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], engine: str, lang: Lang) -> None:
    policy = setting(ctx).policy
    ran = list(witnesses(policy, names or None, engine))
    teller = RuleTeller(policy.corpus, lang)
    wrong = [one for one in ran if one.outcome.result != "as-expected"]
    for one in wrong:
        click.echo("\n".join(_told(one, teller)))
    readings = len({one.reading for one in ran})
    click.echo(
        teller.say(
            f"{readings} 项解释、{len(ran)} 次判断，{len(wrong)} 次与所载不同",
            f"{readings} readings judged {len(ran)} times, {len(wrong)} not as recorded",
        )
    )
    if wrong:
        ctx.exit(EXIT_DIFFERENT)


def _told(one: Witnessed, teller: RuleTeller) -> Iterator[str]:
    chosen = teller.say("所取解释", "the reading chosen")
    yield f"✗ {one.reading}: {one.alternative or chosen}"
    for difference in one.outcome.differences:
        yield (
            f"    {difference.rule} {difference.subject or ''} {difference.aspect}:"
            f" {difference.expected} ≠ {difference.got}"
        )


@command.command(
    "diff",
    help=told(
        "改取另一解释后，哪些结论会变。不写 --reading 则逐一试过。",
        "Which findings change under another reading; without --reading, under each in turn.",
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="FACTS...")
@options.as_of
@options.facts
@options.readings
@options.form("text", "json")
@options.lang
@click.pass_context
def diff(
    ctx: click.Context,
    paths: tuple[str, ...],
    as_of: date | None,
    use: tuple[str, ...],
    complete: tuple[str, ...],
    readings: dict[str, str],
    form: str,
    lang: Lang,
) -> None:
    here = setting(ctx)
    opened = here.dossier(paths, use, complete)
    day = as_of or opened.as_of or date.today()
    found = changed_by(here.policy, opened.dossier, day, readings, "reference")
    if form == "json":
        options.print_json(report(here.mark, found, day))
        return
    teller = here.teller(lang)
    none = []
    for one in found:
        names = ", ".join(f"{name}={other}" for name, other in one.readings.items())
        if one.changed:
            click.echo("\n".join([names, *_changes(one, teller)]))
        else:
            none.append(names)
    if none:
        unchanged = teller.say("结论不变：", "no finding changes: ")
        click.echo(f"{unchanged}{teller.say('、', ', ').join(none)}")


def _changes(switching: Switching, teller: Teller) -> list[str]:
    """A line for each rule and change; subjects that change alike are told together."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in switching.changed:
        about = one.after or one.before
        if about is not None:
            sides = (
                teller.say("（没有结论）", "(none)") if side is None else _side(side, teller)
                for side in (one.before, one.after)
            )
            alike.setdefault((about.rule, " → ".join(sides)), []).append(about)
    return table(
        [[rule, _whom(found, teller), change] for (rule, change), found in alike.items()], "    "
    )


def _whom(found: list[Finding], teller: Teller) -> str:
    if len(found) < MANY:
        return teller.say("、", ", ").join(map(teller.whom, found))
    return f"{teller.kind(found[0].subject.kind)} ×{len(found)}"


def _side(finding: Finding, teller: Teller) -> str:
    return f"{teller.status(finding)} {teller.due(finding)}"
