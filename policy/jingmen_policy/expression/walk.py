"""Walking formulas: their leaves in order, and what they mention."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from jingmen_policy.expression.nodes import (
    And,
    Count,
    Derived,
    Field,
    Formula,
    Leaf,
    Members,
    Not,
    Or,
    Param,
    Path,
    Quantified,
    Sum,
    Yields,
)


def leaves(formula: Formula) -> Iterator[Leaf]:
    """The leaves from left to right; a leaf's place in this order is its index everywhere."""
    match formula:
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield formula


def nodes(node: object) -> Iterator[object]:
    """A node and everything under it, aggregates included."""
    yield node
    if dataclasses.is_dataclass(node) and not isinstance(node, Path | Members | type):
        for spec in dataclasses.fields(node):
            value = getattr(node, spec.name)
            for part in value if isinstance(value, tuple) else (value,):
                if dataclasses.is_dataclass(part) and not isinstance(part, type):
                    yield from nodes(part)


def derived_mentions(formula: Formula) -> Iterator[tuple[Derived, bool]]:
    """Every derived fact mentioned, and whether it stands inside an aggregate."""
    for leaf in leaves(formula):
        if isinstance(leaf, Derived):
            yield leaf, False
            continue
        for node in nodes(leaf):
            if isinstance(node, Derived):
                yield node, True


def yields_mentions(formula: Formula) -> Iterator[str]:
    """The rules whose application the formula asks about."""
    for leaf in leaves(formula):
        if isinstance(leaf, Yields):
            yield leaf.rule


def params(formula: Formula) -> frozenset[str]:
    """The names of parameters and table columns mentioned."""
    found: set[str] = set()
    for node in nodes(formula):
        if isinstance(node, Param):
            found.add(node.name)
        elif hasattr(node, "column"):
            found.add(str(node.column))
    return frozenset(found)


def fields(formula: Formula) -> Iterator[Field]:
    """Every field read, aggregates included."""
    for node in nodes(formula):
        if isinstance(node, Field):
            yield node


def aggregates(formula: Formula) -> Iterator[Count | Sum | Quantified]:
    """Every aggregate, nested ones included."""
    for node in nodes(formula):
        if isinstance(node, Count | Sum | Quantified):
            yield node
