"""Two rules at once: where both bind, whatever meets one may be met together with the other.

What makes the rules apply is given; everything else is open to whoever has to meet them. A conflict
is a given for which each rule can be met and no way of meeting one meets the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

import z3

from jingmen_facts.kinds import FactModels, Relation
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Count, Derived, Field, Formula, Quantified, Sum
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.encode import Encoded
from jingmen_policy.prove.invariants import invariants
from jingmen_policy.prove.logic import all_of, expression, no
from jingmen_policy.prove.model import Kind, ProofNote, Witness
from jingmen_policy.prove.notes import Asking, note
from jingmen_policy.prove.solver import Unsettled, check
from jingmen_policy.prove.stage import MORE, Disagreement, Stage, day_of, goal
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import Rule
from jingmen_policy.rule.status import Status

ROUNDS = 30
OBLIGES = (Force.BINDING, Force.DEFEASIBLE)
Way = tuple[Relation, ...]
Pair = tuple[Rule, Rule, Way]


def conflicts(
    policy: Policy, rules: Iterable[Rule], as_of: date, named: frozenset[str]
) -> Iterator[ProofNote]:
    """Every two rules of which one is named and that can have a fact in common to be met by."""
    given = [rule for rule in rules if _binds(rule, as_of)]
    touched = {rule.id: _touched(policy.corpus, rule, as_of) for rule in given}
    alone: dict[tuple[str, Kind], list[Rule]] = {}
    for kind in dict.fromkeys(rule.subject for rule in given):
        stage: Stage | None = None
        own = [rule for rule in given if rule.subject == kind]
        for first, second in combinations(own, 2):
            if not named & {first.id, second.id} or not _pairs(first, second):
                continue
            if not touched[first.id] & touched[second.id]:
                alone.setdefault((kind, _kind(first, second)), []).extend([first, second])
                continue
            stage = stage or Stage(policy, kind, own)
            for found in _asked(stage, (first, second, ()), as_of):
                if found.text is APART:
                    alone.setdefault((kind, _kind(first, second)), []).extend([first, second])
                else:
                    yield found
    stages: dict[Way, Stage] = {}
    for first, second, way in _apart(policy.corpus.models, given):
        if named & {first.id, second.id} and touched[first.id] & touched[second.id]:
            if way not in stages:
                ends = (first.subject, second.subject)
                stages[way] = Stage(policy, first.subject, [r for r in given if r.subject in ends])
            stage = stages[way]
            for found in _asked(stage, (first, second, way), as_of):
                if found.text is APART:
                    alone.setdefault((first.subject, found.kind), []).extend([first, second])
                else:
                    yield found
    for (_, sort), pairs in alone.items():
        yield _nothing_shared(policy, sort, pairs, named)


def _asked(stage: Stage, pair: Pair, as_of: date) -> Iterator[ProofNote]:
    first, second, way = pair
    kind = _kind(first, second)
    with Asking([first, second], kind) as asking:
        slot = stage.at(way)
        days = [day_of(rule, as_of) for rule in (first, second)]
        day = max(one for one in days if one is not None)
        if any(rule.version_on(day) is None for rule in (first, second)):
            return
        one, other = stage.encoded(first, day), stage.encoded(second, day, slot)
        found = _Clash(stage, one, other, kind).note()
        if found.result == "refuted":
            # Perhaps there was no room to meet both.
            stage = Stage(stage.policy, first.subject, [first, second], more=MORE)
            one, other = stage.encoded(first, day), stage.encoded(second, day, stage.at(way))
            found = _Clash(stage, one, other, kind).note()
        asking.to(found)
    yield from asking.notes


class _Clash:
    """The search for a given under which two rules cannot both be met."""

    def __init__(self, stage: Stage, one: Encoded, other: Encoded, kind: Kind) -> None:
        self.stage, self.one, self.other = stage, one, other
        self.kind: Kind = kind
        self.rules = (one.rule, other.rule)
        self.when = all_of([one.applies.true, other.applies.true])
        self.goals = (goal(one), goal(other))
        self.names = stage.solver.names
        self.given = self.names.of(self.when)

    def note(self) -> ProofNote:
        if not self.shared():
            return note(self.rules, self.kind, "proved", APART)
        found = self.search()
        if found is None:
            return note(self.rules, self.kind, "proved", TOGETHER[self.kind])
        return note(self.rules, self.kind, "refuted", NOT_TOGETHER[self.kind], found)

    def shared(self) -> bool:
        """Whether anything open bears on both."""
        return bool(self.reach(self.goals[0]) & self.reach(self.goals[1]))

    def reach(self, bit: Any) -> frozenset[str]:
        """What is open and bears on a goal, directly or by what holds of any dossier."""
        found = {name for name in self.names.of(bit) if not self.is_given(name)}
        rules, _ = self.stage.solver.background(found)
        named = [self.names.of(rule) for rule in rules]
        while True:
            more = {
                name
                for names in named
                if names & found
                for name in names
                if not self.is_given(name) and name not in found
            }
            if not more:
                return frozenset(found)
            found |= more

    def is_given(self, name: str) -> bool:
        base, mark, part = name.rpartition("!")
        return name in self.given or (bool(mark and part) and base in self.given)

    def search(self) -> list[Witness] | None:
        """Witnesses to a conflict; None where there is none."""
        lessons: list[Any] = []
        for _ in range(ROUNDS):
            asked = [expression(bit) for bit in (self.when, *self.goals)]
            names = frozenset().union(*(self.names.of(bit) for bit in asked))
            rules, involved = self.stage.solver.background(names)
            variables = self.names.variables([*rules, *asked])
            open_ = [v for name, v in variables.items() if not self.is_given(name)]
            if len(open_) == len(variables) and check([*rules, *asked]) is not None:
                return None  # nothing is given, and this meets both
            again = [(v, z3.Const(f"{v}'", v.sort())) for v in open_]
            second = z3.substitute(z3.And(*rules, asked[2]), *again)
            model = check([*rules, *asked[:2], second, *lessons])
            if model is None:
                return None
            fixed = [
                v == model.eval(v, model_completion=True)
                for name, v in variables.items()
                if self.is_given(name)
            ]
            together = check([*rules, *asked, *fixed])
            if together is None:
                found = self.witnesses(fixed, involved)
                if found is not None:
                    return found
                continue
            values = [(v, together.eval(v, model_completion=True)) for v in open_]
            lessons.append(z3.Not(z3.substitute(z3.And(*rules, *asked[1:]), *values)))
        raise Unsettled(Said(f"{ROUNDS}轮之内没有得出结论", f"not settled within {ROUNDS} rounds"))

    def witnesses(self, fixed: list[Any], involved: frozenset[str]) -> list[Witness] | None:
        """Two dossiers with the same given: one meets the one rule only, one the other."""
        found: list[Witness] = []
        for place in (0, 1):
            bits = [self.when, self.goals[place], no(self.goals[1 - place]), *fixed]
            solution = self.stage.solver.find(bits, involved)
            if solution is None:
                return None  # such facts cannot be stated, which has been noted
            seen = self.stage.seen(solution.rebuilt, [self.one, self.other])
            statuses = [outcome.status for outcome in seen.outcomes]
            met, unmet = statuses[place], statuses[1 - place]
            if met is not Status.MET or unmet is Status.MET:
                wanted = [Status.MET, Status.BREACHED][:: 1 if place == 0 else -1]
                raise Disagreement(wanted, statuses)
            found.append(seen)
        return found


APART = Said(
    "两条没有共同的待定事实，各自可以履行", "nothing that is open bears on both; each can be met"
)
TOGETHER = {
    "conflict": Said("同时适用时可以一并履行", "wherever both apply both can be met"),
    "option": Said("选用时仍可履行义务", "the duty can be met while the option is used"),
}
NOT_TOGETHER = {
    "conflict": Said(
        "同时适用，各自可以履行，不能一并履行",
        "both apply and each can be met, but not both",
    ),
    "option": Said(
        "可以选用，选用即不能履行义务", "the option may be used, and using it breaks the duty"
    ),
}


def _nothing_shared(
    policy: Policy, kind: Kind, pairs: list[Rule], named: frozenset[str]
) -> ProofNote:
    count = len(pairs) // 2
    rules = list({rule.id: rule for rule in pairs}.values())
    label = policy.models.kinds[rules[0].subject].label
    text = Said(
        f"涉及{label.zh}的规则另有{count}对没有共同的待定事实，各自可以履行",
        f"{count} more pairs that involve rules about the {label.en} have no open fact in common;"
        " each can be met",
    )
    kept = [rule for rule in rules if rule.id in named] if len(named) < len(rules) else rules
    return note(kept, kind, "proved", text)


def _binds(rule: Rule, as_of: date) -> bool:
    day = day_of(rule, as_of)
    version = None if day is None else rule.version_on(day)
    force = rule.modality.force
    return (
        version is not None
        and version.require is not None
        and (force in OBLIGES or force is Force.OPTIONAL)
    )


def _pairs(first: Rule, second: Rule) -> bool:
    """Whether one at least is an obligation."""
    return any(rule.modality.force in OBLIGES for rule in (first, second))


def _kind(first: Rule, second: Rule) -> Kind:
    options = Force.OPTIONAL in (first.modality.force, second.modality.force)
    return "option" if options else "conflict"


def _apart(models: FactModels, rules: list[Rule]) -> Iterator[Pair]:
    """Pairs about different kinds: the second is about what the first's subject belongs to."""
    for kind in dict.fromkeys(rule.subject for rule in rules):
        for way in _ways(models, kind):
            for first in (rule for rule in rules if rule.subject == kind):
                for second in (rule for rule in rules if rule.subject == way[-1].target):
                    if _pairs(first, second):
                        yield first, second, way


def _ways(models: FactModels, kind: str) -> Iterator[Way]:
    """Every way up along references, no kind passed twice."""
    waiting: list[Way] = [(r,) for r in models.relations[kind].values() if not r.many]
    while waiting:
        way = waiting.pop(0)
        passed = {kind, *(step.target for step in way[:-1])}
        if way[-1].target in passed:
            continue
        yield way
        waiting.extend((*way, r) for r in models.relations[way[-1].target].values() if not r.many)


def _touched(corpus: Corpus, rule: Rule, as_of: date) -> frozenset[tuple[str, str]]:
    """The fields and collections a rule's requirement reads, and those the models tie to them."""
    day = day_of(rule, as_of)
    version = None if day is None else rule.version_on(day)
    assert version is not None
    found: set[tuple[str, str]] = set()
    waiting: list[Formula] = [f for f in (version.require, version.used) if f is not None]
    while waiting:
        for node in nodes_of(waiting.pop()):
            if isinstance(node, Field):
                found.add((node.path.kind, node.spec.name))
            elif isinstance(node, Count | Sum | Quantified):
                found.update((step.target, step.field) for step in node.members.steps if step.many)
            elif isinstance(node, Derived):
                derived = corpus.derived[node.path.kind, node.name]
                waiting.extend(version.means for version in derived.versions)
    for kind, _ in list(found):
        for _, fields in invariants(corpus.models, kind):
            tied = {(kind, name) for name in fields}
            if tied & found:
                found |= tied
    return frozenset(found)
