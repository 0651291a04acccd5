"""The facts of scenario files, to put to both corpora."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jingmen_facts.problems import Problem, Refused
from jingmen_policy.compare.model import Asked
from jingmen_policy.judge.policy import Policy
from jingmen_policy.scenario.model import Scenario
from jingmen_policy.scenario.read import files_of, read_scenarios


def asked_of(
    paths: Iterable[Path | str], before: Policy, after: Policy, rules: frozenset[str]
) -> tuple[Asked, ...]:
    """The cases of the scenario files about some rules, each put only to its file's rules.

    Stories are left out: they go over the whole plan, and the files of its rules say the same.
    A file is read by whichever corpus knows its rules. Raises Refused with everything wrong.
    """
    problems: list[Problem] = []
    found: list[Asked] = []
    for path in files_of(paths, problems):
        try:
            scenario = _read(path, before, after)
        except Refused as refused:
            problems.extend(refused.problems)
            continue
        if not scenario.story and scenario.rules is not None and scenario.rules & rules:
            found.extend(_cases(scenario))
    if problems:
        raise Refused(problems)
    return tuple(found)


def _read(path: Path, before: Policy, after: Policy) -> Scenario:
    try:
        [scenario] = read_scenarios([path], after.corpus, backgrounds=after.backgrounds)
    except Refused as refused:
        try:
            [scenario] = read_scenarios([path], before.corpus, backgrounds=before.backgrounds)
        except Refused:
            raise refused from None
    return scenario


def _cases(scenario: Scenario) -> Iterator[Asked]:
    for case in scenario.cases:
        name = f"{scenario.source}:{case.line} {case.name}"
        yield Asked(name, case.dossier, (case.as_of,), scenario.rules)
