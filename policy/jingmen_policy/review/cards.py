"""The boundary cards of a rule: one part of it turned at a time, the rest kept so that it decides.

Nothing is listed by hand: the parts are those of the rule's expressions, of the derived facts
they mention and of the rules it yields to; the facts are made up to the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.expression.nodes import Leaf
from jingmen_policy.expression.terms import years_after
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.atoms import atoms
from jingmen_policy.review.card import Card, Group, card_id
from jingmen_policy.review.make import TRIES, Maker
from jingmen_policy.review.spot import Spot
from jingmen_policy.review.telling import Telling, place_of
from jingmen_policy.review.variants import variants
from jingmen_policy.review.world import SUBJECT, World
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status

_A_DAY = timedelta(days=1)
SHORT = frozenset({Status.BREACHED, Status.DEPARTED})


def cards(policy: Policy, rule_id: str) -> tuple[Card, ...]:
    """The cards of a rule, each once, in a fixed order. Raises Refused for an unknown rule."""
    if rule_id not in policy.corpus.rules:
        said = unknown_name(Said("规则", "rule"), rule_id, list(policy.corpus.rules))
        raise Refused([Problem(said)])
    rule = policy.corpus.rules[rule_id]
    found: dict[str, Card] = {}
    for version in rule.versions:
        for card in _Dealer(policy, rule, version).cards():
            found.setdefault(card.id, card)
    return tuple(found.values())


@dataclass
class _Dealer:
    """Deals the cards of one version."""

    policy: Policy
    rule: Rule
    version: Version

    def __post_init__(self) -> None:
        self.as_of, self.year = judged_on(self.version)
        due = self.version.due
        falls = due.day if self.year is None else due.in_year(self.year)
        self.spot = Spot(self.policy.corpus, self.version, self.as_of, falls, self.year)

    def cards(self) -> Iterator[Card]:
        base = self._made(None)
        place = place_of(self.policy.corpus, self.rule, self.version)
        dealt: list[tuple[Card, World]] = []
        for atom in atoms(self.rule, self.version, self.spot, place):
            maker = Maker(atom.leaf)
            world = self._made(atom.leaf, maker)
            if world is None or maker.spot is None:
                continue
            for label, varied in variants(atom.leaf, world, maker.spot, maker, Telling(atom.place)):
                card = self._card(atom.group, label, varied, self.as_of)
                if card is not None:
                    dealt.append((card, varied))
        yield from (card for card, _ in dealt)
        if base is None:
            return
        whole = Said("所要求的都具备", "everything asked for is there")
        shown = self._card("applicability", whole, base, self.as_of)
        if shown is not None:
            yield shown
            yield from self._reasons(dealt)
            yield from self._unknown(base, shown)
            yield from self._days(base, shown, dealt)

    def _made(self, focus: Leaf | None, maker: Maker | None = None) -> World | None:
        """Facts for which the rule applies, is used and is met, the focus deciding that it is."""
        maker = maker or Maker(focus)
        world, _ = World(self.policy.models).add(self.rule.subject, self.as_of)
        formulas = [
            formula
            for formula in (
                self.rule.applies(self.version),
                self.version.used,
                self.version.require,
            )
            if formula is not None
        ]
        formulas.sort(key=lambda formula: maker.focused(formula, self.spot))
        made = maker._all(formulas, True, world, self.spot)
        best = None
        for one in islice(made, TRIES):
            if one.dossier() is None:
                continue
            best = best or one
            card = self._card("threshold", Said("", ""), one, self.as_of)
            if card is not None and card.status in {Status.MET, Status.NOTED, Status.AVAILABLE}:
                return one
        return best

    def _card(self, group: Group, label: Said, world: World, as_of: date) -> Card | None:
        made = world.dossier()
        if made is None:
            return None
        dossier, facts = made
        subject = facts[SUBJECT].identity
        found = self.policy.judge(dossier, as_of, rules=[self.rule.id], engine="reference")
        about = [one for one in found if one.subject.id == subject]
        about = [one for one in about if one.year == self.year] or about
        if not about:
            return None
        written, year = world.written(), about[-1].year
        number = card_id(self.rule.id, written, as_of, subject, year)
        return Card(
            number, self.rule.id, group, label, written, as_of, subject, year, about[-1].status
        )

    def _reasons(self, dealt: list[tuple[Card, World]]) -> Iterator[Card]:
        """A default that is not followed, with a reason on record."""
        if not self.version.reason:
            return
        spec = self.policy.models.kinds[self.rule.subject].fields[self.version.reason]
        for card, world in dealt:
            if card.status is Status.DEPARTED:
                reasoned = world.put(SUBJECT, spec.name, spec.label.zh)
                label = Said(
                    f"{card.label.zh}，记有{spec.label.zh}",
                    f"{card.label.en}, a reason is recorded",
                )
                shown = self._card("exception", label, reasoned, self.as_of)
                if shown is not None:
                    yield shown
                return

    def _unknown(self, base: World, shown: Card) -> Iterator[Card]:
        """What is known, left out one by one, where that makes a difference; once for each field."""
        seen: set[tuple[str, str]] = set()
        for thing, (kind, fields) in base.things.items():
            described = self.policy.models.kinds[kind]
            for name in fields:
                spec = described.fields[name]
                if spec.required or (kind, name) in seen:
                    continue
                label = Said(
                    f"缺少{described.label.zh}的{spec.label.zh}",
                    f"{described.label.en}: {name} is not known",
                )
                card = self._card("unknown", label, base.lost(thing, name), self.as_of)
                if card is not None and card.status is not shown.status:
                    seen.add((kind, name))
                    yield card
        for kind in sorted(base.complete):
            named = self.policy.models.kinds[kind].label
            label = Said(f"{named.zh}名单不全", f"the list of {named.en} is not complete")
            card = self._card("unknown", label, base.unlisted(kind), self.as_of)
            if card is not None and card.status is not shown.status:
                yield card

    def _days(self, base: World, shown: Card, dealt: list[tuple[Card, World]]) -> Iterator[Card]:
        """The same facts on other days: about the day it falls due, and before it is in force."""
        short = next((one for one in dealt if one[0].status in SHORT), None)
        if self.spot.due is not None:
            days = (
                (self.spot.due - _A_DAY, Said("到期前一日", "the day before it falls due")),
                (self.spot.due, Said("到期当日", "the day it falls due")),
                (self.spot.due + _A_DAY, Said("到期次日", "the day after it falls due")),
            )
            for day, said in days:
                for what, world in (
                    (shown.label, base),
                    *([] if short is None else [(short[0].label, short[1])]),
                ):
                    if self.version.in_force(min(day, self.spot.due)):
                        label = Said(f"{said.zh}，{what.zh}", f"{said.en}; {what.en}")
                        card = self._card("date", label, world, day)
                        if card is not None:
                            yield card
        if self.version is self.rule.versions[0]:
            before = Said("施行前一日", "the day before it is in force")
            card = self._card("in force", before, base, self.version.since - _A_DAY)
            if card is not None:
                yield card


def judged_on(version: Version) -> tuple[date, int | None]:
    """The day to judge a version on, and the year where it is yearly: the close of the due day.

    A version that binds always is judged a year after it begins, or on its last day before that.
    """
    last = date.max if version.until is None else version.until - _A_DAY
    due = version.due
    if due.day is not None:
        return min(max(due.day, version.since), last), None
    if due.kind == "yearly":
        year = version.since.year
        if due.in_year(year) < version.since:
            year += 1
        return min(due.in_year(year), last), year
    return min(years_after(version.since, 1), last), None
