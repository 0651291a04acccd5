"""The corpus as everything above it sees it: checked, immutable, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Said
from jingmen_policy.expression.walk import derived_mentions
from jingmen_policy.rule.model import DerivedFact, Rule

if TYPE_CHECKING:
    from jingmen_policy.corpus.kept import Kept
    from jingmen_policy.corpus.written import Amendment, Discrepancy, Interpretation
    from jingmen_policy.text.structure import SourceText
    from jingmen_policy.text.table import Table


@dataclass(frozen=True, eq=False)
class Corpus:
    """Rules by id in the order of the text; derived facts by (kind, name), what they need first."""

    id: str
    title: Said
    since: date
    models: FactModels
    source: SourceText
    tables: Mapping[str, Table]
    rules: Mapping[str, Rule]
    derived: Mapping[tuple[str, str], DerivedFact]
    interpretations: Mapping[str, Interpretation]
    readings: tuple[str, ...]
    """Those of the interpretations that every rule rests on."""
    discrepancies: Mapping[str, Discrepancy]
    digest: str
    """SHA-256 over every file read, by name, and the alternatives in force."""
    directory: Path = Path()
    ledger: str | None = None
    """The files of its ledger and of its lede's claims."""
    lede: str | None = None
    amendments: Mapping[str, Amendment] = field(default_factory=dict)
    texts: Mapping[str, SourceText] = field(default_factory=dict)
    """The texts of the amendments, by id."""
    switched: Mapping[str, str] = field(default_factory=dict)
    """The alternatives in force, by interpretation."""
    opening: bool = False
    """Whether a reading in force judges at the opening of a day, not at its close."""
    kept: Kept | None = field(default=None, repr=False)
    """What it was made of; None where it was not loaded from files."""

    def closed(self, as_of: date) -> date:
        """The last day that is over when something is judged as of a day."""
        return as_of - timedelta(days=1) if self.opening else as_of

    def under(self, address: str) -> Iterator[Rule]:
        """The rules that cite a section, an item or a sentence, in order. Raises LookupError."""
        inside = {passage.id for passage in self.source.within(address)}
        inside.add(self.source.passage(address).id)
        for rule in self.rules.values():
            if any(cite.passage in inside for cite in rule.cited if not cite.text):
                yield rule

    def relying(self, reading: str) -> tuple[str, ...]:
        """The rules that rest on a reading, directly or through a derived fact, in order."""
        if reading in self.readings:
            return tuple(self.rules)
        facts = {key for key, fact in self.derived.items() if reading in fact.readings}
        return tuple(
            rule.id
            for rule in self.rules.values()
            if reading in rule.relied_on or facts & self._resting[rule.id]
        )

    @cached_property
    def _resting(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The derived facts each rule rests on."""
        return {rule.id: frozenset(self.derived_of(rule)) for rule in self.rules.values()}

    def derived_of(self, rule: Rule) -> dict[tuple[str, str], DerivedFact]:
        """The derived facts a rule's expressions mention, and those they rest on."""
        found: dict[tuple[str, str], DerivedFact] = {}
        formulas = [
            formula
            for version in rule.versions
            for formula in (version.when, version.used, version.require)
            if formula is not None
        ]
        while formulas:
            for mention, _ in derived_mentions(formulas.pop(0)):
                key = (mention.path.kind, mention.name)
                if key not in found:
                    found[key] = self.derived[key]
                    formulas.extend(version.means for version in found[key].versions)
        return found
