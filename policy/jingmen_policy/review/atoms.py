"""The parts of a rule that decide, each with where it stands and what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jingmen_policy.expression.nodes import (
    Compare,
    Count,
    Derived,
    Formula,
    Leaf,
    Of,
    Quantified,
    Yields,
)
from jingmen_policy.expression.walk import leaves, nodes
from jingmen_policy.review.card import Group
from jingmen_policy.review.make import derived_version, inner_formulas, yielded
from jingmen_policy.review.spot import Spot
from jingmen_policy.rule.model import Dated, Rule, Version
from jingmen_policy.wording.terms import Place


@dataclass(frozen=True)
class Atom:
    """A leaf that facts decide. ``place`` is where its words stand."""

    leaf: Leaf
    group: Group
    place: Place


def atoms(rule: Rule, version: Version, spot: Spot, place: Place) -> Iterator[Atom]:
    """Every atom of a version, once, those of derived facts and of rules yielded to among them."""
    seen: set[int] = set()
    parts: list[tuple[Formula | None, Group]] = [
        (version.require, "threshold"),
        (rule.applies(version), "applicability"),
        (version.used, "applicability"),
    ]
    for formula, group in parts:
        if formula is not None:
            for atom in _of(formula, group, spot, place):
                if id(atom.leaf) not in seen:
                    seen.add(id(atom.leaf))
                    yield atom


def _of(formula: Formula, group: Group, spot: Spot, place: Place) -> Iterator[Atom]:
    for leaf in leaves(formula):
        if isinstance(leaf, Derived):
            version = derived_version(leaf, spot)
            yield from _of(version.means, group, spot, _moved(place, leaf.path.kind, version))
        elif isinstance(leaf, Yields):
            other = yielded(leaf.rule, spot)
            rule = spot.corpus.rules[leaf.rule]
            named = rule.version_on(spot.as_of)
            if other is not None and named is not None:
                there = replace(_moved(place, rule.subject, named), due=named.due)
                yield from _of(other, "exception", spot, there)
        else:
            dated = isinstance(leaf, Compare) and leaf.left.type.of is Of.DAY
            yield Atom(leaf, "date" if dated and group == "threshold" else group, place)
            for inner, loop in _loops(leaf, place):
                yield from _of(inner, group, spot, loop)


def _moved(place: Place, kind: str, version: Dated) -> Place:
    lets = {let.name: let for let in version.lets}
    return replace(place, kind=kind, lets=lets, due=None, loops=())


def _loops(leaf: Leaf, place: Place) -> Iterator[tuple[Formula, Place]]:
    if isinstance(leaf, Quantified):
        inside = place.inside(leaf.var, leaf.members.kind)
        yield from ((inner, inside) for inner in inner_formulas(leaf))
        return
    for node in nodes(leaf):
        if isinstance(node, Count) and node.condition is not None:
            yield node.condition, place.inside(node.var, node.members.kind)
