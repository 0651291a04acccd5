"""From firings to a verdict: which ways are certain, and which leaves made it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jingmen_policy.engines.durable.branches import Branch
from jingmen_policy.engines.durable.native import EngineFailed
from jingmen_policy.engines.durable.program import TokenKey, Unit
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.values import LeafValue, Read, Truth, Verdict


@dataclass(eq=False, slots=True)
class Joined:
    """A leaf decided by a token about an entity; ``astray`` was missing on the way to it."""

    token: TokenKey
    entity: str
    astray: tuple[Read, ...] = ()


@dataclass(eq=False, slots=True)
class Row:
    """A unit asked of one subject.

    ``leaves`` are the values decided before asserting, or what the leaf is joined through.
    ``true`` and ``false`` are the branches the engine found possible. ``token`` is what it
    derives, ``wakes`` the cases whose requirements are asked once they may apply.
    """

    unit: Unit
    frame: Frame
    token: tuple[TokenKey, str] | None = None
    wakes: list[int] = field(default_factory=list)
    settled: bool = False
    leaves: list[LeafValue | Joined] = field(default_factory=list)
    true: list[Branch] = field(default_factory=list)
    false: list[Branch] = field(default_factory=list)
    verdict: Verdict | None = None

    def firings(self, polarity: bool) -> list[Branch]:
        return self.true if polarity else self.false


Known = Mapping[tuple[TokenKey, str], Row | Verdict]


def verdict(row: Row, known: Known) -> Verdict:
    """What the firings of a row come to. Raises EngineFailed where they cannot be complete.

    A way all of whose leaves are certain decides. Where none is, a leaf still matters if it is
    unknown in a way the formula may be true and in a way it may be false.
    """
    if row.verdict is None:
        row.verdict = _single(row, known) if len(row.leaves) == 1 else _verdict(row, known)
        if not all(row.firings(way) for way in row.verdict.truth.ways):
            raise EngineFailed(f"a way did not fire: {row.unit.key}, {row.frame.subject.identity}")
    return row.verdict


def _single(row: Row, known: Known) -> Verdict:
    """A formula of one leaf is that leaf, or its opposite."""
    only = leaf(row, 0, known)
    ((_, wanted),) = row.unit.ways[True][0]
    return Verdict(only.truth if wanted else ~only.truth, (only,))


def _verdict(row: Row, known: Known) -> Verdict:
    seen: dict[int, LeafValue] = {}
    decided: dict[bool, set[int]] = {True: set(), False: set()}
    still_open: dict[bool, set[int]] = {True: set(), False: set()}
    for polarity in (True, False):
        for way in row.firings(polarity):
            unsure = [i for i, wanted in way if _seen(row, i, known, seen) is not _TRUTH[wanted]]
            if unsure:
                still_open[polarity].update(unsure)
            else:
                decided[polarity].update(index for index, _ in way)
    if decided[True] and decided[False]:
        raise EngineFailed(f"{row.unit.key} is both true and false")
    for polarity, indices in decided.items():
        if indices:
            return Verdict(_TRUTH[polarity], _kept(seen, indices))
    return Verdict(Truth.UNKNOWN, _kept(seen, still_open[True] & still_open[False]))


_TRUTH = {True: Truth.TRUE, False: Truth.FALSE}


def _seen(row: Row, index: int, known: Known, seen: dict[int, LeafValue]) -> Truth:
    found = seen.get(index)
    if found is None:
        found = seen[index] = leaf(row, index, known)
    return found.truth


def leaf(row: Row, index: int, known: Known) -> LeafValue:
    """A leaf's value, or for one that was joined the verdict behind its token."""
    found = row.leaves[index]
    if isinstance(found, LeafValue):
        return found
    source = known[found.token, found.entity]
    if isinstance(source, Row):
        inner = verdict(source, known)
    elif found.astray:
        return LeafValue(index, Truth.UNKNOWN, (), found.astray)
    else:
        inner = source
    return LeafValue(index, inner.truth, inner=inner)


def _kept(seen: Mapping[int, LeafValue], indices: Iterable[int]) -> tuple[LeafValue, ...]:
    return tuple(seen[index] for index in sorted(indices))
