"""A dossier: facts stated together, whole and consistent, and which lists are complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property

from jingmen_facts.base import Fact, Label
from jingmen_facts.kinds import FactModels, Relation
from jingmen_facts.problems import (
    PRINTED,
    Problem,
    Refused,
    Said,
    hint,
    nearest,
    spelt,
    unknown_name,
)


class Dossier:
    """Facts, checked against each other: no two share an identity, every reference leads somewhere.

    ``complete`` names the kinds of which the dossier holds every instance there is, everywhere
    (``Station``) or under one fact (``Station@沙洋县``: every station of that county). Of any other
    kind there may be more: a count over it is then only a lower bound, never a shortfall.

    Raises Refused with every problem at once.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        *,
        models: FactModels | None = None,
        complete: Iterable[str] = (),
    ) -> None:
        self.facts: tuple[Fact, ...] = tuple(facts)
        self.models = models or _models_of(self.facts)
        self.complete = frozenset(complete)
        self._by_kind: dict[str, dict[str, Fact]] = {name: {} for name in self.models.kinds}
        referring: dict[tuple[str, str, str | None], list[Fact]] = {}
        problems = [*self._index(), *self._check_complete(), *self._check_references(referring)]
        if problems:
            raise Refused(problems)
        self.inverse: Mapping[tuple[str, str, str | None], tuple[Fact, ...]] = {
            key: tuple(found) for key, found in referring.items()
        }
        """Facts by kind, reference and what they refer to (None: not known), in order."""

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dossier):
            return NotImplemented
        return self._by_kind == other._by_kind and self.complete == other.complete

    __hash__ = None  # type: ignore[assignment]

    @property
    def by_kind(self) -> Mapping[str, Mapping[str, Fact]]:
        """The facts of every kind there is, as ``of_kind`` gives them."""
        return self._by_kind

    def of_kind(self, kind: str) -> Mapping[str, Fact]:
        """Every fact of a kind by its identity, in the order stated."""
        return self._by_kind[kind]

    def one(self, relation: Relation, fact: Fact) -> Fact | None:
        """The fact a reference leads to; None where the reference is not known."""
        identity = getattr(fact, relation.field)
        return None if identity is None else self._by_kind[relation.target][identity]

    def many(self, relation: Relation, fact: Fact) -> tuple[Fact, ...]:
        """The facts that say they belong to this one, in the order stated."""
        return self.inverse.get((relation.target, relation.field, fact.identity), ())

    def unplaced(self, relation: Relation) -> tuple[Fact, ...]:
        """The facts of a relation's target kind that do not say to whom they belong."""
        return self.inverse.get((relation.target, relation.field, None), ())

    def lists_all(self, relation: Relation, owner: Fact) -> bool:
        """Whether every member there is of a collection of ``owner``'s is stated."""
        if relation.target in self.complete:
            return True
        scopes = self._scopes.get(relation.target)
        return scopes is not None and any(
            ancestor.identity in scopes for ancestor in self._upwards(owner)
        )

    def restated(self, fact: Fact) -> Dossier:
        """The same with one fact said otherwise: that of its kind and identity.

        Only what it refers to is looked at again, so it is quick. Raises LookupError where there is
        no such fact, or what it refers to.
        """
        kind = type(fact).__name__
        known = self._by_kind[kind][fact.identity]
        other = copy(self)
        other.facts = tuple([fact if one is known else one for one in self.facts])
        other._by_kind = {**self._by_kind, kind: {**self._by_kind[kind], fact.identity: fact}}
        inverse = dict(self.inverse)
        for field, refers in self.models.kinds[kind].references.items():
            before, after = getattr(known, field), getattr(fact, field)
            if before == after:
                inverse[kind, field, after] = tuple(
                    [fact if one is known else one for one in inverse[kind, field, after]]
                )
                continue
            if after is not None and after not in self._by_kind[refers.kind]:
                raise LookupError(f"{kind}.{field} refers to no {refers.kind}: {after}")
            inverse[kind, field, before] = tuple(
                [one for one in inverse[kind, field, before] if one is not known]
            )
            inverse[kind, field, after] = tuple(
                [
                    one
                    for one in other.facts
                    if isinstance(one, type(fact)) and getattr(one, field) == after
                ]
            )
        other.inverse = inverse
        return other

    def listing(self, entry: str) -> Dossier:
        """The same with one more list complete. Raises Refused where there is no such list."""
        other = copy(self)
        other.complete = self.complete | {entry}
        vars(other).pop("_scopes", None)
        problems = list(other._check_complete())
        if problems:
            raise Refused(problems)
        return other

    @cached_property
    def _scopes(self) -> dict[str, set[str]]:
        """For each kind the facts, by identity, under which every instance is stated."""
        scopes: dict[str, set[str]] = {}
        for entry in self.complete:
            kind, at, identity = entry.partition("@")
            if at:
                scopes.setdefault(kind, set()).add(identity)
        return scopes

    def _upwards(self, fact: Fact) -> Iterator[Fact]:
        """A fact and every fact its references lead to, directly or through others, each once."""
        seen: set[tuple[str, str]] = set()
        waiting = [fact]
        while waiting:
            current = waiting.pop()
            kind = type(current).__name__
            if (kind, current.identity) in seen:
                continue
            seen.add((kind, current.identity))
            yield current
            relations = self.models.relations[kind].values()
            above = (self.one(relation, current) for relation in relations if not relation.many)
            waiting.extend(found for found in above if found is not None)

    def _kinds_above(self, kind: str) -> set[str]:
        """The kinds a kind's references lead to, directly or through others."""
        above: set[str] = set()
        waiting = [kind]
        while waiting:
            for relation in self.models.relations[waiting.pop()].values():
                if not relation.many and relation.target not in above:
                    above.add(relation.target)
                    waiting.append(relation.target)
        return above

    def _positioned(self) -> Iterator[tuple[str, int, Fact]]:
        """Every fact with its kind and its place among the facts of that kind, from 0."""
        counts: dict[str, int] = {}
        for fact in self.facts:
            kind = type(fact).__name__
            position = counts.get(kind, 0)
            counts[kind] = position + 1
            yield kind, position, fact

    def _index(self) -> Iterator[Problem]:
        first: dict[tuple[str, str], int] = {}
        for kind, position, fact in self._positioned():
            known = self.models.kinds.get(kind)
            if known is None or known.model is not type(fact):
                said = unknown_name(Said("事实类型", "kind of fact"), kind, list(self.models.kinds))
                yield _problem(said, kind, position)
                continue
            identity = fact.identity
            earlier = first.setdefault((kind, identity), position)
            if earlier != position:
                label = known.label
                said = Said(
                    f"{label.zh}“{identity}”重复：与第 {earlier + 1} 条相同",
                    f"duplicate {label.en} '{identity}': the same as entry {earlier + 1}",
                )
                yield _problem(said, kind, position)
                continue
            self._by_kind[kind][identity] = fact

    def _check_complete(self) -> Iterator[Problem]:
        for entry in sorted(self.complete):
            name, at, identity = entry.partition("@")
            if name not in self._by_kind:
                said = unknown_name(Said("事实类型", "kind of fact"), name, list(self.models.kinds))
                yield Problem(said, field="complete", path=("complete", entry))
            elif at:
                known = [i for kind in self._kinds_above(name) for i in self._by_kind[kind]]
                if identity not in known:
                    said = unknown_name(Said("所属对象", "owner of a list"), identity, known)
                    yield Problem(said, field="complete", path=("complete", entry))

    def _check_references(
        self, referring: dict[tuple[str, str, str | None], list[Fact]]
    ) -> Iterator[Problem]:
        """Looks at every reference, and notes which facts have it."""
        found = 0
        for name, position, fact in self._positioned():
            kind = self.models.kinds.get(name)
            if kind is None or kind.model is not type(fact):
                continue
            for field, refers in kind.references.items():
                identity, others = getattr(fact, field), self._by_kind[refers.kind]
                referring.setdefault((name, field, identity), []).append(fact)
                if identity is None or identity in others:
                    continue
                found += 1
                label = self.models.kinds[refers.kind].label
                candidates = others if found <= PRINTED else ()
                said = unknown_reference(kind.label, label, identity, candidates)
                yield _problem(said, name, position, field)


def unknown_reference(what: Label, to: Label, identity: str, known: Iterable[str]) -> Said:
    """'X refers to an unknown Y', with the nearest known identity."""
    near = hint(nearest(identity, known))
    return Said(
        f"{what.zh}所指的{to.zh}“{identity}”不存在{near.zh}",
        f"the {what.en} refers to an unknown {to.en} '{identity}'{near.en}",
    )


def _problem(said: Said, *path: str | int) -> Problem:
    return Problem(said, field=spelt(path), path=path)


def _models_of(facts: Iterable[Fact]) -> FactModels:
    return FactModels(dict.fromkeys(type(fact) for fact in facts))
