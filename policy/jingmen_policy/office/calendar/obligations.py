"""Dated obligations as entries: one for each rule, year and holder, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import governing
from jingmen_policy.judge.describe import Describer
from jingmen_policy.judge.finding import Finding, Role
from jingmen_policy.office.calendar.bearers import Bearers
from jingmen_policy.office.calendar.model import Entry, weekend
from jingmen_policy.office.calendar.words import Words
from jingmen_policy.office.order import FIRST
from jingmen_policy.rule.model import Rule, Version

SHOWN = frozenset(FIRST)
"""What obliges nobody, or may be left, has no entry."""


@dataclass(frozen=True, slots=True)
class Obligations:
    corpus: Corpus
    bearers: Bearers
    words: Words

    @property
    def dossier(self) -> Dossier:
        return self.bearers.dossier

    def judged(self, findings: Iterable[Finding]) -> Iterator[Entry]:
        """What was judged, met or not: an entry that was imported open has to close."""
        groups: dict[tuple[str, ...], list[Finding]] = {}
        for finding in findings:
            if finding.due is None or finding.status not in SHOWN:
                continue
            if self.bearers.wanted(finding.bearer):
                key = self.key(finding.rule, finding.year, finding.bearer)
                groups.setdefault(key, []).append(finding)
        for key, found in groups.items():
            yield self.entry(key, found)

    def key(self, rule: str, year: int | None, role: Role) -> tuple[str, ...]:
        holder = self.bearers.holder(role)
        whose = (role.role.zh, "") if holder is None else (holder.kind, holder.id)
        return (rule, "" if year is None else str(year), *whose)

    def entry(self, key: tuple[str, ...], found: Sequence[Finding]) -> Entry:
        first, words = found[0], self.words
        assert first.due is not None
        title = self.title(first.title, first.year, key[-1])
        lines = [
            words.clauses(first.clauses),
            self.who([one.bearer for one in found]),
            words.due(first.due),
            words.judged(),
            *map(words.line, found),
        ]
        statuses = dict.fromkeys(one.status.label.to(words.teller.lang) for one in found)
        return Entry(
            kind="obligation",
            key=key,
            day=first.due,
            summary=words.flagged(words.head(found) + title, first.due),
            description="\n".join(lines),
            categories=(*self.categories(first.due, first.bearer), *statuses),
        )

    def planned(self, years: Iterable[int]) -> Iterator[Entry]:
        """What comes every year, for years that are not judged yet."""
        asked = set(years)
        if not asked:
            return
        last = date(max(asked), 12, 31)
        for rule in self.corpus.rules.values():
            for version, due, year in governing(rule, last):
                if due is not None and year in asked:
                    yield from self.ahead(rule, version, due, year)

    def ahead(self, rule: Rule, version: Version, due: date, year: int) -> Iterator[Entry]:
        words = self.words
        describer = Describer(self.corpus, self.dossier, words.as_of)
        groups: dict[tuple[str, ...], list[Role]] = {}
        for subject in self.dossier.of_kind(rule.subject).values():
            role = describer.role(rule.bearer, subject)
            if self.bearers.wanted(role):
                groups.setdefault(self.key(rule.id, year, role), []).append(role)
        for key, roles in groups.items():
            lines = [
                words.clauses(describer.clauses(version.cites)),
                self.who(roles),
                words.due(due),
                words.say("尚未到判定的年度。", "Its year has not come to be judged."),
            ]
            yield Entry(
                kind="planned",
                key=key,
                day=due,
                summary=words.flagged(self.title(rule.title, year, key[-1]), due),
                description="\n".join(lines),
                categories=self.categories(due, roles[0]),
            )

    def title(self, title: Said, year: int | None, holder: str) -> str:
        said = title.to(self.words.teller.lang)
        if year is not None:
            said += self.words.say(f"（{year}年）", f" ({year})")
        return f"{said} · {holder}" if holder else said

    def who(self, roles: Sequence[Role]) -> str:
        """The bearers, those of one role told together."""
        words = self.words
        first = roles[0]
        told = [words.teller.role(role) for role in dict.fromkeys(roles)]
        if all(role.role == first.role and role.of is not None for role in roles):
            ids = dict.fromkeys(role.of.id for role in roles if role.of is not None)
            whose = words.say("、", ", ").join(ids)
            role = first.role.to(words.teller.lang)
            told = [words.say(f"{role}（{whose}）", f"{role} ({whose})")]
        named = words.say("、", ", ").join(told)
        return words.say(f"责任主体：{named}", f"Borne by: {named}")

    def categories(self, day: date, role: Role) -> tuple[str, ...]:
        words = self.words
        found = [words.say("方案要求", "obligation"), role.role.to(words.teller.lang)]
        return (*found, words.say("周末", "weekend")) if weekend(day) else tuple(found)
