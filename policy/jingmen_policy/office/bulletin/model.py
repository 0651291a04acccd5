"""What a bulletin says, once. Text, tables, charts and JSON are all drawn from these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from jingmen_facts.problems import Said
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.finding import Clause, FactMissing, Role, Thing
from jingmen_policy.judge.progress import Counted
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status

FORMAT: Literal["jingmen-bulletin/1"] = "jingmen-bulletin/1"


@dataclass(frozen=True, slots=True)
class StatusCount:
    status: Status
    number: int


@dataclass(frozen=True, slots=True)
class Measure:
    """One rule's number for one subject.

    ``wanted`` is the number as the rule works it out (``3.9``), ``least`` the least whole number
    that will do, ``short`` by how many the count falls short of it; None where it cannot be told.
    """

    rule: str
    clauses: tuple[Clause, ...]
    count: Counted
    wanted: str | None
    least: int | None
    short: Counted | None
    status: Status


@dataclass(frozen=True, slots=True)
class CountyYear:
    """``cell`` is what the annex prints for the year alone; ``added`` the townships that have
    a station since that year by what is stated.
    """

    year: int
    day: date
    cell: int | None
    added: int
    share: Measure | None
    task: Measure | None


@dataclass(frozen=True, slots=True)
class County:
    """``total`` is what full coverage takes, ``count`` the townships with a station on the day.

    ``covered`` is what is known of ``count`` over ``total``; ``rank`` is by that share, alike
    sharing a place, with the best and the worst place where not everything is known. ``listed``
    says whether every station is stated.
    """

    name: str
    rank: Counted | None
    count: Counted
    total: int | None
    covered: str | None
    percent: str | None
    listed: bool
    years: tuple[CountyYear, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The annex up to a year, by one of its two readings, and how far the city is from it."""

    total: int
    short: Counted


@dataclass(frozen=True, slots=True)
class CityYear:
    """``printed`` reads the totals row of the annex, ``computed`` adds up its columns."""

    year: int
    day: date
    count: Counted
    own: Measure | None
    printed: Reading | None
    computed: Reading | None


@dataclass(frozen=True, slots=True)
class City:
    name: str
    count: Counted
    years: tuple[CityYear, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the plan: the findings under the rules that quote it first, by status."""

    id: str
    heading: str
    counts: tuple[StatusCount, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day ahead: what falls due on it, and how that stands already."""

    day: date
    titles: tuple[Said, ...]
    counts: tuple[StatusCount, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A rule that some do not meet, or depart from without a reason on record."""

    rule: str
    title: Said
    status: Status
    year: int | None
    clauses: tuple[Clause, ...]
    subjects: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A line of a station's checklist: one finding about it, or about what belongs to it."""

    rule: str
    title: Said
    modality: Modality
    status: Status
    about: Thing
    year: int | None
    bearer: Role
    due: date | None
    due_kind: str | None
    clauses: tuple[Clause, ...]
    missing: tuple[FactMissing, ...]
    otherwise: Said | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """A station's: the lines to look at first come first; ``rest`` are only counted."""

    station: Thing
    name: str | None
    township: str | None
    county: str | None
    established_on: date | None
    counts: tuple[StatusCount, ...]
    checks: tuple[Check, ...]
    rest: tuple[StatusCount, ...]


@dataclass(frozen=True, slots=True)
class Oddity:
    """Where the text disagrees with itself about a number told here."""

    id: str
    title: Said
    effect: Said


@dataclass(frozen=True, slots=True)
class Bulletin:
    """``target`` is the year-end the ranking is told against: the next, or the last there is.

    ``undated`` counts what is pending although the text names no day for it.
    """

    format: Literal["jingmen-bulletin/1"]
    corpus: CorpusMark
    title: Said
    as_of: date
    target: date | None
    cities: tuple[City, ...]
    counties: tuple[County, ...]
    counts: tuple[StatusCount, ...]
    sections: tuple[Section, ...]
    deadlines: tuple[Deadline, ...]
    undated: int
    shortfalls: tuple[Shortfall, ...]
    oddities: tuple[Oddity, ...]
    county: str | None
    stations: tuple[Checklist, ...]
    notes: tuple[Said, ...]
