"""What a field of a fact may hold, told for whoever sent something else."""

from __future__ import annotations

from itertools import pairwise

from jingmen_facts.kinds import FactModels, FieldSpec, Sort
from jingmen_facts.problems import Path, Said
from jingmen_facts.reading.names import names_of


def expected(models: FactModels, path: Path) -> Said | None:
    """What belongs at a path such as ``dossier``, ``Station``, 0, ``area``; None where no field
    is meant.
    """
    steps = [step for step in path if isinstance(step, str)]
    for kind_step, field_step in pairwise(steps):
        kind = names_of(models).kind(kind_step)
        if kind is not None:
            field = names_of(models).field(kind, field_step)
            return None if field is None else told(models.kinds[kind].fields[field])
    return None


def told(spec: FieldSpec) -> Said:
    """What a field may hold."""
    if spec.choices:
        zh, en = "、".join(spec.choices), ", ".join(spec.choices)
        return (
            Said(f"{zh} 之一", f"one of {en}")
            if spec.sort is Sort.TEXT
            else Said(f"由 {zh} 组成的列表", f"a list of any of {en}")
        )
    match spec.sort:
        case Sort.DAY:
            return Said("日期，如 2021-07-31", "a day, such as 2021-07-31")
        case Sort.FLAG:
            return Said("true 或 false", "true or false")
        case Sort.MONEY:
            return Said(
                "金额：数字为元，或带单位的文字，如 1.5万元",
                "an amount: a number of 元, or text with its unit, such as 1.5万元",
            )
        case Sort.NUMBER:
            whole = Said("整数", "a whole number") if spec.whole else Said("数", "a number")
            unit = f"（{spec.unit}）" if spec.unit else ""
            zh, en = whole.zh + unit, whole.en + unit
            if spec.least is not None and spec.most is not None:
                zh += f"，{spec.least} 至 {spec.most}"
                en += f", {spec.least} to {spec.most}"
            return Said(zh, en)
        case Sort.TEXTS:
            return Said("文字的列表", "a list of texts")
        case _ if spec.refers is not None:
            return Said(f"{spec.refers.kind} 的标识", f"the identity of a {spec.refers.kind}")
        case _:
            return Said("文字", "text")
