"""Printed totals: whether a table can agree with itself, and the least changes that make it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import z3

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Lookup
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.prove.model import ProofNote
from jingmen_policy.prove.notes import note
from jingmen_policy.prove.solver import check
from jingmen_policy.rule.model import Rule
from jingmen_policy.text.table import Table

MOST = 3
"""More changes than so many are not a correction."""
Figure = tuple[str, str]
"""A row's label (or that of the totals row) and a column's."""


@dataclass(frozen=True, slots=True)
class Change:
    """A printed figure and what it would have to be."""

    row: str
    column: str
    printed: int
    wanted: int


def totals(corpus: Corpus, named: frozenset[str]) -> Iterator[ProofNote]:
    """Each table of the corpus: its totals, its rows and its columns against each other."""
    for table in corpus.tables.values():
        rules = [rule for rule in corpus.rules.values() if _reads(rule, table)]
        if not named & {rule.id for rule in rules}:
            continue
        wrong = table.differences()
        if not wrong:
            text = Said("附表合计与各行各列一致", "every total of the table is the sum")
            yield note(rules, "totals", "proved", text)
            continue
        fewest = corrections(table)
        apart_zh = "；".join(f"{d.where}印{d.printed}、算{d.computed}" for d in wrong)
        apart_en = "; ".join(
            f"{d.where} printed {d.printed}, adds up to {d.computed}" for d in wrong
        )
        ways_zh = "；".join("，".join(_zh(c) for c in way) for way in fewest)
        ways_en = "; ".join(", ".join(_en(c) for c in way) for way in fewest)
        yield note(
            rules,
            "totals",
            "refuted",
            Said(
                f"总计与各格不符：{apart_zh}。最少改{len(fewest[0])}个数，"
                f"各改动尽可能小，有{len(fewest)}种改法：{ways_zh}",
                f"the totals are not the sums: {apart_en}. At least {len(fewest[0])} figures must"
                f" change; the {len(fewest)} least ways: {ways_en}",
            ),
        )


def corrections(table: Table) -> list[tuple[Change, ...]]:
    """Every set of changes that makes the table agree: as few figures as will do, changed by as
    little as will do.
    """
    printed = figures(table)
    variables = {key: z3.Int(f"{key[0]}·{key[1]}") for key in printed}
    rules = [*_sums(table, variables), *(variable >= 0 for variable in variables.values())]
    for many in range(1, MOST + 1):
        found: list[tuple[Change, ...]] = []
        for chosen in combinations(printed, many):
            fixed = [variables[k] == printed[k] for k in printed if k not in chosen]
            change = _least([*rules, *fixed], chosen, printed, variables)
            if change is not None:
                found.append(change)
        if found:
            moved = {way: sum(abs(c.wanted - c.printed) for c in way) for way in found}
            least = min(moved.values())
            return [way for way in found if moved[way] == least]
    return []


def figures(table: Table) -> dict[Figure, int]:
    """Every printed figure, totals included."""
    found = {
        (row, column): table.cell(row, column) for row in table.rows for column in table.columns
    }
    found.update({(row, table.total_label): total for row, total in table.row_totals.items()})
    found.update({(TOTALS, column): total for column, total in table.column_totals.items()})
    found[TOTALS, table.total_label] = table.grand_total
    return found


TOTALS = "总计"


def _sums(table: Table, variables: dict[Figure, Any]) -> list[Any]:
    total = table.total_label
    rows, columns = [*table.rows, TOTALS], [*table.columns, total]
    across = [
        z3.Sum(*(variables[row, column] for column in table.columns)) == variables[row, total]
        for row in rows
    ]
    down = [
        z3.Sum(*(variables[row, column] for row in table.rows)) == variables[TOTALS, column]
        for column in columns
    ]
    return [*across, *down]


def _least(
    rules: list[Any],
    chosen: tuple[Figure, ...],
    printed: dict[Figure, int],
    variables: dict[Figure, Any],
) -> tuple[Change, ...] | None:
    """These figures changed, all of them, by as little as will do; None where that is no help."""
    changed = [variables[key] != printed[key] for key in chosen]
    found = check([*rules, *changed])
    best: tuple[Change, ...] | None = None
    while found is not None:
        best = tuple(
            Change(*key, printed[key], found.eval(variables[key], model_completion=True).as_long())
            for key in chosen
        )
        moved = sum(abs(change.wanted - change.printed) for change in best)
        distance: Any = z3.Sum(*(z3.Abs(variables[key] - printed[key]) for key in chosen))
        found = check([*rules, *changed, distance < moved])
    return best


def _reads(rule: Rule, table: Table) -> bool:
    return any(
        let.table == table.id and any(isinstance(n, Lookup) for n in nodes_of(version.require))
        for version in rule.versions
        if version.require is not None
        for let in version.lets
    )


def _zh(change: Change) -> str:
    return f"{change.row}{change.column}{change.printed}改{change.wanted}"


def _en(change: Change) -> str:
    return f"{change.row} {change.column} from {change.printed} to {change.wanted}"
