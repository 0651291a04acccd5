"""``python -m benchmarks``: one run, one table; ratios are to the reference in that run."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.dossiers import AS_OF, stations
from jingmen_policy import Policy

ROOT = Path(__file__).parent.parent


def seconds(action: Callable[[], object], runs: int) -> tuple[float, float]:
    """The least and the median of some runs, after one to warm up."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return min(taken), statistics.median(taken)


def command(*arguments: str) -> Callable[[], object]:
    def run() -> object:
        return subprocess.run(
            [sys.executable, "-m", "jingmen_policy", *arguments],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )

    return run


def main() -> None:
    if sys.argv[1:] == ["peers"]:
        from benchmarks.peers import report

        print("\n".join(report()))
        return
    if sys.argv[1:2] == ["tables"]:
        from benchmarks.tables import report as tables

        print("\n".join(tables(*map(int, sys.argv[2:3]))))
        return
    print(f"Python {platform.python_version()} on {platform.machine()}, {platform.system()}")
    print(f"{'what':<46}{'least ms':>10}{'median ms':>11}{'× reference':>13}")
    policy = Policy.load()
    for number, runs in ((1, 200), (60, 10), (300, 3)):
        dossier = stations(number)
        base = 0.0
        for engine in ("reference", "durable"):
            least, median = seconds(
                lambda d=dossier, e=engine: policy.judge(d, AS_OF, engine=e),  # type: ignore[misc]
                runs,
            )
            base = base or median
            row(f"judge {number} station dossier(s), {engine}", least, median, median / base)
    row("Policy.load()", *seconds(Policy.load, 5))
    row("jingmen --help", *seconds(command("--help"), 5))
    row("jingmen run scenarios", *seconds(command("run", "scenarios"), 3))


def row(what: str, least: float, median: float, ratio: float | None = None) -> None:
    compared = "" if ratio is None else f"{ratio:.2f}"
    print(f"{what:<46}{least * 1000:>10.2f}{median * 1000:>11.2f}{compared:>13}")


if __name__ == "__main__":
    main()
