"""What is measured of the service, and told."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.section import Section
from benchmarks.service.bodies import batch, body
from benchmarks.service.processes import bare, ours
from benchmarks.service.wire import Wire
from jingmen_policy.log.log import Log

ROUNDS = 600
IN_A_ROW = 40
RATE = 200
SIZES = (1, 10, 100, 1000)


def report(seconds: float = 60.0) -> Section:
    """``seconds`` is how long the load is held."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        p50 = _in_turn(folder)
        sizes = _batches(folder)
        held = _held(folder, seconds)
        lost = _killed(folder)
    lines = [
        *_turns_told(p50),
        "",
        "many dossiers in one call, with the log: ms in all, ms each",
        *(f"{n:>6}{took * 1000:>10.1f}{took * 1000 / n:>8.2f}" for n, took in sizes.items()),
        "",
        f"{RATE} requests a second for {seconds:.0f} s, with the log, load from the same two cores",
        f"answers {held.told['answers']}, failures {held.told['failures']} {held.told['failed']}",
        f"p50 {held.told['p50']:.1f} ms, p99 {held.told['p99']:.1f} ms,"
        f" most {held.told['most']:.1f} ms, from when each was due",
        f"memory {held.before:.0f} MB after the first tenth, {held.after:.0f} MB at the end;"
        f" the service took {held.busy * 100:.0f} % of one core",
        "",
        f"killed with -9 under that load: {lost.given} receipts given, {lost.lost} lost,"
        f" the chain is {'whole' if lost.whole else 'broken'}",
    ]
    figures = {
        "× bare": p50[UNLOGGED].one / p50[BARE].one,
        "× bare, in a row": p50[UNLOGGED].many / p50[BARE].many,
        "× bare, with the log": p50[LOGGED].one / p50[BARE].one,
        "× bare, with the log, in a row": p50[LOGGED].many / p50[BARE].many,
        "1,000 ÷ 100 dossiers": sizes[1000] / sizes[100],
        "p99 ms": held.told["p99"],
        "failures": float(held.told["failures"]),
        "MB more": held.after - held.before,
        "receipts lost": float(lost.lost),
    }
    return Section(lines, figures)


def turns() -> list[str]:
    """The service and the bare route alone, which takes ten seconds."""
    with tempfile.TemporaryDirectory() as place:
        return _turns_told(_in_turn(Path(place)))


@dataclass(frozen=True)
class Turns:
    """Median seconds of an answer: a request to each by turns, and many to one before the next."""

    one: float
    many: float


BARE = "FastAPI, validates only"
UNLOGGED = "the service, without a log"
LOGGED = "the service, with the log"


def _turns_told(p50: dict[str, Turns]) -> list[str]:
    bare_one, bare_many = p50[BARE].one, p50[BARE].many
    return [
        f"one dossier of 10 facts, 149 findings; p50 of {ROUNDS}, by turns and {IN_A_ROW} in a row",
        f"{'':<36}{'by turns, ms':>14}{'× bare':>8}{'in a row, ms':>14}{'× bare':>8}",
        *(
            f"{name:<36}{took.one * 1000:>14.2f}{took.one / bare_one:>8.2f}"
            f"{took.many * 1000:>14.2f}{took.many / bare_many:>8.2f}"
            for name, took in p50.items()
        ),
        f"{'fsync of 4 KB on this disk, p50':<36}{_fsync() * 1000:>14.2f}",
    ]


def _in_turn(folder: Path) -> dict[str, Turns]:
    with (
        bare(folder) as (bare_port, _),
        ours(folder, "--no-log") as (port, _),
        ours(folder, "--log", "turns.sqlite") as (logged_port, _),
    ):
        ports = {BARE: bare_port, UNLOGGED: port, LOGGED: logged_port}
        one = asyncio.run(_asked_in_turn(ports, 1))
        many = asyncio.run(_asked_in_turn(ports, IN_A_ROW))
    return {name: Turns(one[name], many[name]) for name in ports}


async def _asked_in_turn(ports: dict[str, int], in_a_row: int) -> dict[str, float]:
    """Median seconds of an answer, by who gives it."""
    wires = {name: await Wire.to(port) for name, port in ports.items()}
    took: dict[str, list[float]] = {name: [] for name in ports}
    raw = body()
    warm = IN_A_ROW // in_a_row
    for turn in range(warm + ROUNDS // in_a_row):
        for name, wire in wires.items():
            for _ in range(in_a_row):
                start = time.perf_counter()
                status, _ = await wire.post("/v1/judge", raw)
                assert status == 200
                if turn >= warm:
                    took[name].append(time.perf_counter() - start)
    for wire in wires.values():
        wire.close()
    return {name: statistics.median(times) for name, times in took.items()}


def _batches(folder: Path) -> dict[int, float]:
    """Median seconds of a call, by how many dossiers it has."""

    async def ask(port: int) -> dict[int, float]:
        wire = await Wire.to(port)
        found = {}
        for size in SIZES:
            raw, took = batch(size), []
            for _ in range(6 if size < 1000 else 4):
                start = time.perf_counter()
                status, _ = await wire.post("/v1/judge/batch", raw)
                assert status == 200
                took.append(time.perf_counter() - start)
            found[size] = statistics.median(took[1:])
        wire.close()
        return found

    with ours(folder, "--log", "batch.sqlite") as (port, _):
        return asyncio.run(ask(port))


@dataclass(frozen=True)
class Held:
    told: dict[str, Any]
    before: float
    after: float
    busy: float


def _held(folder: Path, seconds: float) -> Held:
    with ours(folder, "--log", "held.sqlite") as (port, process):
        watched = psutil.Process(process.pid)
        load = _load(port, seconds)
        sizes = []
        while load.poll() is None:
            sizes.append(watched.memory_info().rss / 1e6)
            time.sleep(0.5)
        assert load.stderr is not None
        told: dict[str, Any] = json.loads(load.stderr.read())
        load.stderr.close()
        times = watched.cpu_times()
        busy = (times.user + times.system) / seconds
    return Held(told, sizes[len(sizes) // 10], sizes[-1], busy)


def _load(port: int, seconds: float, receipts: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.service.load", str(port), str(RATE), str(seconds)]
    return subprocess.Popen(command, stdout=receipts, stderr=subprocess.PIPE, text=True)


@dataclass(frozen=True)
class Lost:
    given: int
    lost: int
    whole: bool


def _killed(folder: Path) -> Lost:
    with ours(folder, "--log", "killed.sqlite") as (port, process):
        load = _load(port, 8, subprocess.PIPE)
        threading.Timer(6, process.send_signal, [signal.SIGKILL]).start()
        given, _ = load.communicate()
    receipts = given.split()
    with Log.open(folder / "killed.sqlite", create=False) as log:
        kept = {one.id for one in log.receipts()}
        return Lost(len(receipts), len(set(receipts) - kept), log.verify().whole)


def _fsync() -> float:
    took = []
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            file.write(bytes(4096))
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            took.append(time.perf_counter() - start)
    return statistics.median(took)
