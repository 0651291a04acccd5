"""From what the solver found back to facts: a dossier like any other, checked by the models."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import z3
from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec, Kind, Sort
from jingmen_facts.problems import Refused
from jingmen_policy.prove.amounts import DECIMALS
from jingmen_policy.prove.logic import Bit
from jingmen_policy.prove.world import Slot, World

_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


@dataclass(frozen=True)
class Rebuilt:
    """A dossier, and the fact in each slot that is not empty."""

    dossier: Dossier
    facts: dict[str, Fact]


class Unstatable(Exception):
    """Facts that a model refuses; ``fields`` of the slot's are enough for it to do so."""

    def __init__(self, slot: Slot, fields: Collection[str]) -> None:
        self.slot = slot
        self.fields = tuple(fields)
        super().__init__(slot.name)


class Crowded(Exception):
    """More facts of a kind than it has names."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(kind.name)


class Rebuild:
    """Facts for the slots of a world as a solution has them; only ``settled`` variables count."""

    def __init__(self, world: World, model: Any, settled: Collection[str]) -> None:
        self.world = world
        self.model = model
        self.settled = settled
        self.facts: dict[str, Fact] = {}
        self.elsewhere: dict[str, Fact] = {}
        self.numbers: dict[str, int] = {}

    def rebuilt(self) -> Rebuilt:
        for slot in self.world.slots:
            self.fact(slot)
        facts = [*self.facts.values(), *self.elsewhere.values()]
        try:
            dossier = Dossier(facts, models=self.world.models, complete=self.complete())
        except Refused as refused:
            raise AssertionError(f"slots do not make a dossier: {refused}") from refused
        return Rebuilt(dossier, self.facts)

    def complete(self) -> list[str]:
        if self.world.known:
            return list(self.world.models.kinds)
        whole = [kind for kind in self.world.models.kinds if self.bit(z3.Bool(f"complete:{kind}"))]
        for (kind, _), (bit, owner) in self.world.scopes.items():
            if self.bit(bit) and owner.name in self.facts:
                whole.append(f"{kind}@{self.facts[owner.name].identity}")
        return whole

    def fact(self, slot: Slot) -> Fact | None:
        """The fact in a slot, made once, after those that it belongs to."""
        if slot.name in self.facts:
            return self.facts[slot.name]
        if not self.bit(slot.present):
            return None
        values: dict[str, Any] = {}
        for spec in slot.kind.fields.values():
            value = self.reference(slot, spec) if spec.refers else self.value(slot, spec)
            if value is not None:
                values[spec.name] = value
        for name in slot.kind.model.KEY:
            if name not in values:
                values[name] = self.made_up(slot.kind, slot.kind.fields[name])
        for spec in slot.kind.fields.values():
            if spec.required and spec.name not in values:
                values[spec.name] = self.made_up(slot.kind, spec)
        apart = [name for name in values if self.is_elsewhere(slot, name, values[name])]
        if apart and _refused(slot.kind.model, values):
            values = {name: value for name, value in values.items() if name not in apart}
        self.facts[slot.name] = made = self.stated(slot, values)
        return made

    def stated(self, slot: Slot, values: dict[str, Any]) -> Fact:
        model = slot.kind.model
        try:
            return model.model_validate(values)
        except ValidationError:
            kept = dict(values)
            for name in list(kept):
                if slot.kind.fields[name].required:
                    continue
                fewer = {other: value for other, value in kept.items() if other != name}
                if _refused(model, fewer):
                    kept = fewer
            raise Unstatable(slot, [n for n in kept if not slot.kind.fields[n].required]) from None

    def reference(self, slot: Slot, spec: FieldSpec) -> str | None:
        """Where the fact belongs: to its owner, elsewhere, or nobody knows."""
        assert spec.refers is not None
        parent = slot.above.get(spec.name)
        if not self.bit(slot.refers(spec.name)):
            return None
        if parent is not None:
            fact = self.fact(parent)
            if fact is not None:
                return fact.identity
        if (slot.kind.name, spec.name) in self.world.used or spec.required:
            return self.other(spec.refers.kind).identity
        return None

    def is_elsewhere(self, slot: Slot, name: str, value: object) -> bool:
        """Whether a reference leads elsewhere although nothing says that it must be known."""
        spec = slot.kind.fields[name]
        there = self.elsewhere.get(spec.refers.kind) if spec.refers else None
        return there is not None and not spec.required and there.identity == value

    def other(self, kind: str) -> Fact:
        """A fact apart from all that is asked about, for what belongs somewhere else."""
        if kind not in self.elsewhere:
            described = self.world.models.kinds[kind]
            values = {
                spec.name: self.other(spec.refers.kind).identity
                if spec.refers
                else self.made_up(described, spec)
                for spec in described.fields.values()
                if (spec.refers and spec.refers.kind != kind)
                or spec.required
                or spec.name in described.model.KEY
            }
            self.elsewhere[kind] = described.model.model_validate(values)
        return self.elsewhere[kind]

    def value(self, slot: Slot, spec: FieldSpec) -> Any:
        """What a field holds, None where it is not known or does not matter."""
        name = f"{slot.name}.{spec.name}"
        if not self.bit(slot.known(spec)):
            return None
        if spec.sort is Sort.TEXTS:
            return self.texts(slot, spec, name)
        if name not in self.settled:
            return None
        match spec.sort:
            case Sort.FLAG:
                return self.bit(slot.flags[spec.name])
            case Sort.TEXT:
                text = slot.texts[spec.name]
                return (
                    text.choices[self.whole(text.code)] if text.choices else self.string(text.free)
                )
            case Sort.DAY:
                return date.fromordinal(self.whole(slot.numbers[spec.name]))
            case Sort.MONEY:
                return f"{self.whole(slot.numbers[spec.name])}分"
            case _ if spec.whole:
                return self.whole(slot.numbers[spec.name])
            case _:
                number = Decimal(self.whole(slot.numbers[spec.name])).scaleb(-DECIMALS)
                return number.normalize() if number else Decimal(0)

    def texts(self, slot: Slot, spec: FieldSpec, name: str) -> tuple[str, ...] | None:
        held = slot.lists.get(spec.name)
        if held is None:
            return None
        told = slot.others.get(spec.name, {})
        bits = {**held.listed, **told}
        variables = {str(bit) for bit in bits.values()} | {f"{name}#"}
        if not variables & set(self.settled):
            return None
        there = [text for text, bit in bits.items() if self.bit(bit)]
        if not spec.choices:
            more = self.whole(held.size) - len(there)
            there += [f"另项{number + 1}" for number in range(more)]
        return tuple(there)

    def made_up(self, kind: Kind, spec: FieldSpec) -> Any:
        """A value nobody asks about; texts differ from all others made up."""
        number = self.numbers[kind.name] = self.numbers.get(kind.name, 0) + 1
        match spec.sort:
            case Sort.TEXT if spec.choices and spec.name in kind.model.KEY:
                return self.unused(kind, spec)
            case Sort.TEXT if spec.choices:
                return spec.choices[0]
            case Sort.TEXT:
                return f"{kind.label.zh}-{number}"
            case Sort.FLAG:
                return False
            case Sort.DAY:
                return date(2021, 1, 1)
            case Sort.TEXTS:
                return ()
            case _:
                return (spec.least or 0) + number

    def unused(self, kind: Kind, spec: FieldSpec) -> str:
        """A choice that names no other fact."""
        made = [*self.facts.values(), *self.elsewhere.values()]
        taken = {getattr(fact, spec.name) for fact in made if type(fact) is kind.model}
        taken |= {
            self.value(slot, spec)
            for slot in self.world.slots
            if slot.kind is kind and self.bit(slot.present)
        }
        free = [choice for choice in spec.choices if choice not in taken]
        if not free:
            raise Crowded(kind)
        return free[0]

    def bit(self, bit: Bit) -> bool:
        if isinstance(bit, bool):
            return bit
        return bool(z3.is_true(self.model.eval(bit, model_completion=True)))

    def whole(self, number: Any) -> int:
        if isinstance(number, int):
            return number
        return int(self.model.eval(number, model_completion=True).as_long())

    def string(self, text: Any) -> str:
        """The text of a z3 string, in which other characters are escaped by their number."""
        value = self.model.eval(text, model_completion=True).as_string()
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)


def _refused(model: type[Fact], values: dict[str, Any]) -> bool:
    try:
        model.model_validate(values)
    except ValidationError:
        return True
    return False
