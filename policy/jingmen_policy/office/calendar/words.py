"""How an entry is worded: what the plan says, who bears it, how it stands, when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jingmen_policy.judge.finding import Clause, Finding
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.calendar.model import weekend
from jingmen_policy.office.order import FIRST

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Words:
    teller: Teller
    as_of: date

    def say(self, zh: str, en: str) -> str:
        return self.teller.say(zh, en)

    def flagged(self, summary: str, day: date) -> str:
        """A summary that says so where its day is a Saturday or a Sunday."""
        if not weekend(day):
            return summary
        return self.say(f"{summary}（{self.weekday(day)}）", f"{summary} ({self.weekday(day)})")

    def weekday(self, day: date) -> str:
        return self.say(f"周{WEEKDAYS[day.weekday()]}", f"{day:%A}")

    def due(self, day: date) -> str:
        said = self.say(f"期限：{day}（{self.weekday(day)}）", f"Due: {day} ({self.weekday(day)})")
        if weekend(day):
            said += self.say(
                "，逢周末；原文没有顺延的规定，日期不改",
                ", a weekend; the plan has no rule for moving it, so it stays",
            )
        return said

    def clauses(self, clauses: Iterable[Clause]) -> str:
        told = dict.fromkeys(self.teller.clause(clause) for clause in clauses)
        return self.say("依据：", "Clause: ") + self.say("；", "; ").join(told)

    def head(self, found: Sequence[Finding]) -> str:
        """How the findings of an entry stand, in brackets before what it is about."""
        counts = Counter(finding.status for finding in found)
        told = [
            status.label.to(self.teller.lang) + ("" if len(found) == 1 else f" {counts[status]}")
            for status in FIRST
            if counts[status]
        ]
        joined = self.say("，", ", ").join(told)
        return self.say(f"【{joined}】", f"[{joined}] ")

    def line(self, finding: Finding) -> str:
        """One finding: whose, how it stands, what is missing to tell."""
        status = self.teller.status(finding)
        told = f"{self.teller.thing(finding.subject)}{self.say('：', ': ')}{status}"
        if finding.otherwise is not None:
            told += self.say("，", ", ") + finding.otherwise.to(self.teller.lang)
        gaps = dict.fromkeys(
            gap.label.to(self.teller.lang)
            if gap.about == finding.subject
            else f"{self.teller.thing(gap.about)} {gap.label.to(self.teller.lang)}"
            for gap in finding.missing
        )
        if gaps:
            listed = self.say("、", ", ").join(gaps)
            told += self.say(f"；还缺：{listed}", f"; missing: {listed}")
        return f"· {told}"

    def judged(self) -> str:
        return self.say(f"截至 {self.as_of} 的结论：", f"As of {self.as_of}:")
