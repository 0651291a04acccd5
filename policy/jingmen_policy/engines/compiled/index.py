"""A dossier as generated code looks things up in it."""

from __future__ import annotations

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import Relation


class Index:
    """Facts of each kind by identity, and members by relation. Made for each call."""

    __slots__ = ("complete", "dossier", "inverse", "kinds")

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.kinds = dossier.by_kind
        self.inverse = dossier.inverse
        self.complete = dossier.complete

    def subjects(self, kind: str) -> tuple[Fact, ...]:
        """The facts of a kind by identity."""
        facts = self.kinds[kind]
        if len(facts) < 2:
            return tuple(facts.values())
        return tuple([facts[identity] for identity in sorted(facts)])

    def of(self, kind: str, reference: str, owner: Fact) -> tuple[Fact, ...]:
        """The facts of a kind that refer to an owner, and those that do not say to whom."""
        inverse = self.inverse
        found = inverse.get((kind, reference, owner.identity), ())
        strays = inverse.get((kind, reference, None))
        return found if strays is None else found + strays

    def lists_all(self, relation: Relation, owner: Fact) -> bool:
        """Whether every member of a collection is stated."""
        return self.dossier.lists_all(relation, owner)
