"""What a set of fact models says of itself: kinds, fields with their types and units, relations."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property

from pydantic.fields import FieldInfo

from jingmen_facts.base import Elsewhere, Fact, Label, Ordered, Refers
from jingmen_facts.scalars import Fen, Number


class Sort(Enum):
    """What a field holds."""

    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    TEXT = "text"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a kind: its sort, unit, choices and, for a reference, where it leads.

    ``signed`` says of a number that it may be negative, ``whole`` that it has no decimals;
    ``least`` and ``most`` are its limits where the model sets any, ``elsewhere`` where the same is
    stated as well.
    """

    kind: str
    name: str
    label: Label
    sort: Sort
    unit: str = ""
    choices: tuple[str, ...] = ()
    ordered: bool = False
    required: bool = False
    signed: bool = False
    whole: bool = False
    least: int | None = None
    most: int | None = None
    refers: Refers | None = None
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A way from one kind to another: ``many`` when it leads to a collection."""

    name: str
    source: str
    target: str
    many: bool
    field: str
    label: Label


@dataclass(frozen=True)
class Kind:
    """One fact model, described."""

    name: str
    model: type[Fact]
    label: Label
    unit: str
    fields: Mapping[str, FieldSpec]

    @property
    def ledger(self) -> str:
        """What a table of such facts is called."""
        return self.model.LEDGER or self.label.zh

    @cached_property
    def references(self) -> Mapping[str, Refers]:
        """The fields that lead to another fact, and where."""
        return {name: spec.refers for name, spec in self.fields.items() if spec.refers is not None}


class FactModels:
    """The kinds of fact a corpus speaks of, in the order given.

    Raises ValueError where two models share a name, a reference leads to no kind, or a
    relation's name is also a field's.
    """

    def __init__(self, models: Iterable[type[Fact]]) -> None:
        self.kinds: dict[str, Kind] = {}
        for model in models:
            if model.__name__ in self.kinds:
                raise ValueError(f"two fact models are called {model.__name__}")
            self.kinds[model.__name__] = describe(model)
        self._check()

    @cached_property
    def relations(self) -> Mapping[str, Mapping[str, Relation]]:
        """For each kind its relations by name: references to one, and their inverses to many."""
        found: dict[str, dict[str, Relation]] = {name: {} for name in self.kinds}
        for kind in self.kinds.values():
            for name, refers in kind.references.items():
                target, inverse = refers.kind, refers.inverse
                label = kind.fields[name].label
                found[kind.name][name] = Relation(name, kind.name, target, False, name, label)
                if inverse in found[target]:
                    raise ValueError(f"two relations of {target} are called {inverse}")
                label = Label(refers.zh or kind.label.zh, refers.en or kind.label.en)
                found[target][inverse] = Relation(inverse, target, kind.name, True, name, label)
        return found

    def _check(self) -> None:
        for kind in self.kinds.values():
            for field, refers in kind.references.items():
                if refers.kind not in self.kinds:
                    raise ValueError(f"{kind.name}.{field} refers to no kind: {refers.kind}")
        for name, relations in self.relations.items():
            for relation in relations.values():
                if relation.many and relation.name in self.kinds[name].fields:
                    raise ValueError(f"{name}.{relation.name} is both a field and a relation")


def describe(model: type[Fact]) -> Kind:
    """The kind a model is; ValueError where a field has a type that no expression could use."""
    fields = {
        name: _describe_field(model.__name__, name, info)
        for name, info in model.model_fields.items()
    }
    missing = [name for name in model.KEY if name not in fields]
    if missing:
        raise ValueError(f"{model.__name__}.KEY names no field: {', '.join(missing)}")
    return Kind(model.__name__, model, model.LABEL, model.UNIT, fields)


def _describe_field(kind: str, name: str, info: FieldInfo) -> FieldSpec:
    metadata = list(info.metadata)
    annotation = _unwrap(info.annotation, metadata)
    label = next((m for m in metadata if isinstance(m, Label)), Label(name, name))
    number = next((m for m in metadata if isinstance(m, Number)), None)
    sort, choices = _sort(kind, name, annotation)
    return FieldSpec(
        kind=kind,
        name=name,
        label=label,
        sort=sort,
        unit=number.unit if number else ("元" if sort is Sort.MONEY else ""),
        choices=choices,
        ordered=any(isinstance(m, Ordered) for m in metadata),
        required=info.is_required(),
        signed=sort is Sort.NUMBER and (number is None or number.least < 0),
        whole=isinstance(annotation, type) and issubclass(annotation, int),
        least=number.least if number else None,
        most=number.most if number else None,
        refers=next((m for m in metadata if isinstance(m, Refers)), None),
        elsewhere=next((m for m in metadata if isinstance(m, Elsewhere)), None),
    )


def _unwrap(annotation: object, metadata: list[object]) -> object:
    """The bare type under ``Annotated[...] | None``; what the wrappers say is added to metadata."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation, *said = typing.get_args(annotation)
            metadata.extend(said)
        elif origin is typing.Union or origin is types.UnionType:
            inner = [part for part in typing.get_args(annotation) if part is not type(None)]
            if len(inner) != 1:
                return annotation
            annotation = inner[0]
        else:
            return annotation


def _sort(kind: str, name: str, annotation: object) -> tuple[Sort, tuple[str, ...]]:
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return Sort.TEXT, tuple(str(arg) for arg in args)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        element = _unwrap(args[0], [])
        inner = typing.get_args(element) if typing.get_origin(element) is typing.Literal else ()
        return Sort.TEXTS, tuple(str(arg) for arg in inner)
    if isinstance(annotation, type):
        for bare, sort in _SORTS:
            if issubclass(annotation, bare):
                return sort, ()
    raise ValueError(f"{kind}.{name} has a type no expression can use: {annotation}")


_SORTS: tuple[tuple[type, Sort], ...] = (
    (bool, Sort.FLAG),
    (Fen, Sort.MONEY),
    (int, Sort.NUMBER),
    (Decimal, Sort.NUMBER),
    (date, Sort.DAY),
    (str, Sort.TEXT),
)
