"""A dossier as generated code looks things up in it."""

from __future__ import annotations

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import Relation


class Index:
    """Facts of each kind by identity, and members by relation. Made for each call.

    ``found`` gives the facts of a kind that refer to an owner, ``(kind, field, identity)``, or
    do not say to whom, ``(kind, field, None)``.
    """

    __slots__ = ("complete", "dossier", "found", "inverse", "kinds")

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.kinds = dossier.by_kind
        self.inverse = dossier.inverse
        self.found = self.inverse.get
        self.complete = dossier.complete

    def subjects(self, kind: str) -> tuple[Fact, ...]:
        """The facts of a kind by identity."""
        facts = self.kinds[kind]
        if len(facts) < 2:
            return tuple(facts.values()) if facts else ()
        return tuple([facts[identity] for identity in sorted(facts)])

    def lists_all(self, relation: Relation, owner: Fact) -> bool:
        """Whether every member of a collection is stated."""
        return self.dossier.lists_all(relation, owner)
