"""What is answered: the shape of every answer, for the routes that write it and for OpenAPI."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from jingmen_facts.problems import Said
from jingmen_policy.corpus.written import DiscrepancyKind
from jingmen_policy.judge.as_json import CorpusMark, Findings
from jingmen_policy.judge.finding import Thing
from jingmen_policy.rule.due import DueKind
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck import Question

ReceiptId = Annotated[
    str | None,
    Field(
        description="the id of the receipt in the decision log, of `GET /v1/receipts/{receipt}`;"
        " null where the service keeps no log"
    ),
]


class Answer(BaseModel):
    """Closed, every member always there."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class BriefFinding(Answer):
    """How one rule stands for one subject. ``due`` is null where it binds always or the text names
    no day.
    """

    rule: str
    addresses: list[str]
    due: date | None
    due_kind: DueKind | None
    year: int | None
    subject: Thing
    status: Status


class Brief(Answer):
    """How every rule stands."""

    receipt: ReceiptId
    format: Literal["jingmen-brief/1"]
    corpus: CorpusMark
    as_of: date
    engine: str
    counts: dict[Status, int]
    findings: list[BriefFinding]


@dataclass(frozen=True, slots=True)
class Full(Findings):
    """Whole findings, as `jingmen judge --format json` prints them, with their receipt."""

    receipt: ReceiptId


class Batch(Answer):
    """An answer for each dossier, in their order."""

    answers: list[Brief | Full]


class NextAsked(Answer):
    """The question that settles most; null where no fact would settle anything more.

    ``open`` counts the findings that wait for a fact.
    """

    corpus: CorpusMark
    as_of: date
    who: Thing
    open: int
    question: Question | None


class Cited(Answer):
    """Words, and where they stand; ``text`` is the amendment they stand in, '' for the plan."""

    address: str
    quote: str
    text: str


class RuleLine(Answer):
    """One rule in a list. ``version`` is the first day of the version in force, null where none
    is.
    """

    id: str
    title: Said
    modality: Modality
    subject: str
    bearer: Said
    addresses: list[str]
    version: date | None


class RuleList(Answer):
    """Rules in the order of the text."""

    corpus: CorpusMark
    as_of: date
    rules: list[RuleLine]


class PartyTold(Answer):
    """A role, and the way from the subject to the fact it is the role of."""

    role: Said
    of: list[str]


class DueTold(Answer):
    """``day`` for a fixed day, ``month_day`` for one every year."""

    kind: DueKind
    day: date | None
    month_day: str | None


class LetTold(Answer):
    """A parameter as the text prints it, or the table column it is looked up in."""

    name: str
    printed: list[str]
    table: str
    column: str


class VersionTold(Answer):
    """What a rule says from a day on; ``until`` is not included. Expressions as the file has
    them.
    """

    since: date
    until: date | None
    in_force: bool
    due: DueTold
    let: list[LetTold]
    when: str | None
    used: str | None
    require: str | None
    otherwise: Said | None
    cites: list[Cited]
    readings: list[str]


class RuleTold(Answer):
    """Everything a rule says."""

    corpus: CorpusMark
    as_of: date
    id: str
    file: str
    title: Said
    modality: Modality
    subject: str
    bearer: PartyTold
    counterparty: PartyTold | None
    cites: list[Cited]
    yields_to: list[str]
    readings: list[str]
    evidence: Said | None
    versions: list[VersionTold]


class Quoted(Answer):
    """A rule, and the words of the clause it quotes."""

    rule: str
    quote: str


class ClauseTold(Answer):
    """A passage of the text and the rules that quote it."""

    id: str
    address: str
    kind: str
    heading: str
    text: str
    normative: bool
    rules: list[Quoted]


class ClauseList(Answer):
    """The text, sentence by sentence, or what is inside one passage."""

    corpus: CorpusMark
    clauses: list[ClauseTold]


class AlternativeTold(Answer):
    """A reading not chosen. ``apart`` says why it cannot be put into force; null: it can."""

    id: str
    reading: Said
    apart: Said | None


class ReadingTold(Answer):
    """A reading that had to be chosen, and the rules that rest on it."""

    id: str
    question: Said
    reading: Said
    basis: Said
    alternatives: list[AlternativeTold]
    cites: list[Cited]
    rules: list[str]


class ReadingList(Answer):
    """Every reading that had to be chosen."""

    corpus: CorpusMark
    readings: list[ReadingTold]


class DiscrepancyTold(Answer):
    """A place where the document disagrees with itself or is silent."""

    id: str
    kind: DiscrepancyKind
    title: Said
    cites: list[Cited]
    effect: Said
    rules: list[str]


class DiscrepancyList(Answer):
    """Every discrepancy on record."""

    corpus: CorpusMark
    discrepancies: list[DiscrepancyTold]


class AmendmentTold(Answer):
    """A later text that changes rules from a day on."""

    id: str
    title: Said
    since: date


class CorpusTold(Answer):
    """A corpus that is served. ``default``: meant where no corpus is named."""

    name: str
    id: str
    title: Said
    since: date
    digest: str
    default: bool
    rules: int
    amendments: list[AmendmentTold]


class CorpusList(Answer):
    """The corpora that are served."""

    corpora: list[CorpusTold]


class VersionInForce(Answer):
    """Which version of a rule is in force; null where none is."""

    rule: str
    since: date | None
    until: date | None


class CorpusAt(Answer):
    """A corpus on a day."""

    corpus: CorpusTold
    as_of: date
    versions: list[VersionInForce]


class Health(Answer):
    status: Literal["live", "ready"]


class ErrorTold(Answer):
    """One thing wrong. ``pointer`` is a JSON Pointer into the body, '' for the whole; ``line`` is
    given where the body could not be read at all.
    """

    pointer: str
    message: str
    expected: str | None = None
    nearest: str | None = None
    line: int | None = None


class ProblemDocument(Answer):
    """RFC 9457. ``errors`` has everything wrong; ``total`` says how much, where that is more."""

    type: str
    title: str
    status: int
    instance: str
    detail: str | None = None
    errors: list[ErrorTold] | None = None
    total: int | None = None
