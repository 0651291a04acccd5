"""A rule as the page shows it: every field in words, with what it rests on and what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from jingmen_facts.problems import Said
from jingmen_policy.desk.marks import Marks, quote_runs
from jingmen_policy.desk.model import (
    Field,
    Filter,
    Link,
    Meaning,
    Proof,
    Quote,
    ReadingLine,
    Review,
    RuleView,
    Run,
    Runs,
    VersionView,
)
from jingmen_policy.desk.outcomes import card_groups
from jingmen_policy.desk.places import (
    cite_link,
    discrepancy_id,
    leaves_between,
    reading_link,
    rule_link,
    texts_of,
)
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.card import Card
from jingmen_policy.review.content import content_hash
from jingmen_policy.rule.model import Party, Rule, Version
from jingmen_policy.rule.parameter import Let
from jingmen_policy.wording import Sentence, Wording

NAMES = {
    "modality": Said("性质", "modality"),
    "bearer": Said("责任主体", "bearer"),
    "counterparty": Said("相对方", "owed to"),
    "subject": Said("对象", "subject"),
    "when": Said("适用", "applies when"),
    "used": Said("采用", "used when"),
    "require": Said("要求", "requires"),
    "operator": Said("比较", "comparison"),
    "due": Said("期限", "due"),
    "yields_to": Said("除外", "unless"),
    "reason": Said("可说明理由", "a reason may be given in"),
}


@dataclass(frozen=True)
class RuleViewer:
    """Shows the rules of a policy on a day."""

    policy: Policy
    as_of: date
    marks: Marks
    cards: Mapping[str, tuple[Card, ...]]
    reviews: Mapping[str, Review]
    proofs: Mapping[str, tuple[Proof, ...]]

    @cached_property
    def zh(self) -> RuleTeller:
        return RuleTeller(self.policy.corpus, "zh")

    @cached_property
    def en(self) -> RuleTeller:
        return RuleTeller(self.policy.corpus, "en")

    def view(self, rule: Rule) -> RuleView:
        corpus = self.policy.corpus
        shown = rule.version_on(self.as_of) or rule.versions[-1]
        zh, en = self.zh.related(rule), self.en.related(rule)
        gaps = {name: gap for name, gap in corpus.discrepancies.items() if rule.id in gap.rules}
        return RuleView(
            id=rule.id,
            title=rule.title,
            file=rule.file,
            at=self.at(rule),
            modality=rule.modality.label,
            bearer=rule.bearer.role,
            due=Said(self.zh.due(shown.due), self.en.due(shown.due)),
            filters=tuple(self.filters(rule)),
            versions=tuple(self.version(rule, number) for number in range(len(rule.versions))),
            evidence=rule.evidence,
            readings=tuple(self.readings(rule)),
            discrepancies=tuple(
                Link(Said(gap.title.zh, gap.title.en), discrepancy_id(name))
                for name, gap in gaps.items()
            ),
            related=tuple(
                (rule_link(corpus, name), Said(why, en[name]))
                for name, why in zh.items()
                if name in rule.yields_to or rule.id in corpus.rules[name].yields_to
            ),
            cards=card_groups(self.cards[rule.id]),
            review=self.reviews[rule.id],
            proofs=self.proofs.get(rule.id, ()),
            hash=content_hash(corpus, rule),
        )

    def at(self, rule: Rule) -> tuple[str, ...]:
        """The leaves it quotes, and the rows of the tables it looks up."""
        corpus = self.policy.corpus
        sources = texts_of(corpus)
        found = [
            leaf
            for cite in rule.cited
            for leaf in leaves_between(sources[cite.text], cite.text, cite.start, cite.end)
        ]
        for version in rule.versions:
            for let in version.lets:
                if let.table:
                    rows = (one for one in corpus.source.within(let.table) if "\t" in one.text)
                    found.extend(f"p-{row.id}" for row in rows)
        return tuple(dict.fromkeys(found))

    def filters(self, rule: Rule) -> Iterator[Filter]:
        state = self.reviews[rule.id].state
        if state in {"suspect", "tampered", "unreadable"}:
            yield "suspect"
        elif state != "reviewed":
            yield "unreviewed"
        if any(not proof.fine for proof in self.proofs.get(rule.id, ())):
            yield "proofs"

    def version(self, rule: Rule, number: int) -> VersionView:
        corpus, version = self.policy.corpus, rule.versions[number]
        zh = Wording(corpus, "zh").rule(rule, version)
        en = Wording(corpus, "en").rule(rule, version)
        own = self.marks.of(rule.id, number)
        quotes = tuple(
            Quote(cite_link(corpus, cite), quote_runs(cite, self.marks, own))
            for cite in version.cites
        )
        made = _Fields(self, rule, version, number)
        fields = (
            *made.who(),
            *made.told("when", zh.applies, en.applies),
            *made.told("used", zh.used, en.used),
            *made.told("require", zh.require, en.require),
            *made.what(),
        )
        fields += tuple(made.others({one.key for one in fields}))
        meanings = tuple(
            Meaning(Said(title_zh, title_en), str(means_zh), str(means_en))
            for (title_zh, means_zh), (title_en, means_en) in zip(
                zh.derived.items(), en.derived.items(), strict=True
            )
        )
        return VersionView(
            Said(self.zh.span(version), self.en.span(version)),
            version.in_force(self.as_of),
            quotes,
            fields,
            meanings,
            version.otherwise,
        )

    def readings(self, rule: Rule) -> Iterator[ReadingLine]:
        for name in dict.fromkeys(name for one in rule.versions for name in one.readings):
            item = self.policy.corpus.interpretations[name]
            yield ReadingLine(reading_link(name), Said(item.reading.zh, item.reading.en))


@dataclass(frozen=True)
class _Fields:
    """The fields of one version."""

    viewer: RuleViewer
    rule: Rule
    version: Version
    number: int

    def who(self) -> Iterator[Field]:
        rule = self.rule
        yield self.plain("modality", rule.modality.label)
        yield self.plain("bearer", self.party(rule.bearer))
        if rule.counterparty is not None:
            yield self.plain("counterparty", self.party(rule.counterparty))
        label = self.viewer.policy.corpus.models.kinds[rule.subject].label
        yield self.plain("subject", Said(label.zh, label.en))

    def what(self) -> Iterator[Field]:
        version, viewer = self.version, self.viewer
        for let in version.lets:
            yield self.named(let.name, _let_name(let), self.let(let))
        if "operator" in version.words:
            words = "、".join(version.words["operator"].words)
            yield self.plain("operator", Said(words, words))
        yield self.plain("due", Said(viewer.zh.due(version.due), viewer.en.due(version.due)))
        if self.rule.yields_to:
            rules = [viewer.policy.corpus.rules[name] for name in self.rule.yields_to]
            yield self.plain(
                "yields_to",
                Said(
                    "、".join(one.title.zh for one in rules),
                    ", ".join(one.title.en for one in rules),
                ),
            )
        if version.reason:
            spec = viewer.policy.corpus.models.kinds[self.rule.subject].fields[version.reason]
            yield self.plain("reason", Said(spec.label.zh, spec.label.en))

    def others(self, shown: Collection[str]) -> Iterator[Field]:
        """What else rests on words: parts of an expression that have a name of their own."""
        for name, words in self.version.words.items():
            if self.key(name) not in shown:
                said = "、".join(words.words)
                yield self.named(name, Said(f"其中 {name}", f"of it, {name}"), Said(said, said))

    def told(self, name: str, zh: Sentence | None, en: Sentence | None) -> Iterator[Field]:
        if zh is None or en is None:
            return
        code = " ".join(self.version.written.get(name, "").split())
        yield self.made(name, NAMES[name], self.runs(zh), self.runs(en), code)

    def runs(self, said: Sentence) -> Runs:
        return tuple(Run(span.text, self.key(span.field)) for span in said.spans)

    def key(self, field: str) -> str:
        return self.viewer.marks.key(self.rule.id, self.number, field) if field else ""

    def plain(self, name: str, said: Said) -> Field:
        return self.named(name, NAMES[name], said)

    def named(self, name: str, label: Said, said: Said) -> Field:
        return self.made(name, label, (Run(said.zh),), (Run(said.en),))

    def made(self, name: str, label: Said, zh: Runs, en: Runs, code: str = "") -> Field:
        key = self.key(name)
        words = self.version.words.get(name)
        links: tuple[Link, ...] = ()
        reading: Link | None = None
        if words is not None:
            pieces = self.viewer.marks.pieces_of.get(key, [])
            target = pieces[0] if pieces else ""
            links = tuple(Link(Said(one, one), target) for one in words.words)
            reading = reading_link(words.reading) if words.reading else None
        return Field(key, label, zh, en, code, links, reading)

    def party(self, party: Party) -> Said:
        return Said(party.role.zh, party.role.en)

    def let(self, let: Let) -> Said:
        zh, en = self.viewer.zh.let(let), self.viewer.en.let(let)
        return Said(zh.partition(" = ")[2], en.partition(" = ")[2])


def _let_name(let: Let) -> Said:
    return Said(f"参数 {let.name}", f"parameter {let.name}")
