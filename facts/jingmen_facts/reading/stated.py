"""What files state: facts validated one by one, and what they say of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FactModels, Kind
from jingmen_facts.problems import Path, Problem, Said
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.names import names_of
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.scalars import Day

_DAY: TypeAdapter[date] = TypeAdapter(Day)
_LISTS = (list, tuple)
_MAPPINGS = (dict, Mapping)  # nearly all are dict, and to ask an abstract class takes longer


class Origin(NamedTuple):
    """Where a fact is stated; ``written`` gives its fields' names as the file spells them."""

    located: Located
    path: Path
    written: Mapping[str, str] = MappingProxyType({})

    @property
    def line(self) -> int | None:
        return self.located.line(self.path)

    def problem(self, said: Said, *steps: str | int) -> Problem:
        """What is wrong at this fact, or at a step below it."""
        place = (*self.path, *(self.written.get(str(step), step) for step in steps))
        return self.located.problem(said, place)

    def problems(self, error: ValidationError, model: type[Fact]) -> list[Problem]:
        return problems_of(error, self.located, model, path=self.path, written=self.written)


@dataclass(frozen=True, slots=True)
class Lost:
    """A fact that was refused: what is written of it may still lead to facts that there are."""

    kind: str
    fields: Mapping[str, Any]
    origin: Origin


@dataclass(slots=True)
class Stated:
    """Everything read so far.

    ``lost`` has, by kind, the identities of facts that were refused; None stands for facts of
    which not even the identity is known.
    """

    models: FactModels
    facts: list[tuple[Fact, Origin]] = field(default_factory=list)
    refused: list[Lost] = field(default_factory=list)
    lost: dict[str, set[str | None]] = field(default_factory=dict)
    first: dict[tuple[str, str], Origin] = field(default_factory=dict)
    uses: list[tuple[str, Origin]] = field(default_factory=list)
    complete: dict[str, Origin] = field(default_factory=dict)
    as_of: date | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, part: Located) -> None:
        """Take one mapping of kinds to facts, with the reserved keys."""
        top = Origin(part, ())
        if not isinstance(part.value, _MAPPINGS):
            self.problems.append(
                top.problem(
                    Said(
                        "应为“事实类型: 事实”，文件可能为空或不完整",
                        "expected kinds of fact with their facts; the file may be empty or cut",
                    )
                )
            )
            return
        seen: dict[str, str] = {}
        names = names_of(self.models)
        for key, value in part.value.items():
            origin = Origin(part, (key,))
            if self._read_reserved(key, value, origin):
                continue
            kind = names.kind(str(key))
            if kind is None:
                said = names.unknown_kind(str(key))
                self.problems.append(origin.problem(said))
                self.lose_all()
            elif seen.setdefault(kind, key) != key:
                self.problems.append(origin.problem(_twice(key, seen[kind])))
            else:
                self._read_kind(self.models.kinds[kind], value, origin)

    def lose(self, kind: str, identity: str | None = None) -> None:
        self.lost.setdefault(kind, set()).add(identity)

    def lose_all(self) -> None:
        """Facts were refused and it is not even known of which kind."""
        for kind in self.models.kinds:
            self.lose(kind)

    def _read_kind(self, kind: Kind, value: Any, origin: Origin) -> None:
        if value is None:
            return
        if isinstance(value, _LISTS):
            for position, item in enumerate(value):
                self._read_fact(kind, item, origin.located, (*origin.path, position))
        elif isinstance(value, _MAPPINGS):
            self._read_fact(kind, value, origin.located, origin.path)
        else:
            self.lose(kind.name)
            said = Said(
                f"应为一个{kind.label.zh}或其列表",
                f"expected one {kind.label.en} or a list of them",
            )
            self.problems.append(origin.problem(said))

    def _read_fact(self, kind: Kind, value: Any, located: Located, path: Path) -> None:
        if not isinstance(value, _MAPPINGS):
            self.lose(kind.name)
            said = Said("应为“字段: 值”", "expected fields with their values")
            self.problems.append(Origin(located, path).problem(said))
            return
        fields: dict[str, Any] = {}
        written: dict[str, str] = {}
        names = names_of(self.models)
        known = names.fields(kind.name)
        for key, given in value.items():
            name = known.get(key) or names.field(kind.name, str(key)) or str(key)
            if name in fields:
                said = _twice(key, written[name])
                self.problems.append(Origin(located, path).problem(said, key))
            fields[name], written[name] = given, key
        origin = Origin(located, path, written)
        try:
            fact = kind.model.model_validate(fields)
        except ValidationError as error:
            self.problems.extend(origin.problems(error, kind.model))
            self.refused.append(Lost(kind.name, fields, origin))
            identity = _identity(kind, fields)
            self.lose(kind.name, identity)
            if identity is not None:
                self._is_first(kind, identity, origin)
            return
        if self._is_first(kind, fact.identity, origin):
            self.facts.append((fact, origin))

    def _is_first(self, kind: Kind, identity: str, origin: Origin) -> bool:
        """Whether no fact of the identity was stated before; else that is a problem."""
        earlier = self.first.setdefault((kind.name, identity), origin)
        if earlier is origin:
            return True
        where = _where(earlier, origin)
        said = Said(
            f"{kind.label.zh}“{identity}”重复，{where.zh}已有",
            f"duplicate {kind.label.en} '{identity}', already stated {where.en}",
        )
        self.problems.append(origin.problem(said))
        return False

    def _read_reserved(self, key: str, value: Any, origin: Origin) -> bool:
        """Take ``use``, ``complete`` or ``as_of``; False for any other key."""
        if key == "use":
            self.uses.extend(self._texts(value, origin))
        elif key == "complete":
            self._read_complete(value, origin)
        elif key == "as_of":
            self._read_as_of(value, origin)
        else:
            return False
        return True

    def _read_complete(self, value: Any, origin: Origin) -> None:
        for name, place in self._texts(value, origin):
            listed = names_of(self.models).listed(name)
            if listed is None:
                self.problems.append(place.problem(names_of(self.models).unknown_kind(name)))
            else:
                self.complete.setdefault(listed, place)

    def _read_as_of(self, value: Any, origin: Origin) -> None:
        try:
            self.as_of = _DAY.validate_python(value)
        except ValidationError as error:
            context = error.errors()[0].get("ctx", {})
            self.problems.append(origin.problem(Said(context["zh"], context["en"])))

    def _texts(self, value: Any, origin: Origin) -> Iterator[tuple[str, Origin]]:
        """The texts of a reserved key: one, or a list of them."""
        if value is None:
            return
        single = not isinstance(value, _LISTS)
        for position, item in enumerate([value] if single else value):
            place = origin if single else Origin(origin.located, (*origin.path, position))
            if isinstance(item, str):
                yield item.strip(), place
            else:
                said = Said("应为名称或名称的列表", "expected a name or a list of names")
                self.problems.append(place.problem(said))


def _twice(key: object, other: object) -> Said:
    return Said(f"“{key}”与“{other}”是同一项", f"'{key}' and '{other}' are the same")


def _identity(kind: Kind, fields: Mapping[str, Any]) -> str | None:
    """The identity of a fact that was refused, as far as its key fields are written."""
    parts = [fields.get(name) for name in kind.model.KEY]
    return None if None in parts else "/".join(str(part).strip() for part in parts)


def _where(earlier: Origin, later: Origin) -> Said:
    line, source = earlier.line, earlier.located.source
    if line is None:
        return Said("前面", "before")
    if source == later.located.source:
        return Said(f"第 {line} 行", f"on line {line}")
    return Said(f"{source} 第 {line} 行", f"in {source} on line {line}")
