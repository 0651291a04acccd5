"""What a rule says, in words: who, what, by when, by which expression, on which reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jingmen_facts.problems import Lang
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.judge.show import show
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.model import Citation, Party, Rule, Version
from jingmen_policy.rule.parameter import Let
from jingmen_policy.wording.units import in_english


@dataclass(frozen=True, slots=True)
class RuleTeller:
    """Says the parts of rules in one language."""

    corpus: Corpus
    lang: Lang = "zh"

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def subject(self, rule: Rule) -> str:
        label = self.corpus.models.kinds[rule.subject].label
        return f"{self.say(label.zh, label.en)} ({rule.subject})"

    def addresses(self, rule: Rule) -> str:
        return self.say("、", ", ").join(dict.fromkeys(map(self.address, rule.cited)))

    def address(self, cite: Citation) -> str:
        """Where words stand; in an amendment, its title first."""
        if not cite.text:
            return cite.address
        return f"《{self.corpus.amendments[cite.text].title.zh}》{cite.address}"

    def party(self, party: Party) -> str:
        """The role, and the way from the subject to whose role it is."""
        role = party.role.to(self.lang)
        way = ".".join(step.name for step in party.of.steps)
        return f"{role} ({way})" if way else role

    def due(self, due: Due) -> str:
        if due.day is not None:
            return self.say(f"截至 {due.day}", f"by {due.day}")
        if due.month_day is not None:
            month, day = due.month_day
            return self.say(f"每年截至 {month:02}-{day:02}", f"every year by {month:02}-{day:02}")
        if due.kind == "standing":
            return self.say("持续", "always")
        return self.say("未定期限", "no day stated")

    def span(self, version: Version) -> str:
        if version.until is None:
            return self.say(f"{version.since} 起", f"from {version.since}")
        return self.say(
            f"{version.since} 起，{version.until} 前", f"from {version.since} until {version.until}"
        )

    def let(self, let: Let) -> str:
        """A parameter as the text prints it."""
        if let.table:
            table = self.corpus.tables[let.table]
            return self.say(
                f"{let.name} = 《{table.title}》“{let.column}”列",
                f"{let.name} = column {let.column} of {let.table}",
            )
        if isinstance(let.value, int) and self.lang == "en":
            return f"{let.name} = {in_english(show(let.value, let.type))}"
        return f"{let.name} = {self.say('、', ', ').join(let.printed)}"

    def expressions(self, version: Version) -> Iterator[tuple[str, str]]:
        """Each expression with what it is for."""
        names = {
            "when": self.say("适用", "when"),
            "used": self.say("采用", "used"),
            "require": self.say("要求", "require"),
        }
        for name, written in version.written.items():
            yield names[name], written

    def related(self, rule: Rule) -> dict[str, str]:
        """Other rules by id: those it yields to, those that yield to it, those of its passages."""
        passages = {(cite.text, cite.passage) for cite in rule.cited}
        found: dict[str, str] = {}
        for other in self.corpus.rules.values():
            if other.id in rule.yields_to:
                found[other.id] = self.say("本规则让位于它", "this rule yields to it")
            elif rule.id in other.yields_to:
                found[other.id] = self.say("它让位于本规则", "it yields to this rule")
            elif other.id != rule.id and passages & {(c.text, c.passage) for c in other.cited}:
                found[other.id] = self.say("引自同一句", "quotes the same passage")
        return found
