"""Whose a fact is: the station, the township, the county that its references lead to."""

from __future__ import annotations

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.judge.finding import Thing


def belongs(dossier: Dossier, fact: Fact, kind: str) -> Fact | None:
    """The fact of a kind that a fact is, or that its references lead to by the shortest way."""
    waiting, seen = [fact], set[tuple[str, str]]()
    while waiting:
        one = waiting.pop(0)
        name = type(one).__name__
        if name == kind:
            return one
        if (name, one.identity) in seen:
            continue
        seen.add((name, one.identity))
        relations = dossier.models.relations[name].values()
        above = (dossier.one(relation, one) for relation in relations if not relation.many)
        waiting.extend(found for found in above if found is not None)
    return None


def owner(dossier: Dossier, thing: Thing, kind: str) -> str | None:
    """The same by name: the identity of the fact of a kind that a thing belongs to."""
    if kind not in dossier.models.kinds:
        return None
    fact = dossier.of_kind(thing.kind).get(thing.id)
    found = None if fact is None else belongs(dossier, fact, kind)
    return None if found is None else found.identity
