"""A rule's conditions and requirements as sentences, and the derived facts they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from jingmen_facts.problems import Lang
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Formula
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.model import Dated, DerivedFact, DerivedVersion, Rule, Version
from jingmen_policy.wording.en import En
from jingmen_policy.wording.formulas import said
from jingmen_policy.wording.labels import Labels
from jingmen_policy.wording.phrases import OPERATOR, Phrases
from jingmen_policy.wording.spans import Sentence, sentence
from jingmen_policy.wording.terms import Place
from jingmen_policy.wording.zh import Zh


@dataclass(frozen=True, slots=True)
class RuleWording:
    """What one version of a rule says.

    ``applies`` None means always, ``used`` and ``require`` None that nothing is asked. ``derived``
    has what each derived fact it speaks of, directly or not, means, by title.
    """

    applies: Sentence | None
    used: Sentence | None
    require: Sentence | None
    derived: Mapping[str, Sentence]


@dataclass(frozen=True)
class Wording:
    """Says rules in one language."""

    corpus: Corpus
    lang: Lang = "zh"

    def rule(self, rule: Rule, version: Version) -> RuleWording:
        """A version of a rule; each span has the field of the rule it comes from."""

        def told(formula: Formula | None, field: str) -> Sentence | None:
            if formula is None:
                return None
            at = self._place(rule.subject, version, version.due)
            return sentence(said(formula, at), partial(_field, version, field))

        day = version.since
        meant = {
            fact.title.to(self.lang): self.derived(fact, fact.version_on(day) or fact.versions[-1])
            for fact in self.corpus.derived_of(rule).values()
        }
        return RuleWording(
            told(rule.applies(version), "when"),
            told(version.used, "used"),
            told(version.require, "require"),
            meant,
        )

    def derived(self, fact: DerivedFact, version: DerivedVersion) -> Sentence:
        """What a derived fact means."""
        at = self._place(fact.subject, version, None)
        return sentence(said(version.means, at), lambda name: name)

    def _place(self, kind: str, version: Dated, due: Due | None) -> Place:
        phrases: Phrases = En() if self.lang == "en" else Zh()
        lets = {let.name: let for let in version.lets}
        return Place(self.corpus, kind, lets, due, Labels(self.corpus.models, self.lang), phrases)


def _field(version: Version, own: str, name: str) -> str:
    """The field that gave a piece; what no words of its own gave comes with the expression."""
    if not name or (name == OPERATOR and OPERATOR not in version.words):
        return own
    return name
