"""What names mean where an expression stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from jingmen_facts.kinds import FactModels, FieldSpec, Sort
from jingmen_facts.problems import Said, unknown_name
from jingmen_policy.expression.nodes import Of, Type

_OF = {
    Sort.FLAG: Of.FLAG,
    Sort.NUMBER: Of.NUMBER,
    Sort.MONEY: Of.MONEY,
    Sort.DAY: Of.DAY,
    Sort.TEXT: Of.TEXT,
    Sort.TEXTS: Of.TEXTS,
}

CALENDAR = {
    "as_of": Type(Of.DAY),
    "due": Type(Of.DAY),
    "by": Type(Of.DAY),
    "year": Type(Of.NUMBER, "年"),
}


class ExpressionError(ValueError):
    """An expression that is not of the language; ``column`` counts characters from 0."""

    def __init__(self, said: Said, column: int) -> None:
        self.said = said
        self.column = column
        super().__init__(said.en)


def type_of(spec: FieldSpec) -> Type:
    """The type a field has in expressions."""
    return Type(_OF[spec.sort], spec.unit, spec.choices, spec.ordered)


@dataclass(frozen=True)
class Scope:
    """The subject's kind, parameters, table columns, derived facts by kind, loop variables."""

    models: FactModels
    kind: str
    params: Mapping[str, Type] = field(default_factory=dict)
    columns: Mapping[str, Type] = field(default_factory=dict)
    derived: Mapping[str, frozenset[str]] = field(default_factory=dict)
    calendar: frozenset[str] = frozenset({"as_of", "by"})
    variables: Mapping[str, str] = field(default_factory=dict)

    def with_variable(self, name: str, kind: str, column: int) -> Scope:
        """The scope inside a loop; a variable may not hide another name."""
        if name in self.variables or name in self.names():
            said = Said(f"循环变量“{name}”与已有名称相同", f"variable '{name}' hides another name")
            raise ExpressionError(said, column)
        return replace(self, variables={**self.variables, name: kind})

    def names(self) -> list[str]:
        """Every name that may stand at the root of an expression."""
        kind = self.models.kinds[self.kind]
        return [
            *self.params,
            *self.columns,
            *self.calendar,
            *kind.fields,
            *self.models.relations[self.kind],
            *self.derived.get(self.kind, ()),
        ]

    def clashes(self) -> Iterator[str]:
        """Parameters that hide a field, a relation, a derived fact or a calendar name."""
        kind = self.models.kinds[self.kind]
        taken = {*kind.fields, *self.models.relations[self.kind], *self.derived.get(self.kind, ())}
        for name in (*self.params, *self.columns):
            if name in taken or name in CALENDAR:
                yield name

    def unknown(self, name: str, column: int) -> ExpressionError:
        known = [*self.names(), *self.variables]
        return ExpressionError(unknown_name(Said("名称", "name"), name, known), column)

    def unknown_on(self, kind: str, name: str, column: int) -> ExpressionError:
        described = self.models.kinds[kind]
        known = [
            *described.fields,
            *self.models.relations[kind],
            *self.derived.get(kind, ()),
        ]
        what = Said(f"{described.label.zh}字段", f"field of {described.label.en}")
        return ExpressionError(unknown_name(what, name, known), column)
