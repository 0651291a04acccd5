"""From what was read to a dossier: facts laid over their background and checked together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, hint, nearest, unknown_name
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.located import Located
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
    stated = Stated(models)
    for part in parts:
        stated.read(part if isinstance(part, Located) else Located(part))
    return assemble(stated, backgrounds=backgrounds, use=use, complete=complete)


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
    dossier = laying.dossier({*complete, *stated.complete})
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
        label = self.stated.models.kinds[kind].label
        if key in self.origins:
            earlier = self.origins[key]
            where = _where(earlier, origin)
            said = Said(
                f"{label.zh}“{identity}”重复，{where.zh}已有",
                f"duplicate {label.en} '{identity}', already {where.en}",
            )
            self.stated.problems.append(origin.problem(said))
            return
        if key in self.facts:
            self.facts[key] = self._merged(self.facts[key], fact, origin)
        elif kind in self.closed:
            near = hint(nearest(identity, [known for of, known in self.facts if of == kind]))
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
        values = {name: value for name, value in known if value is not None}
        for name, value in fact:
            if value is None:
                continue
            if values.setdefault(name, value) != value:
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
            key = keys[str(kind)][int(position)]
            if rest and self._is_lost(key, str(rest[0])):
                continue
            origin = self.origins.get(key)
            yield problem if origin is None else origin.problem(problem.said, *rest)

    def _is_lost(self, key: Key, name: str) -> bool:
        refers = self.stated.models.kinds[key[0]].references[name]
        lost = self.stated.lost.get(refers.kind, set())
        return None in lost or getattr(self.facts[key], name) in lost


def _where(earlier: Origin, later: Origin) -> Said:
    line, source = earlier.line, earlier.located.source
    if line is None:
        return Said("前面", "stated before")
    if source == later.located.source:
        return Said(f"第 {line} 行", f"on line {line}")
    return Said(f"{source} 第 {line} 行", f"in {source} on line {line}")


def _in_order(problems: list[Problem]) -> list[Problem]:
    """Files as they were first found wrong, lines ascending, what has no line first."""
    files = {problem.source: 0 for problem in problems}
    order = {source: number for number, source in enumerate(files)}
    return sorted(problems, key=lambda problem: (order[problem.source], problem.line or 0))
