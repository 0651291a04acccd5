"""What belongs to whoever answers: the fact itself and all that its references lead to it."""

from __future__ import annotations

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_policy.judge.finding import Thing, thing_of


def belonging(dossier: Dossier, who: Thing) -> tuple[Fact, ...]:
    """The facts of whoever answers, in the order stated.

    Of a county these are the county, its townships, their stations, those stations' workers. What
    does not say to whom it belongs may be theirs, and is among them.
    """
    reader = _Reader(dossier, who)
    return tuple(fact for fact in dossier if reader.belongs(fact))


def owners(models: FactModels) -> tuple[str, ...]:
    """The kinds of fact that may answer: those to which others belong."""
    led_to = {refers.kind for kind in models.kinds.values() for refers in kind.references.values()}
    return tuple(name for name in models.kinds if name in led_to)


class _Reader:
    def __init__(self, dossier: Dossier, who: Thing) -> None:
        self.dossier = dossier
        self.who = who
        self.known: dict[Thing, bool] = {}
        self.below = _below(dossier.models, who.kind)

    def belongs(self, fact: Fact) -> bool:
        thing = thing_of(fact)
        if thing not in self.known:
            self.known[thing] = False  # while it is looked into: a circle leads nowhere
            self.known[thing] = self._leads(fact, thing)
        return self.known[thing]

    def _leads(self, fact: Fact, thing: Thing) -> bool:
        if thing == self.who:
            return True
        if thing.kind not in self.below:
            return False
        stated = False
        for relation in self.dossier.models.relations[thing.kind].values():
            above = None if relation.many else self.dossier.one(relation, fact)
            if above is not None:
                stated = True
                if self.belongs(above):
                    return True
        return not stated


def _below(models: FactModels, kind: str) -> frozenset[str]:
    """The kinds whose references lead to a kind, directly or through others."""
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        for relation in models.relations[waiting.pop()].values():
            if relation.many and relation.target not in found:
                found.add(relation.target)
                waiting.append(relation.target)
    return frozenset(found)


def above(dossier: Dossier, fact: Fact) -> tuple[Fact, ...]:
    """The facts that a fact's references lead to, directly or through others, each once."""
    found: dict[Thing, Fact] = {}
    waiting = [fact]
    while waiting:
        current = waiting.pop()
        for relation in dossier.models.relations[type(current).__name__].values():
            other = None if relation.many else dossier.one(relation, current)
            if other is not None and thing_of(other) not in found:
                found[thing_of(other)] = other
                waiting.append(other)
    return tuple(found.values())


def below(dossier: Dossier, thing: Thing) -> tuple[Thing, ...]:
    """The things that say they belong to one, directly or through others, each once."""
    found: dict[Thing, None] = {}
    waiting = [thing]
    while waiting:
        current = waiting.pop(0)
        owner = dossier.of_kind(current.kind)[current.id]
        for relation in dossier.models.relations[current.kind].values():
            if relation.many:
                members = map(thing_of, dossier.many(relation, owner))
                new = [member for member in members if member not in found]
                found.update(dict.fromkeys(new))
                waiting.extend(new)
    return tuple(found)
