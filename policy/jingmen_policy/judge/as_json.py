"""Findings as JSON: the dataclasses as they are, so that schema and output cannot differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.problems import Said
from jingmen_policy.judge.finding import Finding

FORMAT: Literal["jingmen-findings/1"] = "jingmen-findings/1"


@dataclass(frozen=True, slots=True)
class CorpusMark:
    """Which rules were asked: the corpus, the SHA-256 over all its files and the alternatives in
    force, and these, by interpretation.
    """

    id: str
    digest: str
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings about one dossier on one day; ``notes`` say how its files were read."""

    format: Literal["jingmen-findings/1"]
    corpus: CorpusMark
    as_of: date
    engine: str
    notes: tuple[Said, ...]
    findings: tuple[Finding, ...]


FINDING = TypeAdapter(Finding)
FINDINGS = TypeAdapter(Findings)


def findings_json(
    corpus: CorpusMark,
    as_of: date,
    engine: str,
    findings: Sequence[Finding],
    notes: Sequence[Said] = (),
) -> dict[str, Any]:
    """What ``jingmen judge --format json`` prints; its schema is ``findings.schema.json``."""
    document = Findings(FORMAT, corpus, as_of, engine, tuple(notes), tuple(findings))
    shown: dict[str, Any] = FINDINGS.dump_python(document, mode="json")
    return shown


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as plain lists, mappings and texts."""
    shown: dict[str, Any] = FINDING.dump_python(finding, mode="json")
    return shown
