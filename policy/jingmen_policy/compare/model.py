"""What a comparison of two corpora comes to. The types are those of ``--format json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.finding import Role, Thing
from jingmen_policy.rule.status import Status

FORMAT: Literal["jingmen-diff/1"] = "jingmen-diff/1"
Sort = Literal["corpus", "text", "rule", "derived", "reading", "discrepancy"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A dossier to put to both corpora.

    ``days`` are days it is known to matter on; ``rules`` those it was made for, None for all.
    """

    name: str
    dossier: Dossier
    days: tuple[date, ...] = ()
    rules: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as the files write it; None where a side does not have it."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """A time throughout which the two sides say different things.

    ``before`` and ``after`` are the first days of the versions that govern, None where none is in
    force. ``rewritten``: both name the same first day, so that a version was edited, not amended.
    """

    since: date
    until: date | None
    before: date | None
    after: date | None
    rewritten: bool
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One part of a corpus that was added, removed or changed.

    ``decides`` is False where only words changed that no finding depends on.
    """

    sort: Sort
    id: str
    title: Said
    change: Literal["added", "removed", "changed"]
    decides: bool
    fields: tuple[FieldChange, ...]
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What is compared of a finding; ``missing`` names facts as scenarios do."""

    status: Status
    due: date | None
    bearer: Role
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on end, the last not included, on which a finding differs in the same way.

    None stands for no finding that obliges anybody: not in force, not applicable or not there.
    """

    since: date
    until: date | None
    before: State | None
    after: State | None


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that differs, when and how, and the dossiers in which it does."""

    rule: str
    title: Said
    subject: Thing
    year: int | None
    spells: tuple[Spell, ...]
    dossiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """Facts for which a finding changes: what ``Policy.dossier`` and ``jingmen judge`` take.

    No fact and no field of them can be left out with the finding changing as it does.
    """

    rule: str
    subject: Thing
    year: int | None
    as_of: date
    before: State | None
    after: State | None
    dossier: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """A rule that changed, and how many dossiers were tried in vain."""

    rule: str
    dossiers: int


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything in which two corpora differ.

    ``days`` are those asked for; where there are none, every day was tried.
    """

    format: Literal["jingmen-diff/1"]
    before: CorpusMark
    after: CorpusMark
    days: tuple[date, ...]
    dossiers: int
    changed: tuple[Changed, ...]
    findings: tuple[FindingChange, ...]
    witnesses: tuple[Witness, ...]
    unwitnessed: tuple[Unwitnessed, ...]

    @property
    def empty(self) -> bool:
        return not self.changed and not self.findings
