"""The table of obligations: which apply, to whom, by when, how they stand and where it says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.layout import table
from jingmen_policy.judge.text import Teller
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.model import IDLE

MANY = 6
"""From how many subjects on a rule is told in one line with counts."""
SHORT = frozenset({Status.BREACHED, Status.DEPARTED})
"""The statuses whose subjects are always named."""


def obligations(
    findings: Sequence[Finding], teller: Teller, *, every: bool = False, indent: str = ""
) -> list[str]:
    """The findings that apply or may apply, as lines; ``every`` shows each subject on its own line.

    The rest are only counted: no finding goes unmentioned.
    """
    shown = [finding for finding in findings if finding.status not in IDLE]
    rows = list(_rows(shown, teller, every))
    lines: list[str] = []
    for line, (_, short) in zip(table([cells for cells, _ in rows], indent), rows, strict=True):
        lines.append(line)
        if short:
            named = teller.say("、", ", ").join(short)
            lines.append(f"{indent}    {teller.say('其中', 'these')}: {named}")
    rest = Counter(finding.status for finding in findings if finding.status in IDLE)
    if rest:
        lines.append(f"{indent}{teller.say('另有', 'and')} {counted(rest, teller)}")
    return lines


def counted(counts: Counter[Status], teller: Teller) -> str:
    """How many findings there are of each status, in the order of the statuses."""
    return teller.say("，", ", ").join(
        f"{status.label.to(teller.lang)} {counts[status]}" for status in Status if counts[status]
    )


def _rows(
    findings: Sequence[Finding], teller: Teller, every: bool
) -> Iterator[tuple[list[str], list[str]]]:
    """The cells of each line, and the subjects to name below it."""
    order = {rule: place for place, rule in enumerate(dict.fromkeys(f.rule for f in findings))}
    in_order = sorted(findings, key=lambda finding: (order[finding.rule], finding.year or 0))
    for _, grouped in groupby(in_order, key=lambda finding: (finding.rule, finding.year)):
        group = list(grouped)
        if every or len(group) < MANY:
            yield from ((_row(finding, teller), []) for finding in group)
        else:
            short = [finding.subject.id for finding in group if finding.status in SHORT]
            yield _group_row(group, teller), short


def _row(finding: Finding, teller: Teller) -> list[str]:
    return [
        teller.status(finding),
        finding.rule,
        finding.title.to(teller.lang),
        teller.whom(finding),
        teller.role(finding.bearer),
        teller.due(finding),
        teller.where(finding),
    ]


def _group_row(group: Sequence[Finding], teller: Teller) -> list[str]:
    first = group[0]
    counts = Counter(finding.status for finding in group)
    year = "" if first.year is None else teller.say(f" {first.year}年", f" in {first.year}")
    return [
        counted(counts, teller),
        first.rule,
        first.title.to(teller.lang),
        f"{teller.kind(first.subject.kind)} ×{len(group)}{year}",
        first.bearer.role.to(teller.lang),
        teller.due(first),
        teller.where(first),
    ]
