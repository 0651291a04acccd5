"""What may become of the part that decides: values at a limit and beside it, each choice, none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from jingmen_facts.problems import Said
from jingmen_policy.expression.near import around, years_before
from jingmen_policy.expression.nodes import (
    Call,
    Compare,
    Count,
    Field,
    Flag,
    Leaf,
    Members,
    Of,
    Quantified,
    Term,
    Within,
)
from jingmen_policy.review.make import Maker
from jingmen_policy.review.pivot import (
    listed,
    reached,
    seeded,
    set_to,
    turned,
)
from jingmen_policy.review.spot import Spot
from jingmen_policy.review.telling import Telling
from jingmen_policy.review.world import SUBJECT, World

_ORDERED = {Of.NUMBER, Of.MONEY, Of.DAY}


@dataclass(frozen=True, slots=True)
class Variant:
    """``value`` is what a number or a day is in it: those of one term can be put in order."""

    label: Said
    world: World
    term: Term | None = None
    value: Any = None


def variants(leaf: Leaf, world: World, spot: Spot, maker: Maker, say: Telling) -> Iterator[Variant]:
    """The world with the leaf turned each way there is."""
    match leaf:
        case Flag(Field(path, spec)):
            _, thing = spot.reach(path, world)
            for flag in (True, False):
                yield Variant(say.flag(leaf, flag), world.put(thing, spec.name, flag))
        case Compare():
            yield from _compared(leaf, world, spot, maker, say)
        case Within(elements, texts):
            yield from _within(elements, texts, world, spot, say)
        case Quantified():
            yield from _none(leaf.members, world, spot, say)
        case _:
            return


def _compared(
    leaf: Compare, world: World, spot: Spot, maker: Maker, say: Telling
) -> Iterator[Variant]:
    sides = turned(leaf)
    if sides is None:
        return
    pivot, _, other = sides
    world = seeded(other, world, spot, maker.true)
    limit = spot.worth(other, world)
    if limit is None:
        return
    for wanted in around(limit, pivot):
        for made in islice(set_to(pivot, wanted, world, spot, maker.true, other), 1):
            ordered = pivot.type.of in _ORDERED
            yield Variant(say.value(pivot, wanted), made, pivot if ordered else None, wanted)
    match pivot:
        case Call("age", (Field(path, spec), on)):
            day = spot.worth(on, world)
            born = years_before(day, int(limit) + 1) + timedelta(days=1)
            _, thing = spot.reach(path, world)
            yield Variant(say.day_short(pivot, int(limit) + 1), world.put(thing, spec.name, born))
        case Count(members, _, _) if limit > 1:
            yield from _none(members, world, spot, say, pivot)
        case _:
            pass


def _within(
    elements: Term, texts: Term, world: World, spot: Spot, say: Telling
) -> Iterator[Variant]:
    if isinstance(texts, Field):
        sought = spot.worth(elements, world)
        wanted = (sought,) if isinstance(sought, str) else sought or ()
        _, thing = spot.reach(texts.path, world)
        held = world.get(thing, texts.spec.name) or ()
        yield Variant(say.value(texts, held), world)
        for text in wanted:
            rest = tuple(one for one in held if one != text)
            yield Variant(say.lacking(texts, text), world.put(thing, texts.spec.name, rest))
        yield Variant(say.value(texts, ()), world.put(thing, texts.spec.name, ()))
        if held == wanted and len(wanted) == 1:
            for text in texts.spec.choices:
                yield Variant(say.value(texts, (text,)), world.put(thing, texts.spec.name, (text,)))
    elif isinstance(elements, Field):
        _, thing = spot.reach(elements.path, world)
        choices = elements.spec.choices or (*(spot.worth(texts, world) or ()), "示例")
        for choice in choices:
            value: Any = choice if elements.type.of.value == "text" else (choice,)
            yield Variant(say.value(elements, value), world.put(thing, elements.spec.name, value))


def _none(
    members: Members, world: World, spot: Spot, say: Telling, count: Term | None = None
) -> Iterator[Variant]:
    """The same without any member, the list being complete."""
    emptied = listed(members, world, spot)
    held = {SUBJECT, *spot.things.values()}
    for thing in reached(members, world, spot):
        if thing in held:
            return
        if thing in emptied.things:
            emptied = emptied.without(thing)
    if spot.within(emptied):
        yield Variant(say.none(members), emptied, count, 0)
