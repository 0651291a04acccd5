"""From firings to a verdict: which ways are certain, and which leaves made it so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jingmen_policy.engines.durable.branches import Branch
from jingmen_policy.engines.durable.native import EngineFailed
from jingmen_policy.engines.durable.program import TokenKey, Unit
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.values import LeafValue, Read, Truth, Verdict


@dataclass(eq=False)
class Row:
    """A unit asked of one subject.

    ``values`` are the leaves decided before asserting, ``about`` the tokens the others are joined
    through, ``astray`` what was missing on the way to them. ``firings`` are the branches the
    engine found possible. ``token`` is what it derives, ``wakes`` the case whose requirements are
    asked once it may apply.
    """

    unit: Unit
    frame: Frame
    token: tuple[TokenKey, str] | None = None
    wakes: int | None = None
    settled: bool = False
    values: dict[int, LeafValue] = field(default_factory=dict)
    about: dict[int, tuple[TokenKey, str]] = field(default_factory=dict)
    astray: dict[int, tuple[Read, ...]] = field(default_factory=dict)
    firings: dict[bool, list[Branch]] = field(default_factory=lambda: {True: [], False: []})
    verdict: Verdict | None = None


Known = Mapping[tuple[TokenKey, str], Row | Verdict]


def verdict(row: Row, known: Known) -> Verdict:
    """What the firings of a row come to. Raises EngineFailed where they cannot be complete.

    A way all of whose leaves are certain decides. Where none is, a leaf still matters if it is
    unknown in a way the formula may be true and in a way it may be false.
    """
    if row.verdict is None:
        row.verdict = _verdict(row, known)
    return row.verdict


def _verdict(row: Row, known: Known) -> Verdict:
    if len(row.unit.leaves) == 1 and any(row.firings.values()):
        only = leaf(row, 0, known)
        ((_, wanted),) = row.unit.ways[True][0]
        return Verdict(only.truth if wanted else ~only.truth, (only,))
    if not row.firings[True] and not row.firings[False]:
        raise EngineFailed(f"no way fired for {row.unit.key} of {row.frame.subject.identity}")
    seen: dict[int, LeafValue] = {}
    decided: dict[bool, set[int]] = {True: set(), False: set()}
    still_open: dict[bool, set[int]] = {True: set(), False: set()}
    for polarity, ways in row.firings.items():
        for way in ways:
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
    if index in row.values:
        return row.values[index]
    token, entity = row.about[index]
    source = known[token, entity]
    inner = source if isinstance(source, Verdict) else verdict(source, known)
    if entity == "0":
        return LeafValue(index, Truth.UNKNOWN, (), row.astray[index])
    return LeafValue(index, inner.truth, inner=inner)


def _kept(seen: Mapping[int, LeafValue], indices: Iterable[int]) -> tuple[LeafValue, ...]:
    return tuple(seen[index] for index in sorted(indices))
