"""The tables a statement is made of: each kind's rows, in layers that add what was worked out.

Layer 0 of a kind is what is stated. A column that is worked out stands in the layer after the last
one it needs, of whatever kind, so that a statement can name them one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jingmen_facts.kinds import FactModels, Kind, Relation
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.notimpl import ABOVE_ITSELF, NotLowered
from jingmen_policy.engines.columnar.sums import OWNER, Kept, Names

IDENTITY = "_id"
"""The column with a fact's identity."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a row, and the layer from which on it is there."""

    name: str
    layer: int = 0


@dataclass
class Layer:
    """What is added to a kind's rows: columns, and what they are joined from."""

    columns: list[tuple[str, str]] = field(default_factory=list)
    joins: dict[tuple[object, ...], tuple[str, Callable[[], str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """One of so many parts of a kind's facts, by a hash of their identity. For DuckDB only."""

    kind: str
    number: int
    parts: int

    def test(self, identity: str) -> str:
        return f"hash({identity}) % {self.parts} = {self.number}"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is gathered from members on the way: its layer, its name and its text."""

    layer: int
    name: str
    text: Callable[[], str]
    names: Callable[[], Names] | None = None
    """What it gathers by sums and maxima, once all columns are known; None: pairs, doubts."""


class Table:
    """The rows of one kind."""

    def __init__(self, kind: Kind, tables: Tables) -> None:
        self.kind = kind
        self.tables = tables
        self.stated: dict[str, None] = {}
        self.layers: dict[int, Layer] = {}
        self.known: dict[object, Column] = {}
        self.asked: set[str] = set()

    @property
    def label(self) -> str:
        return snake(self.kind.name)

    def field(self, name: str) -> Column:
        """A column that is stated."""
        self.stated[name] = None
        return Column(name)

    def along(self, steps: Sequence[Relation], find: Callable[[Table], Column]) -> Column:
        """A column of the fact that references lead to; unknown where one of them is."""
        if not steps:
            return find(self)
        first = steps[0]
        parent = self.tables.of(first.target)
        self.tables.used.add(first.target)
        column = parent.along(steps[1:], find)
        reference = self.field(first.field)
        key = ("along", first.field, column.name)
        if key not in self.known:
            layer = column.layer + 1
            alias = self.join(
                layer,
                ("one", first.field),
                lambda alias: (
                    f"LEFT JOIN {parent.at(layer - 1)} AS {alias}"
                    f" ON {alias}.{self.quoted(IDENTITY)} = s.{self.quoted(reference.name)}"
                ),
            )
            self.known[key] = self.add(layer, f"{alias}.{self.quoted(column.name)}")
        return self.known[key]

    def listed(self, kind: str) -> Column:
        """Whether all instances of a kind are stated that may belong to this fact.

        They are where they are said to be for it or for a fact its references lead to.
        """
        key = ("listed", kind)
        if key not in self.known:
            dialect = self.tables.dialect
            if kind in self.asked:
                raise NotLowered(ABOVE_ITSELF, f"{kind} of {self.kind.name}")
            self.asked.add(kind)
            scopes = ", ".join(map(dialect.text, self.tables.scopes.get(kind, ())))
            tests = [f"s.{self.quoted(IDENTITY)} IN ({scopes})"] if scopes else []
            layer = 0
            for relation in self.tables.models.relations[self.kind.name].values():
                if relation.many or not scopes:
                    continue
                above = self.along((relation,), lambda table: table.listed(kind))
                layer = max(layer, above.layer)
                tests.append(f"coalesce(s.{self.quoted(above.name)}, FALSE)")
            self.known[key] = self.add(layer + 1, f"({' OR '.join(tests) or 'FALSE'})")
        return self.known[key]

    def made(self, text: str, layer: int) -> Column:
        """A column worked out from others of the same row, named ``s`` in the text."""
        if text not in self.known:
            self.known[text] = self.add(layer + 1, text)
        return self.known[text]

    def add(self, layer: int, text: str) -> Column:
        name = self.tables.fresh("c")
        self.layers.setdefault(layer, Layer()).columns.append((name, text))
        return Column(name, layer)

    def join(self, layer: int, key: tuple[object, ...], written: Callable[[str], str]) -> str:
        """The alias of what is joined to a layer, once for each key."""
        joins = self.layers.setdefault(layer, Layer()).joins
        if key not in joins:
            alias = self.tables.fresh("j")
            joins[key] = (alias, lambda: written(alias))
        return joins[key][0]

    def at(self, layer: int) -> str:
        """The name of the rows as they are in a layer. For use once all columns are known."""
        last = max((at for at in self.layers if at <= layer), default=0)
        return f"{self.label}_{last}"

    @property
    def last(self) -> int:
        return max(self.layers, default=0)

    def quoted(self, name: str) -> str:
        return self.tables.dialect.quoted(name)

    def base(self) -> str:
        """Layer 0: the columns used, and the identity."""
        key = self.kind.model.KEY
        parts = [f"CAST({self.quoted(name)} AS {self.tables.dialect.text_type})" for name in key]
        identity = self.quoted(key[0]) if len(key) == 1 else " || '/' || ".join(parts)
        columns = [f"{identity} AS {self.quoted(IDENTITY)}", *map(self.quoted, self.stated)]
        text = f"SELECT {', '.join(columns)} FROM {self.quoted(self.label)}"
        share = self.tables.share
        if share is None or share.kind != self.kind.name or share.kind in self.tables.used:
            return text
        return f"{text} WHERE {share.test(identity)}"

    def layered(self, layer: int) -> str:
        found = self.layers[layer]
        columns = "".join(f",\n    {text} AS {self.quoted(name)}" for name, text in found.columns)
        joins = "".join(f"\n  {written()}" for _, written in found.joins.values())
        return f"SELECT s.*{columns}\n  FROM {self.at(layer - 1)} AS s{joins}"


@dataclass
class Tables:
    """Every kind's rows, and what else a statement names on the way."""

    models: FactModels
    dialect: Dialect
    complete: frozenset[str] = frozenset()
    """Kinds every instance of which is stated, everywhere or, as ``Kind@fact``, under a fact."""
    placed: frozenset[str] = frozenset()
    """References, as ``Kind.field``, that are stated in every row."""
    share: Share | None = None
    """The part of the subjects that a statement is about; None: all."""
    chunk: Share | None = None
    """The part of the members that is gathered; None: all."""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """Stages that were worked out apart, by name."""
    used: set[str] = field(default_factory=set)
    """Kinds whose rows are looked at from another row."""
    known: dict[str, Table] = field(default_factory=dict)
    stages: list[Stage] = field(default_factory=list)
    """What is gathered from members, in order."""
    count: int = 0

    def of(self, kind: str) -> Table:
        if kind not in self.known:
            self.known[kind] = Table(self.models.kinds[kind], self)
        return self.known[kind]

    def fresh(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    @cached_property
    def scopes(self) -> Mapping[str, tuple[str, ...]]:
        """For each kind the facts under which every instance is stated."""
        found: dict[str, tuple[str, ...]] = {}
        for entry in sorted(self.complete):
            kind, at, identity = entry.partition("@")
            if at:
                found[kind] = (*found.get(kind, ()), identity)
        return found

    def near(self, owner: str, reference: str) -> str:
        """A condition that keeps to members of the statement's share, where no others matter."""
        if self.share is None or owner != self.share.kind or owner in self.used:
            return "TRUE"
        return self.share.test(reference)

    def chunked(self, member: str) -> str:
        """A condition that keeps to the members that are gathered."""
        if self.chunk is None:
            return "TRUE"
        return self.chunk.test(f"{member}.{self.dialect.quoted(IDENTITY)}")

    def may_stray(self, relation: Relation) -> bool:
        """Whether a member may not say where it belongs."""
        spec = self.models.kinds[relation.target].fields[relation.field]
        return not spec.required and f"{relation.target}.{relation.field}" not in self.placed

    def written(self) -> Iterator[tuple[str, str]]:
        """The names and texts of all that comes before the last SELECT, in order."""
        tables = list(self.known.values())
        for table in tables:
            yield f"{table.label}_0", table.base()
        last = max([0, *(table.last for table in tables), *(one.layer for one in self.stages)])
        for layer in range(1, last + 1):
            for stage in self.stages:
                if stage.layer == layer:
                    yield stage.name, self.staged(stage)
            for table in tables:
                if layer in table.layers:
                    yield f"{table.label}_{layer}", table.layered(layer)

    def staged(self, stage: Stage) -> str:
        if stage.name not in self.kept or stage.names is None:
            return stage.text()
        names = stage.names()
        return self.kept[stage.name].select(names, self.near(names.owner, OWNER))


def snake(name: str) -> str:
    """A kind's name as the name of its table: ``resident_worker``."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
