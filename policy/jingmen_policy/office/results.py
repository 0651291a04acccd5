"""Findings written into a copy of the workbook they are about, beside the facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading import workbook_form as names
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook import filled, open_workbook, read_workbook
from jingmen_policy.judge.finding import FactMissing, Finding, Thing
from jingmen_policy.judge.text import Teller
from jingmen_policy.office import look
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.list_sheet import write_list
from jingmen_policy.office.lost import lost
from jingmen_policy.office.put import put
from jingmen_policy.rule.status import Status

STATUS, WORK, DUE, MISSING = "结论", "须办理或说明", "最近期限", "还缺的事实"
COLUMNS = {STATUS: 22.0, WORK: 44.0, DUE: 13.0, MISSING: 40.0}
WANTING = (Status.BREACHED, Status.DEPARTED, Status.PENDING, Status.UNPROVEN, Status.UNDETERMINED)
"""What is told beside a fact, in this order; the rest is counted."""
QUOTED = 12
"""How many clauses a comment quotes."""


@dataclass(frozen=True, slots=True)
class Place:
    """The row in which a fact stands, and the cells of its fields."""

    sheet: str
    row: int
    heading: int
    cells: Mapping[str, str]


def write_results(
    source: Path,
    out: Path,
    findings: Sequence[Finding],
    models: FactModels,
    day: date,
    title: Said,
) -> list[Said]:
    """Copy the workbook with its findings. What of the officer's the copy lacks is told.

    Raises Refused where the workbook cannot be read.
    """
    places = _places(source, models)
    book = open_workbook(source, rich=True)
    teller = Teller(models)
    by_thing: dict[Thing, list[Finding]] = {}
    for finding in findings:
        by_thing.setdefault(finding.subject, []).append(finding)
    for sheet in {place.sheet: None for place in places.values()}:
        here = {thing: place for thing, place in places.items() if place.sheet == sheet}
        _beside(book[sheet], here, by_thing, places, teller)
    write_list(book, findings, places_of(places), teller, day, title)
    put(book, out, day)
    return lost(source)


def places_of(places: Mapping[Thing, Place]) -> dict[Thing, str]:
    """Where each fact stands, as a link within the workbook writes it."""
    return {
        thing: f"'{place.sheet.replace(chr(39), chr(39) * 2)}'!A{place.row}"
        for thing, place in places.items()
    }


def _places(source: Path, models: FactModels) -> dict[Thing, Place]:
    stated = Stated(models)
    read_workbook(source, stated)
    if stated.problems:
        raise Refused(stated.problems)
    found: dict[Thing, Place] = {}
    for fact, origin in stated.facts:
        kind = type(fact).__name__
        sheet = origin.located.source.removeprefix(f"{source}: ")
        fields = models.kinds[kind].fields
        column_of = {
            str(steps[2]): cell
            for steps, cell in origin.located.cells.items()
            if steps[:2] == origin.path and len(steps) == 3
        }
        cells = {
            name: column_of[written]
            for name in fields
            if (written := origin.written.get(name, fields[name].label.zh)) in column_of
        }
        assert origin.line is not None
        found[Thing(kind, fact.identity)] = Place(sheet, origin.line, origin.heading, cells)
    return found
