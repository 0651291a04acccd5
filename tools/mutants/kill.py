"""Which mutants the scenarios kill: the reference engine finds otherwise than a case expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path

from jingmen_policy.judge.policy import Policy
from jingmen_policy.scenario.compare import differences
from jingmen_policy.scenario.model import Expected, Scenario, ScenarioCase
from jingmen_policy.scenario.read import read_scenarios
from tools.mutants.changes import Mutant, mutants


@dataclass(frozen=True, slots=True)
class Tried:
    """One mutant, and the case that killed it: '' where it survived every case."""

    owner: str
    key: str
    killed_by: str


@dataclass(frozen=True)
class Court:
    """The scenarios, read once, and the corpus they are about."""

    policy: Policy
    scenarios: Sequence[Scenario]

    def tried(self, owner: str) -> Iterator[Tried]:
        """Every mutant of a rule or derived fact, put to the cases that speak of it."""
        affected = frozenset(self.affected(owner))
        cases = list(self.cases(owner, affected))
        wrong = [
            where for where, case, expected in cases if self._fails(self.policy, case, expected)
        ]
        if wrong:
            raise ValueError(f"the unchanged rules fail a case already: {wrong[0]}")
        for mutant in mutants(self.policy.corpus, owner):
            yield Tried(owner, mutant.key, self._killer(mutant, cases))

    def affected(self, owner: str) -> Iterator[str]:
        """The rules whose findings a change can move: this, and what rests on or yields to it."""
        corpus = self.policy.corpus
        if owner in corpus.rules:
            yield owner
            touched = {owner}
        else:
            kind, _, name = owner.partition(".")
            touched = {
                rule.id for rule in corpus.rules.values() if (kind, name) in corpus.derived_of(rule)
            }
            yield from touched
        for rule in corpus.rules.values():
            if rule.id not in touched and touched & set(rule.yields_to):
                yield rule.id

    def cases(
        self, owner: str, affected: frozenset[str]
    ) -> Iterator[tuple[str, ScenarioCase, tuple[Expected, ...]]]:
        """The cases that expect something of these rules, the rule's own file first."""
        own = {self._file_of[rule] for rule in affected if rule in self._file_of}
        for scenario in sorted(self.scenarios, key=lambda one: (one.story, one.source not in own)):
            for case in scenario.cases:
                expected = tuple(one for one in case.expected if one.rule in affected)
                if expected:
                    yield f"{Path(scenario.source).name}: {case.name}", case, expected

    @cached_property
    def _file_of(self) -> Mapping[str, str]:
        """The scenario file that has the name of each rule's file."""
        files = {Path(scenario.source).name: scenario.source for scenario in self.scenarios}
        return {
            rule.id: files[Path(rule.file).name]
            for rule in self.policy.corpus.rules.values()
            if Path(rule.file).name in files
        }

    def _killer(
        self, mutant: Mutant, cases: Sequence[tuple[str, ScenarioCase, tuple[Expected, ...]]]
    ) -> str:
        policy = Policy(mutant.corpus, "reference", self.policy.backgrounds)
        return next(
            (where for where, case, expected in cases if self._fails(policy, case, expected)), ""
        )

    @staticmethod
    def _fails(policy: Policy, case: ScenarioCase, expected: tuple[Expected, ...]) -> bool:
        rules = frozenset(one.rule for one in expected)
        found = policy.judge(case.dossier, case.as_of, rules=rules)
        return bool(differences(expected, found, exhaustive=case.exhaustive))


def court(paths: Iterable[Path]) -> Court:
    """The shipped policy and the scenarios in files and folders."""
    policy = Policy.load(engine="reference")
    return Court(policy, read_scenarios(list(paths), policy.corpus, backgrounds=policy.backgrounds))


_court: list[Court] = []


def _prepare(paths: tuple[Path, ...]) -> None:
    _court.append(court(paths))


def _try(owner: str) -> list[Tried]:
    return list(_court[0].tried(owner))


def tried(owners: Sequence[str], paths: tuple[Path, ...], processes: int) -> Iterator[list[Tried]]:
    """The mutants of each owner, in order, tried in several processes."""
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_prepare, initargs=(paths,)
    ) as pool:
        yield from pool.map(_try, owners)
