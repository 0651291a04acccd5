"""From a body to an answer: what is asked is read, decided, drafted for the log and written.

Everything here runs on a thread of its own, off the event loop.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.assemble import DossierFile, build_dossier
from jingmen_policy.judge.as_json import FINDINGS, FORMAT, CorpusMark, Findings
from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.policy import Policy
from jingmen_policy.log.draft import Draft, draft, drafted
from jingmen_policy.log.errors import LogError
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.service.json_body import parsed
from jingmen_policy.service.problems import Trouble, refused
from jingmen_policy.service.requests import Asked, Chosen, Explain, Judge, JudgeBatch, day, read
from jingmen_policy.service.settings import Limits
from jingmen_policy.service.state import State

ENGINE = "reference"
"""The engine of whole findings; the brief ones are by generated code."""


@dataclass(frozen=True, slots=True)
class Made:
    """An answer but for its receipt: JSON without the opening brace. ``promised`` is of the log."""

    rest: bytes
    promised: Future[Receipt] | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a receipt is to say, None where none is kept, and how to write the answer."""

    draft: Draft | None
    answer: Callable[[], bytes]


def judged(state: State, raw: bytes) -> Made:
    """One dossier, judged. Raises Trouble."""
    return judged_as(state, read(Judge, value_of(raw)))


def judged_as(state: State, asked: Judge) -> Made:
    """What is asked of one dossier. Raises Trouble."""
    policy = policy_of(state, asked)
    stated = dossier_of(policy, asked.dossier, state.settings.limits, "dossier")
    return Answering(state, policy, asked).made(stated)


def judged_many(state: State, raw: bytes) -> list[Made]:
    """Many dossiers, each judged by itself; none, where anything is wrong with one."""
    asked = read(JudgeBatch, value_of(raw))
    limits = state.settings.limits
    if len(asked.dossiers) > limits.dossiers:
        raise _too_many(
            Said("份案卷", "dossiers"), len(asked.dossiers), limits.dossiers, "dossiers"
        )
    policy = policy_of(state, asked)
    stated: list[DossierFile] = []
    problems: list[Problem] = []
    count = 0
    for place, one in enumerate(asked.dossiers):
        count += facts_in(policy, one)
        if count > limits.facts:
            raise _too_many(Said("条事实", "facts"), count, limits.facts, "dossiers")
        try:
            stated.append(_built(policy, one))
        except Refused as error:
            problems.extend(refused(error, "dossiers", place).problems)
    if problems:
        raise Trouble("refused", problems=problems, models=policy.models)
    answering = Answering(state, policy, asked)
    return [answering.submitted(one) for one in [answering.decided(file) for file in stated]]


def explained(state: State, raw: bytes) -> Made:
    """The findings of one rule about one subject. Raises Trouble."""
    asked = read(Explain, value_of(raw))
    policy = policy_of(state, asked)
    stated = dossier_of(policy, asked.dossier, state.settings.limits, "dossier")
    every = Chosen(as_of=asked.as_of, rules=(asked.rule,), detail="full")
    answering = Answering(state, policy, every, "rule")
    known = stated.dossier.of_kind(policy.corpus.rules[asked.rule].subject)
    if asked.subject not in known:
        label = policy.models.kinds[policy.corpus.rules[asked.rule].subject].label
        said = unknown_name(Said(label.zh, label.en), asked.subject, list(known))
        raise Trouble("refused", problems=[Problem(said, path=("subject",))])
    return answering.made(stated, asked.subject)


class Answering:
    """Answers one request's question about one dossier after another."""

    def __init__(self, state: State, policy: Policy, asked: Chosen, member: str = "rules") -> None:
        self.state = state
        self.policy = policy
        self.asked = asked
        self.rules = None if asked.rules is None else frozenset(asked.rules)
        known = policy.corpus.rules
        if self.rules is not None and not self.rules <= known.keys():
            try:
                policy.decide(Dossier((), models=policy.models), rules=self.rules)
            except Refused as error:
                raise refused(error, member) from None
        self.mark = mark_of(policy)

    def made(self, stated: DossierFile, subject: str | None = None) -> Made:
        return self.submitted(self.decided(stated, subject))

    def decided(self, stated: DossierFile, subject: str | None = None) -> Decision:
        """The answer, of one subject only where one is named, and the draft of its receipt, which
        is of all.
        """
        dossier, as_of = stated.dossier, day(self.asked.as_of, stated.as_of)
        logged = self.state.log is not None
        if self.asked.detail == "full":
            found = self.policy.judge(dossier, as_of, rules=self.rules, engine=ENGINE)
            told = [one for one in found if subject in (None, one.subject.id)]
            made = (
                draft(self.policy, dossier, as_of, found, rules=self.rules, engine=ENGINE)
                if logged
                else None
            )
            return Decision(made, partial(findings, self.mark, as_of, told))
        brief = self.state.briefs(self.policy).on(self.policy, as_of, self.rules)
        decided = brief.decided(self.policy, dossier)
        made = None
        if logged:
            hashed = brief.hash(decided.subjects, decided.verdicts)
            made = drafted(self.policy, dossier, as_of, hashed, rules=self.rules)
        return Decision(made, partial(brief.json, decided))

    def submitted(self, decision: Decision) -> Made:
        """Hands the receipt in, and writes the answer while that is put on the disk."""
        self.state.metrics.dossiers.inc()
        log = self.state.log
        if log is None or decision.draft is None:
            return Made(decision.answer(), None)
        try:
            promised = log.submit(decision.draft)
        except LogError as error:
            raise Trouble("log-unavailable", error.said, headers={"retry-after": "1"}) from None
        return Made(decision.answer(), promised)


def value_of(raw: bytes) -> Any:
    """The JSON of a body. Raises Trouble."""
    try:
        return parsed(raw)
    except Refused as error:
        raise Trouble("malformed", problems=error.problems) from None


def policy_of(state: State, asked: Asked) -> Policy:
    """The policy that is asked, under the readings asked for. Raises Trouble."""
    try:
        base = state.corpora.named(asked.corpus)
    except Refused as error:
        raise refused(error) from None
    if not asked.readings:
        return base
    try:
        return state.corpora.policy(asked.corpus, asked.readings)
    except Refused as error:
        raise refused(error, "readings") from None


def dossier_of(policy: Policy, value: Any, limits: Limits, *under: str | int) -> DossierFile:
    """The dossier in a body. Raises Trouble with everything wrong in it."""
    if (count := facts_in(policy, value)) > limits.facts:
        raise _too_many(Said("条事实", "facts"), count, limits.facts, *under)
    try:
        return _built(policy, value)
    except Refused as error:
        raise refused(error, *under, models=policy.models) from None


def _built(policy: Policy, value: Any) -> DossierFile:
    return build_dossier(value, models=policy.models, backgrounds=policy.backgrounds)


def facts_in(policy: Policy, value: Any) -> int:
    """How many facts a dossier states, before any is looked at."""
    if not isinstance(value, dict):
        return 0
    return sum(len(part) if isinstance(part, list) else 1 for part in value.values())


def mark_of(policy: Policy) -> CorpusMark:
    """Which rules were asked."""
    corpus = policy.corpus
    return CorpusMark(corpus.id, corpus.digest, dict(corpus.switched))


def findings(mark: CorpusMark, as_of: date, found: Sequence[Finding]) -> bytes:
    """Whole findings as ``jingmen judge --format json`` prints them, without the opening brace."""
    document = Findings(FORMAT, mark, as_of, ENGINE, (), tuple(found))
    return FINDINGS.dump_json(document)[1:]


def _too_many(what: Said, count: int, limit: int, *path: str | int) -> Trouble:
    said = Said(f"{count} {what.zh}，最多 {limit}", f"{count} {what.en}, at most {limit}")
    return Trouble("too-large", problems=[Problem(said, path=path)])
