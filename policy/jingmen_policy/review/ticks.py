"""The verdicts an officer gave on boundary cards, read back from the file the page exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jingmen_facts.problems import Problem, Refused, Said, spelt, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.scalars import Day, Name
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.card import Card, card_id
from jingmen_policy.review.cards import cards
from jingmen_policy.rule.status import Status

Verdict = Literal["right", "wrong"]


class Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MarkForm(Form):
    """The corpus the cards were dealt from; ``cards`` has, by rule, the digest of its cards."""

    id: Name
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    cards: dict[str, Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]] | None = None


class TickForm(Form):
    """One card and what was said of it.

    ``shown`` is the status on the card. ``expected`` is the officer's own answer: of a card that is
    right it is what was shown; of a wrong one it may be left out, and anything else is expected.
    """

    card: Name
    rule: Name
    facts: dict[str, Any]
    as_of: Day
    subject: Name | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None
    shown: Status | None = None
    expected: Status | None = None
    verdict: Verdict
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] | None = None


class TicksForm(Form):
    """A file of ticks."""

    corpus: MarkForm
    by: Name
    on: Day
    ticks: Annotated[tuple[TickForm, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Tick:
    """A verdict that still holds: about these facts ``status`` is expected, or anything but it.

    ``now`` is the card as it is dealt today, None where it no longer is.
    """

    card: str
    rule: str
    facts: Mapping[str, Any]
    as_of: date
    subject: str | None
    year: int | None
    verdict: Verdict
    status: Status
    denied: bool
    note: str
    now: Card | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an older corpus; ``applied`` says whether the tick is still applied."""

    rule: str
    card: str
    said: Said
    applied: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """A file of ticks, read against a corpus. ``older`` says it was made for another."""

    source: str
    by: str
    on: date
    older: bool
    ticks: tuple[Tick, ...]
    since: tuple[Since, ...]


def cards_digest(dealt: Iterable[Card]) -> str:
    """A digest of a rule's cards and their outcomes: the same as long as nothing about them is."""
    written = "".join(f"{card.id} {card.status.value}\n" for card in dealt)
    return sha256(written.encode()).hexdigest()


def read_ticks(path: Path | str, policy: Policy) -> Ticks:
    """The ticks in a file. Raises Refused with everything wrong with it."""
    source = str(path)
    text, _ = read_text(Path(path))
    located = read_json(text, source)
    try:
        form = TicksForm.model_validate(json.loads(text))
    except ValidationError as error:
        raise Refused(problems_of(error, located, TicksForm)) from None
    reader = _Reader(policy, located, form)
    ticks = [reader.tick(place, one) for place, one in enumerate(form.ticks)]
    if reader.problems:
        raise Refused(reader.problems)
    kept = tuple(tick for tick in ticks if tick is not None)
    return Ticks(source, form.by, form.on, reader.older, kept, tuple(reader.since))


class _Reader:
    def __init__(self, policy: Policy, located: Located, form: TicksForm) -> None:
        self.policy = policy
        self.located = located
        self.form = form
        self.problems: list[Problem] = []
        self.since: list[Since] = []
        self.dealt: dict[str, dict[str, Card]] = {}
        self.seen: dict[str, int] = {}
        corpus = policy.corpus
        if form.corpus.id != corpus.id:
            said = unknown_name(Said("规则集", "corpus"), form.corpus.id, [corpus.id])
            self._say(("corpus", "id"), said)
        self.older = form.corpus.digest != corpus.digest
        if self.older:
            self._told_of_rules()

    def tick(self, place: int, form: TickForm) -> Tick | None:
        at = ("ticks", place)
        before = self.seen.setdefault(form.card, place)
        if before != place:
            line = self.located.line(("ticks", before))
            said = Said(
                f"“{form.card}”已判过，见第 {line} 行",
                f"'{form.card}' is ticked on line {line} too",
            )
            self._say((*at, "card"), said)
            return None
        if form.rule not in self.policy.corpus.rules:
            self._unknown_rule(at, form)
            return None
        now = self._cards(form.rule).get(form.card)
        if now is None and not self.older:
            known = list(self._cards(form.rule))
            self._say((*at, "card"), unknown_name(Said("边界案例", "card"), form.card, known))
            return None
        subject = form.subject or (None if now is None else now.subject)
        year = form.year or (None if now is None else now.year)
        if card_id(form.rule, form.facts, form.as_of, subject or "", year) != form.card:
            said = Said(
                "事实、判定日、对象或年度不是这一案例的：文件被改过",
                "facts, day, subject or year are not this card's: the file was changed",
            )
            self._say((*at, "facts"), said)
            return None
        found = self._expected(at, form, now)
        if found is None:
            return None
        status, denied = found
        if self.older:
            self._compared(form, now)
        line, note = self.located.line(at), " ".join((form.note or "").split())
        return Tick(
            form.card,
            form.rule,
            form.facts,
            form.as_of,
            subject,
            year,
            form.verdict,
            status,
            denied,
            note,
            now,
            line,
        )

    def _expected(
        self, at: tuple[str | int, ...], form: TickForm, now: Card | None
    ) -> tuple[Status, bool] | None:
        shown = form.shown or (None if now is None else now.status)
        if form.shown is not None and now is not None and not self.older:
            shown = now.status
            if form.shown != shown:
                said = Said(
                    f"该案例的结论是 {shown.value}，不是 {form.shown.value}：文件被改过",
                    f"the card says {shown.value}, not {form.shown.value}: the file was changed",
                )
                self._say((*at, "shown"), said)
                return None
        if form.verdict == "right":
            agreed = form.expected or shown
            if form.expected and form.shown and form.expected != form.shown:
                said = Said(
                    f"判为对，预期却是 {form.expected.value}，不是 {form.shown.value}",
                    f"found right, yet {form.expected.value} is expected, not {form.shown.value}",
                )
                self._say((*at, "expected"), said)
                return None
            return self._known(at, agreed, False)
        if form.expected is None:
            return self._known(at, shown, True)
        if form.expected == shown:
            said = Said(
                f"判为错，预期却与结论相同：{form.expected.value}",
                f"found wrong, yet {form.expected.value} is expected, as shown",
            )
            self._say((*at, "expected"), said)
            return None
        return self._known(at, form.expected, False)

    def _known(
        self, at: tuple[str | int, ...], status: Status | None, denied: bool
    ) -> tuple[Status, bool] | None:
        if status is not None:
            return status, denied
        said = Said(
            "没有写明结论（shown），这一案例如今也没有",
            "what was shown is not stated, and there is no such card any more",
        )
        self._say((*at, "shown"), said)
        return None

    def _unknown_rule(self, at: tuple[str | int, ...], form: TickForm) -> None:
        said = unknown_name(Said("规则", "rule"), form.rule, list(self.policy.corpus.rules))
        if self.older:
            self.since.append(Since(form.rule, form.card, said, False))
        else:
            self._say((*at, "rule"), said)

    def _compared(self, form: TickForm, now: Card | None) -> None:
        """What became of a card since the file was made."""
        if now is None:
            said = Said(
                "已没有这一案例，仍按所记事实判断", "no longer a card; its facts are judged still"
            )
            self.since.append(Since(form.rule, form.card, said, True))
        elif form.shown is not None and now.status is not form.shown:
            was, is_now = form.shown.label, now.status.label
            said = Said(f"当时 {was.zh}，现为 {is_now.zh}", f"was {was.en}, is {is_now.en} now")
            self.since.append(Since(form.rule, form.card, said, True))

    def _told_of_rules(self) -> None:
        """The rules whose cards are others than when the file was made."""
        for rule, digest in (self.form.corpus.cards or {}).items():
            if rule in self.policy.corpus.rules:
                if cards_digest(self._cards(rule).values()) != digest:
                    said = Said("边界案例或其结论已变", "its cards, or their outcomes, changed")
                    self.since.append(Since(rule, "", said, True))
            else:
                said = Said("已没有这条规则", "there is no such rule any more")
                self.since.append(Since(rule, "", said, False))

    def _cards(self, rule: str) -> dict[str, Card]:
        if rule not in self.dealt:
            self.dealt[rule] = {card.id: card for card in cards(self.policy, rule)}
        return self.dealt[rule]

    def _say(self, path: tuple[str | int, ...], said: Said) -> None:
        line = self.located.line(path)
        self.problems.append(Problem(said, self.located.source, line, spelt(path)))
