"""Which question comes next: the one whose answer settles most of what is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from jingmen_policy.judge.finding import Finding
from jingmen_policy.selfcheck.candidates import Candidate, candidates
from jingmen_policy.selfcheck.check import OPEN, SelfCheck
from jingmen_policy.selfcheck.limits import Limits
from jingmen_policy.selfcheck.plausible import tried

Key = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """How many open findings an answer settles: on average over those tried, at least, at most.

    ``named`` is how many name the fact as missing; ``waiting`` how many do that are not open (not
    yet due, or without a reason on record). The greater worth is the better question.
    """

    average: Fraction
    least: int
    named: int
    waiting: int
    most: int = field(compare=False)


def worth(check: SelfCheck, candidate: Candidate, limits: Limits) -> Worth:
    """What a question settles.

    A finding is open while its status is undetermined or unproven, and settled by an answer if it
    is not open after it. No fact settles a finding that does not name it as missing, so those that
    name it are decided again, with each answer that is tried (``plausible.tried``).

    That a list is not complete is an answer too, and settles nothing.
    """
    about = {finding.subject for finding in candidate.open}
    keys = {_key(finding) for finding in candidate.open}
    counts = [0] if candidate.ask.listing else []
    if keys:
        for dossier in tried(check, candidate, limits):
            decided = check.policy.decide(dossier, check.as_of, about=about)
            still = sum(
                one.status in OPEN and (one.rule, one.subject, one.year) in keys for one in decided
            )
            counts.append(len(keys) - still)
    counts = counts or [0]
    average = Fraction(sum(counts), len(counts))
    return Worth(average, min(counts), len(keys), len(candidate.others), max(counts))


def best(check: SelfCheck) -> tuple[Candidate, Worth] | None:
    """The question to ask next, and what it settles; None when there is nothing left to ask.

    The best settles most open findings on average over the answers that are tried, each counted
    once; of several the one that settles most whatever the answer, then the one that most open
    findings name, then the one that most others name, then the first in the order of the text. So
    questions that settle nothing by themselves come after all that do, and lists of things of
    which nothing is stated (projects, say) come last.
    """
    limits = Limits(check.policy.corpus, check.dossier, check.policy.corpus.closed(check.as_of))
    ordered = sorted(
        candidates(check), key=lambda one: (-len(one.open), -len(one.others), one.place)
    )
    chosen: tuple[Candidate, Worth] | None = None
    for candidate in ordered:
        if chosen and len(candidate.open) <= chosen[1].average:
            break  # it cannot settle more than the findings that name it
        found = worth(check, candidate, limits)
        if chosen is None or found > chosen[1]:
            chosen = candidate, found
    return chosen


def _key(finding: Finding) -> Key:
    return finding.rule, finding.subject.id, finding.year
