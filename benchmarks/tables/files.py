"""Parquet to Parquet, each in a process of its own: seconds, and the most memory it took."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.section import Section
from benchmarks.tables.data import DAY, RULES, write

STATIONS = 10_000_000
SCAN = "Polars scans and writes both tables"
STATIONS_ALONE = "Polars scans and writes the stations"
OURS = "jingmen bulk, 12 rules"
GROWING = (1, 1_000, 100_000, 1_000_000, 10_000_000)
"""Rows of the tables together: a fifth of them stations, the others workers."""


@contextmanager
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="jingmen-bench-"))
    try:
        yield made
    finally:
        shutil.rmtree(made)


def twelve(number: int = STATIONS) -> Section:
    """The twelve rules, against Polars that only scans and writes."""
    with folder() as made:
        write(number, made / "in")
        rules = [part for rule in RULES for part in ("--rule", rule)]
        ways = {
            STATIONS_ALONE: _polars("pl.scan_parquet(a).sink_parquet(out)", made),
            SCAN: _polars("for x in (a, b): pl.scan_parquet(x).sink_parquet(out)", made),
            "Polars by hand, streaming": _polars(
                "polars_plan(pl.scan_parquet(a), pl.scan_parquet(b)).sink_parquet(out)", made
            ),
            OURS: _bulk(made, "twelve", rules),
        }
        lines = [
            f"{number} stations, {4 * number} workers",
            f"{'Parquet to Parquet':<40}{'seconds':>10}{'× scan':>10}{'× stations':>12}{'MB':>8}",
        ]
        measured = {name: _measured(arguments) for name, arguments in ways.items()}
        scan, stations = measured[SCAN][0], measured[STATIONS_ALONE][0]
        lines += [
            f"{name:<40}{took:>10.2f}{took / scan:>10.2f}{took / stations:>12.2f}{memory:>8.0f}"
            for name, (took, memory) in measured.items()
        ]
        took, memory = measured[OURS]
    return Section(
        lines,
        {
            "times the scan": took / scan,
            "times the scan of stations alone": took / stations,
            "MB": memory,
            "stations": number,
        },
    )


def growing(most: int = GROWING[-1]) -> Section:
    """The whole corpus over more and more rows."""
    lines = [
        f"{'every rule, Parquet to Parquet':<32}{'rows':>12}{'seconds':>10}{'µs a row':>12}"
        f"{'most MB':>10}"
    ]
    figures: dict[str, float] = {}
    for rows in (size for size in GROWING if size <= most):
        with folder() as made:
            write(max(1, rows // 5), made / "in")
            took, memory = _measured(_bulk(made, "all", []))
        lines.append(f"{'':<32}{rows:>12}{took:>10.2f}{took / rows * 1e6:>12.1f}{memory:>10.0f}")
        figures |= {f"seconds {rows}": took, "MB": memory}
    return Section(lines, figures)


def _polars(what: str, folder: Path) -> list[str]:
    a, b = folder / "in" / "Station.parquet", folder / "in" / "ResidentWorker.parquet"
    code = (
        "import polars as pl\nfrom benchmarks.tables.by_polars import polars_plan\n"
        f"a, b, out = {str(a)!r}, {str(b)!r}, {str(folder / 'by-hand.parquet')!r}\n{what}"
    )
    return ["-c", code]


def _bulk(folder: Path, name: str, rules: list[str]) -> list[str]:
    asked = ["--complete", "ResidentWorker", "--as-of", DAY.isoformat(), *rules]
    return ["-m", "jingmen_policy", "bulk", str(folder / "in"), str(folder / name), *asked]


def _measured(arguments: list[str]) -> tuple[float, float]:
    """Seconds, and megabytes at the most, of a Python command."""
    code = (
        "import resource, subprocess, sys, time\n"
        "start = time.perf_counter()\n"
        "subprocess.run([sys.executable, *sys.argv[1:]], check=True, stdout=subprocess.DEVNULL)\n"
        "took = time.perf_counter() - start\n"
        "print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    took, memory = ran.stdout.split()
    return float(took), float(memory)
