"""What another reading changes: findings about the same facts, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.policy import Policy

FORMAT: Literal["jingmen-readings-diff/1"] = "jingmen-readings-diff/1"
Key = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """One finding before and after; None where there is none."""

    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True)
class Switching:
    """What changes where some readings give way to others, by interpretation."""

    readings: Mapping[str, str]
    changed: tuple[ChangedFinding, ...]


@dataclass(frozen=True, slots=True)
class SwitchingReport:
    format: Literal["jingmen-readings-diff/1"]
    corpus: CorpusMark
    as_of: date
    switched: tuple[Switching, ...]


REPORT = TypeAdapter(SwitchingReport)


def alternatives(corpus: Corpus) -> Iterator[dict[str, str]]:
    """Every alternative that can be put into force, one at a time."""
    for name, item in corpus.interpretations.items():
        for other in item.alternatives:
            if other.change is not None:
                yield {name: other.id}


def changed_by(
    policy: Policy,
    dossier: Dossier,
    as_of: date,
    readings: Mapping[str, str],
    engine: str | None = None,
) -> Iterator[Switching]:
    """What some readings, together, change in the findings; each alternative alone if none given.

    Raises Refused for readings that are not on record or cannot be run.
    """
    before = policy.judge(dossier, as_of, engine=engine)
    for chosen in [dict(readings)] if readings else alternatives(policy.corpus):
        after = policy.under(chosen).judge(dossier, as_of, engine=engine)
        yield Switching(chosen, tuple(changes(before, after)))


def changes(before: tuple[Finding, ...], after: tuple[Finding, ...]) -> Iterator[ChangedFinding]:
    """The findings that come out otherwise: another status, day, modality or bearer."""
    old, new = ({_key(finding): finding for finding in found} for found in (before, after))
    for key in dict.fromkeys([*old, *new]):
        one, other = old.get(key), new.get(key)
        if one is None or other is None or _outcome(one) != _outcome(other):
            yield ChangedFinding(one, other)


def report(mark: CorpusMark, switched: Iterator[Switching], as_of: date) -> dict[str, Any]:
    """What ``jingmen readings diff --format json`` prints."""
    document = SwitchingReport(FORMAT, mark, as_of, tuple(switched))
    shown: dict[str, Any] = REPORT.dump_python(document, mode="json")
    return shown


def _key(finding: Finding) -> Key:
    return finding.rule, finding.subject.kind, finding.subject.id, finding.year


def _outcome(finding: Finding) -> tuple[object, ...]:
    return finding.status, finding.due, finding.due_kind, finding.modality, finding.bearer
