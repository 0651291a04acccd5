"""The days the plan itself fixes, whatever the facts are: one entry a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import governing
from jingmen_policy.judge.finding import Clause
from jingmen_policy.office.calendar.model import Entry, weekend
from jingmen_policy.office.calendar.words import Words
from jingmen_policy.rule.model import Rule, Version


def plan_days(corpus: Corpus, words: Words, last: int) -> Iterator[Entry]:
    """Every fixed day in force, and each year's up to the end of a year."""
    found: dict[date, list[tuple[Rule, Version]]] = {}
    for rule in corpus.rules.values():
        version = rule.version_on(words.as_of)
        if version is not None and version.due.day is not None:
            found.setdefault(version.due.day, []).append((rule, version))
        for yearly, due, year in governing(rule, date(last, 12, 31)):
            if due is not None and year is not None:
                found.setdefault(due, []).append((rule, yearly))
    for day, rules in found.items():
        yield _entry(words, day, rules)


def _entry(words: Words, day: date, rules: list[tuple[Rule, Version]]) -> Entry:
    lang = words.teller.lang
    title, number = rules[0][0].title.to(lang), len(rules)
    summary = (
        words.say(f"方案期限：{title}", f"Plan: {title}")
        if number == 1
        else words.say(f"方案期限：{title}等{number}项", f"Plan: {title} and {number - 1} more")
    )
    lines = [words.due(day)]
    for rule, version in rules:
        clauses = [Clause(cite.address, cite.quote) for cite in version.cites]
        who = rule.bearer.role.to(lang)
        lines.append(f"· {rule.title.to(lang)}{words.say('，', ', ')}{who}")
        lines.append(f"  {words.clauses(clauses)}")
    categories = [words.say("方案期限", "plan")]
    if weekend(day):
        categories.append(words.say("周末", "weekend"))
    return Entry(
        kind="plan",
        key=(day.isoformat(),),
        day=day,
        summary=words.flagged(summary, day),
        description="\n".join(lines),
        categories=tuple(categories),
    )
