"""Every worked case comes out as expected, and alike, whichever engine judges it.

The columnar engine has the same in ``test_columnar.py``, beside the database it runs on.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.engines.compiled import Compiled
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.run import run_scenarios

PLAN = Policy.load()
COMPILED = Compiled(PLAN.corpus)
FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


@pytest.mark.checkout
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_engine_finds_the_same_and_what_is_expected(file: Path) -> None:
    read = read_scenarios([file], PLAN.corpus, backgrounds=PLAN.backgrounds)
    [reference] = run_scenarios(PLAN, read, engine="reference")
    [durable] = run_scenarios(PLAN, read, engine="durable")
    for one, other in zip(reference.outcomes, durable.outcomes, strict=True):
        assert one.result == other.result == "as-expected", (one.case.name, one.differences)
        assert one.findings == other.findings, one.case.name
        compiled = COMPILED.decide(one.case.dossier, one.case.as_of, reference.scenario.rules)
        assert [tuple(decided) for decided in compiled] == [
            (found.rule, found.subject.kind, found.subject.id, found.year, found.status)
            for found in one.findings
        ], one.case.name
