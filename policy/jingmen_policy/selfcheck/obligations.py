"""The obligations side by side: by how they stand, then rule by rule, with whom they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from jingmen_facts.problems import Said
from jingmen_policy.judge.finding import Clause, FactMissing, Finding, Thing
from jingmen_policy.judge.text import Teller
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck.check import Ask, SelfCheck

ORDER = (
    Status.BREACHED,
    Status.DEPARTED,
    Status.UNPROVEN,
    Status.UNDETERMINED,
    Status.PENDING,
    Status.MET,
    Status.AVAILABLE,
    Status.NOTED,
    Status.NOT_APPLICABLE,
    Status.NOT_IN_FORCE,
)
"""What asks for something to be done first."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A missing fact, by the question that asks for it, and in words."""

    ask: str
    said: Said


@dataclass(frozen=True, slots=True)
class About:
    """How an obligation stands for one subject, in one year where it is yearly."""

    subject: Thing
    year: int | None
    bearer: Said
    due: date | None
    due_said: Said
    missing: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class Obligation:
    """One rule, for all subjects for which it stands alike. ``because`` says why it does."""

    rule: str
    title: Said
    modality: Said
    clauses: tuple[Clause, ...]
    because: Said
    evidence: Said | None
    about: tuple[About, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """All obligations of one status; ``count`` is of subjects and years."""

    status: Status
    label: Said
    count: int
    obligations: tuple[Obligation, ...]


def standings(check: SelfCheck) -> tuple[Standing, ...]:
    """Every finding, those that ask for something to be done first; the text's order in each."""
    tellers = (Teller(check.policy.models, "zh"), Teller(check.policy.models, "en"))
    found: dict[Status, list[Finding]] = {}
    for finding in check.findings:
        found.setdefault(finding.status, []).append(finding)
    return tuple(
        Standing(
            status,
            status.label,
            len(found[status]),
            tuple(_obligations(check, found[status], tellers)),
        )
        for status in ORDER
        if status in found
    )


def _obligations(
    check: SelfCheck, findings: list[Finding], tellers: tuple[Teller, Teller]
) -> Iterator[Obligation]:
    zh, en = tellers
    alike: dict[tuple[str, date | None, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.version, finding.reason), []).append(finding)
    for first, *rest in alike.values():
        yield Obligation(
            first.rule,
            first.title,
            first.modality.label,
            first.clauses,
            Said(zh.because(first), en.because(first)),
            first.evidence,
            tuple(_about(check, finding, tellers) for finding in (first, *rest)),
        )


def _about(check: SelfCheck, finding: Finding, tellers: tuple[Teller, Teller]) -> About:
    zh, en = tellers
    return About(
        finding.subject,
        finding.year,
        Said(zh.role(finding.bearer), en.role(finding.bearer)),
        finding.due,
        Said(zh.due(finding), en.due(finding)),
        tuple(_lacking(check, missing, tellers) for missing in finding.missing),
    )


def _lacking(check: SelfCheck, missing: FactMissing, tellers: tuple[Teller, Teller]) -> Lacking:
    about, relations = missing.about, check.policy.models.relations[missing.about.kind]
    ask = Ask(about, missing.name)
    if missing.listing and missing.name in relations:
        ask = Ask(about, relations[missing.name].target, listing=True)
    zh, en = (f"{teller.thing(about)} {missing.label.to(teller.lang)}" for teller in tellers)
    return Lacking(ask.id, Said(zh, en))
