"""Facts being made up: things by number, so that a key may change and references follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels, FieldSpec, Relation, Sort
from jingmen_facts.problems import Refused
from jingmen_facts.scalars import Fen
from jingmen_policy.compare.facts import spelt

SUBJECT = 0
MONEY = Fen(10_000_000)
NUMBER = 10


class Ref(NamedTuple):
    """A reference to a thing of the same world."""

    thing: int


class Thing(NamedTuple):
    kind: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Nothing in it changes: what is added or set gives another world."""

    models: FactModels
    things: Mapping[int, Thing] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()
    made: int = 0
    """How many things were ever made: no number is given twice."""

    def get(self, thing: int, name: str) -> Any:
        return self.things[thing].fields.get(name)

    def put(self, thing: int, name: str, value: Any) -> World:
        kind, fields = self.things[thing]
        changed = Thing(kind, {**fields, name: value})
        return replace(self, things={**self.things, thing: changed})

    def lost(self, thing: int, name: str) -> World:
        """Without one field."""
        kind, fields = self.things[thing]
        kept = {key: value for key, value in fields.items() if key != name}
        return replace(self, things={**self.things, thing: Thing(kind, kept)})

    def listed(self, kind: str) -> World:
        return replace(self, complete=self.complete | {kind})

    def unlisted(self, kind: str) -> World:
        return replace(self, complete=self.complete - {kind})

    def add(self, kind: str, day: date) -> tuple[World, int]:
        """Another thing of a kind, with a key and what else no fact of the kind can lack."""
        thing = self.made
        things = {**self.things, thing: Thing(kind, {})}
        world = replace(self, things=things, made=thing + 1)
        described = self.models.kinds[kind]
        for name, spec in described.fields.items():
            if spec.required:
                world, value = world._required(spec, described.model.KEY[-1] == name, day)
                world = world.put(thing, name, value)
        return world, thing

    def _required(self, spec: FieldSpec, last: bool, day: date) -> tuple[World, Any]:
        if spec.refers is not None:
            known = next(iter(self.of_kind(spec.refers.kind)), None)
            world, thing = (self, known) if known is not None else self.add(spec.refers.kind, day)
            return world, Ref(thing)
        if spec.sort is not Sort.TEXT or spec.choices:
            taken = {self.get(other, spec.name) for other in self.of_kind(spec.kind)}
            free = [choice for choice in spec.choices if choice not in taken]
            return self, free[0] if free else default(spec, day)
        if not last:
            return self, "示例"
        label = self.models.kinds[spec.kind].label.zh
        return self, f"{label}{sum(1 for _ in self.of_kind(spec.kind))}"

    def of_kind(self, kind: str) -> Iterator[int]:
        return (thing for thing, (own, _) in self.things.items() if own == kind)

    def members(self, step: Relation, owner: int) -> list[int]:
        """The things that say they belong to one."""
        return [
            thing
            for thing in self.of_kind(step.target)
            if self.get(thing, step.field) == Ref(owner)
        ]

    def without(self, thing: int) -> World:
        """Without a thing, and without those that refer to it."""
        things = {key: value for key, value in self.things.items() if key != thing}
        world = replace(self, things=things)
        for other, (_, fields) in things.items():
            if other in world.things and Ref(thing) in fields.values():
                world = world.without(other)
        return world

    def identity(self, thing: int) -> str:
        kind, fields = self.things[thing]
        key = self.models.kinds[kind].model.KEY
        return "/".join(str(self._value(fields[name])) for name in key)

    def _value(self, value: Any) -> Any:
        return self.identity(value.thing) if isinstance(value, Ref) else value

    def facts(self) -> dict[int, Fact]:
        """The things as facts. Raises ValidationError where one contradicts itself."""
        return {
            thing: _fact(
                self.models.kinds[kind].model,
                tuple((name, self._value(value)) for name, value in fields.items()),
            )
            for thing, (kind, fields) in self.things.items()
        }

    @cached_property
    def dossier(self) -> tuple[Dossier, dict[int, Fact]] | None:
        """The facts, together and by number; None where they contradict themselves."""
        try:
            facts = self.facts()
            return Dossier(facts.values(), models=self.models, complete=self.complete), facts
        except (Refused, ValidationError):
            return None

    def written(self) -> dict[str, Any]:
        """As the ``given`` of a scenario has it."""
        shown: dict[str, Any] = {}
        if self.complete:
            shown["complete"] = sorted(self.complete)
        for name, kind in self.models.kinds.items():
            facts = [
                {
                    key: spelt(self._value(fields[key]), spec)
                    for key, spec in kind.fields.items()
                    if key in fields
                }
                for own, fields in self.things.values()
                if own == name
            ]
            if facts:
                shown[name] = facts[0] if len(facts) == 1 else facts
        return shown


@lru_cache(maxsize=4096)
def _fact(model: type[Fact], fields: tuple[tuple[str, Any], ...]) -> Fact:
    return model.model_validate(dict(fields))


def default(spec: FieldSpec, day: date) -> Any:
    """A value for a field that has to have one, whichever."""
    match spec.sort:
        case Sort.FLAG:
            return True
        case Sort.MONEY:
            return MONEY
        case Sort.DAY:
            return day
        case Sort.NUMBER:
            if spec.unit == "年":
                return day.year
            return NUMBER if spec.whole else Decimal(NUMBER)
        case Sort.TEXT:
            return spec.choices[0] if spec.choices else "示例"
        case Sort.TEXTS:
            return ()
