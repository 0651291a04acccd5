"""What running scenarios came to, as JSON; its schema is ``report.schema.json``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.problems import Said
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.finding import Finding
from jingmen_policy.scenario.model import Difference, Outcome, Ran, Result

FORMAT: Literal["jingmen-report/1"] = "jingmen-report/1"


@dataclass(frozen=True, slots=True)
class CaseReport:
    """``result`` is 'shown' where there was nothing to compare with."""

    name: str
    line: int | None
    as_of: date
    result: Result
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One scenario file; ``notes`` say how its facts were read."""

    source: str
    notes: tuple[Said, ...]
    cases: tuple[CaseReport, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Every scenario file run, in order."""

    format: Literal["jingmen-report/1"]
    corpus: CorpusMark
    engine: str
    files: tuple[FileReport, ...]


REPORT = TypeAdapter(Report)


def report(ran: Sequence[Ran], corpus: CorpusMark, engine: str) -> dict[str, Any]:
    """What ``jingmen run --format json`` prints."""
    files = tuple(
        FileReport(one.scenario.source, one.scenario.notes, tuple(map(_case, one.outcomes)))
        for one in ran
    )
    shown: dict[str, Any] = REPORT.dump_python(Report(FORMAT, corpus, engine, files), mode="json")
    return shown


def _case(outcome: Outcome) -> CaseReport:
    case = outcome.case
    return CaseReport(
        case.name,
        case.line,
        case.as_of,
        outcome.result,
        outcome.differences,
        outcome.findings,
    )
