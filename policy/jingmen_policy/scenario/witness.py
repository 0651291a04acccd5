"""Witnesses of readings, run: the same facts under the reading chosen and under the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.located import Located
from jingmen_policy.corpus.written import Interpretation
from jingmen_policy.judge.policy import Policy
from jingmen_policy.scenario.model import Outcome
from jingmen_policy.scenario.read import read_scenario
from jingmen_policy.scenario.run import run_case


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A witness judged under one reading; ``alternative`` is '' for the reading chosen."""

    reading: str
    alternative: str
    outcome: Outcome


def witness(policy: Policy, reading: str, engine: str = "reference") -> Iterator[Witnessed]:
    """A reading's witness under the reading chosen, then under each alternative it has run.

    Raises Refused for an unknown reading and for a witness whose facts cannot be read.
    """
    known = policy.corpus.interpretations
    if reading not in known:
        raise Refused([Problem(unknown_name(Said("解释", "reading"), reading, list(known)))])
    item = known[reading]
    if item.witness.case is None:
        return
    yield Witnessed(reading, "", _judged(policy, item, item.witness.case.expect, engine))
    for alternative, expect in item.witness.case.instead.items():
        other = policy.under({reading: alternative})
        yield Witnessed(reading, alternative, _judged(other, item, expect, engine))


def witnesses(
    policy: Policy, readings: Iterable[str] | None = None, engine: str = "reference"
) -> Iterator[Witnessed]:
    """Every witness on record, or those of some readings."""
    for name in policy.corpus.interpretations if readings is None else readings:
        yield from witness(policy, name, engine)


def _judged(policy: Policy, item: Interpretation, expect: Any, engine: str) -> Outcome:
    case = item.witness.case
    if case is None:
        raise ValueError(f"{item.id} has no witness to be run")
    written = {
        "as_of": case.as_of.isoformat(),
        "given": case.given,
        "cases": [{"name": item.witness.facts.zh, "expect": expect}],
    }
    located = Located(written, f"interpretations/{item.id}.yaml")
    scenario = read_scenario(located, policy.corpus, policy.backgrounds)
    named = frozenset(one.rule for one in scenario.cases[0].expected)
    return run_case(policy, scenario, scenario.cases[0], engine, named)
