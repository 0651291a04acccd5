"""How long each way takes over the same stations, round by round in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.peers import ours
from benchmarks.peers.workload import Crashed, Facts, Judge

Pass = Callable[[], float]
"""Goes through all stations once; gives the seconds it took."""
LEAST = 0.05
"""A way goes through the stations again until this many seconds are timed."""
COLUMNS = ("known", "missing", "first")


@dataclass(frozen=True)
class Timed:
    """One row of the table, and what readies stations for it outside the time."""

    name: str
    ready: Callable[[Sequence[Facts]], Pass]


def ways(label: str, peer: Any, judge: Judge) -> list[Timed]:
    """How a peer is timed: one station after another, and all at once where it can."""
    if hasattr(peer, "seconds"):
        return [Timed(label, lambda many: lambda: peer.seconds(many))]
    found = [one_by_one(label, judge)]
    if hasattr(peer, "judge_all"):
        found.append(at_once(f"{label}, all at once", peer.judge_all))
    return found


def one_by_one(label: str, action: Callable[[Facts], object]) -> Timed:
    return _timed(label, lambda many: [(facts,) for facts in many], action)


def at_once(label: str, action: Callable[[Sequence[Facts]], object]) -> Timed:
    return _timed(label, lambda many: [(many,)], action)


def with_dossiers(label: str, action: Callable[[Any, date], object]) -> Timed:
    """Dossiers are made anew in every round, outside the time."""

    def made(many: Sequence[Facts]) -> list[tuple[Any, ...]]:
        return [(ours.dossier(facts), date.fromisoformat(facts["day"])) for facts in many]

    return _timed(label, made, action)


def _timed(
    label: str,
    made: Callable[[Sequence[Facts]], list[tuple[Any, ...]]],
    action: Callable[..., object],
) -> Timed:
    def ready(many: Sequence[Facts]) -> Pass:
        calls = made(many)

        def once() -> float:
            start = time.perf_counter()
            for call in calls:
                action(*call)
            return time.perf_counter() - start

        return once

    return Timed(label, ready)


def times(
    timed: Sequence[Timed], known: Sequence[Facts], missing: Sequence[Facts], rounds: int
) -> tuple[dict[tuple[str, str], float], dict[str, Crashed]]:
    """Medians over rounds in which everything takes its turn: microseconds a station.

    ``first`` is the first pass over known facts after everything else had its turn, when nothing of
    it is in the processor's caches; ``known`` and ``missing`` are of the passes after it.
    """
    taken: dict[tuple[str, str], list[float]] = {}
    crashed: dict[str, Crashed] = {}
    for round_ in range(rounds + 1):
        for one in timed:
            if one.name in crashed:
                continue
            try:
                first, then = _looped(one.ready(known))
                found = {"known": then, "first": first}
                found["missing"] = _looped(one.ready(missing))[1]
            except Crashed as error:
                crashed[one.name] = error
                continue
            if round_:  # the round before is to warm up
                for column, seconds in found.items():
                    micro = seconds / len(known if column != "missing" else missing) * 1e6
                    taken.setdefault((one.name, column), []).append(micro)
    return {key: statistics.median(values) for key, values in taken.items()}, crashed


def _looped(once: Pass) -> tuple[float, float]:
    """Seconds of the first pass, and of a pass on average after it."""
    first = once()
    spent, passes = 0.0, 0
    while spent < LEAST:
        spent += once()
        passes += 1
    return first, spent / passes
