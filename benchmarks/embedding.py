"""What an embedder waits for: the import, the code of a day, and a verdict. Processor time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from benchmarks.dossiers import AS_OF, stations
from benchmarks.section import Section, in_turn
from jingmen_facts import MODELS, Dossier
from jingmen_policy import Policy

_IMPORT = """
import time
start = time.process_time()
{}
print(time.process_time() - start)
"""
_CODE = """
import time
from datetime import date
from jingmen_policy import Policy
from jingmen_policy.engines.compiled import Compiled
corpus = Policy.load().corpus
start = time.process_time()
Compiled(corpus).prepared(date(2022, 6, 30))
print(time.process_time() - start)
"""


def report() -> Section:
    policy = Policy.load()
    facts = stations(1)
    many = [Dossier(facts.facts, models=MODELS, complete=facts.complete) for _ in range(200)]
    taken = in_turn(
        {
            "verdicts": lambda: [policy.verdicts(dossier, AS_OF) for dossier in many],
            "decide": lambda: [policy.decide(dossier, AS_OF) for dossier in many],
        },
        25,
        time.process_time,
    )
    each = {name: took / len(many) for name, took in taken.items()}
    with tempfile.TemporaryDirectory() as cache:
        warm = {**os.environ, "JINGMEN_CACHE": cache}
        told = {
            "import jingmen_policy": _median(_IMPORT.format("import jingmen_policy"), {}),
            "from jingmen_policy import Policy": _median(
                _IMPORT.format("from jingmen_policy import Policy"), {}
            ),
            "code of a day, made": _median(_CODE, {**os.environ, "JINGMEN_CACHE": ""}),
            "code of a day, from disk": _median(_CODE, warm),
        }
    rules = len(policy.corpus.rules)
    lines = [
        f"{'one dossier, ' + str(rules) + ' rules, ' + str(len(policy.verdicts(facts, AS_OF)))}"
        " verdicts; processor time",
        *(f"{name:<40}{took * 1e6:>10.1f} µs" for name, took in each.items()),
        *(f"{name:<40}{took * 1e3:>10.1f} ms" for name, took in told.items()),
    ]
    return Section(lines, {"µs a dossier": each["verdicts"] * 1e6, **told})


def _median(code: str, environment: dict[str, str], runs: int = 7) -> float:
    """Seconds that a process says it took; the first is for the files to be at hand."""
    found = []
    for _ in range(runs + 1):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env=environment or None,
            capture_output=True,
            text=True,
            check=True,
        )
        found.append(float(ran.stdout))
    return statistics.median(found[1:])
