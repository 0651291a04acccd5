"""A dossier as dataframes, their cells written as files of facts may write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from jingmen_facts import Dossier, Fact, Fen
from jingmen_facts.kinds import Kind, Sort
from jingmen_facts.scalars import NONE
from jingmen_policy.engines.columnar.tables import snake

_ARROW = {
    Sort.FLAG: pa.bool_(),
    Sort.MONEY: pa.decimal128(18, 2),
    Sort.NUMBER: pa.decimal128(28, 6),
    Sort.DAY: pa.date32(),
    Sort.TEXT: pa.string(),
    Sort.TEXTS: pa.list_(pa.string()),
}


def typed(kind: Kind, facts: Iterable[Fact]) -> pa.Table:
    """Days as dates, money as decimals of 元, lists as lists."""
    rows = list(facts)
    columns = {
        name: pa.array([_plain(getattr(fact, name)) for fact in rows], _ARROW[spec.sort])
        for name, spec in kind.fields.items()
    }
    return pa.table(columns)


def spelt(kind: Kind, facts: Iterable[Fact]) -> pa.Table:
    """Every cell a text, as in a CSV file, under the Chinese labels."""
    rows = list(facts)
    columns = {
        spec.label.zh: pa.array([_text(getattr(fact, name)) for fact in rows], pa.string())
        for name, spec in kind.fields.items()
    }
    return pa.table(columns)


def tables(dossier: Dossier, made: Any = typed) -> Mapping[str, pa.Table]:
    """Every kind's table, by the kind's name in snake case."""
    return {
        snake(name): made(kind, dossier.of_kind(name).values())
        for name, kind in dossier.models.kinds.items()
    }


def _plain(value: object) -> object:
    if isinstance(value, Fen):
        from decimal import Decimal

        return Decimal(str(value))
    return list(value) if isinstance(value, tuple) else value


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "是" if value else "否"
        case Fen():
            return f"{value}元"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case tuple():
            return "、".join(map(str, value)) or NONE
        case _:
            return str(value)
