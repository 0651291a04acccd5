"""From what was read to a dossier: facts laid over their background and checked together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier, unknown_reference
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import PRINTED, Problem, Refused, Said, hint, nearest, unknown_name
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.names import names_of
from jingmen_facts.reading.plain import plainly
from jingmen_facts.reading.stated import Origin, Stated

NO_BACKGROUNDS: Backgrounds = MappingProxyType({})
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DossierFile:
    """A dossier as read: what there is to say of the reading, and the day the file names."""

    dossier: Dossier
    notes: tuple[Said, ...] = ()
    as_of: date | None = None


def build_dossier(
    *parts: Located | Mapping[str, Any],
    models: FactModels,
    backgrounds: Backgrounds = NO_BACKGROUNDS,
    use: Iterable[str] = (),
    complete: Iterable[str] = (),
) -> DossierFile:
    """The dossier that mappings of kinds to facts state together, over the backgrounds they use.

    A mapping may also hold ``use`` (names of backgrounds), ``complete`` (kinds of which every
    fact is stated) and ``as_of``. Raises Refused with every problem at once.
    """
    used, listed = tuple(use), tuple(complete)
    if len(parts) == 1 and isinstance(parts[0], dict) and not used and not listed:
        dossier = plainly(parts[0], models)
        if dossier is not None:
            return DossierFile(dossier)
    stated = Stated(models)
    for part in parts:
        stated.read(part if isinstance(part, Located) else Located(part))
    return assemble(stated, backgrounds=backgrounds, use=used, complete=listed)


def assemble(
    stated: Stated,
    *,
    backgrounds: Backgrounds = NO_BACKGROUNDS,
    use: Iterable[str] = (),
    complete: Iterable[str] = (),
    notes: Iterable[Said] = (),
) -> DossierFile:
    """The dossier of what has been stated. Raises Refused with what was and is found wrong."""
    laying = _Laying(stated)
    nowhere = Origin(Located(None), ())
    named = dict([*((name, nowhere) for name in use), *reversed(stated.uses)])
    for name, origin in named.items():
        laying.lay_background(name, origin, backgrounds)
    for fact, origin in stated.facts:
        laying.lay(fact, origin)
    names = names_of(stated.models)
    dossier = laying.dossier({*(names.listed(name) or name for name in complete), *stated.complete})
    if dossier is None:
        raise Refused(_in_order(stated.problems))
    return DossierFile(dossier, tuple(notes), stated.as_of)


@dataclass
class _Laying:
    """Facts by kind and identity, background first; ``origins`` has those that a file states."""

    stated: Stated
    facts: dict[Key, Fact] = field(default_factory=dict)
    origins: dict[Key, Origin] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)

    def lay_background(self, name: str, origin: Origin, backgrounds: Backgrounds) -> None:
        if name not in backgrounds:
            said = unknown_name(Said("背景事实", "background"), name, list(backgrounds))
            self.stated.lose_all()
            self.stated.problems.append(origin.problem(said))
            return
        background = backgrounds[name]()
        for fact in background.facts:
            known = self.facts.setdefault((type(fact).__name__, fact.identity), fact)
            if known != fact:
                said = Said(
                    f"背景事实“{name}”中的“{fact.identity}”与其他背景事实不一致",
                    f"'{fact.identity}' of background '{name}' contradicts another background",
                )
                self.stated.problems.append(origin.problem(said))
        for kind in background.complete:
            self.closed[kind] = name

    def lay(self, fact: Fact, origin: Origin) -> None:
        kind, identity = type(fact).__name__, fact.identity
        key = (kind, identity)
        known = self.facts.get(key)
        if known is not None:
            self.facts[key] = self._merged(known, fact, origin)
        elif kind in self.closed:
            label = self.stated.models.kinds[kind].label
            near = hint(nearest(identity, self._candidates(kind)))
            said = Said(
                f"“{self.closed[kind]}”中没有{label.zh}“{identity}”{near.zh}",
                f"'{self.closed[kind]}' has no {label.en} '{identity}'{near.en}",
            )
            self.stated.problems.append(origin.problem(said))
            self.stated.lose(kind, identity)
            return
        else:
            self.facts[key] = fact
        self.origins[key] = origin

    def _merged(self, known: Fact, fact: Fact, origin: Origin) -> Fact:
        """A background fact with its unknown fields filled; a known field may not change."""
        fields = type(fact).model_fields
        values = {name: value for name in fields if (value := getattr(known, name)) is not None}
        for name in fields:
            value = getattr(fact, name)
            if value is not None and values.setdefault(name, value) != value:
                said = Said(
                    f"已知为“{values[name]}”，与所写“{value}”不符",
                    f"known to be '{values[name]}', which '{value}' contradicts",
                )
                self.stated.problems.append(origin.problem(said, name))
        try:
            return type(fact).model_validate(values)
        except ValidationError as error:
            self.stated.problems.extend(origin.problems(error, type(fact)))
            return known

    def dossier(self, complete: set[str]) -> Dossier | None:
        """The dossier, or None when anything was found wrong, here or before."""
        problems = self.stated.problems
        problems.extend(self._references_of_refused())
        try:
            dossier = Dossier(
                self.facts.values(), models=self.stated.models, complete=complete | {*self.closed}
            )
        except Refused as refused:
            problems.extend(self._placed(refused.problems))
            return None
        return None if problems else dossier

    def _placed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Problems of the dossier at the lines of the facts they concern.

        A reference to a fact that was itself refused is no further problem.
        """
        keys: dict[str, list[Key]] = {}
        for key in self.facts:
            keys.setdefault(key[0], []).append(key)
        for problem in problems:
            if len(problem.path) < 2:
                yield problem
                continue
            kind, position, *rest = problem.path
            if kind == "complete":
                stated = self.stated.complete.get(str(position))
                yield problem if stated is None else stated.problem(problem.said)
                continue
            key = keys[str(kind)][int(position)]
            if rest:
                refers = self.stated.models.kinds[key[0]].references[str(rest[0])]
                if self._may_be_lost(refers.kind, getattr(self.facts[key], str(rest[0]))):
                    continue
            origin = self.origins.get(key)
            yield problem if origin is None else origin.problem(problem.said, *rest)

    def _references_of_refused(self) -> Iterator[Problem]:
        """References to nothing in facts that were refused for something else."""
        for lost in self.stated.refused:
            kind = self.stated.models.kinds[lost.kind]
            for name, refers in kind.references.items():
                written = lost.fields.get(name)
                identity = written.strip() if isinstance(written, str) else ""
                if not identity or (refers.kind, identity) in self.facts:
                    continue
                if not self._may_be_lost(refers.kind, identity):
                    label = self.stated.models.kinds[refers.kind].label
                    candidates = self._candidates(refers.kind)
                    said = unknown_reference(kind.label, label, identity, candidates)
                    yield lost.origin.problem(said, name)

    def _candidates(self, kind: str) -> list[str]:
        """The identities of a kind, to look for a misspelt one; none once enough is wrong."""
        if len(self.stated.problems) > PRINTED:
            return []
        return [identity for of, identity in self.facts if of == kind]

    def _may_be_lost(self, kind: str, identity: str) -> bool:
        lost = self.stated.lost.get(kind, set())
        return None in lost or identity in lost


def _in_order(problems: list[Problem]) -> list[Problem]:
    """Files as they were first found wrong, lines ascending, what has no line first."""
    files = {problem.source: 0 for problem in problems}
    order = {source: number for number, source in enumerate(files)}
    return sorted(problems, key=lambda problem: (order[problem.source], problem.line or 0))
