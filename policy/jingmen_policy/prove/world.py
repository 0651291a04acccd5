"""A dossier not yet settled: one subject, what it belongs to, and room for what belongs to them.

Every fact has a slot of its own and belongs to its owner only, so dossiers are trees: no fact is
reached in two ways. A slot may stay empty. With ``known`` every field, reference and list is known;
without it each of them may be unknown, facts may be astray, lists open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import z3

from jingmen_facts.kinds import FactModels, FieldSpec, Kind, Relation, Sort
from jingmen_facts.scalars import MAX_NUMBER
from jingmen_policy.prove.almanac import FIRST, LAST, Parts, parts_of
from jingmen_policy.prove.amounts import DECIMALS, Amount, stated
from jingmen_policy.prove.logic import Bit, Whole, all_of, any_of, no, total
from jingmen_policy.prove.texts import Text, Texts

ROOM = 2
"""How many members a relation has room for where no rule counts further."""
LENGTH = 12
Sizes = Mapping[tuple[str, str], int]
"""How many members, by kind and relation."""
_WORD = z3.Union(z3.Range("一", "龥"), z3.Range("A", "Z"), z3.Range("a", "z"), z3.Range("0", "9"))
_NAME = z3.Plus(_WORD)
_TEXT = z3.Concat(z3.Plus(_WORD), z3.Option(z3.Concat(z3.Re(" "), z3.Plus(_WORD))))


@dataclass(eq=False)
class Slot:
    """Room for one fact. ``name`` is the way to it, and the prefix of its variables."""

    world: World
    name: str
    kind: Kind
    present: Bit
    owner: Slot | None = None
    flags: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    lists: dict[str, Texts] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)
    above: dict[str, Slot] = field(default_factory=dict)
    below: dict[str, list[Slot]] = field(default_factory=dict)

    def known(self, spec: FieldSpec) -> Bit:
        """Whether a field is known."""
        if self.world.known or spec.required:
            return True
        return z3.Bool(f"{self.name}.{spec.name}?")

    def refers(self, name: str) -> Bit:
        """Whether it is known where a reference leads."""
        return self.known(self.kind.fields[name])

    def flag(self, spec: FieldSpec) -> Bit:
        return self.flags.setdefault(spec.name, z3.Bool(f"{self.name}.{spec.name}"))

    def number(self, spec: FieldSpec) -> Amount:
        """A number, an amount in 分, or the ordinal of a day."""
        if spec.name not in self.numbers:
            self.numbers[spec.name] = variable = z3.Int(f"{self.name}.{spec.name}")
            low, high = _range(spec)
            self.world.rule(variable >= low, variable <= high)
            if spec.name in self.kind.model.KEY:
                others = [other.numbers.get(spec.name) for other in self._namesakes()]
                self.world.rule(*(variable != other for other in others if other is not None))
        return stated(self.known(spec), self.numbers[spec.name], _scale(spec))

    def text(self, spec: FieldSpec) -> Text:
        if spec.name in self.texts:
            return self.texts[spec.name]
        name = f"{self.name}.{spec.name}"
        if spec.choices:
            code = z3.Int(name)
            self.world.rule(code >= 0, code < len(spec.choices))
            made = Text(self.known(spec), code=code, choices=spec.choices)
            if spec.name in self.kind.model.KEY:
                others = [other.texts.get(spec.name) for other in self._namesakes()]
                self.world.rule(*(code != other.code for other in others if other is not None))
        else:
            free = z3.String(name)
            plain = spec.required or spec.name in self.kind.model.KEY
            self.world.rule(z3.InRe(free, _NAME if plain else _TEXT))
            if plain:
                self.world.rule(z3.Length(free) <= LENGTH)
                others = [other.texts.get(spec.name) for other in self._namesakes()]
                self.world.rule(*(free != other.free for other in others if other is not None))
            made = Text(self.known(spec), free)
        self.texts[spec.name] = made
        return made

    def listing(self, spec: FieldSpec) -> Texts:
        if spec.name in self.lists:
            return self.lists[spec.name]
        name = f"{self.name}.{spec.name}"
        if spec.choices:
            bits = {text: z3.Bool(f"{name}:{n}") for n, text in enumerate(spec.choices)}
            made = Texts(self.known(spec), bits, total(z3.If(b, 1, 0) for b in bits.values()))
        else:
            size = z3.Int(f"{name}#")
            self.world.rule(size >= 0, size <= 9)
            told = self.others.setdefault(spec.name, {})

            def among(text: str) -> Bit:
                return told.setdefault(text, z3.Bool(f"{name}:{text}"))

            made = Texts(self.known(spec), {}, size, among)
        self.lists[spec.name] = made
        return made

    def one(self, relation: Relation) -> Slot:
        """Where a reference leads; only there where it is known where."""
        if relation.field not in self.above:
            kind = self.world.models.kinds[relation.target]
            parent = self.world.slot(
                f"{self.name}.{relation.field}",
                kind,
                all_of([self.present, self.refers(relation.field)]),
            )
            parent.below[_inverse(self.world.models, relation)] = [self]
            self.above[relation.field] = parent
        return self.above[relation.field]

    def many(self, relation: Relation) -> list[Slot]:
        """Room for the members of a collection of its own."""
        world = self.world
        world.used.add((relation.target, relation.field))
        own = self.below.setdefault(relation.name, [])
        size = world.sizes.get((relation.source, relation.name), ROOM) + world.more
        before: Bit = True
        while len(own) < size:
            name = f"{self.name}.{relation.name}[{len(own)}]"
            present = z3.Bool(f"{name}!")
            world.rule(z3.Implies(present, _expr(all_of([before, self.present]))))
            slot = world.slot(name, world.models.kinds[relation.target], present, self)
            slot.above[relation.field] = self
            own.append(slot)
            before = present
        return own

    def lists_all(self, relation: Relation) -> Bit:
        """Whether every member that there is has its slot."""
        if self.world.known:
            return True
        target = relation.target
        whole = [z3.Bool(f"complete:{target}")]
        for sure, slot in self._upwards():
            bit = z3.Bool(f"complete:{target}@{slot.name}")
            self.world.scopes[target, slot.name] = (bit, slot)
            whole.append(all_of([sure, bit]))
        return any_of(whole)

    def _namesakes(self) -> Iterator[Slot]:
        """The other slots of its kind, whose facts must have other identities."""
        return (slot for slot in self.world.slots if slot.kind is self.kind and slot is not self)

    def _upwards(self) -> Iterator[tuple[Bit, Slot]]:
        waiting: list[tuple[Bit, Slot]] = [(True, self)]
        while waiting:
            sure, slot = waiting.pop()
            yield sure, slot
            waiting.extend(
                (all_of([sure, slot.refers(name)]), parent) for name, parent in slot.above.items()
            )


class World:
    """All slots, and what holds of any dossier whatever the rules say."""

    def __init__(
        self, models: FactModels, sizes: Sizes, *, known: bool = True, more: int = 0
    ) -> None:
        self.models = models
        self.sizes = sizes
        self.more = more
        self.known = known
        self.slots: list[Slot] = []
        self.rules: list[Any] = []
        self.used: set[tuple[str, str]] = set()
        self.scopes: dict[tuple[str, str], tuple[Any, Slot]] = {}
        self.days: dict[str, Parts] = {}

    def root(self, kind: str) -> Slot:
        return self.slot(kind, self.models.kinds[kind], True)

    def slot(self, name: str, kind: Kind, present: Bit, owner: Slot | None = None) -> Slot:
        made = Slot(self, name, kind, present, owner)
        self.slots.append(made)
        return made

    def rule(self, *bits: Any) -> None:
        self.rules.extend(bit for bit in bits if bit is not True)

    def astray(self, relation: Relation) -> list[tuple[Slot, Bit]]:
        """The facts of a relation's target that may not say where they belong, and whether so."""
        if self.known:
            return []
        return [
            (slot, all_of([slot.present, no(slot.refers(relation.field))]))
            for slot in self.slots
            if slot.kind.name == relation.target and not slot.kind.fields[relation.field].required
        ]

    def parts(self, day: Whole) -> Parts:
        """Year, month and day of an ordinal."""
        name = str(day)
        if name not in self.days:
            self.days[name], defined = parts_of(day, name)
            self.rule(*defined)
        return self.days[name]

    def holds(self) -> list[Any]:
        """Everything that holds of any dossier of this shape."""
        lists = [
            slot.lists[name].size >= total(z3.If(bit, 1, 0) for bit in told.values())
            for slot in self.slots
            for name, told in slot.others.items()
            if told
        ]
        return [*self.rules, *lists]


def _range(spec: FieldSpec) -> tuple[int, int]:
    if spec.sort is Sort.DAY:
        return FIRST.toordinal(), LAST.toordinal()
    least = spec.least if spec.least is not None else -MAX_NUMBER if spec.signed else 0
    most = spec.most if spec.most is not None else MAX_NUMBER
    return least * _scale(spec), most * _scale(spec)


def _scale(spec: FieldSpec) -> int:
    return 10**DECIMALS if spec.sort is Sort.NUMBER and not spec.whole else 1


def _inverse(models: FactModels, relation: Relation) -> str:
    return models.kinds[relation.source].references[relation.field].inverse


def _expr(bit: Bit) -> Any:
    return z3.BoolVal(bit) if isinstance(bit, bool) else bit
