"""The boundary cards of a rule: one part of it turned at a time, the rest kept so that it decides.

Nothing is listed by hand: the parts are those of the rule's expressions, of the derived facts
they mention and of the rules it yields to; the facts are made up to the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.expression.nodes import Term
from jingmen_policy.expression.terms import years_after
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.atoms import atoms
from jingmen_policy.review.card import Card, Group, card_id
from jingmen_policy.review.make import TRIES, Maker
from jingmen_policy.review.spot import Spot
from jingmen_policy.review.telling import Telling, place_of
from jingmen_policy.review.variants import Variant, variants
from jingmen_policy.review.world import SUBJECT, World
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status

_Dealt = tuple[Card, Variant]
_A_DAY = timedelta(days=1)
_WHOLE = Said("所要求的都具备", "everything asked for is there")
_ASKED = frozenset({"threshold", "date"})
_HOLDS = frozenset({Status.MET, Status.NOTED, Status.AVAILABLE})
_ABOUT = (
    (-1, Said("到期前一日", "the day before it falls due")),
    (0, Said("到期当日", "the day it falls due")),
    (1, Said("到期次日", "the day after it falls due")),
)


def cards(policy: Policy, rule_id: str) -> tuple[Card, ...]:
    """The cards of a rule, each once, in a fixed order. Raises Refused for an unknown rule."""
    if rule_id not in policy.corpus.rules:
        said = unknown_name(Said("规则", "rule"), rule_id, list(policy.corpus.rules))
        raise Refused([Problem(said)])
    rule = policy.corpus.rules[rule_id]
    found: dict[str, Card] = {}
    for version in rule.versions:
        for card in _Dealer(policy, rule, version, spot_of(policy, version)).cards():
            known = found.setdefault(card.id, card)
            if known is not card and card.group == "date":
                label = _joined([known.label, card.label])
                found[card.id] = replace(known, label=label)
    return tuple(found.values())


@dataclass
class _Dealer:
    """Deals the cards of one version."""

    policy: Policy
    rule: Rule
    version: Version
    spot: Spot

    def cards(self) -> Iterator[Card]:
        base = self._made(Maker())
        place = place_of(self.policy.corpus, self.rule, self.version)
        dealt: list[_Dealt] = []
        for atom in atoms(self.rule, self.version, self.spot, place):
            maker = Maker(atom.leaf)
            world = self._made(maker)
            if world is None or maker.spot is None or not maker.spot.within(world):
                continue
            say = Telling(atom.place)
            said = {card.label for card, _ in dealt}
            for varied in variants(atom.leaf, world, maker.spot, maker, say):
                label = varied.label
                if label in said:
                    label = _about(label, world, maker.spot)
                card = self._card(atom.group, label, varied.world, self.spot.as_of)
                if card is not None:
                    dealt.append((card, varied))
        yield from (card for card, _ in _in_order(list(_once(dealt))))
        if base is None:
            return
        shown = self._card("applicability", _WHOLE, base, self.spot.as_of)
        if shown is not None:
            yield shown
            yield from self._reasons(dealt)
            yield from self._unknown(base, shown)
            yield from self._days()
            yield from self._before(base)

    def _made(self, maker: Maker, met: bool = True) -> World | None:
        """Facts for which the rule applies, is used and is met or not, its focus deciding that."""
        world, _ = World(self.policy.models).add(self.rule.subject, self.spot.as_of)
        wanted = [
            (formula, want)
            for formula, want in (
                (self.rule.applies(self.version), True),
                (self.version.used, True),
                (self.version.require, met),
            )
            if formula is not None
        ]
        wanted.sort(key=lambda one: maker.focused(one[0], self.spot))
        best = None
        for one in islice(maker.every(wanted, world, self.spot), TRIES):
            card = self._card("applicability", _WHOLE, one, self.spot.as_of)
            if card is not None and card.status in _HOLDS:
                return one
            best = best or (None if card is None else one)
        return best

    def _card(self, group: Group, label: Said, world: World, as_of: date) -> Card | None:
        made = world.dossier
        if made is None:
            return None
        dossier, facts = made
        subject = facts[SUBJECT].identity
        found = self.policy.judge(dossier, as_of, rules=[self.rule.id], engine="reference")
        about = [one for one in found if one.subject.id == subject]
        about = [one for one in about if one.year == self.spot.year] or about
        if not about:
            return None
        written, year = world.written(), about[-1].year
        number = card_id(self.rule.id, written, as_of, subject, year)
        return Card(
            number, self.rule.id, group, label, written, as_of, subject, year, about[-1].status
        )

    def _reasons(self, dealt: list[_Dealt]) -> Iterator[Card]:
        """A default that is not followed, with a reason on record."""
        if not self.version.reason:
            return
        spec = self.policy.models.kinds[self.rule.subject].fields[self.version.reason]
        for card, varied in dealt:
            if card.status is Status.DEPARTED:
                reasoned = varied.world.put(SUBJECT, spec.name, spec.label.zh)
                label = Said(
                    f"{card.label.zh}，记有{spec.label.zh}",
                    f"{card.label.en}, a reason is recorded",
                )
                shown = self._card("exception", label, reasoned, self.spot.as_of)
                if shown is not None:
                    yield shown
                return

    def _unknown(self, base: World, shown: Card) -> Iterator[Card]:
        """What is known, left out one by one where that matters, each field once."""
        seen: set[tuple[str, str]] = set()
        for thing, (kind, fields) in base.things.items():
            described = self.policy.models.kinds[kind]
            for name in fields:
                spec = described.fields[name]
                if spec.required or (kind, name) in seen:
                    continue
                label = Said(
                    f"缺少{described.label.zh}的{spec.label.zh}",
                    f"not known of the {described.label.en}: {spec.label.en}",
                )
                card = self._card("unknown", label, base.lost(thing, name), self.spot.as_of)
                if card is not None and card.status is not shown.status:
                    seen.add((kind, name))
                    yield card
        for kind in sorted(base.complete):
            named = self.policy.models.kinds[kind].label
            label = Said(f"{named.zh}名单不全", f"the list of {named.en} is not complete")
            card = self._card("unknown", label, base.unlisted(kind), self.spot.as_of)
            if card is not None and card.status is not shown.status:
                yield card

    def _days(self) -> Iterator[Card]:
        """What was so the day before it falls due, on that day and about it; met and not met."""
        due = self.spot.due
        if due is None or not self.version.in_force(due - _A_DAY):
            return
        early = replace(self.spot, as_of=due - _A_DAY)
        dealer = _Dealer(self.policy, self.rule, self.version, early)
        worlds = (
            (Said("已做到", "done"), dealer._made(Maker())),
            (Said("未做到", "not done"), dealer._made(Maker(), met=False)),
        )
        for what, world in worlds:
            for days, when in _ABOUT:
                day = due + timedelta(days=days)
                if world is not None and self.version.in_force(min(day, due)):
                    label = Said(f"{what.zh}，{when.zh}", f"{what.en}, {when.en}")
                    card = self._card("date", label, world, day)
                    if card is not None:
                        yield card

    def _before(self, base: World) -> Iterator[Card]:
        if self.version is self.rule.versions[0]:
            before = Said("施行前一日", "the day before it is in force")
            card = self._card("in force", before, base, self.version.since - _A_DAY)
            if card is not None:
                yield card


def _once(dealt: list[_Dealt]) -> Iterator[_Dealt]:
    """Each card once: under the numbers and days it shows, where it shows any.

    The card on which everything stands at its limit comes up for every part of the rule.
    """
    for number in dict.fromkeys(card.id for card, _ in dealt):
        alike = [one for one in dealt if one[0].id == number]
        asked = [one for one in alike if one[0].group in _ASKED and one[1].term is not None]
        first, varied = asked[0] if asked else alike[0]
        labels = dict.fromkeys(card.label for card, _ in asked)
        yield (first if not labels else replace(first, label=_joined(list(labels)))), varied


def _joined(labels: list[Said]) -> Said:
    return Said("；".join(one.zh for one in labels), "; ".join(one.en for one in labels))


def _about(label: Said, world: World, spot: Spot) -> Said:
    """A label with the thing it is about, where it has been said of another."""
    things = [world.identity(thing) for thing in spot.things.values() if thing in world.things]
    named = "、".join(things)
    return Said(f"{label.zh}（{named}）", f"{label.en} ({named})") if named else label


def _in_order(dealt: list[_Dealt]) -> Iterator[_Dealt]:
    """The values of one term together, from the least: 1人, 2人, 4人, 5人."""
    told: list[tuple[Group, Term]] = []
    for card, varied in dealt:
        if varied.term is None:
            yield card, varied
        elif (card.group, varied.term) not in told:
            told.append((card.group, varied.term))
            alike = [
                one for one in dealt if (one[0].group, one[1].term) == (card.group, varied.term)
            ]
            yield from sorted(alike, key=lambda one: one[1].value)


def spot_of(policy: Policy, version: Version) -> Spot:
    """Where a version's expressions stand on the day its cards are about."""
    as_of, year = judged_on(version)
    due = version.due.day if year is None else version.due.in_year(year)
    return Spot(policy.corpus, version, as_of, due, year)


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
