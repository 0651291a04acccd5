"""How a bulletin says a count, a day, a place: in Chinese or English, what is not known with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jingmen_policy.judge.finding import Clause
from jingmen_policy.judge.progress import Counted
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.bulletin.model import StatusCount
from jingmen_policy.rule.status import Status

WEEKDAYS = "一二三四五六日"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Words:
    teller: Teller

    def say(self, zh: str, en: str) -> str:
        return self.teller.say(zh, en)

    def count(self, count: Counted) -> str:
        """``3``, or where not everything is stated ``至少3，至多17``."""
        if count.exact:
            return str(count.low)
        if count.high is None:
            return self.say(f"至少{count.low}", f"at least {count.low}")
        return self.say(
            f"至少{count.low}，至多{count.high}", f"at least {count.low}, at most {count.high}"
        )

    def short(self, short: Counted | None) -> str:
        """By how many something falls short: ``1``, ``0～13`` where it is not known."""
        if short is None:
            return "—"
        if short.exact:
            return str(short.low)
        return f"{short.low}～{short.high}"

    def rank(self, rank: Counted | None) -> str:
        return "—" if rank is None else self.short(rank)

    def status(self, status: Status) -> str:
        return status.label.to(self.teller.lang)

    def tally(self, counts: Iterable[StatusCount]) -> str:
        told = [f"{self.status(one.status)} {one.number}" for one in counts]
        return self.join(told) or "—"

    def join(self, texts: Iterable[str]) -> str:
        return self.say("，", ", ").join(texts)

    def names(self, texts: Iterable[str]) -> str:
        return self.say("、", ", ").join(texts)

    def day(self, day: date) -> str:
        return self.say(f"{day.year}年{day.month}月{day.day}日", day.isoformat())

    def weekday(self, day: date) -> str:
        return self.say(f"周{WEEKDAYS[day.weekday()]}", f"{day:%A}")

    def clauses(self, clauses: Iterable[Clause]) -> str:
        return "\n".join(dict.fromkeys(self.teller.clause(clause) for clause in clauses))


def weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
