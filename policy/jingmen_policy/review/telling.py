"""What cards are called, in both languages, by the wording of what varies in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from jingmen_facts.problems import Lang, Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Flag, Members, Term
from jingmen_policy.judge.show import show
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.wording.en import En
from jingmen_policy.wording.formulas import TERMS, said
from jingmen_policy.wording.labels import Labels
from jingmen_policy.wording.phrases import Phrases
from jingmen_policy.wording.spans import Text
from jingmen_policy.wording.terms import Place
from jingmen_policy.wording.units import in_english
from jingmen_policy.wording.zh import Zh

_PHRASES: dict[Lang, Phrases] = {"zh": Zh(), "en": En()}
_LANGS: tuple[Lang, Lang] = ("zh", "en")


def place_of(corpus: Corpus, rule: Rule, version: Version) -> Place:
    """Where a version's expressions stand, in Chinese."""
    lets = {let.name: let for let in version.lets}
    return Place(corpus, rule.subject, lets, version.due, Labels(corpus.models, "zh"), Zh())


@dataclass(frozen=True)
class Telling:
    """Says what is so in a card about one part of a rule."""

    place: Place

    def value(self, term: Term, value: Any) -> Said:
        shown = show(value, term.type)
        zh, en = (self._shown(term, at) for at in self._both())
        return Said(f"{zh}：{shown}", f"{en}: {in_english(shown)}")

    def flag(self, flag: Flag, holds: bool) -> Said:
        zh, en = (_words(said(flag, at)) for at in self._both())
        answer = Said("是", "yes") if holds else Said("否", "no")
        return Said(f"{zh}：{answer.zh}", f"{en}: {answer.en}")

    def lacking(self, texts: Term, text: str) -> Said:
        zh, en = (_words(TERMS.term(texts, at)) for at in self._both())
        return Said(f"{zh}：缺“{text}”", f"{en}: without “{text}”")

    def none(self, members: Members) -> Said:
        zh, en = (at.members(members) for at in self._both())
        return Said(f"没有{zh}", f"no {en}")

    def day_short(self, age: Term, years: int) -> Said:
        zh, en = (_words(TERMS.term(age, at)) for at in self._both())
        return Said(
            f"{zh}：差一天满{years}{age.type.unit}",
            f"{en}: a day short of {in_english(f'{years}{age.type.unit}')}",
        )

    def _shown(self, term: Term, at: Place) -> str:
        return _words(TERMS.term(term, at))

    def _both(self) -> tuple[Place, Place]:
        zh, en = (
            replace(
                self.place, labels=Labels(self.place.corpus.models, lang), phrases=_PHRASES[lang]
            )
            for lang in _LANGS
        )
        return zh, en


def _words(pieces: Text) -> str:
    return "".join(span.text for span in pieces)
