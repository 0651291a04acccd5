"""A dossier as generated code looks things up in it."""

from __future__ import annotations

from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import Relation

Members = tuple[tuple[Fact, bool], ...]


class Index:
    """Facts of each kind by identity as attributes, and members by relation.

    Made once for a dossier; what is asked for is kept.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.kinds = {kind: dossier.of_kind(kind) for kind in dossier.models.kinds}
        self.inverse = dossier.inverse
        self.complete = frozenset(dossier.complete)
        self.scoped = any("@" in entry for entry in dossier.complete)
        self.sorted: dict[str, tuple[Fact, ...]] = {}
        self.known: dict[tuple[str, str], Any] = {}
        vars(self).update(self.kinds)

    def subjects(self, kind: str) -> tuple[Fact, ...]:
        """The facts of a kind by identity."""
        found = self.sorted.get(kind)
        if found is None:
            facts = self.kinds[kind]
            found = self.sorted[kind] = (
                tuple(facts.values())
                if len(facts) < 2
                else tuple(facts[identity] for identity in sorted(facts))
            )
        return found

    def of(self, relation: Relation, owner: Fact) -> Members:
        """The members of a collection, and whether each surely is one."""
        key = (relation.name, owner.identity)
        found: Members | None = self.known.get(key)
        if found is None:
            target, name = relation.target, relation.field
            mine = self.inverse.get((target, name, owner.identity), ())
            strays = self.inverse.get((target, name, None), ())
            found = (*((fact, True) for fact in mine), *((fact, False) for fact in strays))
            self.known[key] = found
        return found

    def lists_all(self, relation: Relation, owner: Fact) -> bool:
        """Whether every member of a collection is stated."""
        if relation.target in self.complete:
            return True
        return self.scoped and self.dossier.lists_all(relation, owner)
