"""What ticks came to, for people and, by ``ticks-report.schema.json``, for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.problems import Said
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.text import Teller
from jingmen_policy.review.tick_cases import Applied
from jingmen_policy.review.ticks import Since, Ticks, Verdict
from jingmen_policy.scenario.report_text import difference

FORMAT: Literal["jingmen-ticks/1"] = "jingmen-ticks/1"


@dataclass(frozen=True, slots=True)
class DisagreementReport:
    """``label`` is the card's, None where it is no longer dealt."""

    rule: str
    card: str
    label: Said | None
    verdict: Verdict
    expected: str
    got: str
    note: str


@dataclass(frozen=True, slots=True)
class TicksReport:
    """``files`` were written where a folder was named."""

    format: Literal["jingmen-ticks/1"]
    corpus: CorpusMark
    source: str
    by: str
    on: date
    older: bool
    right: int
    wrong: int
    since: tuple[Since, ...]
    disagreements: tuple[DisagreementReport, ...]
    files: tuple[str, ...]


REPORT = TypeAdapter(TicksReport)


def ticks_json(
    read: Ticks, applied: Applied, corpus: CorpusMark, files: tuple[str, ...]
) -> dict[str, Any]:
    """What ``jingmen ticks --format json`` prints."""
    right, wrong = counted(applied)
    disagreements = tuple(
        DisagreementReport(
            one.tick.rule,
            one.tick.card,
            None if one.tick.now is None else one.tick.now.label,
            one.tick.verdict,
            one.difference.expected,
            one.difference.got,
            one.tick.note,
        )
        for one in applied.disagreements
    )
    made = TicksReport(
        FORMAT,
        corpus,
        read.source,
        read.by,
        read.on,
        read.older,
        right,
        wrong,
        applied.since,
        disagreements,
        files,
    )
    shown: dict[str, Any] = REPORT.dump_python(made, mode="json")
    return shown


def counted(applied: Applied) -> tuple[int, int]:
    """How many were found right, and how many wrong."""
    right = sum(tick.verdict == "right" for tick in applied.ticks)
    return right, len(applied.ticks) - right


def ticks_text(read: Ticks, applied: Applied, teller: Teller, files: tuple[str, ...]) -> str:
    """What ``jingmen ticks`` prints."""
    return "\n".join(_lines(read, applied, teller, files)) + "\n"


def _lines(read: Ticks, applied: Applied, teller: Teller, files: tuple[str, ...]) -> Iterator[str]:
    say = teller.say
    right, wrong = counted(applied)
    yield say(
        f"{read.by}于 {read.on} 判断 {right + wrong} 个边界案例：对 {right}，错 {wrong}。",
        f"{read.by} on {read.on}: {right + wrong} boundary cards, {right} right, {wrong} wrong.",
    )
    if read.older:
        yield say(
            "所据的规则与现在的不同，此后的变化："
            if applied.since
            else "所据的规则与现在的不同，但所判的案例没有变化。",
            "Made for other rules than these; since then:"
            if applied.since
            else "Made for other rules than these, but nothing about these cards changed.",
        )
        for one in applied.since:
            left = "" if one.applied else say("（未采用）", " (left out)")
            yield f"  {one.card or one.rule}{say('：', ': ')}{one.said.to(teller.lang)}{left}"
    for found in applied.disagreements:
        tick = found.tick
        label = "" if tick.now is None else f" {tick.now.label.to(teller.lang)}"
        yield f"✗ {tick.card}{label}（{tick.as_of}）"
        yield f"    {difference(found.difference, teller)}"
        if tick.note:
            yield f"    {say('审核人：', 'the reviewer: ')}{tick.note}"
    if not applied.disagreements:
        yield say("规则的结论与判断一致。", "The rules agree with every verdict.")
    else:
        rules = dict.fromkeys(one.tick.rule for one in applied.disagreements)
        yield say(
            f"不一致 {len(applied.disagreements)} 处，涉及规则：{'、'.join(rules)}。",
            f"{len(applied.disagreements)} disagreements, about: {', '.join(rules)}.",
        )
    for name in files:
        yield say(f"已写出 {name}", f"written: {name}")
