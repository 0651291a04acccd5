"""The corpus as everything above it sees it: checked, immutable, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Said
from jingmen_policy.rule.model import DerivedFact, Rule

if TYPE_CHECKING:
    from jingmen_policy.corpus.written import Discrepancy, Interpretation
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
    """SHA-256 over every file read, by name."""

    def under(self, address: str) -> Iterator[Rule]:
        """The rules that cite a section, an item or a sentence, in order. Raises LookupError."""
        inside = {passage.id for passage in self.source.within(address)}
        inside.add(self.source.passage(address).id)
        for rule in self.rules.values():
            if any(cite.passage in inside for cite in rule.cites):
                yield rule
