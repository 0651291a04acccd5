"""A dossier taken apart into what may be left out of it, put together again, and written down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels, FieldSpec
from jingmen_facts.problems import Refused
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.scalars import Fen

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Atom:
    """What may be left out: a fact, a field of one, or (kind '') that a list is complete."""

    kind: str
    identity: str
    field: str = ""


@dataclass(frozen=True)
class Apart:
    """A dossier as atoms. ``fixed`` are facts of the background ``use``, which are always there."""

    models: FactModels
    facts: Mapping[Key, Fact]
    complete: frozenset[str]
    use: str = ""
    fixed: Mapping[Key, Fact] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    """The kinds of which the background holds every fact."""

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """Everything that may be left out, what takes most with it first."""
        lists = [Atom("", entry) for entry in sorted(self.complete)]
        facts = [Atom(*key) for key in self.facts if key not in self.fixed]
        fields = [Atom(*key, name) for key in self.facts for name in self._optional(key)]
        return (*facts, *lists, *fields)

    def dossier(self, kept: Collection[Atom]) -> Dossier | None:
        """The dossier that says only what is kept; None where that contradicts itself.

        A field that refers to a fact left out is left out with it.
        """
        atoms = frozenset(kept)
        there = {key for key in self.facts if Atom(*key) in atoms} | self.fixed.keys()
        stated = dict(self.fixed)
        complete = {atom.identity for atom in atoms if not atom.kind} | self.closed
        try:
            for key in self.facts:
                if key in there:
                    fields = self._fields(key, atoms, there)
                    stated[key] = self.models.kinds[key[0]].model.model_validate(fields)
            return Dossier(stated.values(), models=self.models, complete=complete)
        except (Refused, ValidationError):
            return None

    def written(self, kept: Collection[Atom]) -> dict[str, Any]:
        """What is kept, as ``Policy.dossier`` and the readers of files take it."""
        atoms = frozenset(kept)
        there = {key for key in self.facts if Atom(*key) in atoms} | self.fixed.keys()
        shown: dict[str, Any] = {}
        if self.use:
            shown["use"] = [self.use]
        if complete := sorted(atom.identity for atom in atoms if not atom.kind):
            shown["complete"] = complete
        by_kind: dict[str, list[dict[str, Any]]] = {}
        for key in self.facts:
            own = {name for name in self._optional(key) if Atom(*key, name) in atoms}
            if key not in there or (key in self.fixed and not own):
                continue
            kind = self.models.kinds[key[0]]
            named = {*kind.model.KEY, *own}
            if key not in self.fixed:
                named |= {name for name, spec in kind.fields.items() if spec.required}
            values = self._fields(key, atoms, there)
            by_kind.setdefault(key[0], []).append(
                {
                    name: spelt(values[name], spec)
                    for name, spec in kind.fields.items()
                    if name in named and name in values
                }
            )
        for name in self.models.kinds:
            if facts := by_kind.get(name):
                shown[name] = facts[0] if len(facts) == 1 else facts
        return shown

    def _optional(self, key: Key) -> Iterator[str]:
        """The fields of a fact that may be left out: known, and not known to the background."""
        fact, base = self.facts[key], self.fixed.get(key)
        for name, spec in self.models.kinds[key[0]].fields.items():
            value = getattr(fact, name)
            if not spec.required and value is not None and value != getattr(base, name, None):
                yield name

    def _fields(self, key: Key, atoms: Collection[Atom], there: Collection[Key]) -> dict[str, Any]:
        fact, base = self.facts[key], self.fixed.get(key)
        optional = frozenset(self._optional(key))
        values: dict[str, Any] = {}
        for name, spec in self.models.kinds[key[0]].fields.items():
            value = getattr(fact if base is None or name in optional else base, name)
            if value is None or (name in optional and Atom(*key, name) not in atoms):
                continue
            lost = spec.refers is not None and (spec.refers.kind, value) not in there
            if not lost or spec.required:
                values[name] = value
        return values


def apart(dossier: Dossier, backgrounds: Backgrounds) -> Iterator[Apart]:
    """Ways to take a dossier apart: without the background it stands on, or with all of it."""
    models = dossier.models
    facts = {(type(fact).__name__, fact.identity): fact for fact in dossier}
    known_by_name = {name: made() for name, made in backgrounds.items()}
    for name, known in sorted(known_by_name.items(), key=lambda one: -len(one[1].facts)):
        base = {(type(fact).__name__, fact.identity): fact for fact in known.facts}
        if known.complete <= dossier.complete and _over(facts, base, known.complete):
            own = {key: fact for key, fact in facts.items() if base.get(key) != fact}
            open_lists = dossier.complete - known.complete
            yield Apart(models, own, open_lists)
            yield Apart(models, own, open_lists, name, base, known.complete)
            return
    yield Apart(models, facts, dossier.complete)


def _over(facts: Mapping[Key, Fact], base: Mapping[Key, Fact], closed: frozenset[str]) -> bool:
    """Whether facts are those of a background, with more said of them and others beside them."""
    if set(base) != {key for key in facts if key in base or key[0] in closed}:
        return False
    return all(
        getattr(facts[key], name) == value
        for key, fact in base.items()
        for name in type(fact).model_fields
        if (value := getattr(fact, name)) is not None
    )


def spelt(value: Any, spec: FieldSpec) -> Any:
    """A value as a file of facts writes it, with its unit."""
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Fen):
        return f"{value}元"
    if isinstance(value, Decimal):
        return f"{value:f}{spec.unit}"
    if isinstance(value, tuple):
        return list(value)
    return f"{value}{spec.unit}"


class _Plain(yaml.SafeDumper):
    """Writes what ``read_yaml`` takes as text without quotes, unless it would read as nothing."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in known if tag.endswith(":null")]
        for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }


_Plain.add_representer(bool, lambda dumper, value: dumper.represent_str(str(value).lower()))


def as_yaml(facts: Mapping[str, Any]) -> str:
    """Facts as a file that ``jingmen judge`` reads."""
    return str(
        yaml.dump(
            dict(facts),
            Dumper=_Plain,
            allow_unicode=True,
            default_flow_style=None,
            sort_keys=False,
            width=2**20,
        )
    )
