"""What every export is made of: a corpus on a day, its rules' hashes and how they are signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from jingmen_facts.problems import Lang
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.exports.reviews import Reviewed
from jingmen_policy.rule.model import Citation, Rule, Version

NAMESPACE = "urn:jingmen-policy:rules:1"
"""Of the names that are ours in formats that want one."""
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Edition:
    """A corpus as of a day. ``reviews`` has every rule."""

    corpus: Corpus
    as_of: date
    reviews: Mapping[str, Reviewed]
    lang: Lang = "zh"

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    @property
    def moment(self) -> datetime:
        """The day as a moment, for formats that want one: its beginning, in China."""
        return datetime.combine(self.as_of, time(), CHINA)

    @property
    def reviewed(self) -> bool:
        """Whether every rule is."""
        return all(review.state == "reviewed" for review in self.reviews.values())

    def version(self, rule: Rule) -> Version:
        """The version in force on the day, or the last that was, or the first that will be."""
        begun = [version for version in rule.versions if version.since <= self.as_of]
        return rule.version_on(self.as_of) or (begun[-1] if begun else rule.versions[0])

    def readings(self, rule: Rule) -> tuple[str, ...]:
        """The readings the version shown rests on, in the order it gives them."""
        version = self.version(rule)
        said = (words.reading for words in version.words.values() if words.reading)
        return tuple(dict.fromkeys([*version.readings, *said]))

    def discrepancies(self, rule: Rule) -> tuple[str, ...]:
        found = self.corpus.discrepancies.items()
        return tuple(name for name, gap in found if rule.id in gap.rules)

    def versioned(self) -> Iterator[tuple[Rule, Version]]:
        """Every version of every rule, in the order of the text."""
        for rule in self.corpus.rules.values():
            for version in rule.versions:
                yield rule, version

    def address(self, cite: Citation) -> str:
        """Where words stand; in an amendment, its title first."""
        if not cite.text:
            return cite.address
        title = self.corpus.amendments[cite.text].title
        return f"《{self.say(title.zh, title.en)}》{cite.address}"
