"""Connectives that fold constants away, and three-valued truth as a pair of them.

A truth is a Python bool where it is settled and a z3 expression where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import z3

Bit = Any
"""A bool, or a z3 expression that is one."""
Whole = Any
"""An int, or a z3 expression that is one."""


def all_of(bits: Iterable[Bit]) -> Bit:
    kept = [bit for bit in bits if bit is not True]
    if any(bit is False for bit in kept):
        return False
    return True if not kept else kept[0] if len(kept) == 1 else z3.And(*kept)


def any_of(bits: Iterable[Bit]) -> Bit:
    kept = [bit for bit in bits if bit is not False]
    if any(bit is True for bit in kept):
        return True
    return False if not kept else kept[0] if len(kept) == 1 else z3.Or(*kept)


def no(bit: Bit) -> Bit:
    return (not bit) if isinstance(bit, bool) else z3.Not(bit)


def choose(bit: Bit, then: Any, otherwise: Any) -> Any:
    """``then`` where the bit holds; two whole numbers, or two bits."""
    if isinstance(bit, bool):
        return then if bit else otherwise
    if then is otherwise or (isinstance(then, int) and then == otherwise):
        return then
    return z3.If(bit, then, otherwise)


def total(numbers: Iterable[Whole]) -> Whole:
    """A sum, constants added up beforehand."""
    constant, terms = 0, []
    for number in numbers:
        if isinstance(number, int):
            constant += number
        else:
            terms.append(number)
    if not terms:
        return constant
    return z3.Sum(*terms, constant) if constant else z3.Sum(*terms)


def expression(bit: Bit) -> Any:
    """The bit as z3 takes it."""
    return z3.BoolVal(bit) if isinstance(bit, bool) else bit


class Tri(NamedTuple):
    """Strong Kleene truth: surely true, surely false, or neither."""

    true: Bit
    false: Bit

    def __invert__(self) -> Tri:
        return Tri(self.false, self.true)

    @staticmethod
    def of(bit: Bit) -> Tri:
        return Tri(bit, no(bit))

    @staticmethod
    def known(known: Bit, bit: Bit) -> Tri:
        """Unknown unless ``known``."""
        return Tri(all_of([known, bit]), all_of([known, no(bit)]))


TRUE = Tri(True, False)
FALSE = Tri(False, True)
UNKNOWN = Tri(False, False)


def both(parts: Iterable[Tri]) -> Tri:
    given = list(parts)
    return Tri(all_of(p.true for p in given), any_of(p.false for p in given))


def either(parts: Iterable[Tri]) -> Tri:
    given = list(parts)
    return Tri(any_of(p.true for p in given), all_of(p.false for p in given))


def same(left: Tri, right: Tri) -> Bit:
    """Whether two truths are one and the same, unknown included."""
    return all_of([_iff(left.true, right.true), _iff(left.false, right.false)])


def _iff(left: Bit, right: Bit) -> Bit:
    if isinstance(left, bool):
        return right if left else no(right)
    if isinstance(right, bool):
        return left if right else no(left)
    return left == right
