"""Twelve rules over tables in memory: ours, and Polars, DuckDB and NumPy by hand.

The answers by hand are held against ours before anything is timed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from benchmarks.section import Section, in_turn
from benchmarks.tables.by_duckdb import by_duckdb
from benchmarks.tables.by_numpy import STATUSES, by_numpy
from benchmarks.tables.by_polars import by_polars
from benchmarks.tables.data import DAY, RULES, tables
from jingmen_policy import Policy

BASELINE = "Polars by hand"


def ours(policy: Policy, stations: Any, workers: Any, *, check: bool) -> Any:
    return policy.decide_frame(
        stations,
        workers=workers,
        complete=["ResidentWorker"],
        as_of=DAY,
        rules=RULES,
        check=check,
    )


def report(number: int = 1_000_000, rounds: int = 5) -> Section:
    """Medians of interleaved rounds, and ratios to Polars by hand in the same rounds."""
    policy = Policy.load()
    stations, workers = tables(number)
    arrow = stations.to_arrow(), workers.to_arrow()
    right = ours(policy, stations, workers, check=True)
    codes = by_numpy(*arrow)
    wrong = {
        BASELINE: _differences(right, by_polars(stations, workers)),
        "DuckDB by hand": _differences(right, pl.DataFrame(by_duckdb(*arrow))),
        "NumPy by hand": sum(
            int((pl.Series(STATUSES[codes[name]]) != right[name].cast(pl.String)).sum())
            for name in RULES
        ),
    }
    ways: dict[str, Callable[[], Any]] = {
        BASELINE: lambda: by_polars(stations, workers),
        "DuckDB by hand, from Arrow": lambda: by_duckdb(*arrow),
        "NumPy by hand, from Arrow, to codes": lambda: by_numpy(*arrow),
        "ours, from Polars": lambda: ours(policy, stations, workers, check=False),
        "ours, from Arrow": lambda: ours(policy, *arrow, check=False),
        "ours, from Polars, every cell checked": lambda: ours(
            policy, stations, workers, check=True
        ),
    }
    taken = in_turn(ways, rounds)
    base = taken[BASELINE]
    told = ", ".join(f"{name} {count}" for name, count in wrong.items())
    lines = [
        f"{number} stations, {4 * number} workers, {len(RULES)} rules; answers that differ: {told}",
        "",
        f"{'in memory, median of ' + str(rounds):<40}{'s':>10}{'times Polars':>14}",
        *(f"{name:<40}{took:>10.2f}{took / base:>14.2f}" for name, took in taken.items()),
    ]
    return Section(lines, {"speed of Polars by hand": base / taken["ours, from Polars"]})


def _differences(one: pl.DataFrame, other: pl.DataFrame) -> int:
    both = one.join(other, left_on="subject", right_on="id", suffix=" by hand")
    assert len(both) == len(one)
    return sum(
        int((both[name].cast(pl.String) != both[f"{name} by hand"].cast(pl.String)).sum())
        for name in RULES
    )
