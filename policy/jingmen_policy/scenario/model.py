"""A scenario file once read: its cases, each with a whole dossier and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.judge.finding import Finding
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status

Result = Literal["as-expected", "different", "shown"]
NOT = "not "
"""What stands before a status in a difference where any other was expected."""
IDLE = frozenset({Status.NOT_APPLICABLE, Status.NOT_IN_FORCE})
"""The statuses of findings that oblige nobody."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the findings of one rule should be.

    ``subject`` None means every subject, ``year`` None every year judged. All from ``due`` on is
    compared only where it is stated. ``denied`` expects any status but ``status``.
    """

    rule: str
    status: Status
    subject: str | None = None
    year: int | None = None
    due: date | None = None
    missing: frozenset[str] | None = None
    bearer: str | None = None
    modality: Modality | None = None
    line: int | None = None
    denied: bool = False

    @property
    def wanted(self) -> str:
        """The status as a difference tells it."""
        return f"{NOT}{self.status.value}" if self.denied else self.status.value

    def about(self, finding: Finding) -> bool:
        return (
            finding.rule == self.rule
            and self.subject in (None, finding.subject.id)
            and self.year in (None, finding.year)
        )


@dataclass(frozen=True)
class ScenarioCase:
    """One case. ``compared`` is False where it is judged on another day than its own."""

    name: str
    line: int | None
    as_of: date
    dossier: Dossier
    expected: tuple[Expected, ...]
    exhaustive: bool
    compared: bool = True


@dataclass(frozen=True)
class Scenario:
    """One file. ``rules`` None puts every rule to the facts; ``story`` asks for the whole table."""

    source: str
    rules: frozenset[str] | None
    story: bool
    cases: tuple[ScenarioCase, ...]
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a finding is not as expected.

    ``aspect`` says in what: its status, its due day, what is missing, its bearer or modality, that
    there is none ('absent'), or that nothing expected it ('unexpected').
    """

    rule: str
    subject: str | None
    year: int | None
    aspect: str
    expected: str
    got: str
    line: int | None = None


@dataclass(frozen=True)
class Outcome:
    """A case, judged. ``seconds`` is what judging took."""

    case: ScenarioCase
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    seconds: float = 0.0

    @property
    def result(self) -> Result:
        """'shown' where there was nothing to compare with."""
        if self.differences:
            return "different"
        compared = self.case.compared and (self.case.expected or self.case.exhaustive)
        return "as-expected" if compared else "shown"


@dataclass(frozen=True)
class Ran:
    """A scenario file, run."""

    scenario: Scenario
    outcomes: tuple[Outcome, ...]
