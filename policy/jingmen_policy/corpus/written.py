"""The files of a corpus as they are written, before anything in them is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Flag
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
    """``text`` names the amendment that says so; without it, the plan does."""

    at: Words
    quote: Words
    text: RuleId | None = None


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


class WordsOrReading(Written):
    """Words inside a quote, the reading that stands in for words, or both."""

    words: Annotated[tuple[Words, ...], BeforeValidator(_listed)] = ()
    reading: Words | None = None


def _words(given: Any) -> Any:
    return {"words": given} if isinstance(given, str | list) else given


WordsOf = dict[Words, Annotated[WordsOrReading, BeforeValidator(_words)]]


class PartyFile(Written):
    who: Both
    of: Words = "subject"


class VersionFile(Written):
    """What a rule says from a day on.

    An amendment brings ``cites``, ``words`` and ``readings`` of its own, in place of the rule's.
    """

    since: Day
    until: Day | None = None
    cites: Annotated[tuple[Cite, ...], Field(min_length=1)] | None = None
    words: WordsOf | None = None
    readings: tuple[Words, ...] | None = None
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
    words: WordsOf
    subject: Words
    yields_to: tuple[RuleId, ...] = ()
    readings: tuple[Words, ...] = ()
    evidence: Both | None = None
    """Where no fact decides it: what on file could support it."""
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


AnyChange = TypeVar("AnyChange", bound=Written)


class RuleChange(Written):
    """What another reading makes of a rule; a field left blank is taken away, where it can be."""

    modality: Modality | None = None
    bearer: PartyFile | None = None
    counterparty: PartyFile | None = None
    yields_to: tuple[RuleId, ...] | None = None
    since: Day | None = None
    until: Day | None = None
    let: dict[Words, Any] = Field(default_factory=dict)
    when: Words | None = None
    used: Words | None = None
    require: Words | None = None
    due: Annotated[Due, BeforeValidator(_due)] | None = None
    reason: Words | None = None
    otherwise: Both | None = None
    subject: Words | None = None

    @model_validator(mode="after")
    def _keeps_what_every_rule_has(self) -> Self:
        return _none_blank(self, ("modality", "bearer", "subject", "yields_to", "since", "due"))


class DerivedChange(Written):
    """What another reading makes of a derived fact."""

    let: dict[Words, Any] = Field(default_factory=dict)
    means: Words | None = None

    @model_validator(mode="after")
    def _means_something(self) -> Self:
        return _none_blank(self, ("means",))


def _none_blank(change: AnyChange, names: Iterable[str]) -> AnyChange:
    blank = [name for name in names if name in change.model_fields_set and not _has(change, name)]
    if blank:
        listed = ", ".join(blank)
        raise refuse(f"不能留空：{listed}", f"cannot be taken away: {listed}")
    return change


def _has(change: Written, name: str) -> bool:
    return getattr(change, name) is not None


class Change(Written):
    """Rules and derived facts by id; ``*`` stands for every rule.

    ``as_of: opening`` judges at the opening of a day, which is the close of the day before.
    """

    rules: dict[Words, RuleChange] = Field(default_factory=dict)
    derived: dict[Words, DerivedChange] = Field(default_factory=dict)
    as_of: Literal["opening"] | None = None


class Alternative(Written):
    """A reading not chosen: ``change`` puts it into force, or ``apart`` says why it cannot be."""

    id: RuleId
    reading: Both
    change: Change | None = None
    apart: Both | None = None


class WitnessCase(Written):
    """The witness as facts: what is expected under the reading chosen, and ``instead`` of it.

    ``given`` and what is expected are as in a scenario file.
    """

    as_of: Day
    given: Any = None
    expect: Any
    instead: dict[RuleId, Any]


class Witness(Written):
    """Facts, in words and to be run, for which the readings give different findings."""

    facts: Both
    chosen: Both
    otherwise: Both
    case: WitnessCase | None = None


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


class Claim(Cite):
    """Words that no rule quotes; ``only`` is the part of the quote that is meant."""

    only: Words | None = None


class LedgerClaim(Claim):
    """What words are, and why; without a reason, that of their kind."""

    kind: Words
    reason: Both | None = None


class Shared(Cite):
    """Words that just these rules quote together, and why."""

    rules: Annotated[tuple[RuleId, ...], Field(min_length=2)]
    reason: Both


class LedgerFile(Written):
    """``ledger.yaml``: whose words are that no rule quotes, or that several do."""

    kinds: dict[Words, Both]
    claims: tuple[LedgerClaim, ...] = ()
    shared: tuple[Shared, ...] = ()


class LedeClaim(Claim):
    """What the lede says, and how the body says it."""

    says: Literal["same", "shorter", "differs", "absent"]
    body: Cite | None = None
    discrepancies: tuple[RuleId, ...] = ()


class LedeFile(Written):
    """``lede.yaml``: the lede's claims against the body."""

    claims: tuple[LedeClaim, ...]


class Amendment(Written):
    """A later text that changes rules from a day on."""

    id: RuleId
    title: Both
    source: Words
    since: Day


class WordTable(Written):
    """What words mean by themselves, so that a rule may rest on them without a reading.

    ``every_field``: each field of a rule must rest on words or on a reading.
    """

    every_field: Flag = False
    modality: dict[Modality, tuple[Words, ...]] = Field(default_factory=dict)
    at_least: tuple[Words, ...] = ()
    at_most: tuple[Words, ...] = ()


class Manifest(Written):
    """``corpus.yaml``: what the corpus is and which files beside the rules it has."""

    id: RuleId
    title: Both
    source: Words = "source.md"
    tables: tuple[Words, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    words: WordTable = WordTable()
    interpretations: Words | None = None
    """A file of all, or a folder with a file each."""
    discrepancies: Words | None = None
    ledger: Words | None = None
    lede: Words | None = None
    readings: tuple[Words, ...] = ()
    """Readings that every rule rests on."""
    since: date
    """The first day on which anything in it binds."""
