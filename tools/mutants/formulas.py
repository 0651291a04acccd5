"""Every formula that differs from one in a single place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from jingmen_facts.kinds import FieldSpec, Relation
from jingmen_policy.expression.nodes import (
    And,
    Arithmetic,
    Calendar,
    Compare,
    Const,
    Count,
    Derived,
    Flag,
    Formula,
    Members,
    Not,
    Of,
    Operator,
    Or,
    Param,
    Path,
    Quantified,
    Sum,
    Term,
    Type,
    Within,
    Yields,
)
from jingmen_policy.rule.parameter import Let

Change = tuple[str, object]
"""What was changed, in words, and the node as changed."""

_STRICT: Mapping[Operator, Operator] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_OPPOSITE: Mapping[Operator, Operator] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==",
}  # fmt: skip
_OTHER_SIGN: Mapping[str, tuple[str, ...]] = {"+": ("-",), "-": ("+",), "*": ()}
_LEAVES = Compare | Within | Flag | Derived | Quantified | Yields
_SHUT = (Path, Members, Type, FieldSpec, Relation)


@dataclass(frozen=True, slots=True)
class Setting:
    """What changes may draw on: the parameters' values, and whether there is a due day."""

    lets: Mapping[str, Let]
    dated: bool


def changed(formula: Formula, setting: Setting) -> Iterator[tuple[str, Formula]]:
    """Every formula that differs in one place, each once, and in words what was changed."""
    seen: list[object] = [formula]
    for words, node in _changed(formula, setting, ""):
        if node not in seen:
            seen.append(node)
            assert isinstance(node, And | Or | Not | _LEAVES)
            yield words, node


def _put(node: object, name: str, value: object) -> object:
    given: dict[str, Any] = {name: value}
    return replace(cast(Any, node), **given)


def _changed(node: object, setting: Setting, leaf: str) -> Iterator[Change]:
    """The changes of a node itself, then those of every node under it."""
    leaf = getattr(node, "source", "") or leaf
    for words, other in _own(node, setting):
        yield f"{leaf} ⇒ {words}" if leaf else words, other
    if not dataclasses.is_dataclass(node) or isinstance(node, type):
        return
    for spec in dataclasses.fields(node):
        value = getattr(node, spec.name)
        if isinstance(value, tuple):
            for place, part in enumerate(value):
                for words, other in _inside(part, setting, leaf):
                    parts = (*value[:place], other, *value[place + 1 :])
                    yield words, _put(node, spec.name, parts)
        else:
            for words, other in _inside(value, setting, leaf):
                yield words, _put(node, spec.name, other)


def _inside(value: object, setting: Setting, leaf: str) -> Iterator[Change]:
    if dataclasses.is_dataclass(value) and not isinstance(value, _SHUT):
        yield from _changed(value, setting, leaf)


def _own(node: object, setting: Setting) -> Iterator[Change]:
    match node:
        case And(parts) | Or(parts):
            name = "and" if isinstance(node, And) else "or"
            for place, part in enumerate(parts):
                rest = (*parts[:place], *parts[place + 1 :])
                yield (
                    f"{name}: without {spelt(part)}",
                    rest[0] if len(rest) == 1 else replace(node, parts=rest),
                )
            yield f"{name} ⇒ {'or' if name == 'and' else 'and'}", _turned(node)
        case Not(part):
            yield f"not dropped before {spelt(part)}", part
        case Compare(op, left, right):
            if op in _STRICT:
                yield f"{op} ⇒ {_STRICT[op]}", _put(node, "op", _STRICT[op])
            yield f"{op} ⇒ {_OPPOSITE[op]}", _put(node, "op", _OPPOSITE[op])
            for words, term in _texts(left, right, setting):
                yield words, replace(node, left=term)
            for words, term in _texts(right, left, setting):
                yield words, replace(node, right=term)
        case Within(elements, texts):
            yield "not in", Not(node)
            for words, term in _texts(elements, texts, setting):
                yield words, replace(node, elements=term)
            for words, term in _texts(texts, elements, setting):
                yield words, replace(node, texts=term)
        case Flag() | Derived():
            yield "negated", Not(node)
        case Quantified(op, condition=condition):
            other = "some" if op == "every" else "every"
            yield f"{op} ⇒ {other}", _put(node, "op", other)
            if condition is not None:
                yield "without its condition", replace(node, condition=None)
        case Count(condition=condition) | Sum(condition=condition):
            if condition is not None:
                yield "without its condition", replace(node, condition=None)
        case Arithmetic("+", left, right, type=Type(Of.TEXT)):
            yield "without its end", left
            yield "without its beginning", right
        case Arithmetic(op):
            for sign in _OTHER_SIGN[op]:
                yield f"{op} ⇒ {sign}", _put(node, "op", sign)
        case Calendar(name) if setting.dated and name in {"as_of", "by", "due"}:
            other_day = {"as_of": "by", "by": "as_of", "due": "as_of"}[name]
            yield f"{name} ⇒ {other_day}", _put(node, "name", other_day)
        case Const(int(value)) if not isinstance(value, bool):
            for step in (-1, 1):
                yield f"{value} ⇒ {value + step}", replace(node, value=value + step)
        case _:
            pass


def _turned(node: And | Or) -> And | Or:
    return Or(node.parts) if isinstance(node, And) else And(node.parts)


def _texts(term: Term, against: Term, setting: Setting) -> Iterator[tuple[str, Term]]:
    """Another text in a text's place, its neighbours where texts have an order; lists cut short."""
    value = _value(term, setting)
    if isinstance(value, str):
        for other in _neighbours(value, against.type.choices):
            yield f"{value} ⇒ {other}", Const(other, Type(Of.TEXT, choices=(other,)))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            rest = (*value[:place], *value[place + 1 :])
            yield f"without {one}", Const(rest, Type(Of.TEXTS, choices=rest))


def _value(term: Term, setting: Setting) -> object:
    if isinstance(term, Const):
        return term.value
    if isinstance(term, Param) and term.name in setting.lets:
        return setting.lets[term.name].value
    return None


def _neighbours(value: str, choices: tuple[str, ...]) -> Iterator[str]:
    if value not in choices or len(choices) < 2:
        yield f"{value}×"
        return
    at = choices.index(value)
    for place in dict.fromkeys([at - 1, at + 1]):
        if 0 <= place < len(choices):
            yield choices[place]


def spelt(formula: Formula) -> str:
    """A formula, about as a rule file spells it."""
    match formula:
        case And(parts):
            return f"({' and '.join(map(spelt, parts))})"
        case Or(parts):
            return f"({' or '.join(map(spelt, parts))})"
        case Not(part):
            return f"not {spelt(part)}"
        case _:
            return formula.source
