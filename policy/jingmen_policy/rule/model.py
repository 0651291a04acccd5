"""Rules, their dated versions, and derived facts, as the corpus holds them once checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from jingmen_facts.problems import Said
from jingmen_policy.expression.frame import Parameter
from jingmen_policy.expression.nodes import And, Formula, Not, Path, Yields
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.parameter import Let


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a text, found exactly once at the address cited.

    ``text`` is the amendment they stand in, '' for the plan; offsets are into its plain text.
    """

    address: str
    passage: str
    quote: str
    start: int
    end: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """Who bears or is owed a duty: the role in the text's words, and the fact it is the role of."""

    role: Said
    of: Path


@dataclass(frozen=True, slots=True)
class Words:
    """What a field of the rule rests on: words inside its quotes, a reading on record, or both.

    ``marks`` says for each of the words in which text, and from where to where.
    """

    words: tuple[str, ...] = ()
    reading: str = ""
    marks: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What was said from a day on, until a day (not included) or still, with its parameters."""

    since: date
    until: date | None
    lets: tuple[Let, ...]
    columns: Mapping[str, Mapping[str, int]]

    @cached_property
    def params(self) -> Mapping[str, Parameter]:
        return {let.name: let.value for let in self.lets if let.value is not None}

    def in_force(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


AnyDated = TypeVar("AnyDated", bound=Dated)


def in_force(versions: Iterable[AnyDated], day: date) -> AnyDated | None:
    """The version in force on a day; versions do not overlap."""
    return next((version for version in versions if version.in_force(day)), None)


@dataclass(frozen=True, kw_only=True)
class Version(Dated):
    """What a rule said; ``written`` has its expressions as the file spells them.

    ``cites``, ``words`` and ``readings`` are the rule's, or those of the amendment that brought the
    version.
    """

    due: Due
    when: Formula | None
    used: Formula | None
    require: Formula | None
    reason: str
    otherwise: Said | None
    written: Mapping[str, str]
    cites: tuple[Citation, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One statement of the plan; ``file`` is where a reader finds it.

    ``evidence`` says, where no fact decides it, what on file could support it.
    """

    id: str
    file: str
    title: Said
    cites: tuple[Citation, ...]
    modality: Modality
    words: Mapping[str, Words]
    bearer: Party
    counterparty: Party | None
    subject: str
    yields_to: tuple[str, ...]
    readings: tuple[str, ...]
    versions: tuple[Version, ...]
    evidence: Said | None = None

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day."""
        return in_force(self.versions, day)

    @property
    def cited(self) -> tuple[Citation, ...]:
        """Everything it cites: in all its versions, each once."""
        return tuple(dict.fromkeys([*self.cites, *(c for v in self.versions for c in v.cites)]))

    @property
    def relied_on(self) -> frozenset[str]:
        """The readings it rests on in any of its versions."""
        said = [self.words, *(version.words for version in self.versions)]
        return frozenset(self.readings).union(
            *(version.readings for version in self.versions),
            {words.reading for fields in said for words in fields.values() if words.reading},
        )

    def applies(self, version: Version) -> Formula | None:
        """When it applies: its own condition, and no rule it yields to applies. None: always."""
        return self._conditions[self.versions.index(version)]

    @cached_property
    def _conditions(self) -> tuple[Formula | None, ...]:
        return tuple(self._condition(version) for version in self.versions)

    def _condition(self, version: Version) -> Formula | None:
        parts = [] if version.when is None else [version.when]
        parts.extend(Not(Yields(rule, f"yields to {rule}")) for rule in self.yields_to)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else And(tuple(parts))


@dataclass(frozen=True, kw_only=True)
class DerivedVersion(Dated):
    """What a derived fact meant; ``written`` is how the file spells it."""

    means: Formula
    written: str


@dataclass(frozen=True)
class DerivedFact:
    """A yes-or-no fact worked out from others, by words of the text or by a reading."""

    id: str
    file: str
    title: Said
    subject: str
    cites: tuple[Citation, ...]
    readings: tuple[str, ...]
    versions: tuple[DerivedVersion, ...]

    def version_on(self, day: date) -> DerivedVersion | None:
        return in_force(self.versions, day)
