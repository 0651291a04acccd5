"""What terms and formulas evaluate to, exact, bounded or unknown, and the trace of facts read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple


class Truth(Enum):
    """Strong Kleene truth."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __invert__(self) -> Truth:
        if self is Truth.UNKNOWN:
            return self
        return Truth.FALSE if self is Truth.TRUE else Truth.TRUE

    @staticmethod
    def of(value: bool) -> Truth:
        return _TRUTHS[value]

    @property
    def ways(self) -> tuple[bool, ...]:
        """What it may turn out to be: true, false, or either."""
        if self is Truth.UNKNOWN:
            return (True, False)
        return _SURE if self is Truth.TRUE else _NEVER


_TRUTHS = (Truth.FALSE, Truth.TRUE)
_SURE = (True,)
_NEVER = (False,)


class Unknown(Enum):
    """The value of a term whose facts are missing."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number known only to lie between two, both included; None means no bound on that side."""

    low: int | Fraction | None
    high: int | Fraction | None


Exact = int | Fraction | date | str | tuple[str, ...]
Value = Exact | Bounds | Unknown
Stated = bool | int | Decimal | date | str | tuple[str, ...] | None


class Read(NamedTuple):
    """One fact looked at. ``value`` None means it is missing; ``listing`` marks a whole collection,
    missing when nothing says that the list of members is complete.
    """

    kind: str
    identity: str
    name: str
    value: Stated = None
    listing: bool = False


@dataclass(slots=True)
class Trace:
    """The facts a leaf looked at while it was evaluated, in order."""

    reads: list[Read] = field(default_factory=list)
    missing: list[Read] = field(default_factory=list)


def once(reads: Sequence[Read]) -> tuple[Read, ...]:
    """Each read once, in order."""
    return tuple(reads) if len(reads) < 2 else tuple(dict.fromkeys(reads))


class Compared(NamedTuple):
    """The two values a comparison compared."""

    op: str
    left: Value
    right: Value


class LeafValue(NamedTuple):
    """A leaf's truth and what settled it: facts read where it is decided, facts missing where not.

    ``place`` is the leaf's index in its formula, ``inner`` the verdict behind a derived fact or an
    exception.
    """

    place: int
    truth: Truth
    reads: tuple[Read, ...] = ()
    missing: tuple[Read, ...] = ()
    compared: Compared | None = None
    inner: Verdict | None = None


class Verdict(NamedTuple):
    """A formula's truth and the leaves that made it so.

    For a true disjunction these are the true disjuncts' leaves, for a false conjunction the false
    conjuncts', for an unknown formula only the unknown leaves that could still decide it.
    """

    truth: Truth
    leaves: tuple[LeafValue, ...] = ()

    @property
    def missing(self) -> tuple[Read, ...]:
        """Every missing fact that still matters, each once, in order."""
        found: dict[Read, None] = {}
        for leaf in self.leaves:
            found.update(dict.fromkeys(leaf.missing))
            if leaf.inner is not None and leaf.truth is Truth.UNKNOWN:
                found.update(dict.fromkeys(leaf.inner.missing))
        return tuple(found)

    @property
    def reads(self) -> tuple[Read, ...]:
        """Every fact read by the leaves that decided, each once, in order."""
        found: dict[Read, None] = {}
        for leaf in self.leaves:
            found.update(dict.fromkeys(leaf.reads))
            if leaf.inner is not None:
                found.update(dict.fromkeys(leaf.inner.reads))
        return tuple(found)


TRUE = Verdict(Truth.TRUE)
FALSE = Verdict(Truth.FALSE)


def combine(op: str, verdicts: list[Verdict]) -> Verdict:
    """Conjunction ('and') or disjunction ('or'), keeping only the leaves that decide."""
    decisive, neutral = (Truth.FALSE, Truth.TRUE) if op == "and" else (Truth.TRUE, Truth.FALSE)
    truth = neutral
    for verdict in verdicts:
        if verdict.truth is decisive:
            truth = decisive
            break
        if verdict.truth is Truth.UNKNOWN:
            truth = Truth.UNKNOWN
    kept = [leaf for verdict in verdicts if verdict.truth is truth for leaf in verdict.leaves]
    return Verdict(truth, tuple(kept))


def negate(verdict: Verdict) -> Verdict:
    """The opposite truth; each leaf keeps its own truth."""
    return Verdict(~verdict.truth, verdict.leaves)
