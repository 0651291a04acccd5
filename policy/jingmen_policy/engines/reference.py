"""The definition: every formula walked as written, every derived fact and exception worked out.

It may be slow. It must be obvious: the other engines are right where they agree with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import Case, Decision
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.values import FALSE, TRUE, Truth, Verdict
from jingmen_policy.rule.model import Version


class Reference:
    """Decides by walking the rules over the facts."""

    name = "reference"

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def decide(self, cases: Sequence[Case], dossier: Dossier, as_of: date) -> list[Decision]:
        walk = Walk(self.corpus, dossier, as_of)
        return [walk.decision(case) for case in cases]


class Walk:
    """One dossier on one day; derived facts are worked out once each."""

    def __init__(self, corpus: Corpus, dossier: Dossier, as_of: date) -> None:
        self.corpus = corpus
        self.dossier = dossier
        self.as_of = as_of
        self.known: dict[tuple[str, str, str], Verdict] = {}

    def decision(self, case: Case) -> Decision:
        frame = self.framed(case)
        version = case.version
        applies = self.applies(case, frame)
        if applies.truth is Truth.FALSE:
            return Decision(case, applies)
        used = None if version.used is None else evaluate(version.used, frame)
        holds = None if version.require is None else evaluate(version.require, frame)
        return Decision(case, applies, used, holds)

    def applies(self, case: Case, frame: Frame) -> Verdict:
        formula = case.rule.applies(case.version)
        return TRUE if formula is None else evaluate(formula, frame)

    def framed(self, case: Case) -> Frame:
        return case.frame(
            self.dossier,
            self.as_of,
            self.derived,
            lambda rule: self.exception(rule, case.subject),
        )

    def exception(self, rule_id: str, subject: Fact) -> Verdict:
        """Whether another rule applies to this subject; before it is in force it does not."""
        rule = self.corpus.rules[rule_id]
        version: Version | None = rule.version_on(self.as_of)
        if version is None:
            return FALSE
        case = Case(rule, version, subject, version.due.day)
        return self.applies(case, self.framed(case))

    def derived(self, name: str, fact: Fact) -> Verdict:
        key = (type(fact).__name__, name, fact.identity)
        if key not in self.known:
            version = self.corpus.derived[type(fact).__name__, name].version_on(self.as_of)
            assert version is not None, "a rule in force mentions only derived facts in force"
            frame = Frame(
                self.dossier,
                fact,
                self.as_of,
                params=version.params,
                columns=version.columns,
                derived=self.derived,
            )
            self.known[key] = evaluate(version.means, frame)
        return self.known[key]
