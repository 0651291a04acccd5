"""What is gathered from members: for each owner, the greatest or the sum of something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from jingmen_facts.kinds import Relation
from jingmen_policy.engines.columnar.sums import Names
from jingmen_policy.engines.columnar.tables import IDENTITY, Column, Stage, Table, Tables


@dataclass(frozen=True, slots=True)
class Measure:
    """What a member adds, where it surely is one and where it only may be; nothing is 0.

    For a count, whether it adds one.
    """

    how: Literal["max", "sum", "count"]
    sure: str
    stray: str

    def over(self, text: str) -> str:
        """The aggregate of what one adds."""
        if self.how == "count":
            return f"count(*) FILTER (WHERE {text})"
        return f"{self.how}({text})"


@dataclass
class Gathering:
    """One SELECT over the members of each owner."""

    name: str
    strays: str
    measures: dict[Measure, str] = field(default_factory=dict)

    def names(self, members: str, owner: str = "", reference: str = "") -> Names:
        """Its columns, once all measures are known."""
        columns = tuple(
            (name, "max" if measure.how == "max" else "sum")
            for measure, name in self.measures.items()
        )
        return Names(columns, members, owner, reference)


@dataclass(frozen=True, slots=True)
class Reached:
    """The names of (owner, fact, sure) and, unless there can be no others, of (owner, whole)."""

    pairs: str
    whole: str = ""
    layer: int = 1
    """The layer the second stands in."""


@dataclass
class Gatherer:
    """Writes what is gathered, once for each collection and layer."""

    tables: Tables
    known: dict[tuple[object, ...], Gathering] = field(default_factory=dict)
    reached: dict[tuple[object, ...], Reached] = field(default_factory=dict)

    def near(self, owner: Table, relation: Relation, measure: Measure, layer: int) -> Column:
        """From members one step away, ``m`` in the measure, their rows as they are in a layer."""
        member = self.tables.of(relation.target)
        self.tables.used.add(relation.target)
        reference = member.quoted(member.field(relation.field).name)
        stray = self.tables.may_stray(relation)
        key: tuple[object, ...] = ("near", owner.kind.name, relation.name, layer)
        if key not in self.known:
            found = self.known[key] = Gathering(self.tables.fresh("g"), self.tables.fresh("g"))

            def placed() -> str:
                columns = [f"{m.over(m.sure)} AS {name}" for m, name in found.measures.items()]
                kept = _kept(
                    self.tables.near(owner.kind.name, f"m.{reference}"), self.tables.chunked("m")
                )
                return (
                    f"SELECT m.{reference} AS owner, {', '.join(columns)}\n  FROM"
                    f" {member.at(layer)} AS m WHERE m.{reference} IS NOT NULL{kept}"
                    f" GROUP BY m.{reference}"
                )

            def strays() -> str:
                columns = [f"{m.over(m.stray)} AS {name}" for m, name in found.measures.items()]
                return (
                    f"SELECT {', '.join(columns)} FROM {member.at(layer)} AS m"
                    f" WHERE m.{reference} IS NULL{_kept(self.tables.chunked('m'))}"
                )

            named = partial(found.names, relation.target, owner.kind.name, relation.field)
            self.tables.stages.append(Stage(layer + 1, found.name, placed, named))
            if stray:
                alone = partial(found.names, relation.target)
                self.tables.stages.append(Stage(layer + 1, found.strays, strays, alone))
        found = self.known[key]
        column = found.measures.setdefault(measure, f"x{len(found.measures)}")
        alias = self._joined(owner, layer + 1, found.name)
        text = f"coalesce({alias}.{column}, 0)"
        if stray:
            name = found.strays
            other = owner.join(layer + 1, (name,), lambda alias: f"CROSS JOIN {name} AS {alias}")
            text = _both(measure, text, f"coalesce({other}.{column}, 0)")
        key = ("gathered", alias, column)
        if key not in owner.known:
            owner.known[key] = owner.add(layer + 1, text)
        return owner.known[key]

    def far(
        self, owner: Table, steps: Sequence[Relation], measure: Measure, layer: int, own: bool
    ) -> Column:
        """From members several steps away; with ``own`` a measure names the owner's row, ``s``."""
        pairs = self.pairs(owner, steps).pairs
        member = self.tables.of(steps[-1].target)
        key: tuple[object, ...] = ("far", pairs, layer, own)
        if key not in self.known:
            found = self.known[key] = Gathering(self.tables.fresh("g"), "")

            def written() -> str:
                columns = [
                    f"{m.over(f'CASE WHEN p.sure THEN {m.sure} ELSE {m.stray} END')} AS {name}"
                    for m, name in found.measures.items()
                ]
                identity = owner.quoted(IDENTITY)
                also = f" JOIN {owner.at(layer)} AS s ON s.{identity} = p.owner" if own else ""
                kept = self.tables.chunked("m")
                where = "" if kept == "TRUE" else f" WHERE {kept}"
                return (
                    f"SELECT p.owner, {', '.join(columns)}\n  FROM {pairs} AS p"
                    f" JOIN {member.at(layer)} AS m ON m.{identity} = p.fact{also}{where}"
                    " GROUP BY p.owner"
                )

            named = partial(found.names, member.kind.name, owner.kind.name)
            self.tables.stages.append(Stage(max(layer, 1) + 1, found.name, written, named))
        found = self.known[key]
        column = found.measures.setdefault(measure, f"x{len(found.measures)}")
        at = max(layer, 1) + 1
        alias = self._joined(owner, at, found.name)
        key = ("gathered", alias, column)
        if key not in owner.known:
            owner.known[key] = owner.add(at, f"coalesce({alias}.{column}, 0)")
        return owner.known[key]

    def whole(self, owner: Table, steps: Sequence[Relation]) -> Column | None:
        """Whether there can be no other members than those reached; None where always so."""
        found = self.pairs(owner, steps)
        if not found.whole:
            return None
        alias = self._joined(owner, found.layer + 1, found.whole)
        key = ("whole", alias)
        if key not in owner.known:
            owner.known[key] = owner.add(found.layer + 1, f"coalesce({alias}.whole, TRUE)")
        return owner.known[key]

    def pairs(self, owner: Table, steps: Sequence[Relation]) -> Reached:
        key = (owner.kind.name, tuple(steps))
        if key not in self.reached:
            self.reached[key] = self._reach(owner, steps)
        return self.reached[key]

    def _reach(self, owner: Table, steps: Sequence[Relation]) -> Reached:
        identity = owner.quoted(IDENTITY)
        before = (
            f"(SELECT s.{identity} AS owner, s.{identity} AS fact, TRUE AS sure"
            f" FROM {owner.label}_0 AS s)"
        )
        doubts: list[Callable[[], str]] = []
        layer = 1
        alone = True  # one fact is reached from each owner, at the most
        for step in steps:
            alone = alone and not step.many
            self.tables.used.add(step.target)
            source = self.tables.of(step.source if not step.many else step.target)
            reference = source.quoted(source.field(step.field).name)
            rows = f"{source.label}_0"
            name = self.tables.fresh("p")
            if step.many:
                text = (
                    f"SELECT p.owner, m.{identity} AS fact, p.sure FROM {before} AS p"
                    f" JOIN {rows} AS m ON m.{reference} = p.fact"
                )
                if self.tables.may_stray(step):
                    text += (
                        f"\n  UNION ALL SELECT p.owner, m.{identity}, FALSE"
                        f" FROM (SELECT DISTINCT owner FROM {before} AS q) AS p"
                        f" CROSS JOIN {rows} AS m WHERE m.{reference} IS NULL"
                    )
                if step.target not in self.tables.complete:
                    listed = self.tables.of(step.source).listed(step.target)
                    layer = max(layer, listed.layer + 1)
                    doubts.append(self._doubt(before, step, listed))
            else:
                joined = f"FROM {before} AS p JOIN {rows} AS m ON m.{identity} = p.fact"
                sure, grouped = "bool_or(p.sure) AS sure", f" GROUP BY p.owner, m.{reference}"
                if alone:
                    sure, grouped = "p.sure", ""
                text = (
                    f"SELECT p.owner, m.{reference} AS fact, {sure} {joined}"
                    f" WHERE m.{reference} IS NOT NULL{grouped}"
                )
                told = f"SELECT p.owner, m.{reference} IS NOT NULL AS whole {joined}"
                doubts.append(partial(str, told))
            self.tables.stages.append(Stage(1, name, partial(str, text)))
            before = name
        if not doubts:
            return Reached(before)
        whole = self.tables.fresh("p")

        def written() -> str:
            told = " UNION ALL ".join(doubt() for doubt in doubts)
            return f"SELECT owner, bool_and(whole) AS whole FROM ({told}) AS d GROUP BY owner"

        self.tables.stages.append(Stage(layer, whole, written))
        return Reached(before, whole, layer)

    def _doubt(self, before: str, step: Relation, listed: Column) -> Callable[[], str]:
        """For every fact reached, whether all the members it may have are stated."""
        source = self.tables.of(step.source)

        def written() -> str:
            return (
                f"SELECT p.owner, o.{source.quoted(listed.name)} AS whole FROM {before} AS p"
                f" JOIN {source.at(listed.layer)} AS o ON o.{source.quoted(IDENTITY)} = p.fact"
            )

        return written

    def _joined(self, owner: Table, layer: int, name: str) -> str:
        identity = owner.quoted(IDENTITY)
        return owner.join(
            layer,
            (name,),
            lambda alias: f"LEFT JOIN {name} AS {alias} ON {alias}.owner = s.{identity}",
        )


def _kept(*conditions: str) -> str:
    return "".join(f" AND {one}" for one in conditions if one != "TRUE")


def _both(measure: Measure, one: str, other: str) -> str:
    return f"greatest({one}, {other})" if measure.how == "max" else f"({one} + {other})"
