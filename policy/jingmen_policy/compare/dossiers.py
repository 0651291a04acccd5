"""The facts of scenario files, to put to both corpora."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from jingmen_facts.problems import Problem, Refused
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.compare.model import Asked
from jingmen_policy.judge.policy import Policy
from jingmen_policy.scenario.model import Scenario
from jingmen_policy.scenario.read import files_of, read_scenarios


def asked_of(
    paths: Iterable[Path | str], before: Policy, after: Policy, rules: Collection[str]
) -> tuple[Asked, ...]:
    """The cases of the scenario files of some rules, each put only to the rules its file names.

    A file is read by whichever corpus knows its rules. Raises Refused with everything wrong.
    """
    problems: list[Problem] = []
    found: list[Asked] = []
    for path in files_of(paths, problems):
        try:
            if _own_rule(path) in rules:
                found.extend(_cases(_read(path, before, after)))
        except Refused as refused:
            problems.extend(refused.problems)
    if problems:
        raise Refused(problems)
    return tuple(found)


def _own_rule(path: Path) -> object:
    """The rule a scenario file is about; None for a story."""
    text, _ = read_text(path)
    written = read_yaml(text, str(path)).value
    return written.get("rule") if isinstance(written, Mapping) else None


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
