"""Findings counted: by section of the plan, by the days ahead, and where something falls short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.judge.finding import Finding
from jingmen_policy.office.bulletin.model import Deadline, Section, Shortfall, StatusCount
from jingmen_policy.rule.model import Rule
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.model import IDLE
from jingmen_policy.scenario.obligations import SHORT
from jingmen_policy.text.passages import Passage


def tally(findings: Iterable[Finding]) -> tuple[StatusCount, ...]:
    """How many findings there are of each status, in the order of the statuses; none, left out."""
    counts = Counter(finding.status for finding in findings)
    return tuple(StatusCount(status, counts[status]) for status in Status if counts[status])


def sections(corpus: Corpus, findings: Sequence[Finding]) -> Iterator[Section]:
    """Every section that has a rule, in the order of the text; an amendment is one of its own."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    gathered: dict[tuple[str, str], list[Finding]] = {}
    order = {passage.id: place for place, passage in enumerate(corpus.source.passages)}
    for rule in corpus.rules.values():
        gathered.setdefault(_section(corpus, rule), []).extend(by_rule.get(rule.id, ()))
    for (name, heading), found in sorted(
        gathered.items(), key=lambda one: order.get(one[0][0], len(order))
    ):
        yield Section(name, heading, tally(found))


def _section(corpus: Corpus, rule: Rule) -> tuple[str, str]:
    cite = rule.cites[0]
    if cite.text:
        return cite.text, corpus.amendments[cite.text].title.zh
    passage: Passage = corpus.source.passage(cite.passage)
    while passage.parent:
        passage = corpus.source.passage(passage.parent)
    return passage.id, passage.heading.rstrip("：:") or passage.address


def deadlines(findings: Iterable[Finding], as_of: date) -> Iterator[Deadline]:
    """The days after ``as_of`` by which something is due that applies or may apply."""
    ahead = [f for f in findings if f.due is not None and f.due > as_of and f.status not in IDLE]
    for day, grouped in groupby(sorted(ahead, key=_due), key=_due):
        group = list(grouped)
        titles = {finding.rule: finding.title for finding in group}
        yield Deadline(day, tuple(titles.values()), tally(group))


def undated(findings: Iterable[Finding]) -> int:
    """How many findings are pending although the text names no day."""
    return sum(f.status is Status.PENDING and f.due is None for f in findings)


def shortfalls(findings: Sequence[Finding]) -> Iterator[Shortfall]:
    """The rules not met, or departed from without a reason, with everyone they are about."""
    groups: dict[tuple[str, int | None, Status], list[Finding]] = {}
    for finding in findings:
        if finding.status in SHORT:
            groups.setdefault((finding.rule, finding.year, finding.status), []).append(finding)
    for (rule, year, status), found in groups.items():
        first = found[0]
        subjects = tuple(finding.subject for finding in found)
        yield Shortfall(rule, first.title, status, year, first.clauses, subjects)


def _due(finding: Finding) -> date:
    assert finding.due is not None
    return finding.due
