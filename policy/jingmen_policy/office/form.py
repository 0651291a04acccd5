"""What a workbook asks for: its sheets and columns, taken from the fact models and what is known.

No datum is asked for twice: what the background (the register) states is not asked, nor what the
whole workbook says once (whose it is), nor what another sheet states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels, FieldSpec, Kind
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.background import Background

Values = Mapping[str, object]
"""The known fields of one row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet; ``blank`` where the form fills it in and nothing is stated by that."""

    values: Values
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: a kind, the fields asked, the rows that stand there already."""

    kind: Kind
    fields: tuple[FieldSpec, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The one fact a workbook is about, such as 沙洋县."""

    kind: Kind
    identity: str


@dataclass(frozen=True, slots=True)
class Form:
    """A whole workbook. ``owners`` are whose lists may be said to be complete."""

    tables: tuple[Table, ...]
    owner: Owner | None
    owners: tuple[str, ...]
    listed: tuple[Kind, ...]
    complete: frozenset[str]
    use: str
    as_of: date | None
    known: Dossier


Prefill = Callable[[Dossier, Owner | None], Mapping[str, Iterable[Values]]]
"""Rows to begin with, by kind: what a form names beforehand without stating it."""


def form(
    models: FactModels,
    *,
    background: Background | None = None,
    use: str = "",
    stated: Dossier | None = None,
    owner: str = "",
    owned_by: str = "",
    prefill: Prefill | None = None,
    as_of: date | None = None,
) -> Form:
    """A workbook over a background, with the facts of a dossier in it.

    ``owner`` is the fact of kind ``owned_by`` that the workbook is about: what is not its is left
    out. Raises Refused where there is no such fact, or a fact stated lies outside.
    """
    closed = background.complete if background is not None else frozenset[str]()
    beforehand = Dossier(background.facts if background is not None else (), models=models)
    known = stated if stated is not None else beforehand
    one = None if not owner else _owner(models.kinds[owned_by], owner, known)
    making = _Making(models, beforehand, known, closed, one)
    begun = {} if prefill is None else prefill(beforehand, one)
    order = sorted(models.kinds.values(), key=lambda kind: kind.name in closed)
    tables = tuple(
        making.table(kind, begun.get(kind.name, ())) for kind in order if making.wanted(kind)
    )
    listed = tuple(
        table.kind for table in tables if table.kind.name not in closed and table.kind.references
    )
    complete = frozenset(entry for entry in known.complete if entry not in closed)
    return Form(tables, one, making.owners(owned_by), listed, complete, use, as_of, known)


def _owner(kind: Kind, identity: str, known: Dossier) -> Owner:
    facts = known.of_kind(kind.name)
    if identity not in facts:
        said = unknown_name(Said(kind.label.zh, kind.label.en), identity, list(facts))
        raise Refused([Problem(said)])
    return Owner(kind, identity)


@dataclass(frozen=True, slots=True)
class _Making:
    models: FactModels
    beforehand: Dossier
    known: Dossier
    closed: frozenset[str]
    owner: Owner | None

    def wanted(self, kind: Kind) -> bool:
        """Whether a kind has a place in the workbook: not what is above its owner."""
        return self.owner is None or kind.name not in self._above(self.owner.kind.name)

    def owners(self, owned_by: str) -> tuple[str, ...]:
        if self.owner is not None:
            return (self.owner.identity,)
        return tuple(self.known.of_kind(owned_by)) if owned_by else ()

    def table(self, kind: Kind, begun: Iterable[Values]) -> Table:
        facts = self._facts(kind)
        fields = tuple(spec for spec in kind.fields.values() if self._asked(kind, spec, facts))
        rows = [
            Row(
                {
                    spec.name: value
                    for spec in fields
                    if (value := getattr(fact, spec.name)) is not None
                }
            )
            for fact in facts
        ]
        there = {fact.identity for fact in facts}
        rows.extend(
            Row(values, blank=True)
            for values in begun
            if "/".join(str(values.get(name, "")) for name in kind.model.KEY) not in there
        )
        return Table(kind, fields, tuple(rows))

    def _facts(self, kind: Kind) -> list[Fact]:
        """The facts of a kind that the workbook holds; of a closed kind, those of its owner."""
        facts = list(self.known.of_kind(kind.name).values())
        if self.owner is None:
            return facts
        if kind.name == self.owner.kind.name:
            return [fact for fact in facts if fact.identity == self.owner.identity]
        outside = [fact for fact in facts if not self._belongs(fact)]
        if kind.name not in self.closed and outside:
            said = Said(
                f"{kind.label.zh}“{outside[0].identity}”不属于{self.owner.identity}，写不进这本台账",
                f"the {kind.label.en} '{outside[0].identity}' is not of {self.owner.identity}",
            )
            raise Refused([Problem(said)])
        return [fact for fact in facts if fact not in outside]

    def _belongs(self, fact: Fact) -> bool:
        """Whether a fact's references lead to the owner, or to nothing known."""
        assert self.owner is not None
        kind = self.models.kinds[type(fact).__name__]
        if kind.name == self.owner.kind.name:
            return fact.identity == self.owner.identity
        for relation in self.models.relations[kind.name].values():
            if relation.many or relation.target in self._above(self.owner.kind.name):
                continue
            above = self.known.one(relation, fact)
            if above is not None:
                return self._belongs(above)
        return True

    def _asked(self, kind: Kind, spec: FieldSpec, facts: list[Fact]) -> bool:
        if spec.name in kind.model.KEY and not self._owners_own(spec):
            return True
        if any(self._adds(kind, spec, fact) for fact in facts):
            return True
        if spec.elsewhere is not None or self._owners_own(spec):
            return False
        if self.owner and spec.refers and spec.refers.kind in self._above(self.owner.kind.name):
            return False
        return kind.name not in self.closed or all(
            getattr(fact, spec.name) is None for fact in self.beforehand.of_kind(kind.name).values()
        )

    def _owners_own(self, spec: FieldSpec) -> bool:
        """Whether a field only says whose a row is, which the whole workbook says once."""
        return bool(
            self.owner is not None
            and spec.refers is not None
            and spec.refers.kind == self.owner.kind.name
            and spec.kind not in self.closed
        )

    def _adds(self, kind: Kind, spec: FieldSpec, fact: Fact) -> bool:
        """Whether a fact states of a field what a row without it would not."""
        value = getattr(fact, spec.name)
        if self._owners_own(spec):
            return not self._implied(kind, spec, fact)
        earlier = self.beforehand.of_kind(kind.name).get(fact.identity)
        return value is not None and (earlier is None or getattr(earlier, spec.name) != value)

    def _implied(self, kind: Kind, spec: FieldSpec, fact: Fact) -> bool:
        """Whether the reader gives a row without the column the very owner that the fact names."""
        assert self.owner is not None
        others = any(
            getattr(fact, name) is not None for name in kind.references if name != spec.name
        )
        given = self.owner.identity if spec.required or not others else None
        return bool(getattr(fact, spec.name) == given)

    def _above(self, kind: str) -> frozenset[str]:
        """The kinds that a kind's references lead to, directly or through others."""
        found: set[str] = set()
        waiting = [kind]
        while waiting:
            for refers in self.models.kinds[waiting.pop()].references.values():
                if refers.kind not in found:
                    found.add(refers.kind)
                    waiting.append(refers.kind)
        return frozenset(found)
