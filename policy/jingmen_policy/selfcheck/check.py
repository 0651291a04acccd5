"""A self-check: what has been answered so far, by whom, and how every rule stands for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.compare.facts import Apart, apart
from jingmen_policy.judge.finding import Finding, Thing, thing_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck.scope import belonging, owners

OPEN = frozenset({Status.UNDETERMINED, Status.UNPROVEN})
"""The statuses that wait for a fact: what they come to cannot be told without it."""
MOST_FACTS = 2_000
"""Of whoever answers: three times what sixty stations come to. More takes too long for a turn."""


@dataclass(frozen=True, slots=True, order=True)
class Ask:
    """What may be asked: a field of a fact, or whether a list is complete.

    Of a list ``about`` is whose it is and ``name`` the kind of its members.
    """

    about: Thing
    name: str
    listing: bool = False

    @property
    def id(self) -> str:
        """``Station/S1.area``; for a list as ``complete`` has it, ``ResidentWorker@S1``."""
        if self.listing:
            return f"{self.name}@{self.about.id}"
        return f"{self.about.kind}/{self.about.id}.{self.name}"


@dataclass(frozen=True, eq=False)
class SelfCheck:
    """The dossier holds every answer; ``skipped`` the questions answered with "not known".

    Nothing in it changes: an answer gives another. What is found is worked out when asked for,
    only for the facts of whoever answers (``who``), at the close of ``as_of``.
    """

    policy: Policy
    dossier: Dossier
    who: Thing
    as_of: date
    skipped: frozenset[str] = frozenset()

    @cached_property
    def facts(self) -> dict[Thing, Fact]:
        """The facts of whoever answers, in the order stated."""
        return {thing_of(fact): fact for fact in belonging(self.dossier, self.who)}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """How every rule stands for them, in the order of the text."""
        return self.policy.judge(
            self.dossier, self.as_of, engine="reference", about=self.facts.keys()
        )

    @cached_property
    def apart(self) -> Apart:
        """The dossier taken apart from the background it stands on, where it stands on one."""
        return list(apart(self.dossier, self.policy.backgrounds))[-1]

    @cached_property
    def open(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.status in OPEN)


def self_check(
    policy: Policy,
    dossier: Dossier,
    who: Thing,
    as_of: date,
    skipped: frozenset[str] = frozenset(),
) -> SelfCheck:
    """A self-check to begin or go on with.

    Raises Refused where ``who`` is not in the dossier, or has more than ``MOST_FACTS``.
    """
    kinds = owners(policy.models)
    if who.kind not in kinds:
        said = unknown_name(Said("作答主体类型", "kind of respondent"), who.kind, kinds)
        raise Refused([Problem(said, field="who")])
    known = dossier.of_kind(who.kind)
    if who.id not in known:
        label = policy.models.kinds[who.kind].label
        said = unknown_name(Said(label.zh, label.en), who.id, list(known))
        raise Refused([Problem(said, field="who")])
    check = SelfCheck(policy, dossier, who, as_of, skipped)
    if len(check.facts) > MOST_FACTS:
        said = Said(
            f"自查最多 {MOST_FACTS} 条事实，有 {len(check.facts)} 条，请用 jingmen judge",
            f"a self-check takes {MOST_FACTS} facts, not {len(check.facts)}: use jingmen judge",
        )
        raise Refused([Problem(said, field="facts")])
    return check
