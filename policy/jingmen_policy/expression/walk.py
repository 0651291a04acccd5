"""Walking formulas: their leaves in order, and what they mention."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from jingmen_policy.expression.nodes import (
    And,
    Calendar,
    Derived,
    Formula,
    Leaf,
    Lookup,
    Members,
    Not,
    Or,
    Param,
    Path,
    Yields,
)

Part = TypeVar("Part")


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


def nodes(node: Any) -> Iterator[object]:
    """A node and everything under it, aggregates included."""
    yield node
    for name in _parts(node.__class__):
        value = getattr(node, name)
        for part in value if isinstance(value, tuple) else (value,):
            if _is_node(part.__class__):
                yield from nodes(part)


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of node in which nodes may stand; a path is walked no further."""
    if not _is_node(kind) or issubclass(kind, Path | Members):
        return ()
    return tuple(spec.name for spec in dataclasses.fields(kind))


@cache
def _is_node(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind)


def fields_of(node: object, kind: type[Part]) -> Iterator[Part]:
    """The parts of one kind that a node holds directly."""
    if dataclasses.is_dataclass(node):
        for spec in dataclasses.fields(node):
            value = getattr(node, spec.name)
            if isinstance(value, kind):
                yield value


def derived_mentions(formula: Formula) -> Iterator[tuple[Derived, bool]]:
    """Every derived fact mentioned, and whether it stands inside an aggregate."""
    for leaf in leaves(formula):
        if isinstance(leaf, Derived):
            yield leaf, False
            continue
        for node in nodes(leaf):
            if isinstance(node, Derived):
                yield node, True


def params(formula: Formula) -> frozenset[str]:
    """The names of parameters and table columns mentioned."""
    found: set[str] = set()
    for node in nodes(formula):
        if isinstance(node, Param):
            found.add(node.name)
        elif isinstance(node, Lookup):
            found.add(node.column)
    return frozenset(found)


def of_subject(formula: Formula) -> bool:
    """Whether it depends on subject and day alone: no parameter, no exception, no period."""
    return not any(
        isinstance(node, Param | Lookup | Yields)
        or (isinstance(node, Calendar) and node.name != "as_of")
        for node in nodes_of(formula)
    )


def nodes_of(formula: Formula) -> Iterator[object]:
    """Every node of a formula, aggregates included."""
    for leaf in leaves(formula):
        yield from nodes(leaf)
