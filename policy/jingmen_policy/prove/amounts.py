"""Numbers as the rule language has them: exact, bounded, or unknown, without a division.

An amount is a pair of ends, each a whole number over a fixed scale: 70% of a sum of money is seven
times the sum over ten, and two amounts are compared cross-multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jingmen_policy.prove.logic import Bit, Tri, Whole, all_of, any_of, choose, no, total

DECIMALS = 12
"""Facts with decimals have at most so many."""


@dataclass(frozen=True, slots=True)
class End:
    """``number / scale``, where there is such an end at all."""

    there: Bit
    number: Whole = 0
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Amount:
    """What lies between two ends, both included."""

    low: End
    high: End

    @property
    def exact(self) -> Bit:
        if self.low is self.high:
            return self.low.there
        return all_of([self.low.there, self.high.there, _cmp("==", self.low, self.high)])


NOTHING = Amount(End(False), End(False))


def exactly(value: int | Fraction) -> Amount:
    end = (
        End(True, value)
        if isinstance(value, int)
        else End(True, value.numerator, value.denominator)
    )
    return Amount(end, end)


def stated(known: Bit, number: Whole, scale: int = 1) -> Amount:
    """A number that is there where it is known."""
    end = End(known, number, scale)
    return Amount(end, end)


def added(left: Amount, right: Amount) -> Amount:
    if left.low is left.high and right.low is right.high:
        end = _plus(left.low, right.low, 1)
        return Amount(end, end)
    return Amount(_plus(left.low, right.low, 1), _plus(left.high, right.high, 1))


def taken(left: Amount, right: Amount) -> Amount:
    if left.low is left.high and right.low is right.high:
        end = _plus(left.low, right.low, -1)
        return Amount(end, end)
    return Amount(_plus(left.low, right.high, -1), _plus(left.high, right.low, -1))


def times(left: Amount, right: Amount) -> Amount:
    """One side is a ratio: a constant, never negative."""
    ratio, other = (left, right) if _constant(left) else (right, left)
    top, bottom = ratio.low.number, ratio.low.scale

    def scaled(end: End) -> End:
        return End(end.there, end.number * top, end.scale * bottom)

    if other.low is other.high:
        end = scaled(other.low)
        return Amount(end, end)
    return Amount(scaled(other.low), scaled(other.high))


def pick(bit: Bit, then: Amount, otherwise: Amount) -> Amount:
    """One amount or the other."""
    exact = then.low is then.high and otherwise.low is otherwise.high
    low = _choose(bit, then.low, otherwise.low)
    return Amount(low, low if exact else _choose(bit, then.high, otherwise.high))


def compared(op: str, left: Amount, right: Amount) -> Tri:
    """Strong Kleene comparison: ends decide where every number between them would."""
    if op in {">", ">="}:
        return compared("<" if op == ">" else "<=", right, left)
    if op in {"<", "<="}:
        other = "<" if op == "<=" else "<="
        return Tri(_test(op, left.high, right.low), _test(other, right.high, left.low))
    apart = any_of([_test("<", left.high, right.low), _test("<", right.high, left.low)])
    if left.low is left.high and right.low is right.high:
        equal = Tri(_test("==", left.low, right.low), apart)
    else:
        ends = [left.exact, right.exact, _test("==", left.low, right.low)]
        equal = Tri(all_of(ends), apart)
    return equal if op == "==" else ~equal


def summed(ends: list[End]) -> End:
    """The sum of ends; there is one only where all of them are there."""
    scale = max((end.scale for end in ends), default=1)
    assert all(scale % end.scale == 0 for end in ends)
    numbers = [end.number * (scale // end.scale) for end in ends]
    return End(all_of(end.there for end in ends), total(numbers), scale)


def _plus(left: End, right: End, sign: int) -> End:
    scale = left.scale * right.scale if left.scale != right.scale else left.scale
    a, b = left.number * (scale // left.scale), right.number * (scale // right.scale) * sign
    return End(all_of([left.there, right.there]), total([a, b]), scale)


def _choose(bit: Bit, then: End, otherwise: End) -> End:
    scale = then.scale * otherwise.scale if then.scale != otherwise.scale else then.scale
    number = choose(
        bit, then.number * (scale // then.scale), otherwise.number * (scale // otherwise.scale)
    )
    there = any_of([all_of([bit, then.there]), all_of([no(bit), otherwise.there])])
    return End(there, number, scale)


def _test(op: str, left: End, right: End) -> Bit:
    return all_of([left.there, right.there, _cmp(op, left, right)])


def _cmp(op: str, left: End, right: End) -> Any:
    a, b = left.number * right.scale, right.number * left.scale
    if left.scale == right.scale:
        a, b = left.number, right.number
    return a < b if op == "<" else a <= b if op == "<=" else a == b


def _constant(amount: Amount) -> bool:
    return isinstance(amount.low.number, int) and amount.low is amount.high
