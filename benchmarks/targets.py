"""The limits set, and whether they were kept in the figures last measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Figures = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Target:
    what: str
    section: str
    figure: Callable[[Mapping[str, float]], float]
    limit: float
    unit: str = ""
    at_least: bool = False


TARGETS = (
    Target(
        "every rule, one dossier, verdicts", "embedding", lambda f: f["µs a dossier"], 150, "µs"
    ),
    Target("12 rules, × Python by hand", "peers", lambda f: f["ours"] / f["by hand"], 2),
    Target(
        "12 rules, fastest peer ÷ ours",
        "peers",
        lambda f: f["fastest peer"] / f["ours"],
        3,
        at_least=True,
    ),
    Target(
        "12 rules in memory, speed of Polars by hand",
        "memory",
        lambda f: f["speed of Polars by hand"],
        0.7,
        at_least=True,
    ),
    Target(
        "12 rules, Parquet to Parquet, × the scan of what is read",
        "files",
        lambda f: f["times the scan"],
        4,
    ),
    Target("12 rules, Parquet to Parquet, memory", "files", lambda f: f["MB"], 1000, "MB"),
    Target(
        "every rule, time of 10 times the rows (1 M to 10 M)",
        "growing",
        lambda f: f["seconds 10000000"] / f["seconds 1000000"],
        11,
    ),
    Target("every rule, 10 M rows, memory", "growing", lambda f: f["MB"], 2000, "MB"),
    Target("import of the package", "embedding", lambda f: f["import jingmen_policy"], 0.15, "s"),
    Target(
        "import of the class Policy",
        "embedding",
        lambda f: f["from jingmen_policy import Policy"],
        0.15,
        "s",
    ),
    Target("code of a day, made", "embedding", lambda f: f["code of a day, made"], 0.5, "s"),
    Target("draft of a receipt", "log", lambda f: f["µs a draft"], 300, "µs"),
    Target("acknowledged receipts lost by kill -9", "log", lambda f: f["SQLite, lost"], 0),
    Target("service, p50 × a route that validates only", "service", lambda f: f["× bare"], 2),
    Target("the same, many in a row", "service", lambda f: f["× bare, in a row"], 2),
    Target("the same, with the log", "service", lambda f: f["× bare, with the log"], 2),
    Target(
        "the same, with the log, many in a row",
        "service",
        lambda f: f["× bare, with the log, in a row"],
        2,
    ),
    Target(
        "service, 1,000 dossiers in a call ÷ 100",
        "service",
        lambda f: f["1,000 ÷ 100 dossiers"],
        11,
    ),
    Target("service, 200 a second, p99", "service", lambda f: f["p99 ms"], 100, "ms"),
    Target("service, 200 a second, failures", "service", lambda f: f["failures"], 0),
    Target("service, 200 a second, more memory", "service", lambda f: f["MB more"], 20, "MB"),
    Target("service, receipts lost by kill -9", "service", lambda f: f["receipts lost"], 0),
    Target(
        "code of a day, from disk", "embedding", lambda f: f["code of a day, from disk"], 0.05, "s"
    ),
)


def table(figures: Figures) -> list[str]:
    lines = [f"{'limit set':<58}{'limit':>10}{'measured':>12}  kept"]
    for one in TARGETS:
        try:
            measured = one.figure(figures[one.section])
        except KeyError:
            lines.append(f"{one.what:<58}{_limit(one):>10}{'-':>12}")
            continue
        kept = measured >= one.limit if one.at_least else measured <= one.limit
        shown = f"{measured:.3g}" if measured < 1000 else f"{measured:.0f}"
        said = "yes" if kept else "no"
        lines.append(f"{one.what:<58}{_limit(one):>10}{shown + ' ' + one.unit:>12}  {said}")
    return lines


def _limit(target: Target) -> str:
    return f"{'≥' if target.at_least else '≤'} {target.limit:g} {target.unit}".rstrip()
