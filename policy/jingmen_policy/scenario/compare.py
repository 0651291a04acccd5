"""What was expected against what was found: every difference, in the order of the expectations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.text import missing_id
from jingmen_policy.scenario.model import IDLE, Difference, Expected


def differences(
    expected: Sequence[Expected], findings: Sequence[Finding], *, exhaustive: bool
) -> tuple[Difference, ...]:
    """Every difference. Exhaustive: a rule must not apply where no expectation speaks of it."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    found: list[Difference] = []
    named: set[int] = set()
    for one in expected:
        about = [finding for finding in by_rule.get(one.rule, ()) if one.about(finding)]
        named.update(id(finding) for finding in about)
        found.extend(_against(one, about))
    if exhaustive:
        found.extend(_unexpected(finding for finding in findings if id(finding) not in named))
    return tuple(found)


def _against(expected: Expected, findings: Iterable[Finding]) -> Iterator[Difference]:
    none = True
    for finding in findings:
        none = False
        if (finding.status is expected.status) is expected.denied:
            got = finding.status.value
            yield _difference(finding, "status", expected.wanted, got, expected.line)
        if expected.due is not None and finding.due != expected.due:
            got = "" if finding.due is None else finding.due.isoformat()
            yield _difference(finding, "due", expected.due.isoformat(), got, expected.line)
        missing = frozenset(missing_id(missing) for missing in finding.missing)
        if expected.missing is not None and missing != expected.missing:
            yield _difference(
                finding, "missing", _listed(expected.missing), _listed(missing), expected.line
            )
        bearer = _borne(finding, expected.bearer)
        if expected.bearer is not None and bearer != expected.bearer:
            yield _difference(finding, "bearer", expected.bearer, bearer, expected.line)
        if expected.modality is not None and finding.modality is not expected.modality:
            wanted, got = expected.modality.value, finding.modality.value
            yield _difference(finding, "modality", wanted, got, expected.line)
    if none:
        yield Difference(
            expected.rule,
            expected.subject,
            expected.year,
            "absent",
            expected.wanted,
            "",
            expected.line,
        )


def _borne(finding: Finding, wanted: str | None) -> str:
    """The role that bears it, with whose it is where that was asked for."""
    role = finding.bearer.role.zh
    if wanted is None or " " not in wanted:
        return role
    return f"{role} {finding.bearer.of.id if finding.bearer.of is not None else ''}".strip()


def _unexpected(findings: Iterable[Finding]) -> Iterator[Difference]:
    for finding in findings:
        if finding.status not in IDLE:
            yield _difference(finding, "unexpected", "", finding.status.value, None)


def _difference(
    finding: Finding, aspect: str, expected: str, got: str, line: int | None
) -> Difference:
    return Difference(finding.rule, finding.subject.id, finding.year, aspect, expected, got, line)


def _listed(missing: Iterable[str]) -> str:
    return ", ".join(sorted(missing))
