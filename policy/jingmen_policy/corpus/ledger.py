"""The ledger: whose every character of the text is, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TypeVar

from pydantic import ValidationError

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.corpus.build import said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.place import Place
from jingmen_policy.corpus.written import Both, Claim, LedeFile, LedgerFile
from jingmen_policy.text.passages import Passage

PUNCTUATION = frozenset("，。、；：！？“”（）《》")
Model = TypeVar("Model", LedgerFile, LedeFile)
_OURS = frozenset("\n\t")
"""What parts lines and cells in the plain text, and is not of the text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A run of characters with one owner: ``kind`` and, of rules, their ids.

    ``kind`` '' is a run that nothing claims.
    """

    address: str
    text: str
    kind: str
    rules: tuple[str, ...]
    reason: Said


@dataclass(frozen=True)
class Ledger:
    """Every entry in the order of the text, the kinds on record, and what is wrong."""

    entries: tuple[Entry, ...]
    kinds: Mapping[str, Said]
    problems: tuple[Problem, ...]

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many characters are of each kind; '' those that nothing claims."""
        found = dict.fromkeys(self.kinds, 0)
        for entry in self.entries:
            found[entry.kind] = found.get(entry.kind, 0) + len(entry.text)
        return found


def read_ledger(corpus: Corpus) -> Ledger | None:
    """The ledger of a corpus; None where it keeps none. Raises Refused where it cannot be read.

    Whatever is unclaimed, claimed twice or claimed for nothing is among its ``problems``.
    """
    if corpus.ledger is None:
        return None
    written, place = _opened(corpus, corpus.ledger, LedgerFile)
    lede = None if corpus.lede is None else _opened(corpus, corpus.lede, LedeFile)
    keeper = _Keeper(corpus, written, place)
    keeper.rules()
    keeper.claims()
    if lede is not None:
        keeper.lede(*lede)
    keeper.rest()
    return keeper.ledger()


def read_lede(corpus: Corpus) -> LedeFile | None:
    """What the lede claims, against the body; None where a corpus keeps no record of it."""
    return None if corpus.lede is None else _opened(corpus, corpus.lede, LedeFile)[0]


def _opened(corpus: Corpus, name: str, model: type[Model]) -> tuple[Model, Place]:
    text, _ = read_text(corpus.directory / name)
    located = read_yaml(text, name)
    try:
        return model.model_validate(located.value), Place(located)
    except ValidationError as error:
        raise Refused(problems_of(error, located, model)) from None


@dataclass
class _Keeper:
    """Gives each character its owner."""

    corpus: Corpus
    written: LedgerFile
    place: Place
    owners: dict[int, tuple[str, tuple[str, ...], Said]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def rules(self) -> None:
        """What rules quote; quoted by several only where that is declared, of just these."""
        quoted: dict[int, set[str]] = {}
        for rule in self.corpus.rules.values():
            for cite in rule.cited:
                for at in range(cite.start, cite.end) if not cite.text else ():
                    quoted.setdefault(at, set()).add(rule.id)
        declared: dict[int, tuple[frozenset[str], Said]] = {}
        for position, shared in enumerate(self.written.shared):
            place = self.place / "shared" / position
            span = self.span(shared.at, shared.quote, place)
            if span is None:
                continue
            named = frozenset(shared.rules)
            for at in range(*span):
                declared[at] = named, said(shared.reason)
            if any(quoted.get(at, set()) ^ named for at in range(*span)):
                got = "、".join(
                    sorted(set().union(*(quoted.get(at, set()) for at in range(*span))))
                )
                place.wrong(f"引用这几个字的规则是 {got}", f"the rules that quote it are {got}")
        kinds = self.kinds
        for at, rules in quoted.items():
            order = tuple(rule for rule in self.corpus.rules if rule in rules)
            if len(rules) == 1:
                self.owners[at] = "rule", order, kinds["rule"]
            elif at in declared:
                self.owners[at] = "shared", order, declared[at][1]
            else:
                self.owners[at] = "undeclared", order, Said("", "")

    def claims(self) -> None:
        for position, claim in enumerate(self.written.claims):
            place = self.place / "claims" / position
            reason = claim.reason or self.written.kinds.get(claim.kind)
            if reason is None:
                known = list(self.written.kinds)
                (place / "kind").say(unknown_name(Said("归属类别", "kind"), claim.kind, known))
                continue
            self.claim(claim, claim.kind, reason, place)

    def claim(self, claim: Claim, kind: str, reason: Both, place: Place) -> None:
        span = self.span(claim.at, claim.quote, place)
        if span is None:
            return
        start, end = span
        if claim.only is not None:
            at = claim.quote.find(claim.only)
            if at < 0:
                (place / "only").wrong("不在引文之内", "not inside the quote")
                return
            start, end = start + at, start + at + len(claim.only)
        for at in range(start, end):
            if at in self.owners:
                place.wrong("这几个字已有归属", "these words are claimed already")
                return
        for at in range(start, end):
            self.owners[at] = kind, (), said(reason)

    def lede(self, written: LedeFile, place: Place) -> None:
        """The lede's claims, each compared with the body; what is the same is so to the letter."""
        reason = self.written.kinds.get("lede")
        for position, one in enumerate(written.claims):
            at = place / "claims" / position
            if reason is not None:
                self.claim(one, "lede", reason, at)
            if (one.body is None) != (one.says == "absent"):
                at.wrong("body 与 says 不符", "'body' stands unless the body says nothing of it")
            if one.body is not None:
                self.span(one.body.at, one.body.quote, at / "body")
                if (one.body.quote == one.quote) != (one.says == "same"):
                    (at / "says").wrong("一字不差才是 same", "'same' means to the letter")
            for name in one.discrepancies:
                if name not in self.corpus.discrepancies:
                    known = list(self.corpus.discrepancies)
                    (at / "discrepancies").say(
                        unknown_name(Said("原文的问题", "discrepancy"), name, known)
                    )
            if one.says == "differs" and not one.discrepancies:
                at.wrong("不同之处须登记", "where they differ a discrepancy says so")
        self.found.extend(place.found)

    def rest(self) -> None:
        """Titles, headings, tables and punctuation; whatever is left is claimed by nothing."""
        for passage in self.leaves():
            kind = _kind(passage)
            for at in range(passage.start, passage.end):
                if at in self.owners or self.corpus.source.plain[at] in _OURS:
                    continue
                if kind is not None and kind in self.written.kinds:
                    self.owners[at] = kind, (), self.kinds[kind]
                elif self.corpus.source.plain[at] in PUNCTUATION:
                    self.owners[at] = "punctuation", (), self.kinds["punctuation"]

    def ledger(self) -> Ledger:
        entries = tuple(self.entries())
        problems = [*self.place.found, *self.found]
        for entry in entries:
            if entry.kind in {"", "undeclared"}:
                told = (
                    Said("没有归属", "nothing claims it")
                    if not entry.kind
                    else Said(
                        f"由 {'、'.join(entry.rules)} 共同引用，没有写明",
                        f"quoted by {', '.join(entry.rules)}, which is not declared",
                    )
                )
                zh, en = f"“{entry.text}”{told.zh}", f"'{entry.text}': {told.en}"
                problems.append(
                    Problem(Said(zh, en), self.corpus.ledger or "", None, entry.address)
                )
        return Ledger(entries, self.kinds, tuple(problems))

    def entries(self) -> Iterator[Entry]:
        plain = self.corpus.source.plain
        for passage in self.leaves():
            own = [
                (self.owners.get(at, ("", (), Said("", ""))), plain[at])
                for at in range(passage.start, passage.end)
                if plain[at] not in _OURS
            ]
            for (kind, rules, reason), run in groupby(own, key=lambda item: item[0]):
                text = "".join(letter for _, letter in run)
                yield Entry(passage.address, text, kind, rules, reason)

    def leaves(self) -> Iterator[Passage]:
        """The passages that hold no other."""
        parents = {passage.parent for passage in self.corpus.source.passages}
        return (passage for passage in self.corpus.source.passages if passage.id not in parents)

    @cached_property
    def kinds(self) -> dict[str, Said]:
        return {name: said(reason) for name, reason in self.written.kinds.items()}

    def span(self, at: str, quote: str, place: Place) -> tuple[int, int] | None:
        """Where a quote stands, found exactly once."""
        source = self.corpus.source
        if not source.has(at):
            (place / "at").wrong(f"文中没有“{at}”", f"no such address: {at}")
            return None
        spans = source.occurrences(quote, at)
        if len(spans) != 1:
            (place / "quote").wrong(
                f"引文出现 {len(spans)} 次，应恰为一次",
                f"found {len(spans)} times, not exactly once",
            )
            return None
        return spans[0]


def _kind(passage: Passage) -> str | None:
    """What a passage is by its place in the text, where that alone says whose it is."""
    if passage.kind == "title":
        return "title"
    if passage.id.startswith("annex__r_"):
        return "table"
    return "heading" if passage.kind == "heading" and passage.normative else None
