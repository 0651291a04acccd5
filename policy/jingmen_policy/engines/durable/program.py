"""Formulas compiled to engine rules: one engine rule for each way a formula can be true or false.

A unit is one formula of one version. Each thing it is asked of becomes a row, a fact saying which
of the unit's leaves may be true (``p3``) and which may be false (``n3``). Leaves that are derived
facts or exceptions are joined instead: the row names the entity (``d3``) and the engine looks for
the token that another unit's firing asserted about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said, spelt
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.durable.branches import Branch, TooManyBranches, branches
from jingmen_policy.engines.durable.notimpl import (
    CONDITIONS,
    JOINS,
    MAX_FIRST_TESTS,
    MAX_JOINS,
    MAX_LEAVES,
    TESTS,
)
from jingmen_policy.expression.nodes import Derived, Formula, Leaf, Yields
from jingmen_policy.expression.walk import derived_mentions, leaves, of_subject

USES_PER_SHARD = 40
LITERALS_PER_GROUP = 48
"""A row has two properties a leaf; the core dies of a fact with more than 253 properties."""
TokenKey = tuple[str, ...]
"""``("derived", kind, name)`` or ``("applies", rule)``."""
UnitKey = tuple[str, str, str, int]
"""``("derived", kind, name, version)`` or ``("applies"|"used"|"holds", rule, "", version)``."""


@dataclass(frozen=True, eq=False)
class Unit:
    """``ways[True]`` are the branches that make the formula true, ``ways[False]`` those that
    make it false; ``groups`` spreads them over rows small enough for the engine.
    """

    number: int
    key: UnitKey
    formula: Formula
    leaves: tuple[Leaf, ...]
    ways: Mapping[bool, tuple[Branch, ...]]
    groups: tuple[str, ...]
    counted: frozenset[tuple[str, str]]
    """Derived facts, by kind and name, that its aggregates ask of their members."""
    shared: bool
    """Whether one row answers for every rule with this formula: it depends on the subject alone."""


PARTS = ("applies", "used", "holds")
"""The formulas a version may have, as units call them."""
_WRITTEN = {"applies": "when", "used": "used", "holds": "require"}
"""How a rule's file calls them."""


def token_of(leaf: Leaf) -> TokenKey | None:
    """The token a leaf is joined through; None for a leaf decided outside the engine."""
    if isinstance(leaf, Derived):
        return ("derived", leaf.path.kind, leaf.name)
    if isinstance(leaf, Yields):
        return ("applies", leaf.rule)
    return None


@dataclass
class Program:
    """The engine rules of some rules of a corpus, with everything those depend on."""

    corpus: Corpus
    wanted: frozenset[str]
    units: dict[UnitKey, Unit] = field(default_factory=dict)
    rules: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    shards: Counter[tuple[TokenKey, bool]] = field(default_factory=Counter)
    tokens: dict[TokenKey, int] = field(default_factory=dict)
    fired: dict[str, tuple[Unit, bool, Branch]] = field(default_factory=dict)
    parts: dict[int, dict[str, Unit]] = field(default_factory=dict)
    """For each version, by its id(), its units by part; the corpus keeps its versions alive."""
    _shared: dict[Formula, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, formula in self._formulas():
            try:
                self._compile(key, formula)
            except TooManyBranches as error:
                raise self._refused(key, error) from None
        for rule in self.corpus.rules.values():
            for number, version in enumerate(rule.versions):
                made = ((part, self.units.get((part, rule.id, "", number))) for part in PARTS)
                self.parts[id(version)] = {part: unit for part, unit in made if unit is not None}

    def _refused(self, key: UnitKey, error: TooManyBranches) -> Refused:
        """The error for a formula the engine has no room for, at the file it stands in."""
        part, name, derived, number = key
        if part == "derived":
            file, field = self.corpus.derived[name, derived].file, "means"
        else:
            file, field = self.corpus.rules[name].file, _WRITTEN[part]
        what = error.row.what
        said = Said(f"durable 引擎容纳不下此表达式：{what.zh}", f"too large for durable: {what.en}")
        return Refused([Problem(said, file, field=spelt(("versions", number, field)))])

    @cached_property
    def _excepting(self) -> frozenset[str]:
        """The rules that others yield to."""
        return frozenset(name for rule in self.corpus.rules.values() for name in rule.yields_to)

    @property
    def first_tests(self) -> int:
        """How many distinct tests the engine makes first on a fact."""
        groups = sum(len(unit.groups) for unit in set(self.units.values()))
        return groups + sum(1 + uses // USES_PER_SHARD for uses in self.shards.values())

    def token_names(self, token: TokenKey, positive: bool) -> Iterator[str]:
        """The properties to assert, one fact each, for a token that may be so."""
        uses = self.shards.get((token, positive), 0)
        for shard in range(-(-uses // USES_PER_SHARD)):
            yield self._token_name(token, positive, shard)

    def _token_name(self, token: TokenKey, positive: bool, shard: int) -> str:
        number = self.tokens.setdefault(token, len(self.tokens))
        return f"t{number}{'p' if positive else 'n'}{shard}"

    def _formulas(self) -> Iterator[tuple[UnitKey, Formula]]:
        """The rules wanted, those they yield to, and every derived fact any of them mentions."""
        waiting, seen = sorted(self.wanted), set(self.wanted)
        derived: list[tuple[str, str]] = []
        while waiting:
            rule = self.corpus.rules[waiting.pop()]
            for number, version in enumerate(rule.versions):
                for part, formula in (
                    ("applies", rule.applies(version)),
                    ("used", version.used),
                    ("holds", version.require),
                ):
                    if formula is not None:
                        derived.extend(_mentioned(formula))
                        yield (part, rule.id, "", number), formula
            for name in rule.yields_to:
                if name not in seen:
                    seen.add(name)
                    waiting.append(name)
        done: set[tuple[str, str]] = set()
        while derived:
            kind, name = derived.pop()
            if (kind, name) in done:
                continue
            done.add((kind, name))
            for number, means in enumerate(self.corpus.derived[kind, name].versions):
                derived.extend(_mentioned(means.means))
                yield ("derived", kind, name, number), means.means

    def _compile(self, key: UnitKey, formula: Formula) -> None:
        shared = key[0] == "applies" and key[1] not in self._excepting and of_subject(formula)
        if shared and formula in self._shared:
            self.units[key] = self._shared[formula]
            return
        number = len(self.units)
        leaf_nodes = tuple(leaves(formula))
        if len(leaf_nodes) > MAX_LEAVES:
            raise TooManyBranches(CONDITIONS)
        ways = {polarity: branches(formula, polarity) for polarity in (True, False)}
        groups: list[str] = []
        room = 0
        unit_branches: list[tuple[str, bool, Branch]] = []
        for polarity, alternatives in ways.items():
            for place, branch in enumerate(alternatives):
                if len(branch) > room:
                    groups.append(f"u{number}g{len(groups)}")
                    room = LITERALS_PER_GROUP
                room -= len(branch)
                name = f"{number}{'+' if polarity else '-'}{place}"
                self.rules[name] = self._conditions(groups[-1], leaf_nodes, branch)
                unit_branches.append((name, polarity, branch))
        unit = Unit(
            number=number,
            key=key,
            formula=formula,
            leaves=leaf_nodes,
            ways=ways,
            groups=tuple(groups),
            counted=frozenset(
                (mention.path.kind, mention.name)
                for mention, inside in derived_mentions(formula)
                if inside
            ),
            shared=shared,
        )
        self.units[key] = unit
        if shared:
            self._shared[formula] = unit
        for name, polarity, branch in unit_branches:
            self.fired[name] = (unit, polarity, branch)

    def _conditions(
        self, group: str, leaf_nodes: tuple[Leaf, ...], branch: Branch
    ) -> list[Mapping[str, Any]]:
        """The engine rule of a branch: its row, then one joined token for each leaf so decided."""
        row: list[Mapping[str, Any]] = [{"$ex": {group: 1}}]
        joined: list[Mapping[str, Any]] = []
        for index, wanted in branch:
            token = token_of(leaf_nodes[index])
            if token is None:
                row.append({"$ex": {flag(index, wanted): 1}})
                continue
            shard, self.shards[token, wanted] = (
                self.shards[token, wanted] // USES_PER_SHARD,
                self.shards[token, wanted] + 1,
            )
            name = self._token_name(token, wanted, shard)
            tests = [{"$ex": {name: 1}}, {"e": {"a0": target(index)}}, {"z": {"a0": "z"}}]
            joined.append({f"a{len(joined) + 1}": {"$and": tests}})
        if len(joined) > MAX_JOINS:
            raise TooManyBranches(JOINS)
        return [{"a0": {"$and": row}}, *joined]


def flag(index: int, wanted: bool) -> str:
    """The row property that says a leaf may be true, or may be false."""
    return f"{'p' if wanted else 'n'}{index}"


def target(index: int) -> str:
    """The row property that names the entity a joined leaf is about."""
    return f"d{index}"


def programs(corpus: Corpus, per_program: int = 60) -> list[Program]:
    """The corpus cut into programs that fit the engine, each with everything it depends on."""
    names = list(corpus.rules)
    parts = [names[i : i + per_program] for i in range(0, len(names), per_program)] or [[]]
    found: list[Program] = []
    for part in parts:
        program = Program(corpus, frozenset(part))
        if program.first_tests > MAX_FIRST_TESTS:
            if per_program == 1:
                said = Said(
                    f"durable 引擎容纳不下此规则：{TESTS.what.zh}",
                    f"too large for durable: {TESTS.what.en}",
                )
                raise Refused([Problem(said, corpus.rules[part[0]].file)])
            return programs(corpus, max(per_program // 2, 1))
        found.append(program)
    return found


def _mentioned(formula: Formula) -> Iterable[tuple[str, str]]:
    return [(mention.path.kind, mention.name) for mention, _ in derived_mentions(formula)]
