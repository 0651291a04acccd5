"""Service agreements: the day one ends, and the day by which 一年一签 asks for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jingmen_facts.base import Fact
from jingmen_policy.engines.protocol import Decision, cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.nodes import Compare
from jingmen_policy.expression.walk import leaves
from jingmen_policy.judge.describe import Describer
from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.policy import Policy
from jingmen_policy.office.calendar.bearers import Bearers
from jingmen_policy.office.calendar.model import Entry, EntryKind, weekend
from jingmen_policy.office.calendar.words import Words
from jingmen_policy.office.kinds import AGREEMENT, STATION

TERM = "agreement-term"
"""The rule that says for how long an agreement runs."""
LATEST = ("<=", "==")


def agreements(policy: Policy, bearers: Bearers, words: Words) -> Iterator[Entry]:
    """Entries of every agreement whose last day is stated, or follows from its first."""
    if AGREEMENT not in policy.models.kinds or TERM not in policy.corpus.rules:
        return
    making = _Making(policy, bearers, words)
    for agreement in bearers.dossier.of_kind(AGREEMENT).values():
        if bearers.wanted(making.describer.role(making.rule.bearer, agreement)):
            yield from making.entries(agreement)


class _Making:
    def __init__(self, policy: Policy, bearers: Bearers, words: Words) -> None:
        self.bearers, self.words, self.dossier = bearers, words, bearers.dossier
        self.rule = policy.corpus.rules[TERM]
        self.describer = Describer(policy.corpus, self.dossier, words.as_of)
        asked = list(cases(policy.corpus, self.dossier, words.as_of, [self.rule]))
        decided = Reference(policy.corpus).decide(asked, self.dossier, words.as_of)
        self.latest: Mapping[str, date] = {
            one.case.subject.identity: day for one in decided if (day := _latest(one)) is not None
        }
        self.found: Mapping[str, Finding] = {
            one.case.subject.identity: self.describer.finding(one) for one in decided
        }

    def entries(self, agreement: Any) -> Iterator[Entry]:
        say, ends, latest = self.words.say, agreement.ends_on, self.latest.get(agreement.identity)
        if ends is not None:
            yield self.entry(
                "expiry",
                agreement,
                ends,
                say("服务协议到期", "Service agreement ends"),
                say(f"终止日期 {ends}。", f"Its last day is {ends}."),
            )
        if latest is not None and (ends is None or ends > latest):
            stated = (
                say("终止日期没有填报", "its last day is not stated")
                if ends is None
                else say(f"终止日期 {ends} 在其后", f"its last day, {ends}, is later")
            )
            yield self.entry(
                "renewal",
                agreement,
                latest,
                say("服务协议应已续签", "Service agreement to be renewed"),
                say(
                    f"起始日期 {agreement.starts_on}，按规定的期限最迟到 {latest}；{stated}。",
                    f"It begins on {agreement.starts_on} and by the term runs to {latest} at most;"
                    f" {stated}.",
                ),
            )

    def entry(self, kind: EntryKind, agreement: Any, day: date, title: str, why: str) -> Entry:
        words, say = self.words, self.words.say
        role = words.teller.role(self.describer.role(self.rule.bearer, agreement))
        where = "" if agreement.station is None else say("，", ", ") + agreement.station
        lines = [
            why,
            *self.after(agreement),
            words.clauses(self.describer.clauses(self.rule.cites)),
            say(f"责任主体：{role}", f"Borne by: {role}"),
            words.due(day),
        ]
        found = self.found.get(agreement.identity)
        if found is not None:
            lines += [words.judged(), words.line(found)]
        return Entry(
            kind=kind,
            key=(agreement.identity,),
            day=day,
            summary=words.flagged(f"{title}{say('：', ': ')}{agreement.identity}{where}", day),
            description="\n".join(lines),
            categories=(
                say("服务协议", "agreement"),
                *([say("周末", "weekend")] if weekend(day) else []),
            ),
        )

    def after(self, agreement: Any) -> Iterator[str]:
        """The agreements of the same station that begin later: it may be renewed already."""
        later = [
            other
            for other in map(_any, self.dossier.of_kind(AGREEMENT).values())
            if other is not agreement
            and agreement.station is not None
            and other.station == agreement.station
            and None not in (other.starts_on, agreement.starts_on)
            and other.starts_on > agreement.starts_on
        ]
        if later:
            told = self.words.say("、", ", ").join(
                f"{other.identity} ({other.starts_on})" for other in later
            )
            yield self.words.say(
                f"同一{self.kind()}另有起始在后的协议：{told}。",
                f"Later agreements of the same {self.kind()}: {told}.",
            )

    def kind(self) -> str:
        return self.words.teller.kind(STATION)


def _any(fact: Fact) -> Any:
    """A fact whose kind has the fields of an agreement."""
    return fact


def _latest(decided: Decision) -> date | None:
    """The last day the rule allows: the side it compares the stated last day with."""
    formula = decided.case.version.require
    if formula is None or decided.holds is None:
        return None
    tested = tuple(leaves(formula))
    for leaf in decided.holds.leaves:
        compared = leaf.compared
        if compared is None or not isinstance(tested[leaf.place], Compare):
            continue
        if compared.op in LATEST and isinstance(compared.right, date):
            return compared.right
    return None
