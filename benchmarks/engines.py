"""The engines that tell findings, and the commands."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.dossiers import AS_OF, stations
from benchmarks.section import Section, seconds
from jingmen_policy import Policy

ROOT = Path(__file__).parent.parent


def command(*arguments: str) -> Callable[[], object]:
    def run() -> object:
        return subprocess.run(
            [sys.executable, "-m", "jingmen_policy", *arguments],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )

    return run


def report() -> Section:
    policy = Policy.load()
    lines = [f"{'what':<46}{'least ms':>10}{'median ms':>11}{'× reference':>13}"]

    def row(what: str, least: float, median: float, ratio: float | None = None) -> None:
        compared = "" if ratio is None else f"{ratio:.2f}"
        lines.append(
            f"{what:<46}{least * 1000:>10.2f}{median * 1000:>11.2f}{compared:>13}".rstrip()
        )

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
    row("Policy.load(), once more", *seconds(Policy.load, 5))
    row("jingmen --help", *seconds(command("--help"), 5))
    row("jingmen run scenarios", *seconds(command("run", "scenarios"), 3))
    return Section(lines)
