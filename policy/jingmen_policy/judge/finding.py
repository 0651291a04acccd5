"""A finding: how one rule stands for one subject on a day, and what it takes to redo by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jingmen_facts.base import Fact
from jingmen_facts.problems import Said
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.due import DueKind
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A fact by its kind and identity: ``Station`` ``S-001``."""

    kind: str
    id: str


def thing_of(fact: Fact) -> Thing:
    return Thing(type(fact).__name__, fact.identity)


@dataclass(frozen=True, slots=True)
class Role:
    """Who: a role in the text's words, and the fact it is the role of (None: not known which)."""

    role: Said
    of: Thing | None


@dataclass(frozen=True, slots=True)
class Clause:
    """Where it says so, and the words."""

    address: str
    quote: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One test as the rule writes it, with the two values it compared, exact and in their units."""

    test: str
    left: str
    op: str
    right: str
    truth: Truth


@dataclass(frozen=True, slots=True, order=True)
class FactUsed:
    """A fact a decision rests on; ``name`` '' is the fact's own existence."""

    about: Thing
    name: str
    label: Said
    value: str


@dataclass(frozen=True, slots=True, order=True)
class FactMissing:
    """A fact that would still matter; ``listing`` asks whether the list of members is complete."""

    about: Thing
    name: str
    label: Said
    listing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A derived fact, or a rule yielded to, that a decision rests on."""

    kind: str
    name: str
    title: Said
    about: Thing | None
    truth: Truth


@dataclass(frozen=True, slots=True)
class Finding:
    """``due`` is the day it falls due, None where it binds always or the text names no day.

    ``version`` is the first day of the version that governs, None where none is in force.
    ``missing`` holds only facts that would still matter. ``evidence`` says, where the rule is only
    noted, what on file could support it.
    """

    rule: str
    title: Said
    modality: Modality
    status: Status
    subject: Thing
    year: int | None
    bearer: Role
    counterparty: Role | None
    due: date | None
    due_kind: DueKind | None
    version: date | None
    clauses: tuple[Clause, ...]
    compared: tuple[Comparison, ...] = ()
    facts: tuple[FactUsed, ...] = ()
    steps: tuple[Step, ...] = ()
    missing: tuple[FactMissing, ...] = ()
    readings: tuple[str, ...] = ()
    reason: str = ""
    otherwise: Said | None = None
    evidence: Said | None = None
