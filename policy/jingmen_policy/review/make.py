"""Making up facts for which a formula is true, or false, and one part of it is what decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from jingmen_policy.expression.nodes import (
    And,
    Compare,
    Const,
    Count,
    Derived,
    Field,
    Flag,
    Formula,
    Leaf,
    Not,
    Operator,
    Or,
    Quantified,
    Term,
    Within,
    Yields,
)
from jingmen_policy.expression.walk import leaves, nodes
from jingmen_policy.review.pivot import (
    Make,
    listed,
    member,
    reached,
    satisfying,
    seeded,
    set_to,
    turned,
)
from jingmen_policy.review.spot import Spot
from jingmen_policy.review.world import World
from jingmen_policy.rule.model import DerivedVersion

_DENIED: dict[Operator, Operator] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
TRIES = 24
"""How many ways to make up facts are looked at before giving up."""

VISITS = 1_000
"""How many parts of expressions are looked at for one world, members of collections among them."""


@dataclass
class Maker:
    """``focus`` is the part that is to decide: whatever stands beside it is made idle.

    ``spot`` is where the focus was met last, ``left`` how much more may be tried.
    """

    focus: Leaf | None = None
    spot: Spot | None = None
    left: int = VISITS
    _within: dict[int, bool] = field(default_factory=dict)

    def make(self, formula: Formula, want: bool, world: World, spot: Spot) -> Iterator[World]:
        match formula:
            case And(parts):
                yield from self._joined(parts, want, True, world, spot)
            case Or(parts):
                yield from self._joined(parts, want, False, world, spot)
            case Not(part):
                yield from self.make(part, not want, world, spot)
            case _:
                yield from self._leaf(formula, want, world, spot)

    def true(self, formula: Formula, world: World, spot: Spot) -> Iterator[World]:
        return self.make(formula, True, world, spot)

    def every(
        self, wanted: Sequence[tuple[Formula, bool]], world: World, spot: Spot
    ) -> Iterator[World]:
        """Worlds in which each formula is as wanted."""
        if not wanted:
            yield world
            return
        formula, want = wanted[0]
        for made in islice(self.make(formula, want, world, spot), TRIES):
            yield from self.every(wanted[1:], made, spot)

    def focused(self, formula: Formula, spot: Spot) -> bool:
        """Whether the focus is the formula or a part of it, inside what it counts and derives."""
        key = id(formula)
        if key not in self._within:
            self._within[key] = False
            self._within[key] = any(self._holds_focus(leaf, spot) for leaf in leaves(formula))
        return self._within[key]

    def _holds_focus(self, leaf: Leaf, spot: Spot) -> bool:
        if leaf is self.focus:
            return True
        match leaf:
            case Derived():
                return self.focused(derived_version(leaf, spot).means, spot)
            case Yields(rule):
                formula = yielded(rule, spot)
                return formula is not None and self.focused(formula, spot)
            case _:
                return any(self.focused(part, spot) for part in inner_formulas(leaf))

    def _joined(
        self, parts: Sequence[Formula], want: bool, idle: bool, world: World, spot: Spot
    ) -> Iterator[World]:
        """All parts of a conjunction (``idle`` True), or of an alternative, so that it decides."""
        focused = [part for part in parts if self.focused(part, spot)]
        if focused:
            others = [part for part in parts if part not in focused]
            for made in self._all(others, idle, world, spot, may_skip=not idle):
                yield from self._all(focused, want, made, spot)
        elif want is idle:
            yield from self._all(parts, want, world, spot)
        else:
            for part in parts:
                yield from self.make(part, want, world, spot)

    def _all(
        self,
        parts: Sequence[Formula],
        want: bool,
        world: World,
        spot: Spot,
        *,
        may_skip: bool = False,
    ) -> Iterator[World]:
        if not parts:
            yield world
            return
        for made in islice(self.make(parts[0], want, world, spot), TRIES):
            yield from self._all(parts[1:], want, made, spot, may_skip=may_skip)
        if may_skip:  # not known is as idle as false
            yield from self._all(parts[1:], want, world, spot, may_skip=may_skip)

    def _leaf(self, leaf: Leaf, want: bool, world: World, spot: Spot) -> Iterator[World]:
        self.left -= 1
        if self.left < 0 or not spot.within(world):
            return
        if leaf is self.focus:
            self.spot = spot
        match leaf:
            case Flag(Field(path, spec)):
                world, thing = spot.reach(path, world)
                yield world.put(thing, spec.name, want)
            case Flag(Const(given)):
                if given is want:
                    yield world
            case Derived(_, path):
                version = derived_version(leaf, spot)
                world, thing = spot.reach(path, world)
                yield from self.make(version.means, want, world, spot.of(version, thing, None))
            case Yields(rule):
                yield from self._yields(rule, want, world, spot)
            case Quantified():
                yield from self._quantified(leaf, want, world, spot)
            case Within(elements, texts):
                yield from _contained(elements, texts, want, world, spot, self.true)
            case Compare():
                yield from self._compared(leaf, want, world, spot)
            case _:
                return

    def _yields(self, rule: str, want: bool, world: World, spot: Spot) -> Iterator[World]:
        other = spot.corpus.rules[rule]
        version = other.version_on(spot.as_of)
        formula = yielded(rule, spot)
        if version is None or formula is None:
            if want is (version is not None):
                yield world
            return
        yield from self.make(formula, want, world, spot.of(version, spot.subject, version.due.day))

    def _compared(self, leaf: Compare, want: bool, world: World, spot: Spot) -> Iterator[World]:
        unmet = self.spot is None and leaf is not self.focus and self.focused(leaf, spot)
        if not unmet and spot.holds(leaf, world) is want:
            yield world
            return
        sides = turned(leaf)
        if sides is None:
            return
        pivot, op, other = sides
        world = seeded(other, world, spot, self.true)
        limit = spot.worth(other, world)
        if limit is None:
            return
        for wanted in satisfying(op if want else _DENIED[op], limit, pivot):
            yield from set_to(pivot, wanted, world, spot, self.true, other)

    def _quantified(
        self, leaf: Quantified, want: bool, world: World, spot: Spot
    ) -> Iterator[World]:
        """One member that decides; of those there are already, only that they do not matter."""
        sought = (leaf.op == "some") is want
        members, var = leaf.members, leaf.var
        if sought or self.focused(leaf, spot) or leaf.op == "every":
            body = want if sought else (leaf.op == "every") is want
            world, thing = member(members, world, spot)
            inside = spot.inside(var, thing)
            for admitted in self._all(_condition(leaf), True, world, inside):
                yield from self.make(leaf.body, body, admitted, inside)
            return
        world = listed(members, world, spot)
        worlds = [world]
        for thing in reached(members, world, spot):
            inside = spot.inside(var, thing)
            worlds = [
                done
                for before in worlds
                for done in islice(self.make(leaf.body, False, before, inside), 1)
            ]
        yield from worlds


def derived_version(leaf: Derived, spot: Spot) -> DerivedVersion:
    """What a derived fact means on the day."""
    fact = spot.corpus.derived[leaf.path.kind, leaf.name]
    return fact.version_on(spot.as_of) or fact.versions[0]


def yielded(rule: str, spot: Spot) -> Formula | None:
    """When another rule applies; None where it always or never does."""
    other = spot.corpus.rules[rule]
    version = other.version_on(spot.as_of)
    return None if version is None else other.applies(version)


def inner_formulas(leaf: Leaf) -> Iterator[Formula]:
    """The conditions and bodies of what a leaf counts, adds up or asks of many."""
    match leaf:
        case Quantified(_, _, _, body, condition):
            yield body
            if condition is not None:
                yield condition
        case _:
            for node in nodes(leaf):
                if isinstance(node, Count) and node.condition is not None:
                    yield node.condition


def _condition(leaf: Quantified) -> tuple[Formula, ...]:
    return () if leaf.condition is None else (leaf.condition,)


def _contained(
    elements: Term, texts: Term, want: bool, world: World, spot: Spot, make: Make
) -> Iterator[World]:
    if isinstance(texts, Field):
        world = seeded(elements, world, spot, make)
        sought = spot.worth(elements, world)
        if sought is None:
            return
        wanted = (sought,) if isinstance(sought, str) else sought
        world, thing = spot.reach(texts.path, world)
        held = world.get(thing, texts.spec.name) or ()
        kept = tuple(text for text in held if text not in wanted)
        if want:
            missing = tuple(text for text in wanted if text not in held)
            yield world.put(thing, texts.spec.name, (*held, *missing))
        else:
            yield world.put(thing, texts.spec.name, (*kept, *wanted[1:]))
    elif isinstance(elements, Field):
        known = spot.worth(texts, world) or ()
        world, thing = spot.reach(elements.path, world)
        choices = elements.spec.choices or (*known, "示例")
        for choice in choices:
            if (choice in known) is want:
                one = elements.type.of.value == "text"
                yield world.put(thing, elements.spec.name, choice if one else (choice,))
