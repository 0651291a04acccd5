"""The checklists as blocks: one fold for each station, one row for each thing asked."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_policy.judge.finding import FactMissing, Role
from jingmen_policy.office.bulletin.blocks import Block, Cell, Fold, Grid, Paragraph
from jingmen_policy.office.bulletin.model import Bulletin, Check, Checklist
from jingmen_policy.office.bulletin.words import Words


def stations(made: Bulletin, words: Words) -> Iterator[Block]:
    for one in made.stations:
        yield Fold(_heading(one, words), words.tally(one.counts), tuple(_inside(one, words)))


def _heading(one: Checklist, words: Words) -> str:
    where = one.township or one.county
    name = one.station.id if one.name is None else f"{one.station.id} {one.name}"
    return name if where is None else f"{name}{words.say(f'（{where}）', f' ({where})')}"


def _inside(one: Checklist, words: Words) -> Iterator[Block]:
    say = words.say
    since = (
        say("建立日期没有填报", "day of establishment not stated")
        if one.established_on is None
        else say(f"建立日期 {one.established_on}", f"established on {one.established_on}")
    )
    rest = words.tally(one.rest)
    yield Paragraph(
        say(f"{since}。不列出的：{rest}。", f"{since}. Not listed: {rest}.")
        if one.rest
        else say(f"{since}。", f"{since}."),
        note=True,
    )
    yield Grid(
        say(f"{one.station.id}的清单", f"Checklist of {one.station.id}"),
        (
            say("结论", "finding"),
            say("要求", "requirement"),
            say("原文", "the text"),
            say("责任主体", "bearer"),
            say("期限", "due"),
            say("还缺的事实", "missing"),
        ),
        tuple(_row(one, check, words) for check in one.checks),
        (10, 19, 31, 15, 13, 17),
        key=0,
    )


def _row(one: Checklist, check: Check, words: Words) -> tuple[Cell, ...]:
    lang = words.teller.lang
    title = check.title.to(lang)
    if check.year is not None:
        title += words.say(f"（{check.year}年）", f" ({check.year})")
    if check.about != one.station:
        title += f"\n{words.teller.thing(check.about)}"
    if check.otherwise is not None:
        title += f"\n{check.otherwise.to(lang)}"
    return (
        Cell(words.status(check.status), status=check.status),
        Cell(title),
        Cell(words.clauses(check.clauses)),
        Cell(_bearer(check.bearer, words)),
        Cell(_due(check, words)),
        Cell("\n".join(_missing(one, gap, words) for gap in check.missing)),
    )


def _bearer(role: Role, words: Words) -> str:
    return words.teller.role(role)


def _due(check: Check, words: Words) -> str:
    if check.due is not None:
        return check.due.isoformat()
    if check.due_kind == "standing":
        return words.say("持续", "always")
    return words.say("未定期限", "no day stated")


def _missing(one: Checklist, gap: FactMissing, words: Words) -> str:
    label = gap.label.to(words.teller.lang)
    about = "" if gap.about == one.station else f"{words.teller.thing(gap.about)} "
    return f"{about}{label}"
