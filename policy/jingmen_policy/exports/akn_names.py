"""Names that the parts of an Akoma Ntoso document agree on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from jingmen_facts.problems import Said
from jingmen_policy.exports.edition import NAMESPACE, Edition
from jingmen_policy.exports.safe import xml_text
from jingmen_policy.rule.model import Dated

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
NAMES = {None: AKN, "jm": NAMESPACE}
SOURCE = "#jingmen-policy"
"""Who says what the metadata says."""

Element = etree._Element


@dataclass(frozen=True)
class Maker:
    """Makes elements for one edition, and names its events, spans of time and parties."""

    edition: Edition

    def element(
        self,
        tag: str,
        /,
        *children: Element | str,
        **attributes: str,
    ) -> Element:
        """An element of Akoma Ntoso, or with ``jm:`` before its name one of ours."""
        prefix, _, local = tag.rpartition(":")
        made = etree.Element(
            f"{{{NAMESPACE if prefix else AKN}}}{local}",
            {key.rstrip("_"): xml_text(value) for key, value in attributes.items() if value},
            nsmap=NAMES,  # type: ignore[arg-type]  # None is the name of the namespace without one
        )
        for child in children:
            if isinstance(child, str):
                if len(made):
                    made[-1].tail = (made[-1].tail or "") + xml_text(child)
                else:
                    made.text = (made.text or "") + xml_text(child)
            else:
                made.append(child)
        return made

    def both(self, tag: str, said: Said, /, **attributes: str) -> list[Element]:
        """A sentence in both languages, an element each."""
        return [
            self.element(f"jm:{tag}", said.zh, lang="zh", **attributes),
            self.element(f"jm:{tag}", said.en, lang="en", **attributes),
        ]

    @property
    def work(self) -> str:
        """The plan as a work. Its number is not known, so it goes by the id of the corpus."""
        corpus = self.edition.corpus
        return f"/akn/cn/act/{corpus.since.year}/{corpus.id}"

    @property
    def expression(self) -> str:
        """The work as it reads on the day."""
        begun = [day for day in self.changes if day <= self.edition.as_of.isoformat()]
        day = begun[-1] if begun else self.edition.corpus.since.isoformat()
        return f"{self.work}/zho@{day}"

    @cached_property
    def changes(self) -> list[str]:
        """The days on which the text began or was amended."""
        corpus = self.edition.corpus
        days = {corpus.since, *(one.since for one in corpus.amendments.values())}
        return sorted(day.isoformat() for day in days)

    @cached_property
    def days(self) -> list[str]:
        """Every day on which a rule or the text begins or ends, in order."""
        days = set(self.changes)
        for _, version in self.edition.versioned():
            days.update(day.isoformat() for day in (version.since, version.until) if day)
        return sorted(days)

    @cached_property
    def spans(self) -> dict[tuple[str, str], str]:
        """The id of each span of time a version is in force, by its first day and its end."""
        found = {(self.edition.corpus.since.isoformat(), "")}
        found.update(span_of(version) for _, version in self.edition.versioned())
        return {span: f"tmpg_{number}" for number, span in enumerate(sorted(found), 1)}

    @cached_property
    def parties(self) -> dict[tuple[str, str], str]:
        """The id of each role that bears or is owed a duty, by what it is called."""
        roles: dict[tuple[str, str], None] = {}
        for rule in self.edition.corpus.rules.values():
            for party in (rule.bearer, rule.counterparty):
                if party is not None:
                    roles.setdefault((party.role.zh, party.role.en))
        return {role: f"role_{number}" for number, role in enumerate(roles, 1)}

    def event(self, day: str) -> str:
        return f"eref_{self.days.index(day) + 1}"

    def period(self, version: Dated) -> str:
        return f"#{self.spans[span_of(version)]}"


def span_of(version: Dated) -> tuple[str, str]:
    return version.since.isoformat(), version.until.isoformat() if version.until else ""
