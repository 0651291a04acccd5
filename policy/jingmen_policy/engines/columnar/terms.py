"""Terms as SQL: exact ones as one expression, counts and sums as their two ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from jingmen_facts.kinds import Relation
from jingmen_policy.engines.columnar.gather import Gatherer, Measure
from jingmen_policy.engines.columnar.notimpl import TWO_ROWS, NotLowered
from jingmen_policy.engines.columnar.tables import Column, Table, Tables
from jingmen_policy.expression.frame import Parameter
from jingmen_policy.expression.nodes import (
    Arithmetic,
    Calendar,
    Call,
    Const,
    Count,
    Derived,
    Field,
    Formula,
    Lookup,
    Members,
    Of,
    Param,
    Path,
    Quantified,
    Size,
    Sum,
    Term,
)
from jingmen_policy.expression.terms import may_be_negative
from jingmen_policy.expression.walk import nodes

if TYPE_CHECKING:
    from jingmen_policy.engines.columnar.formulas import Formulas

NULL = "NULL"


Find = Callable[[Table], Column]
Derive = Callable[[Table, str], Column]
"""The column of a derived fact of a table's kind, by its name."""
Except = Callable[[str, "Rows"], "tuple[str, int]"]
"""Whether another rule applies to the subject among the rows at hand."""
Rows = dict[str, tuple[str, Table]]
"""The rows at hand by variable, '' the subject's: how the statement calls them, and their table."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """A term between two ends, NULL where there is none; one that is exact has one text for both.

    ``layer`` is the last of those its columns stand in, ``ratio`` what it still has to be
    multiplied by.
    """

    low: str
    high: str
    layer: int = 0
    ratio: Fraction = Fraction(1)

    @property
    def exact(self) -> bool:
        return self.low == self.high


def exactly(text: str, layer: int = 0) -> Spelt:
    return Spelt(text, text, layer)


def scaled(spelt: Spelt, scale: Fraction | int) -> Spelt:
    """A term with no ratio left, so many times as large: the denominator divides ``scale``."""
    by = spelt.ratio * scale
    assert by.denominator == 1
    if by == 1:
        return replace(spelt, ratio=Fraction(1))
    return Spelt(f"({by.numerator} * {spelt.low})", f"({by.numerator} * {spelt.high})", spelt.layer)


@dataclass
class Scope:
    """What names stand for: parameters, table columns, days."""

    params: Mapping[str, Parameter]
    columns: Mapping[str, Mapping[str, int]]
    calendar: Mapping[str, date | int]
    derived: Derive
    exception: Except


@dataclass
class Terms:
    """Spells what the rows at hand say."""

    tables: Tables
    gatherer: Gatherer
    scope: Scope
    rows: Rows

    def term(self, term: Term) -> Spelt:
        dialect = self.tables.dialect
        match term:
            case Const(constant):
                return exactly(self.constant(constant))
            case Param(name):
                value = self.scope.params[name]
                if isinstance(value, Fraction):
                    return replace(exactly("1"), ratio=value)
                return exactly(self.constant(value))
            case Calendar(name):
                return exactly(self.constant(self.scope.calendar[name]))
            case Field(path, spec):
                return exactly(*self.column(path, lambda table: table.field(spec.name)))
            case Lookup(column, key):
                row = self.term(key)
                cells = " ".join(
                    f"WHEN {dialect.text(name)} THEN {number}"
                    for name, number in self.scope.columns[column].items()
                )
                return exactly(f"CASE {row.low} {cells} END", row.layer)
            case Arithmetic():
                return self._arithmetic(term)
            case Call(function, arguments):
                one, other = map(self.term, arguments)
                spell = dialect.age if function == "age" else dialect.years_after
                return exactly(spell(one.low, other.low), max(one.layer, other.layer))
            case Size(texts):
                held = self.term(texts)
                return exactly(dialect.size(held.low), held.layer)
            case Count():
                return self._count(term)
            case Sum():
                return self._sum(term)

    def constant(self, value: object) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case date():
                return self.tables.dialect.day(value)
            case str():
                return self.tables.dialect.text(value)
            case tuple():
                return self.tables.dialect.texts([str(one) for one in value])
            case _:
                return str(value)

    def column(self, path: Path, find: Find) -> tuple[str, int]:
        """A column of the fact a path leads to, and its layer."""
        alias, table = self.rows[path.root]
        found = table.along(path.steps, find)
        return f"{alias}.{table.quoted(found.name)}", found.layer

    def _arithmetic(self, term: Arithmetic) -> Spelt:
        left, right = self.term(term.left), self.term(term.right)
        layer = max(left.layer, right.layer)
        if term.type.of is Of.TEXT:
            return exactly(f"({left.low} || {right.low})", layer)
        if term.op == "*":
            for ratio, other in ((left, right), (right, left)):
                if ratio.low == "1" and ratio.ratio != 1:
                    return replace(other, ratio=ratio.ratio * other.ratio, layer=layer)
        if term.op == "*":
            pending = left.ratio * right.ratio
        else:
            pending = Fraction(1, lcm(left.ratio.denominator, right.ratio.denominator))
            left, right = scaled(left, 1 / pending), scaled(right, 1 / pending)
        if left.exact and right.exact:
            return replace(exactly(f"({left.low} {term.op} {right.low})", layer), ratio=pending)
        low, high = (right.high, right.low) if term.op == "-" else (right.low, right.high)
        return Spelt(
            f"({left.low} {term.op} {low})", f"({left.high} {term.op} {high})", layer, pending
        )

    def _count(self, term: Count) -> Spelt:
        inner, gather = self.gathering(term.members, term.var, [term.condition])
        truth, layer = ("TRUE", 0)
        if term.condition is not None:
            truth, layer = inner.formula(term.condition)
        possible = "TRUE" if truth == "TRUE" else f"{truth} IS NOT FALSE"
        least = gather.one(Measure("count", truth, "FALSE"), layer)
        most = gather.one(Measure("count", possible, possible), layer)
        return self._ends(f"coalesce({least[0]}, 0)", most[0], gather, max(least[1], most[1]))

    def _sum(self, term: Sum) -> Spelt:
        signed = may_be_negative(term.value)
        inner, gather = self.gathering(term.members, term.var, [term.condition, term.value])
        truth, at = ("TRUE", 0) if term.condition is None else inner.formula(term.condition)
        amount = inner.term(term.value)
        layer = max(at, amount.layer)
        low, high = amount.low, amount.high
        admitted = f"NOT ({truth} IS FALSE)" if truth != "TRUE" else "TRUE"

        def adding(end: str, least: str, unsure: str) -> Measure:
            doubtful = f"coalesce({least}({end}, 0), 0)"
            sure = (
                f"CASE WHEN {truth} THEN coalesce({end}, 0)"
                f" WHEN {truth} IS FALSE THEN 0 ELSE {doubtful} END"
            )
            return Measure("sum", sure, f"CASE WHEN {admitted} THEN {unsure} ELSE 0 END")

        lows = gather.one(adding(low, "least", f"coalesce(least({low}, 0), 0)"), layer)
        highs = gather.one(adding(high, "greatest", f"coalesce(greatest({high}, 0), 0)"), layer)
        open_high = f"CASE WHEN {admitted} AND {high} IS NULL THEN 1 ELSE 0 END"
        endless = gather.one(Measure("max", open_high, open_high), layer)
        most = f"CASE WHEN {endless[0]} = 0 THEN {highs[0]} END"
        least = f"coalesce({lows[0]}, 0)"
        at = max(lows[1], highs[1], endless[1])
        if not signed:
            return replace(self._ends(least, most, gather, at), ratio=amount.ratio)
        open_low = f"CASE WHEN {admitted} AND {low} IS NULL THEN 1 ELSE 0 END"
        bottomless = gather.one(Measure("max", open_low, open_low), layer)
        spelt = self._ends(lows[0], most, gather, max(at, bottomless[1]))
        whole, _ = gather.whole()
        bounded = f"{bottomless[0]} = 0" + ("" if whole == "TRUE" else f" AND {whole}")
        return replace(spelt, low=f"CASE WHEN {bounded} THEN {lows[0]} END", ratio=amount.ratio)

    def _ends(self, low: str, high: str, gather: Gathered, layer: int) -> Spelt:
        whole, at = gather.whole()
        if whole == "FALSE":
            high = f"CAST({NULL} AS BIGINT)"
        elif whole != "TRUE":
            high = f"CASE WHEN {whole} THEN {high} END"
        return Spelt(low, high, max(layer, at))

    def gathering(
        self, members: Members, var: str, parts: list[Formula | Term | None]
    ) -> tuple[Formulas, Gathered]:
        """How to spell what is said of one member, and how to gather it for the row at hand."""
        named = {
            root
            for part in parts
            for root in _roots(part)
            if root != var and root not in _bound(part)
        }
        start = members.start
        if named - {start.root}:
            raise NotLowered(TWO_ROWS, f"{start.kind}, {members.kind}")
        alias, table = self.rows[start.root]
        member = self.tables.of(members.kind)
        from jingmen_policy.engines.columnar.formulas import Formulas

        rows: Rows = {var: ("m", member)}
        if named:
            rows[start.root] = ("s", table)
            gathered = Gathered(self, alias, table, (), (*start.steps, *members.steps), own=True)
        else:
            owner = self.tables.of(start.kind)
            gathered = Gathered(self, alias, owner, start.steps, members.steps)
        return Formulas(self.tables, self.gatherer, self.scope, rows), gathered


@dataclass
class Gathered:
    """Columns gathered for an owner, and the way to the owner from the row at hand."""

    terms: Terms
    alias: str
    owner: Table
    way: tuple[Relation, ...]
    steps: tuple[Relation, ...]
    own: bool = False

    def one(self, measure: Measure, layer: int) -> tuple[str, int]:
        """A measure over the members; NULL where the way to the owner is not known."""
        return self._along(self._measured(measure, layer))

    def whole(self) -> tuple[str, int]:
        """TRUE, FALSE or a column: whether there can be no other members."""
        [first, *more] = self.steps
        if not more and first.many:
            tables = self.terms.tables
            if first.target not in tables.complete:
                if first.target not in tables.scopes:
                    return "FALSE", 0
                text, layer = self._along(lambda table: table.listed(first.target))
                return f"coalesce({text}, FALSE)", layer
            if not self.way:
                return "TRUE", 0
            known, layer = self._along(lambda table: table.field(table.kind.model.KEY[0]))
            return f"({known} IS NOT NULL)", layer
        found = self.terms.gatherer.whole(self.owner, self.steps)
        if found is None:
            if not self.way:
                return "TRUE", 0
            known, layer = self._along(lambda table: table.field(table.kind.model.KEY[0]))
            return f"({known} IS NOT NULL)", layer
        text, layer = self._along(lambda _: found)
        return f"coalesce({text}, FALSE)", layer

    def _measured(self, measure: Measure, layer: int) -> Find:
        gatherer = self.terms.gatherer
        [first, *more] = self.steps
        if not more and first.many and not self.own:
            column = gatherer.near(self.owner, first, measure, layer)
        else:
            column = gatherer.far(self.owner, self.steps, measure, layer, self.own)
        return lambda _: column

    def _along(self, find: Find) -> tuple[str, int]:
        table = self.owner if not self.way else self.terms.tables.of(self.way[0].source)
        found = table.along(self.way, find)
        return f"{self.alias}.{table.quoted(found.name)}", found.layer


def _roots(part: object) -> set[str]:
    """The rows a formula speaks of."""
    found = set()
    for node in nodes(part):
        if isinstance(node, Field | Derived):
            found.add(node.path.root)
        elif isinstance(node, Count | Sum | Quantified):
            found.add(node.members.start.root)
    return found


def _bound(part: object) -> set[str]:
    """The loop variables of a formula."""
    return {node.var for node in nodes(part) if isinstance(node, Count | Sum | Quantified)}
