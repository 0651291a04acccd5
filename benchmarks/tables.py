"""Twelve station rules over whole tables: ours, and Polars and DuckDB written by hand.

Stations with four workers each, one cell in twenty unknown. The answers by hand are held against
ours before anything is timed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from jingmen_policy import Policy

DAY, DUE = date(2022, 12, 31), date(2021, 7, 31)
RULES = (
    "staffing",
    "sign-displayed",
    "equipment",
    "management-rules",
    "services-delivered",
    "assistance-services",
    "procedures-and-standards",
    "launch-premises",
    "launch-services",
    "launch-staffed",
    "office-provides-premises",
    "launch-agreement",
)
EQUIPMENT = ["办公用房", "桌椅", "电脑", "打印机", "档案柜"]
REGULATIONS = ["人员", "项目", "督导", "志愿者", "服务场所使用", "文书档案"]


def tables(number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Stations and their workers, the same on every run."""
    day = "DATE '2020-06-01' + (hash(i, {0}) % 1200)::INT"
    columns = {
        "id": "'S' || i",
        "established_on": _mostly(1, day.format(2)),
        "operator": _mostly(3, _one_of(4, ["'乡镇（街道）自行运营'", "'第三方社会组织承接'"])),
        "sign_displayed": _mostly(5, "hash(i, 6) % 10 > 0"),
        "equipment": _one_of(7, [str(EQUIPMENT), str(EQUIPMENT[:4]), "[]", "NULL"]),
        "regulations": _one_of(8, [str(REGULATIONS), str(REGULATIONS[:5]), "[]", "NULL"]),
        "services_started_on": _mostly(9, day.format(10)),
    }
    of_workers = {
        "id": "'W' || i",
        "station": f"'S' || (hash(i, 11) % {number})",
        "in_post": _mostly(12, "hash(i, 13) % 5 > 0"),
        "hired_on": _mostly(14, day.format(15)),
    }
    with duckdb.connect() as database:
        return (
            database.sql(_select(columns, number)).pl(),
            database.sql(_select(of_workers, 4 * number)).pl(),
        )


def _select(columns: dict[str, str], rows: int) -> str:
    chosen = ", ".join(f"{text} AS {name}" for name, text in columns.items())
    return f"SELECT {chosen} FROM range({rows}) AS t(i)"


def _mostly(seed: int, text: str) -> str:
    """Unknown in one row of twenty."""
    return f"CASE WHEN hash(i, {seed}) % 20 > 0 THEN {text} END"


def _one_of(seed: int, texts: list[str]) -> str:
    cases = " ".join(f"WHEN {number} THEN {text}" for number, text in enumerate(texts))
    return f"CASE hash(i, {seed}) % {len(texts)} {cases} END"


def by_polars(stations: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    return polars_plan(stations.lazy(), workers.lazy()).collect()


def polars_plan(stations: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    """The twelve rules as somebody who knows Polars well would write them."""
    in_post, hired = pl.col("in_post"), pl.col("hired_on")
    gathered = workers.group_by("station").agg(
        in_post.fill_null(False).sum().alias("least"),
        in_post.fill_null(True).sum().alias("most"),
        (hired <= DUE).any(ignore_nulls=True).alias("hired"),
        hired.is_null().any().alias("perhaps"),
    )
    least, most = pl.col("least").fill_null(0), pl.col("most").fill_null(0)
    enough = (
        pl.when((least >= 2) & (most <= 4)).then(True).when((most < 2) | (least > 4)).then(False)
    )
    established = pl.col("established_on") <= DAY
    launched = pl.col("established_on") <= DUE
    contracted = pl.col("operator") == "第三方社会组织承接"
    staffed = (
        pl.when(pl.col("hired").fill_null(False))
        .then(True)
        .when(~pl.col("perhaps").fill_null(False))
        .then(False)
    )
    equipped = pl.all_horizontal([pl.col("equipment").list.contains(one) for one in EQUIPMENT])
    regulated = pl.all_horizontal([pl.col("regulations").list.contains(one) for one in REGULATIONS])
    started = pl.col("services_started_on")
    unknown = pl.lit(None, dtype=pl.Boolean)
    rules = {
        "staffing": (established, enough),
        "sign-displayed": (established, pl.col("sign_displayed")),
        "equipment": (established, equipped),
        "management-rules": (established, regulated),
        "services-delivered": (established, started <= DAY),
        "assistance-services": (established, unknown),
        "procedures-and-standards": (established, unknown),
        "launch-premises": (launched, equipped),
        "launch-services": (launched, started <= DUE),
        "launch-staffed": (launched, contracted | staffed),
        "office-provides-premises": (established, equipped),
        "launch-agreement": (launched & contracted, unknown),
    }
    joined = stations.join(gathered, left_on="id", right_on="station", how="left")
    return joined.select("id", *(_status(*rule).alias(name) for name, rule in rules.items()))


def _status(applies: pl.Expr, holds: pl.Expr) -> pl.Expr:
    return (
        pl.when(~applies)
        .then(pl.lit("not-applicable"))
        .when(applies.is_null())
        .then(pl.lit("undetermined"))
        .when(holds)
        .then(pl.lit("met"))
        .when(holds.is_null())
        .then(pl.lit("unproven"))
        .otherwise(pl.lit("breached"))
    )


def ours(policy: Policy, stations: Any, workers: Any, *, check: bool) -> Any:
    return policy.decide_frame(
        stations,
        workers=workers,
        complete=["ResidentWorker"],
        as_of=DAY,
        rules=RULES,
        check=check,
    )


def report(number: int = 1_000_000, rounds: int = 5) -> list[str]:
    """Medians of interleaved rounds, and ratios to Polars by hand in the same rounds."""
    policy = Policy.load()
    stations, workers = tables(number)
    arrow: tuple[pa.Table, pa.Table] = stations.to_arrow(), workers.to_arrow()
    wrong = _differences(ours(policy, stations, workers, check=True), by_polars(stations, workers))
    ways: dict[str, Callable[[], Any]] = {
        "Polars by hand": lambda: by_polars(stations, workers),
        "ours, from Polars": lambda: ours(policy, stations, workers, check=False),
        "ours, from Arrow": lambda: ours(policy, *arrow, check=False),
        "ours, from Polars, every cell checked": lambda: ours(
            policy, stations, workers, check=True
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if turn:
                taken[name].append(time.perf_counter() - start)
    base = median(taken["Polars by hand"])
    lines = [f"{number} stations, {4 * number} workers, 12 rules; {wrong} answers differ", ""]
    lines.append(f"{'in memory':<40}{'median s':>10}{'times Polars':>14}")
    for name, times in taken.items():
        lines.append(f"{name:<40}{median(times):>10.2f}{median(times) / base:>14.2f}")
    return [*lines, "", *files(stations, workers)]


def _differences(one: pl.DataFrame, other: pl.DataFrame) -> int:
    both = one.join(other, left_on="subject", right_on="id", suffix=" by hand")
    assert len(both) == len(one)
    return sum(int((both[name] != both[f"{name} by hand"]).sum()) for name in RULES)


def files(stations: pl.DataFrame, workers: pl.DataFrame) -> list[str]:
    """Parquet to Parquet, each in a process of its own: seconds and the most memory it took."""
    folder = Path(tempfile.mkdtemp(prefix="jingmen-bench-"))
    try:
        (folder / "in").mkdir()
        stations.write_parquet(folder / "in" / "Station.parquet")
        workers.write_parquet(folder / "in" / "ResidentWorker.parquet")
        rules = [part for rule in RULES for part in ("--rule", rule)]
        ways = {
            "Polars scans and writes the stations": _polars(
                "pl.scan_parquet(a).sink_parquet(out)", folder
            ),
            "Polars by hand, streaming": _polars(
                "polars_plan(pl.scan_parquet(a), pl.scan_parquet(b)).sink_parquet(out)", folder
            ),
            "jingmen bulk, 12 rules": _bulk(folder, "twelve", rules),
            "jingmen bulk, every rule, workers too": _bulk(folder, "all", []),
        }
        lines = [f"{'Parquet to Parquet':<40}{'seconds':>10}{'times scan':>14}{'most MB':>10}"]
        base = 0.0
        for name, arguments in ways.items():
            took, memory = _measured(arguments)
            base = base or took
            lines.append(f"{name:<40}{took:>10.2f}{took / base:>14.2f}{memory:>10.0f}")
        return lines
    finally:
        shutil.rmtree(folder)


def _polars(what: str, folder: Path) -> list[str]:
    a, b = folder / "in" / "Station.parquet", folder / "in" / "ResidentWorker.parquet"
    code = (
        "import polars as pl\nfrom benchmarks.tables import polars_plan\n"
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
