"""What the page shows, before any of it is markup: texts in pieces, rules, registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingmen_facts.problems import Said

Filter = Literal["gaps", "unreviewed", "suspect", "discrepancies", "readings", "proofs"]
Mark = Literal["words", "quoted", "gap", "plain"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text that the same fields rest on and the same rules quote.

    ``id`` is empty where nothing points at it; ``target`` the id of what it leads to.
    """

    text: str
    mark: Mark
    id: str = ""
    fields: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """What stands behind a passage; ``target`` is the first of it."""

    rules: int = 0
    discrepancies: int = 0
    target: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A passage that holds no other: a heading, a sentence."""

    id: str
    address: str
    pieces: tuple[Piece, ...]
    badge: Badge


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text: ``level`` 0 is a paragraph, else that of a heading."""

    level: int
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A printed total that is not the sum."""

    computed: int
    target: str


@dataclass(frozen=True, slots=True)
class Cell:
    pieces: tuple[Piece, ...]
    total: Total | None = None


@dataclass(frozen=True, slots=True)
class Row:
    leaf: Leaf
    cells: tuple[Cell, ...]
    head: bool
    foot: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table; ``differences`` are totals that are not the sums, in words."""

    rows: tuple[Row, ...]
    differences: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text: ``binding`` is False of the lede."""

    id: str
    binding: bool
    parts: tuple[Block | Grid, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The plan, or an amendment."""

    id: str
    title: Said
    since: date
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a sentence, and the field of the rule it comes from."""

    text: str
    key: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads to a place on the page."""

    text: Said
    target: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a rule: what it says, the words it came from, the reading it rests on.

    ``zh`` and ``en`` are what it says; ``code`` is how the file spells it, where it is a formula.
    """

    key: str
    name: Said
    zh: Runs
    en: Runs
    code: str = ""
    words: tuple[Link, ...] = ()
    reading: Link | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    address: Link
    runs: Runs


@dataclass(frozen=True, slots=True)
class Meaning:
    """A derived fact a rule speaks of, and what it means."""

    title: Said
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """``current``: in force on the day the page is of."""

    span: Said
    current: bool
    quotes: tuple[Quote, ...]
    fields: tuple[Field, ...]
    meanings: tuple[Meaning, ...]
    otherwise: Said | None


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A reading a rule rests on, and what was chosen; the rest is in the register."""

    link: Link
    chosen: Said


@dataclass(frozen=True, slots=True)
class CardView:
    """A boundary card; ``key`` is what its id ends in."""

    key: str
    label: Said
    status: Said
    tone: Literal["good", "bad", "open", "none"]


@dataclass(frozen=True, slots=True)
class CardGroup:
    name: Said
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is no longer what was signed."""

    part: Said
    way: Said
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature; ``uncounted`` says why it does not count."""

    by: str
    role: str
    on: date
    note: str
    uncounted: Said | None


@dataclass(frozen=True, slots=True)
class Review:
    """How far a rule is reviewed: ``why`` names the parts that changed since it was signed."""

    state: str
    label: Said
    why: tuple[Said, ...]
    required: int
    signed: tuple[Signed, ...]
    superseded: int
    changes: tuple[Change, ...]
    context: tuple[Change, ...]
    wrong: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Something proved of a rule, or not: ``fine`` False asks for attention.

    ``whole`` leads to where all of it is said, '' where this is all. ``notes`` are the places, in
    what the script knows, of the notes it sums up.
    """

    result: Said
    text: Said
    proved: bool
    fine: bool
    under: str
    accepted: Link | None
    whole: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofView:
    """A proof with more to tell than its kind."""

    id: str
    kind: Said
    proof: Proof
    at: tuple[str, ...]
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    id: str
    title: Said
    file: str
    at: tuple[str, ...]
    modality: Said
    bearer: Said
    due: Said
    filters: tuple[Filter, ...]
    versions: tuple[VersionView, ...]
    evidence: Said | None
    readings: tuple[ReadingLine, ...]
    discrepancies: tuple[Link, ...]
    related: tuple[tuple[Link, Said], ...]
    cards: tuple[CardGroup, ...]
    review: Review
    proofs: tuple[Proof, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class GapView:
    """Words that are no rule, and why; ``unclaimed``: nothing says why."""

    id: str
    at: str
    address: Said
    kind: Said
    text: str
    reason: Said
    unclaimed: bool


@dataclass(frozen=True, slots=True)
class DiscrepancyView:
    id: str
    title: Said
    kind: Said
    at: tuple[str, ...]
    quotes: tuple[Quote, ...]
    effect: Said
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    id: str
    reading: Said
    apart: Said | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """``open``: a rule that rests on it is not reviewed; ``everywhere``: every rule rests on it."""

    id: str
    question: Said
    chosen: Said
    basis: Said
    at: tuple[str, ...]
    quotes: tuple[Quote, ...]
    alternatives: tuple[Alternative, ...]
    facts: Said
    outcome: Said
    otherwise: Said
    rules: tuple[Link, ...]
    everywhere: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many entries a filter shows, and what they are."""

    filter: Filter
    number: int
    name: Said
    about: Said


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole page. ``strays`` are files among the signatures that are of no rule."""

    title: Said
    corpus: str
    digest: str
    as_of: date
    switched: Mapping[str, str]
    counts: tuple[Count, ...]
    reviewed: int
    texts: tuple[Text, ...]
    rules: tuple[RuleView, ...]
    gaps: tuple[GapView, ...]
    discrepancies: tuple[DiscrepancyView, ...]
    readings: tuple[ReadingView, ...]
    proofs: tuple[ProofView, ...]
    strays: tuple[Said, ...]
    proved: Said
    payload: str
