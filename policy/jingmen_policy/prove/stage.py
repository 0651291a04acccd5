"""Rules put to slots: on which day, with how much room, and how the reference sees a solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import z3

from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import Relation
from jingmen_policy.compare.facts import Atom, apart
from jingmen_policy.compare.witness import least
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import Case
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.nodes import Count, Lookup, Of
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.judge.finding import Thing
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.status import status_of
from jingmen_policy.prove.encode import Encoded, Encoder
from jingmen_policy.prove.logic import TRUE, Bit, all_of
from jingmen_policy.prove.model import Outcome, Witness
from jingmen_policy.prove.rebuild import Rebuilt
from jingmen_policy.prove.solver import Solver
from jingmen_policy.prove.world import ROOM, Sizes, Slot, World
from jingmen_policy.rule.model import DerivedVersion, Rule, Version
from jingmen_policy.rule.status import Status

LARGE = 150
"""Witnesses of more facts are shown as found, not made smaller."""


MORE = 2
"""What cannot be is asked again with room for so many members more, everywhere."""


class Disagreement(Exception):
    """The reference engine does not come to what the solver said."""

    def __init__(self, wanted: Sequence[Status], found: Sequence[Status]) -> None:
        self.wanted, self.found = tuple(wanted), tuple(found)
        names = [", ".join(status.value for status in one) for one in (wanted, found)]
        super().__init__(f"expected {names[0]}, found {names[1]}")


class Stage:
    """A world around one subject, for rules about it and about what it belongs to."""

    def __init__(
        self,
        policy: Policy,
        kind: str,
        rules: Iterable[Rule],
        *,
        known: bool = True,
        counting: bool = True,
        more: int = 0,
    ) -> None:
        self.policy = policy
        self.corpus = policy.corpus
        wanted = sizes(self.corpus, rules) if counting else {}
        self.world = World(self.corpus.models, wanted, known=known, more=more)
        self.subject = self.world.root(kind)
        self.encoder = Encoder(self.corpus, self.world)
        self.solver = Solver(self.corpus, self.world, self.encoder)
        self.done: dict[tuple[str, str, date], Encoded] = {}

    def like(self, rules: Iterable[Rule], room: int = 1) -> Stage:
        """A stage about the same kind with just so much room for what the rules count."""
        stage = Stage(self.policy, self.subject.kind.name, rules, counting=False)
        stage.world.sizes = {
            (step.source, step.name): room
            for rule in rules
            for version in rule.versions
            for formula in (version.when, version.used, version.require)
            for node in (nodes_of(formula) if formula is not None else ())
            if isinstance(node, Count)
            for step in node.members.steps
        }
        return stage

    def at(self, way: Iterable[Relation]) -> Slot:
        """The slot that references lead to from the subject."""
        slot = self.subject
        for step in way:
            slot = slot.one(step)
        return slot

    def encoded(self, rule: Rule, day: date, slot: Slot | None = None) -> Encoded:
        slot = slot or self.subject
        key = (rule.id, slot.name, day)
        if key not in self.done:
            version, due, year = governed(rule, day)
            case = Case(rule, version, None, due, year)  # type: ignore[arg-type]
            self.done[key] = self.settled(self.encoder, case, slot, day)
        return self.done[key]

    def settled(self, encoder: Encoder, case: Case, slot: Slot, day: date) -> Encoded:
        """A case encoded again until it makes no slot more: any of them may hold a fact astray."""
        while True:
            before = len(self.world.slots)
            found = encoder.rule(case, slot, day)
            if self.world.known or len(self.world.slots) == before:
                return found

    def everything_known(self) -> list[Any]:
        """Every field and reference of every slot is known, and every list complete."""
        if self.world.known:
            return []
        bits = [
            slot.known(spec)
            for slot in self.world.slots
            for spec in slot.kind.fields.values()
            if not spec.required
        ]
        return [*bits, *(z3.Bool(f"complete:{kind}") for kind in self.corpus.models.kinds)]

    def seen(self, rebuilt: Rebuilt, asked: Sequence[Encoded]) -> Witness:
        """A witness to whatever the reference engine comes to."""
        subjects = [rebuilt.facts[one.slot.name].identity for one in asked]
        found = statuses(self.corpus, rebuilt.dossier, asked, subjects)
        assert found is not None, "the subjects are there"
        facts = smaller(
            rebuilt.dossier, lambda dossier: statuses(self.corpus, dossier, asked, subjects)
        )
        outcomes = tuple(
            Outcome(one.rule.id, Thing(one.slot.kind.name, subject), status)
            for one, subject, status in zip(asked, subjects, found, strict=True)
        )
        return Witness(asked[0].day, outcomes, {"as_of": asked[0].day.isoformat(), **facts})

    def witness(
        self, rebuilt: Rebuilt, asked: Sequence[Encoded], wanted: Sequence[Status]
    ) -> Witness:
        """A witness to these statuses. Raises Disagreement."""
        seen = self.seen(rebuilt, asked)
        found = [outcome.status for outcome in seen.outcomes]
        if found != list(wanted):
            raise Disagreement(wanted, found)
        return seen


def smaller(dossier: Dossier, seen: Callable[[Dossier], object]) -> dict[str, Any]:
    """The facts of a dossier without what may be left out with the same being seen."""
    wanted = seen(dossier)
    [whole] = apart(dossier, {})
    atoms = list(whole.atoms)
    if len(dossier) <= LARGE:

        def still(kept: list[Atom]) -> bool | None:
            fewer = whole.dossier(kept)
            return True if fewer is not None and seen(fewer) == wanted else None

        atoms = least(atoms, still)
    return whole.written(atoms)


def statuses(
    corpus: Corpus, dossier: Dossier, asked: Sequence[Encoded], subjects: Sequence[str]
) -> list[Status] | None:
    """How the reference engine decides; None where a subject is not there."""
    cases = []
    for one, subject in zip(asked, subjects, strict=True):
        fact = dossier.of_kind(one.slot.kind.name).get(subject)
        if fact is None:
            return None
        cases.append(Case(one.rule, one.version, fact, one.due, one.year))
    day = asked[0].day
    return [status_of(d, day) for d in Reference(corpus).decide(cases, dossier, day)]


def goal(one: Encoded) -> Bit:
    """What meets it: for an option, using it as it must be used."""
    holds = one.holds or TRUE
    if one.used is None:
        return holds.true
    return all_of([one.used.true, holds.true])


def day_of(rule: Rule, as_of: date) -> date | None:
    """The day to ask about a rule: the day it is due, or ``as_of``; None where not in force."""
    version = rule.version_on(as_of)
    if version is None:
        return None
    due = version.due.day
    if version.due.kind == "yearly":
        due = version.due.in_year(as_of.year)
    return due if due is not None and version.in_force(due) else as_of


def governed(rule: Rule, day: date) -> tuple[Version, date | None, int | None]:
    """The version of a rule in force on a day, with its due day and, if yearly, that day's year."""
    version = rule.version_on(day)
    assert version is not None, "asked only of rules in force"
    if version.due.kind == "yearly":
        return version, version.due.in_year(day.year), day.year
    return version, version.due.day, None


def sizes(corpus: Corpus, rules: Iterable[Rule]) -> Sizes:
    """Room for one member more than the largest number a rule could count up to."""
    found: dict[tuple[str, str], int] = {}
    for rule in rules:
        needed: list[Version | DerivedVersion] = list(rule.versions)
        for fact in corpus.derived_of(rule).values():
            needed.extend(fact.versions)
        for version in needed:
            for relation, room in _counted(version):
                key = (relation.source, relation.name)
                found[key] = max(found.get(key, 1), room)
    return found


def _counted(version: Version | DerivedVersion) -> Iterable[tuple[Relation, int]]:
    formulas = (
        (version.means,)
        if isinstance(version, DerivedVersion)
        else (version.when, version.used, version.require)
    )
    for formula in formulas:
        nodes = list(nodes_of(formula)) if formula is not None else []
        most = sum(
            let.value
            for let in version.lets
            if let.type.of is Of.NUMBER and isinstance(let.value, int)
        ) + sum(
            max(version.columns[column].values(), default=0)
            for column in {node.column for node in nodes if isinstance(node, Lookup)}
        )
        for node in nodes:
            if isinstance(node, Count):
                *before, last = [step for step in node.members.steps if step.many]
                yield last, max(ROOM, most + 1)
                yield from ((step, 1 if most >= ROOM else ROOM) for step in before)
