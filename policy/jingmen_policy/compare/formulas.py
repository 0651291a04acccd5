"""What an expression means, however it is spelt: brackets, spaces and loop names fall away."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from jingmen_facts.kinds import FieldSpec, Relation
from jingmen_policy.expression.nodes import Count, Formula, Param, Path, Quantified, Sum, Type


def meaning(formula: Formula | None) -> object:
    """The formula with its loop variables numbered; equal where two formulas say the same.

    A parameter stands for whatever value it has: its values are compared by themselves.
    """
    return _numbered(formula, {})


def _numbered(node: object, names: Mapping[str, str]) -> object:
    if isinstance(node, Path):
        return dataclasses.replace(node, root=names.get(node.root, node.root))
    if isinstance(node, Param):
        return Param(node.name, Type(node.type.of))
    if isinstance(node, tuple):
        return tuple(_numbered(part, names) for part in node)
    if not dataclasses.is_dataclass(node) or isinstance(node, FieldSpec | Relation | Type | type):
        return node
    inside = names
    changed: dict[str, object] = {}
    if isinstance(node, Count | Sum | Quantified):
        number = f"${len(names)}"
        inside = {**names, node.var: number}
        changed = {"members": _numbered(node.members, names), "var": number}
    for spec in dataclasses.fields(node):
        if spec.init and spec.name not in changed:
            changed[spec.name] = _numbered(getattr(node, spec.name), inside)
    return dataclasses.replace(node, **changed)
