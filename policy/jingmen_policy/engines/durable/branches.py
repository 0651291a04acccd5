"""A formula as alternatives: each branch a set of leaves that must be true or false together."""

from __future__ import annotations

from itertools import count, product

from jingmen_policy.engines.durable.notimpl import ALTERNATIVES, MAX_BRANCHES
from jingmen_policy.engines.protocol import NotImpl
from jingmen_policy.expression.nodes import And, Formula, Not, Or

Literal = tuple[int, bool]
"""A leaf's index, and whether it must be true (or false)."""
Branch = tuple[Literal, ...]


class TooManyBranches(ValueError):
    """A formula too large for one set of engine rules, and which limit it is beyond."""

    def __init__(self, row: NotImpl) -> None:
        super().__init__(row.what.en)
        self.row = row


def branches(formula: Formula, positive: bool) -> tuple[Branch, ...]:
    """The disjunctive normal form of a formula, or of its negation, leaf by leaf occurrence.

    Nothing is simplified: in strong Kleene logic the formula is true exactly where all leaves of
    some branch hold, and possibly true exactly where none of some branch fails.
    """
    indices = count()

    def walk(part: Formula, wanted: bool) -> list[Branch]:
        match part:
            case Not(inner):
                return walk(inner, not wanted)
            case And(parts) | Or(parts):
                walked = [walk(inner, wanted) for inner in parts]
                if isinstance(part, And) is wanted:
                    joined = [tuple(sum(choice, ())) for choice in _product(walked)]
                else:
                    joined = [branch for inner in walked for branch in inner]
                if len(joined) > MAX_BRANCHES:
                    raise TooManyBranches(ALTERNATIVES)
                return joined
            case _:
                return [((next(indices), wanted),)]

    return tuple(walk(formula, positive))


def _product(parts: list[list[Branch]]) -> list[tuple[Branch, ...]]:
    size = 1
    for part in parts:
        size *= len(part)
        if size > MAX_BRANCHES:
            raise TooManyBranches(ALTERNATIVES)
    return list(product(*parts))
