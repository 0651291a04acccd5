"""The traceability matrix: each passage with each rule that rests on it, or why none does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jingmen_facts.problems import Said
from jingmen_policy.corpus.ledger import Entry, Ledger, read_ledger
from jingmen_policy.docs.coverage import trace
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.exports.edition import Edition
from jingmen_policy.rule.model import Citation, Rule, Version
from jingmen_policy.text.passages import Passage
from jingmen_policy.wording import Wording

Cell = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is in characters, and what it holds is read by its name."""

    name: str
    head: Said
    width: int


COLUMNS = (
    Column("address", Said("地址", "address"), 16),
    Column("text", Said("原文", "text"), 48),
    Column("quote", Said("引文", "quote"), 36),
    Column("rule", Said("规则", "rule"), 26),
    Column("title", Said("标题", "title"), 22),
    Column("modality", Said("性质", "modality"), 10),
    Column("bearer", Said("责任主体", "bearer"), 22),
    Column("counterparty", Said("相对方", "counterparty"), 14),
    Column("subject", Said("对象", "subject"), 18),
    Column("applies", Said("适用", "applies"), 32),
    Column("requires", Said("要求", "requires"), 40),
    Column("due", Said("期限", "due"), 18),
    Column("due_day", Said("到期日", "due on"), 12),
    Column("since", Said("施行自", "in force from"), 12),
    Column("until", Said("施行至（不含）", "in force until"), 14),
    Column("state", Said("审核状态", "review"), 12),
    Column("reviewers", Said("审核人", "reviewer"), 14),
    Column("signed_on", Said("签署日", "signed on"), 12),
    Column("detail", Said("签署与变动", "signatures and changes"), 36),
    Column("readings", Said("所取解释", "readings"), 28),
    Column("discrepancies", Said("原文问题", "discrepancies"), 28),
    Column("why", Said("没有规则的理由", "why no rule"), 36),
    Column("content", Said("内容哈希", "content hash"), 66),
)


@dataclass(frozen=True)
class Matrix:
    """The rows of an edition."""

    edition: Edition

    def rows(self) -> Iterator[Mapping[str, Cell]]:
        """In the order of the text; what amendments say comes after it."""
        corpus = self.edition.corpus
        for one in trace(corpus):
            for name in one.rules:
                rule = corpus.rules[name]
                quotes = [
                    cite.quote
                    for cite in rule.cited
                    if not cite.text
                    and cite.start < one.passage.end
                    and one.passage.start < cite.end
                ]
                yield self._row(one.passage.address, one.passage, quotes, rule)
            if not one.rules:
                yield {
                    **self._passage(one.passage.address, one.passage),
                    "why": self.why(one.passage.address),
                    "discrepancies": self._listed(self._gaps(one.passage.address)),
                }
        for rule, cite in self._amended():
            passage = corpus.texts[cite.text].passage(cite.passage)
            yield self._row(self.edition.address(cite), passage, [cite.quote], rule)

    def why(self, address: str) -> str:
        """What the ledger says of the words of a passage that no rule quotes."""
        reasons = [
            f"{one.kind}: {one.reason.to(self.edition.lang)}"
            for one in self.entries.get(address, ())
            if one.kind and not one.rules and one.kind != "punctuation"
        ]
        if reasons:
            return self.edition.say("；", "; ").join(dict.fromkeys(reasons))
        if self._gaps(address):
            return self.edition.say("见原文问题", "see the discrepancies")
        return self.edition.say("尚未编码", "not encoded")

    @cached_property
    def ledger(self) -> Ledger | None:
        return read_ledger(self.edition.corpus)

    @cached_property
    def entries(self) -> dict[str, list[Entry]]:
        """The entries of the ledger by address."""
        found: dict[str, list[Entry]] = {}
        for one in self.ledger.entries if self.ledger is not None else ():
            found.setdefault(one.address, []).append(one)
        return found

    @cached_property
    def _teller(self) -> RuleTeller:
        return RuleTeller(self.edition.corpus, self.edition.lang)

    @cached_property
    def _wording(self) -> Wording:
        return Wording(self.edition.corpus, self.edition.lang)

    def requires(self, rule: Rule) -> str:
        """What a rule asks for in plain words; where no fact decides it, what could support it."""
        said = self._wording.rule(rule, self.edition.version(rule))
        parts = [str(part) for part in (said.used, said.require) if part is not None]
        if parts:
            return self.edition.say("，", ", ").join(parts)
        return rule.evidence.to(self.edition.lang) if rule.evidence is not None else ""

    def _row(
        self, address: str, passage: Passage, quotes: list[str], rule: Rule
    ) -> Mapping[str, Cell]:
        edition, teller = self.edition, self._teller
        version, review = edition.version(rule), edition.reviews[rule.id]
        applies = self._wording.rule(rule, version).applies
        return {
            **self._passage(address, passage),
            "quote": "……".join(quotes) or edition.say("（查表）", "(looked up)"),
            "rule": rule.id,
            "title": rule.title.to(edition.lang),
            "modality": rule.modality.label.to(edition.lang),
            "bearer": rule.bearer.role.to(edition.lang),
            "counterparty": None
            if rule.counterparty is None
            else rule.counterparty.role.to(edition.lang),
            "subject": teller.subject(rule),
            "applies": edition.say("一律", "always") if applies is None else str(applies),
            "requires": self.requires(rule),
            "due": teller.due(version.due),
            "due_day": version.due.day,
            "since": version.since,
            "until": version.until,
            "state": review.label.to(edition.lang),
            "reviewers": self._listed(review.reviewers),
            "signed_on": review.signed_on,
            "detail": review.detail or None,
            "readings": self._listed(edition.readings(rule)),
            "discrepancies": self._listed(edition.discrepancies(rule)),
            "content": review.content,
        }

    def _passage(self, address: str, passage: Passage) -> dict[str, Cell]:
        cells: dict[str, Cell] = dict.fromkeys(column.name for column in COLUMNS)
        return {**cells, "address": address, "text": passage.text.replace("\t", " · ")}

    def _amended(self) -> Iterator[tuple[Rule, Citation]]:
        for rule in self.edition.corpus.rules.values():
            version: Version = self.edition.version(rule)
            yield from ((rule, cite) for cite in version.cites if cite.text)

    def _gaps(self, address: str) -> list[str]:
        found = self.edition.corpus.discrepancies.items()
        return [name for name, gap in found if any(cite.at == address for cite in gap.cites)]

    def _listed(self, names: tuple[str, ...] | list[str]) -> str | None:
        return self.edition.say("、", ", ").join(names) or None
