"""The decision log: what a receipt costs, how many a second are on the disk, what kill -9 loses.

``JINGMEN_BENCH_POSTGRES`` is the URL of an empty database to measure PostgreSQL on as well.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.dossiers import AS_OF, stations
from benchmarks.section import Section, in_turn
from jingmen_policy import Policy
from jingmen_policy.log.draft import Draft, draft
from jingmen_policy.log.hashes import findings_hash, input_hash
from jingmen_policy.log.log import Log

VARIABLE = "JINGMEN_BENCH_POSTGRES"
THREADS = 32
KILLS = 10
_WRITER = """
import os, sys, threading
from datetime import date
from jingmen_policy.log.draft import Draft
from jingmen_policy.log.log import Log

log = Log.open(sys.argv[1])
os.write(1, b"open\\n")

def write(thread):
    for number in range(1_000_000):
        name = f"{sys.argv[2]}-{thread}-{number}"
        receipt = log.append(Draft(
            corpus="rules", corpus_sha256="0" * 64, as_of=date(2022, 6, 30), input_sha256=name,
            findings_sha256="0" * 64, engine="compiled", package=""))
        os.write(1, f"{receipt.id} {name}\\n".encode())

for thread in range(16):
    threading.Thread(target=write, args=(thread,)).start()
"""
_VERIFY = """
import resource, sys, time
from jingmen_policy.log.log import Log
with Log.open(sys.argv[1], create=False) as log:
    start = time.perf_counter()
    found = log.verify()
    took = time.perf_counter() - start
assert found.whole, found
print(found.receipts, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def report(rows: int = 1_000_000) -> Section:
    made, lines, figures = _drafting()
    with tempfile.TemporaryDirectory() as folder:
        places = {"SQLite": str(Path(folder) / "log.db")}
        if VARIABLE in os.environ:
            places["PostgreSQL"] = os.environ[VARIABLE]
        lines += ["", f"{'receipts a second, each on the disk':<52}{'':>10}"]
        for name, where in places.items():
            for how, rate in _rates(where, made).items():
                lines.append(f"{name + ', ' + how:<52}{rate:>10.0f}")
                figures[f"{name}, {how}"] = rate
        lines += ["", f"{KILLS} times kill -9, 16 threads appending"]
        for name, where in places.items():
            promised, lost, whole = _killed(where)
            lines.append(
                f"{name + ': acknowledged ' + str(promised):<52}{lost:>10} lost, chain "
                f"{'whole' if whole else 'BROKEN'}"
            )
            figures[f"{name}, lost"] = lost
        for count in (rows // 10, rows):
            large = str(Path(folder) / f"{count}.db")
            filled = _filled(large, made, count)
            found, took, memory = _alone(_VERIFY, large)
            lines += [
                "",
                f"{f'{count:,} receipts stored by one thread':<52}{filled:>10.1f} s",
                f"{f'{int(found):,} receipts verified':<52}{took:>10.1f} s {memory:>8.0f} MB",
            ]
            figures[f"verify {count}"] = took
            figures[f"verify {count}, MB"] = memory
    return Section(lines, figures)


def _drafting() -> tuple[Draft, list[str], dict[str, float]]:
    policy = Policy.load()
    dossier = stations(1)
    found = policy.decide(dossier, AS_OF)
    times = range(100)
    ways: dict[str, Callable[[], object]] = {
        "the decision itself": lambda: [policy.decide(dossier, AS_OF) for _ in times],
        "draft of its receipt": lambda: [draft(policy, dossier, AS_OF, found) for _ in times],
        "of which input hash": lambda: [input_hash(dossier) for _ in times],
        "of which findings hash": lambda: [findings_hash(found) for _ in times],
    }
    taken = {
        name: took / len(times) * 1e6 for name, took in in_turn(ways, 25, time.process_time).items()
    }
    lines = [f"one station, {len(found)} findings; processor time"]
    lines += [f"{name:<52}{took:>10.0f} µs" for name, took in taken.items()]
    return (
        draft(policy, dossier, AS_OF, found),
        lines,
        {"µs a draft": taken["draft of its receipt"]},
    )


def _rates(where: str, made: Draft, spent: float = 3.0) -> dict[str, float]:
    """Receipts a second, by how many wait for theirs at a time."""
    with Log.open(where) as log:
        return {
            "one by one": _rate(log, made, 1, spent),
            f"{THREADS} threads, each waits for its own": _rate(log, made, THREADS, spent),
            "handed in without waiting": _handed_in(log, made, 20_000),
        }


def _rate(log: Log, made: Draft, threads: int, spent: float) -> float:
    until = time.perf_counter() + spent
    counts = [0] * threads

    def work(thread: int) -> None:
        while time.perf_counter() < until:
            log.append(made)
            counts[thread] += 1

    ran = [threading.Thread(target=work, args=(thread,)) for thread in range(threads)]
    for one in ran:
        one.start()
    for one in ran:
        one.join()
    return sum(counts) / spent


def _handed_in(log: Log, made: Draft, number: int) -> float:
    start = time.perf_counter()
    for _ in range(number // 5_000):
        for promised in [log.submit(made) for _ in range(5_000)]:
            promised.result()
    return number / (time.perf_counter() - start)


def _filled(where: str, made: Draft, number: int) -> float:
    start = time.perf_counter()
    with Log.open(where) as log:
        for first in range(0, number, 5_000):
            several = [
                log.submit(replace(made, input_sha256=f"{first + more:064x}"))
                for more in range(5_000)
            ]
            for promised in several:
                promised.result()
    return time.perf_counter() - start


def _killed(where: str) -> tuple[int, int, bool]:
    """How many receipts were acknowledged to processes killed, how many of them are gone."""
    promised: dict[str, str] = {}
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, where, uuid.uuid4().hex], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        # Read meanwhile, or the pipe is full and the writers wait for us.
        killer = threading.Timer(random.uniform(0.1, 1.0), process.kill)
        killer.start()
        told = process.stdout.read().decode().split("\n")[:-1]
        process.wait()
        promised |= dict(line.split() for line in told)
    with Log.open(where, create=False) as log:
        there = {one.id: one.input_sha256 for one in log.receipts()}
        whole = log.verify().whole
    return len(promised), len(promised.items() - there.items()), whole


def _alone(code: str, *arguments: str) -> tuple[float, float, float]:
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    one, two, three = map(float, ran.stdout.split())
    return one, two, three
