"""The side of a comparison that facts can be made up for, and the values around the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from math import ceil, floor
from typing import Any

from jingmen_facts.kinds import Relation
from jingmen_policy.expression.near import least_step, stored, texts_around, years_before
from jingmen_policy.expression.nodes import (
    Call,
    Compare,
    Count,
    Field,
    Formula,
    Members,
    Not,
    Of,
    Operator,
    Size,
    Term,
)
from jingmen_policy.expression.walk import nodes
from jingmen_policy.review.spot import Spot
from jingmen_policy.review.world import NUMBER, SUBJECT, Ref, World, default
from jingmen_policy.wording.phrases import MIRRORED

Make = Callable[[Formula, World, Spot], Iterator[World]]
"""Ways to make a formula true."""
_A_DAY = timedelta(days=1)
MOST = 200
"""No more members than this are made up."""


def turned(compare: Compare) -> tuple[Term, Operator, Term] | None:
    """With a side that facts can be made up for on the left; None where neither is such."""
    if _settable(compare.left):
        return compare.left, compare.op, compare.right
    if _settable(compare.right):
        return compare.right, MIRRORED[compare.op], compare.left
    return None


def _settable(term: Term) -> bool:
    if isinstance(term, Call):
        return term.function == "age" and isinstance(term.arguments[0], Field)
    return isinstance(term, Field | Count) or (
        isinstance(term, Size) and isinstance(term.texts, Field)
    )


def seeded(term: Term, world: World, spot: Spot, make: Make) -> World:
    """With some value for all that a term reads outside of its loops."""
    for node in nodes(term):
        if isinstance(node, Field) and (node.path.root == "" or node.path.root in spot.things):
            world, thing = spot.reach(node.path, world)
            if world.get(thing, node.spec.name) is None:
                world = world.put(thing, node.spec.name, default(node.spec, spot.by))
        elif isinstance(node, Count) and spot.worth(node, world) is None:
            world = next(set_to(node, NUMBER, world, spot, make), world)
    return world


def set_to(
    pivot: Term, wanted: Any, world: World, spot: Spot, make: Make, other: Term | None = None
) -> Iterator[World]:
    """Worlds in which a term has a value; ``other`` is what it is compared with."""
    match pivot:
        case Field(path, spec):
            world, thing = spot.reach(path, world)
            held = stored(wanted, spec)
            if held is not None:
                yield world.put(thing, spec.name, held)
        case Size(Field(path, spec)):
            world, thing = spot.reach(path, world)
            texts = spec.choices or tuple(f"示例{n}" for n in range(1, wanted + 1))
            if 0 <= wanted <= len(texts):
                yield world.put(thing, spec.name, texts[:wanted])
        case Call("age", (Field(path, spec), on)):
            world = seeded(on, world, spot, make)
            day = spot.worth(on, world)
            if day is not None and 0 <= wanted < day.year:
                world, thing = spot.reach(path, world)
                yield world.put(thing, spec.name, years_before(day, wanted))
        case Count(members, var, condition):
            shared = any(isinstance(n, Count) and n.members == members for n in nodes(other))
            if shared and condition is not None:
                yield from _among(members, var, condition, wanted, world, spot, make)
            else:
                yield from _counted(members, var, condition, wanted, world, spot, make)
        case _:
            return


def member(members: Members, world: World, spot: Spot) -> tuple[World, int]:
    """Another member of a collection, the list of which is complete."""
    world, thing = spot.reach(members.start, world)
    many = [place for place, step in enumerate(members.steps) if step.many]
    for place, step in enumerate(members.steps):
        if not step.many:
            world, thing = spot.referred(step, thing, world)
            continue
        world = world.listed(step.target)
        known = world.members(step, thing)
        if known and place != many[-1]:
            thing = known[0]
        else:
            world, thing = _belonging(step, thing, world, spot)
    return world, thing


def listed(members: Members, world: World, spot: Spot) -> World:
    """With the lists of a collection complete, and no new member."""
    world, thing = spot.reach(members.start, world)
    opened = False
    for step in members.steps:
        opened = opened or step.many
        if step.many:
            world = world.listed(step.target)
        elif not opened:
            world, thing = spot.referred(step, thing, world)
    return world


def reached(members: Members, world: World, spot: Spot) -> list[int]:
    """The members there are."""
    world, start = spot.reach(members.start, world)
    found = [start]
    for step in members.steps:
        if step.many:
            found = [thing for owner in found for thing in world.members(step, owner)]
        else:
            referred = [world.get(thing, step.field) for thing in found]
            found = [one.thing for one in referred if one is not None]
    return found


def _belonging(step: Relation, owner: int, world: World, spot: Spot) -> tuple[World, int]:
    world, made = world.add(step.target, spot.as_of)
    return world.put(made, step.field, Ref(owner)), made


def _counted(
    members: Members,
    var: str,
    condition: Formula | None,
    wanted: int,
    world: World,
    spot: Spot,
    make: Make,
) -> Iterator[World]:
    world = listed(members, world, spot)
    there = reached(members, world, spot)
    counted = [
        thing
        for thing in there
        if condition is None or spot.inside(var, thing).holds(condition, world)
    ]
    if not 0 <= wanted <= MOST:
        return
    held = {SUBJECT, *spot.things.values()}
    for thing in reversed(counted[wanted:]):
        if thing not in held and thing in world.things:
            world = world.without(thing)
    if not held <= world.things.keys():
        return
    if condition is not None and 0 < wanted <= len(counted):  # so that its parts are met again
        last = spot.inside(var, counted[wanted - 1])
        world = next(make(condition, world, last), world)
    for _ in range(wanted - len(counted)):
        world, thing = member(members, world, spot)
        if condition is not None:
            first = next(make(condition, world, spot.inside(var, thing)), None)
            if first is None:
                return
            world = first
    yield world


def _among(
    members: Members,
    var: str,
    condition: Formula,
    wanted: int,
    world: World,
    spot: Spot,
    make: Make,
) -> Iterator[World]:
    """So many of the members there are, where how many there are is what it is compared with."""
    there = reached(members, world, spot)
    if not 0 <= wanted <= len(there):
        return
    for place, thing in enumerate(there):
        part = condition if place < wanted else Not(condition)
        made = next(make(part, world, spot.inside(var, thing)), None)
        if made is None:
            return
        world = made
    yield world


def satisfying(op: Operator, limit: Any, term: Term) -> Iterator[Any]:
    """Values that stand so to a limit, nearest first."""
    if term.type.of in {Of.NUMBER, Of.MONEY, Of.RATIO}:
        yield from _numbers(op, limit, term)
    elif term.type.of is Of.DAY:
        if op in {"==", "<=", ">="}:
            yield limit
        else:
            yield limit + (-_A_DAY if op == "<" else _A_DAY)
    elif term.type.of is Of.FLAG:
        yield limit if op == "==" else not limit
    elif term.type.of is Of.TEXT:
        yield from (one for one in texts_around(term, limit) if _stands(op, one, limit, term))


def _numbers(op: Operator, limit: Any, term: Term) -> Iterator[Any]:
    least = least_step(term)
    low, high = floor(limit / least) * least, ceil(limit / least) * least
    match op:
        case "==":
            yield limit
        case "<=":
            yield low
        case "<":
            yield high - least
        case ">=":
            yield high
        case ">":
            yield low + least
        case "!=":
            yield from (low + least, high - least)


def _stands(op: Operator, text: str, limit: str, term: Term) -> bool:
    if op in {"==", "!="}:
        return (text == limit) is (op == "==")
    ranks = term.type.choices
    if limit not in ranks:
        return False
    rank, edge = ranks.index(text), ranks.index(limit)
    return {"<": rank < edge, "<=": rank <= edge, ">": rank > edge, ">=": rank >= edge}[op]
