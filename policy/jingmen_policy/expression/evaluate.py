"""The meaning of a formula: a walk over its tree in strong Kleene logic, every part looked at."""

from __future__ import annotations

from itertools import count

from jingmen_policy.expression.atoms import leaf_value
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import And, Formula, Not, Or
from jingmen_policy.expression.values import Verdict, combine, negate


def evaluate(formula: Formula, frame: Frame) -> Verdict:
    """The truth of a formula in a frame, with the leaves that made it so."""
    indices = count()

    def walk(part: Formula) -> Verdict:
        match part:
            case And(parts):
                return combine("and", [walk(inner) for inner in parts])
            case Or(parts):
                return combine("or", [walk(inner) for inner in parts])
            case Not(inner):
                return negate(walk(inner))
            case _:
                leaf = leaf_value(part, next(indices), frame, evaluate)
                return Verdict(leaf.truth, (leaf,))

    return walk(formula)
