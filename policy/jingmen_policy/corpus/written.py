"""The files of a corpus as they are written, before anything in them is looked up."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day
from jingmen_policy.rule.due import Due, due_of
from jingmen_policy.rule.modality import Modality

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
DerivedId = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)
]
DiscrepancyKind = Literal["contradiction", "repetition", "undefined", "missing", "arithmetic"]


_DUE_FORMS = "standing, unstated, {day: 2021-12-31}, {yearly: 12-31}"


def _due(given: Any) -> Any:
    if isinstance(given, Due):
        return given
    try:
        return due_of(given)
    except ValueError:
        raise refuse(
            f"due 应为 {_DUE_FORMS}，不是 {given!r}", f"due is one of {_DUE_FORMS}, not {given!r}"
        ) from None


class Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Both(Written):
    """A sentence in both languages."""

    zh: Words
    en: Words


class Cite(Written):
    at: Words
    quote: Words


class WordsOrReading(Written):
    """Words inside a quote, or the reading that stands in for words the text does not have."""

    words: Words | None = None
    reading: Words | None = None


def _words(given: Any) -> Any:
    return {"words": given} if isinstance(given, str) else given


class PartyFile(Written):
    who: Both
    of: Words = "subject"


class VersionFile(Written):
    since: Day
    until: Day | None = None
    let: dict[Words, Any] = Field(default_factory=dict)
    when: Words | None = None
    used: Words | None = None
    require: Words | None = None
    due: Annotated[Due, BeforeValidator(_due)] = Due("standing")
    reason: Words | None = None
    otherwise: Both | None = None


class RuleFile(Written):
    """``rules/4-4-personnel-share.yaml``: one statement of the text."""

    id: RuleId
    title: Both
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    modality: Modality
    bearer: PartyFile
    counterparty: PartyFile | None = None
    words: dict[Words, Annotated[WordsOrReading, BeforeValidator(_words)]]
    subject: Words
    yields_to: tuple[RuleId, ...] = ()
    readings: tuple[Words, ...] = ()
    versions: Annotated[tuple[VersionFile, ...], Field(min_length=1)]


class DerivedVersionFile(Written):
    since: Day
    until: Day | None = None
    let: dict[Words, Any] = Field(default_factory=dict)
    means: Words


class DerivedFile(Written):
    """``derived/third_party_operated.yaml``: one yes-or-no fact worked out from others."""

    id: DerivedId
    title: Both
    subject: Words
    cites: tuple[Cite, ...] = ()
    readings: tuple[Words, ...] = ()
    versions: Annotated[tuple[DerivedVersionFile, ...], Field(min_length=1)]


class Alternative(Written):
    id: RuleId
    reading: Both


class Witness(Written):
    """Facts, in words, for which the readings give different findings."""

    facts: Both
    chosen: Both
    otherwise: Both


class Interpretation(Written):
    """One reading that had to be chosen."""

    id: RuleId
    question: Both
    cites: tuple[Cite, ...] = ()
    reading: Both
    basis: Both
    alternatives: Annotated[tuple[Alternative, ...], Field(min_length=1)]
    witness: Witness


class Discrepancy(Written):
    """One place where the document disagrees with itself, or is silent where it should not be."""

    id: RuleId
    kind: DiscrepancyKind
    title: Both
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)]
    effect: Both
    rules: tuple[RuleId, ...] = ()


class Interpretations(Written):
    interpretations: tuple[Interpretation, ...]


class Discrepancies(Written):
    discrepancies: tuple[Discrepancy, ...]


class Manifest(Written):
    """``corpus.yaml``: what the corpus is and which files beside the rules it has."""

    id: RuleId
    title: Both
    source: Words = "source.md"
    tables: tuple[Words, ...] = ()
    interpretations: Words | None = None
    discrepancies: Words | None = None
    readings: tuple[Words, ...] = ()
    """Readings that every rule rests on."""
    since: date
    """The first day on which anything in it binds."""
