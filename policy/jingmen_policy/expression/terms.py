"""The values of terms, exact or bounded or unknown; every fact looked at goes into the trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingmen_facts.base import Fact
from jingmen_facts.kinds import Relation
from jingmen_facts.scalars import Fen
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import (
    Arithmetic,
    Calendar,
    Call,
    Const,
    Count,
    Field,
    Formula,
    Lookup,
    Members,
    Param,
    Path,
    Size,
    Sum,
    Term,
)
from jingmen_policy.expression.values import (
    UNKNOWN,
    Bounds,
    Read,
    Trace,
    Truth,
    Unknown,
    Value,
    Verdict,
)

Evaluate = Callable[[Formula, Frame], Verdict]
"""How a condition inside an aggregate is evaluated."""


def value(term: Term, frame: Frame, trace: Trace, evaluate: Evaluate) -> Value | bool:
    """The value of a term in a frame. Money is in 分."""
    match term:
        case Field(path, spec):
            fact = follow(path, frame, trace)
            return UNKNOWN if fact is None else read(fact, spec.name, trace)
        case Const(constant):
            return constant
        case Param(name):
            return frame.params[name]
        case Calendar(name):
            found = getattr(frame, name)
            assert found is not None, f"{name} is not set where the rule was allowed to use it"
            return found  # type: ignore[no-any-return]
        case Arithmetic(op, left, right):
            return _arithmetic(
                op, value(left, frame, trace, evaluate), value(right, frame, trace, evaluate)
            )
        case Lookup(column, key_term):
            key = value(key_term, frame, trace, evaluate)
            return UNKNOWN if key is UNKNOWN else _cell(frame, column, str(key), trace)
        case Call(function, arguments):
            values = [value(argument, frame, trace, evaluate) for argument in arguments]
            if any(isinstance(v, Unknown | Bounds) for v in values):
                return UNKNOWN
            return age(*values) if function == "age" else years_after(*values)  # type: ignore[arg-type]
        case Count(members, var, condition):
            return _count(members, var, condition, frame, trace, evaluate)
        case Sum():
            return _sum(term, frame, trace, evaluate)
        case Size(texts):
            held = value(texts, frame, trace, evaluate)
            return len(held) if isinstance(held, tuple) else UNKNOWN


def read(fact: Fact, name: str, trace: Trace) -> Value | bool:
    """A field's value, traced; UNKNOWN where it is None."""
    stated = getattr(fact, name)
    kind = type(fact).__name__
    if stated is None:
        trace.missing.append(Read(kind, fact.identity, name))
        return UNKNOWN
    trace.reads.append(Read(kind, fact.identity, name, stated))
    if isinstance(stated, Decimal):
        return Fraction(stated)
    return int(stated) if isinstance(stated, Fen) else stated


def follow(path: Path, frame: Frame, trace: Trace) -> Fact | None:
    """The fact a path leads to; None, traced as missing, where a reference is not known."""
    fact = frame.variables[path.root] if path.root else frame.subject
    for step in path.steps:
        if getattr(fact, step.field) is None:
            trace.missing.append(Read(type(fact).__name__, fact.identity, step.field))
            return None
        found = frame.dossier.one(step, fact)
        assert found is not None, "a dossier has no dangling reference"
        fact = found
    return fact


Membership = tuple[Fact, tuple[Read, ...]]
"""A fact that is a member, or may be: then with the missing facts that would tell."""


def members_of(members: Members, frame: Frame, trace: Trace) -> tuple[list[Membership], bool]:
    """The members known and those that may be, and whether there can be no others.

    A fact that does not say where it belongs may be a member of any collection of its kind.
    """
    start = follow(members.start, frame, trace)
    if start is None:
        return [], False
    reached: list[Membership] = [(start, ())]
    whole = True
    for step in members.steps:
        if step.many:
            for owner, _ in reached:
                whole &= _lists_all(step, owner, frame, trace)
            reached = _members(step, reached, frame)
        else:
            whole &= all(getattr(fact, step.field) is not None for fact, _ in reached)
            reached = _referred(step, reached, frame, trace)
    return reached, whole


def _members(step: Relation, owners: list[Membership], frame: Frame) -> list[Membership]:
    placed = [
        (fact, doubts) for owner, doubts in owners for fact in frame.dossier.many(step, owner)
    ]
    strays: list[Membership] = [
        (stray, (Read(step.target, stray.identity, step.field),))
        for stray in frame.dossier.unplaced(step)
    ]
    return [*placed, *strays] if owners else placed


def _referred(
    step: Relation, owners: list[Membership], frame: Frame, trace: Trace
) -> list[Membership]:
    """What some facts refer to, each once; surely so where any of them surely does."""
    found: dict[tuple[str, str], Membership] = {}
    for owner, doubts in owners:
        fact = frame.dossier.one(step, owner)
        if fact is None:
            trace.missing.append(Read(type(owner).__name__, owner.identity, step.field))
            continue
        key = (type(fact).__name__, fact.identity)
        if key not in found or not doubts:
            found[key] = (fact, doubts)
    return list(found.values())


def _lists_all(step: Relation, owner: Fact, frame: Frame, trace: Trace) -> bool:
    """Whether every member that says it belongs to an owner is stated; traced either way."""
    kind = type(owner).__name__
    whole = frame.dossier.lists_all(step, owner)
    read = Read(kind, owner.identity, step.name, True if whole else None, listing=True)
    (trace.reads if whole else trace.missing).append(read)
    return whole


def _count(
    members: Members,
    var: str,
    condition: Formula | None,
    frame: Frame,
    trace: Trace,
    evaluate: Evaluate,
) -> Value:
    facts, whole = members_of(members, frame, trace)
    sure = possible = 0
    for fact, doubts in facts:
        truth = _admits(condition, var, fact, frame, trace, evaluate)
        if truth is Truth.FALSE:
            continue
        possible += 1
        trace.missing.extend(doubts)
        sure += truth is Truth.TRUE and not doubts
        if condition is None:
            trace.reads.append(Read(type(fact).__name__, fact.identity, "", fact.identity))
    return _bounds(sure, possible if whole else None)


def _sum(term: Sum, frame: Frame, trace: Trace, evaluate: Evaluate) -> Value:
    facts, whole = members_of(term.members, frame, trace)
    signed = may_be_negative(term.value)
    low: int | Fraction | None = None if signed and not whole else 0
    high: int | Fraction | None = 0 if whole else None
    for fact, doubts in facts:
        truth = _admits(term.condition, term.var, fact, frame, trace, evaluate)
        if truth is Truth.FALSE:
            continue
        trace.missing.extend(doubts)
        amount = value(term.value, frame.binding(term.var, fact), trace, evaluate)
        # What is never negative can only add, however little is known of it.
        unknown = Bounds(None if signed else 0, None)
        least, most = _limits(amount if isinstance(amount, Bounds | int | Fraction) else unknown)
        if truth is Truth.UNKNOWN or doubts:
            least = None if least is None else min(least, 0)
            most = None if most is None else max(most, 0)
        low = None if low is None or least is None else low + least
        high = None if high is None or most is None else high + most
    return UNKNOWN if low is None and high is None else _bounds(low, high)


def may_be_negative(term: Term) -> bool:
    """Whether a term's value may be below zero."""
    match term:
        case Field(spec=spec):
            return spec.signed
        case Arithmetic(op, left, right):
            return op == "-" or may_be_negative(left) or may_be_negative(right)
        case Sum():
            return may_be_negative(term.value)
        case Call():
            return True
        case _:
            return False


def _admits(
    condition: Formula | None,
    var: str,
    fact: Fact,
    frame: Frame,
    trace: Trace,
    evaluate: Evaluate,
) -> Truth:
    if condition is None:
        return Truth.TRUE
    verdict = evaluate(condition, frame.binding(var, fact))
    if verdict.truth is Truth.UNKNOWN:
        trace.missing.extend(verdict.missing)
    else:
        trace.reads.extend(verdict.reads)
    return verdict.truth


def _bounds(low: int | Fraction | None, high: int | Fraction | None) -> Value:
    return low if low is not None and low == high else Bounds(low, high)


def _limits(number: Bounds | int | Fraction) -> tuple[int | Fraction | None, int | Fraction | None]:
    return (number.low, number.high) if isinstance(number, Bounds) else (number, number)


def _arithmetic(op: str, left: Value, right: Value) -> Value:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return UNKNOWN
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    assert isinstance(left, Bounds | int | Fraction)
    assert isinstance(right, Bounds | int | Fraction)
    (a, b), (c, d) = _limits(left), _limits(right)
    if op == "+":
        low = None if a is None or c is None else a + c
        high = None if b is None or d is None else b + d
    elif op == "-":
        low = None if a is None or d is None else a - d
        high = None if b is None or c is None else b - c
    else:
        # One side is a ratio, exact and never negative, so the ends keep their order.
        low = None if a is None or c is None else a * c
        high = None if b is None or d is None else b * d
    if low is None and high is None:
        return UNKNOWN
    return low if low is not None and low == high else Bounds(low, high)


def _cell(frame: Frame, column: str, row: str, trace: Trace) -> Value:
    cells = frame.columns[column]
    if row in cells:
        return cells[row]
    kind = type(frame.subject).__name__
    trace.missing.append(Read(kind, frame.subject.identity, f"{column}[{row}]"))
    return UNKNOWN


def age(born: date, on: date) -> int:
    """Whole years completed; someone born on 29 February completes a year on 1 March.

    >>> age(date(1981, 7, 31), date(2021, 7, 30)), age(date(1981, 7, 31), date(2021, 7, 31))
    (39, 40)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February falls on 28 February where there is none.

    >>> years_after(date(2021, 8, 1), 1), years_after(date(2024, 2, 29), 1)
    (datetime.date(2022, 8, 1), datetime.date(2025, 2, 28))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
