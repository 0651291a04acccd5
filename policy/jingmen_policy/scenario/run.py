"""Running scenarios: every case judged, its findings compared with what was expected."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from jingmen_policy.judge.policy import Policy
from jingmen_policy.scenario.compare import differences
from jingmen_policy.scenario.model import Outcome, Ran, Scenario, ScenarioCase


def run_scenarios(
    policy: Policy,
    scenarios: Iterable[Scenario],
    *,
    engine: str | None = None,
    after: Callable[[Scenario], None] | None = None,
) -> tuple[Ran, ...]:
    """Every scenario run, in order; ``after`` is told of each that is done."""
    ran = []
    for scenario in scenarios:
        outcomes = tuple(run_case(policy, scenario, case, engine) for case in scenario.cases)
        ran.append(Ran(scenario, outcomes))
        if after is not None:
            after(scenario)
    return tuple(ran)


def run_case(
    policy: Policy,
    scenario: Scenario,
    case: ScenarioCase,
    engine: str | None = None,
    rules: frozenset[str] | None = None,
) -> Outcome:
    """One case judged; compared unless it is judged on another day than its own.

    ``rules`` are those to be judged, the scenario's where none are given.
    """
    began = time.perf_counter()
    asked = scenario.rules if rules is None else rules
    findings = policy.judge(case.dossier, case.as_of, rules=asked, engine=engine)
    seconds = time.perf_counter() - began
    found = (
        differences(case.expected, findings, exhaustive=case.exhaustive) if case.compared else ()
    )
    return Outcome(case, findings, found, seconds)
