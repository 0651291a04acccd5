"""durable_rules by its public API, asked in a process of its own: a crash takes that one along."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from benchmarks.peers.workload import Answers, Crashed, Facts

import_module("durable.lang")  # so that it is missed here where it is missing


@cache
def child() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.peers.durable_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def judge(facts: Facts) -> Answers:
    return ask([facts])[1][0]


def seconds(many: Sequence[Facts]) -> float:
    """How long it takes over many stations, without what it takes to reach the process."""
    return ask(many)[0]


def ask(many: Sequence[Facts]) -> tuple[float, list[Answers]]:
    process = child()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(many) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise Crashed(f"its process ended with {process.wait()}")
    taken, found = json.loads(line)
    return taken, [tuple(answers) for answers in found]
