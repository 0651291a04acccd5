"""What an expression says, with nothing of how it is spelt: to tell that two say something else."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jingmen_facts.kinds import FieldSpec, Relation
from jingmen_policy.expression.nodes import (
    And,
    Calendar,
    Compare,
    Const,
    Count,
    Lookup,
    Or,
    Param,
    Path,
    Quantified,
    Sum,
    Type,
)
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.model import Dated

_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def normal(node: object, version: Dated, due: Due | None, loops: Mapping[str, str]) -> object:
    """Parameters by their values, loops by their depth, comparisons from either side alike."""

    def inner(part: object) -> object:
        return normal(part, version, due, loops)

    match node:
        case And(parts) | Or(parts):
            told: list[object] = []
            for part in map(inner, parts):
                same = isinstance(part, tuple) and part[:1] == (type(node).__name__,)
                told.extend(part[1:] if same and isinstance(part, tuple) else (part,))
            return (type(node).__name__, *told)
        case Compare(op, left, right):
            sides = (op, inner(left), inner(right)), (_MIRRORED[op], inner(right), inner(left))
            return ("Compare", *min(sides, key=repr))
        case Param(name):
            return ("value", version.params[name])
        case Const(value):
            return ("value", value)
        case Lookup(column, key):
            let = next(let for let in version.lets if let.name == column)
            return ("Lookup", let.table, let.column, inner(key))
        case Calendar(name):
            return ("Calendar", name, due if name in {"due", "by"} else None)
        case Path(root, kind, steps):
            return ("Path", loops.get(root, root), kind, tuple(step.name for step in steps))
        case Relation(name, source):
            return (source, name)
        case FieldSpec(kind, name):
            return (kind, name)
        case Count(members, var) | Sum(members, var) | Quantified(members=members, var=var):
            deeper = {**loops, var: f"${len(loops)}"}
            rest = [
                normal(getattr(node, spec.name), version, due, deeper)
                for spec in dataclasses.fields(node)
                if spec.name not in {"members", "var", "type", "source"}
            ]
            return (type(node).__name__, inner(members), *rest)
        case tuple():
            return tuple(map(inner, node))
        case _ if dataclasses.is_dataclass(node) and not isinstance(node, type):
            fields = [spec.name for spec in dataclasses.fields(node)]
            kept = [getattr(node, name) for name in fields if name not in {"type", "source"}]
            return (type(node).__name__, *map(inner, (v for v in kept if not isinstance(v, Type))))
        case _:
            return node
