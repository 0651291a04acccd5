"""The truth of a leaf: one comparison, membership, flag or quantifier, with what it looked at."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any, assert_never

from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import (
    Compare,
    Derived,
    Flag,
    Leaf,
    Param,
    Quantified,
    Term,
    Within,
    Yields,
)
from jingmen_policy.expression.terms import Evaluate, follow, members_of, value
from jingmen_policy.expression.values import (
    UNKNOWN,
    Bounds,
    Compared,
    LeafValue,
    Read,
    Trace,
    Truth,
    Unknown,
    Value,
    Verdict,
    combine,
    negate,
    once,
)

_TEST: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def leaf_value(leaf: Leaf, index: int, frame: Frame, evaluate: Evaluate) -> LeafValue:
    """The truth of the leaf at ``index`` of its formula."""
    trace = Trace()
    compared = inner = None
    match leaf:
        case Compare(op, left, right):
            a = value(left, frame, trace, evaluate)
            b = value(right, frame, trace, evaluate)
            compared = Compared(op, a, b)
            truth = compare(op, *_ranked(leaf, a, b))
        case Within(elements, texts):
            a = value(elements, frame, trace, evaluate)
            b = value(texts, frame, trace, evaluate)
            compared = Compared("in", a, b)
            truth = within(a, b)
        case Flag(term):
            stated = value(term, frame, trace, evaluate)
            truth = Truth.UNKNOWN if stated is UNKNOWN else Truth.of(stated is True)
        case Quantified():
            return _quantified(leaf, index, frame, evaluate)
        case Derived(name, path):
            fact = follow(path, frame, trace)
            inner = None if fact is None else frame.derived(name, fact)
            truth = Truth.UNKNOWN if inner is None else inner.truth
        case Yields(rule):
            inner = frame.exception(rule)
            truth = inner.truth
        case _:
            assert_never(leaf)
    return _settled(index, truth, trace, compared, inner)


def _settled(
    index: int,
    truth: Truth,
    trace: Trace,
    compared: Compared | None = None,
    inner: Verdict | None = None,
) -> LeafValue:
    missing = once(trace.missing) if truth is Truth.UNKNOWN else ()
    return LeafValue(index, truth, once(trace.reads), missing, compared, inner)


def compare(op: str, left: Value | bool, right: Value | bool) -> Truth:
    """Strong Kleene comparison; bounds decide where every number between them would.

    >>> compare("<=", 2, Bounds(3, None)), compare(">=", 2, Bounds(1, 3))
    (<Truth.TRUE: 'true'>, <Truth.UNKNOWN: 'unknown'>)
    """
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return Truth.UNKNOWN
    if not isinstance(left, Bounds) and not isinstance(right, Bounds):
        return Truth.of(_TEST[op](left, right))
    a, b = _ends(left)
    c, d = _ends(right)
    if op in {">=", ">"}:
        return compare("<=" if op == ">=" else "<", right, left)
    if op in {"<=", "<"}:
        test = _TEST[op]
        if b is not None and c is not None and test(b, c):
            return Truth.TRUE
        never = a is not None and d is not None and not test(a, d)
        return Truth.FALSE if never else Truth.UNKNOWN
    if a is not None and a == b == c == d:
        return Truth.of(op == "==")
    apart = (b is not None and c is not None and b < c) or (
        d is not None and a is not None and d < a
    )
    equal = Truth.FALSE if apart else Truth.UNKNOWN
    return equal if op == "==" else ~equal


def within(elements: Value | bool, texts: Value | bool) -> Truth:
    """Whether every element is among the texts."""
    if isinstance(elements, Unknown) or isinstance(texts, Unknown):
        return Truth.UNKNOWN
    sought = (elements,) if isinstance(elements, str) else elements
    assert isinstance(sought, tuple)
    assert isinstance(texts, tuple)
    return Truth.of(all(element in texts for element in sought))


def _ends(number: Value | bool) -> tuple[int | Fraction | None, int | Fraction | None]:
    if isinstance(number, Bounds):
        return number.low, number.high
    assert isinstance(number, int | Fraction)
    return number, number


def _ranked(leaf: Compare, left: Value | bool, right: Value | bool) -> tuple[Any, Any]:
    """Ordered choices are compared by their rank, everything else as it is."""
    ranks = _ranks(leaf.left) or _ranks(leaf.right)
    if not ranks:
        return left, right
    return tuple(ranks[v] if isinstance(v, str) else v for v in (left, right))  # type: ignore[return-value]


def _ranks(term: Term) -> dict[str, int]:
    if isinstance(term, Param) or not term.type.ordered:
        return {}
    return {choice: rank for rank, choice in enumerate(term.type.choices)}


def _quantified(leaf: Quantified, index: int, frame: Frame, evaluate: Evaluate) -> LeafValue:
    trace = Trace()
    facts, whole = members_of(leaf.members, frame, trace)
    op = "and" if leaf.op == "every" else "or"
    verdicts: list[Verdict] = []
    for fact, doubts in facts:
        inside = frame.binding(leaf.var, fact)
        body = evaluate(leaf.body, inside)
        if leaf.condition is not None:
            admitted = evaluate(leaf.condition, inside)
            body = (
                combine("or", [negate(admitted), body])
                if op == "and"
                else combine("and", [admitted, body])
            )
        verdicts.append(_doubted(body, op, doubts) if doubts else body)
    joined = combine(op, verdicts)
    truth = joined.truth
    if not whole and truth is (Truth.TRUE if op == "and" else Truth.FALSE):
        truth = Truth.UNKNOWN  # a member not listed could still decide it
    missing = joined.missing if joined.truth is Truth.UNKNOWN else ()
    if truth is Truth.UNKNOWN:
        trace.missing.extend(missing)
    trace.reads.extend(joined.reads)
    return _settled(index, truth, trace)


def _doubted(body: Verdict, op: str, doubts: tuple[Read, ...]) -> Verdict:
    """The part of a fact that may be a member: none where it could not decide, else unknown."""
    idle = Truth.TRUE if op == "and" else Truth.FALSE
    if body.truth is idle:
        return Verdict(idle)
    missing = body.missing if body.truth is Truth.UNKNOWN else ()
    return Verdict(Truth.UNKNOWN, (LeafValue(0, Truth.UNKNOWN, (), (*doubts, *missing)),))
