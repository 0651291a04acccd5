"""What a measurement says: lines for people, and figures for the table of targets."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    lines: list[str]
    figures: dict[str, float] = field(default_factory=dict)


def seconds(action: Callable[[], object], runs: int) -> tuple[float, float]:
    """The least and the median of some runs, after one to warm up."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken), statistics.median(taken)


def in_turn(
    ways: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Median seconds of each, over rounds in which everything takes its turn; one to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            start = clock()
            way()
            if turn:
                taken[name].append(clock() - start)
    return {name: statistics.median(times) for name, times in taken.items()}
