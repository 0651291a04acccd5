"""Findings written into a copy of the workbook they are about, beside the facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Refused, Said
from jingmen_facts.reading import workbook_form as names
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook import open_workbook, read_sheets
from jingmen_facts.reading.workbook_cells import escaped
from jingmen_facts.reading.workbook_sheet import Sheet, address, filled
from jingmen_policy.judge.finding import FactMissing, Finding, Thing
from jingmen_policy.judge.text import Teller
from jingmen_policy.office import look
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.list_sheet import write_list
from jingmen_policy.office.lost import lost
from jingmen_policy.office.order import FIRST
from jingmen_policy.office.put import put
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.obligations import SHORT

STATUS, WORK, DUE, MISSING = "结论", "须办理或说明", "最早期限", "还缺的事实"
COLUMNS = {STATUS: 22.0, WORK: 44.0, DUE: 13.0, MISSING: 40.0}
WANTING: tuple[Status, ...] = tuple(status for status in FIRST if status is not Status.MET)
"""What is told beside a fact, in this order; the rest is counted."""
QUOTED = 12
"""How many clauses a comment quotes."""


@dataclass(frozen=True, slots=True)
class Place:
    """The row in which a fact stands."""

    sheet: Sheet
    row: int

    def cell_of(self, field: str) -> str:
        """The cell of a field; '' where the sheet has no column for it."""
        for number, column in self.sheet.columns.items():
            if column.field.name == field:
                return address(self.row, number)
        return ""


Places = Mapping[Thing, Place]


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
    stated = Stated(models)
    sheets, _ = read_sheets(source, stated)
    if stated.problems:
        raise Refused(stated.problems)
    places = _places(sheets, stated)
    book = open_workbook(source, rich=True)
    teller = Teller(models)
    by_thing: dict[Thing, list[Finding]] = {}
    for finding in findings:
        by_thing.setdefault(finding.subject, []).append(finding)
    for sheet in sheets:
        _beside(book[sheet.title], sheet, places, by_thing, teller)
    write_list(
        book, findings, {thing: _link(place) for thing, place in places.items()}, teller, day, title
    )
    put(book, out, day)
    return lost(source)


def _places(sheets: Sequence[Sheet], stated: Stated) -> Places:
    """The row of every fact that the workbook states."""
    by_source = {sheet.source: sheet for sheet in sheets}
    return {
        Thing(type(fact).__name__, fact.identity): Place(
            by_source[origin.located.source], origin.line
        )
        for fact, origin in stated.facts
        if origin.line is not None
    }


def _link(place: Place) -> str:
    return f"{quote_sheetname(place.sheet.title)}!{address(place.row, place.sheet.anchor())}"


def _beside(
    written: Any,
    sheet: Sheet,
    places: Places,
    by_thing: Mapping[Thing, Sequence[Finding]],
    teller: Teller,
) -> None:
    """Four columns to the right of everything that stands there, or those of an earlier run."""
    columns = _columns(written, sheet)
    for name, number in columns.items():
        heading = written.cell(sheet.heading, number)
        put_text(heading, f"{names.FOUND}{name}")
        look.heading(heading, look.FOUND_FILL)
        written.column_dimensions[get_column_letter(number)].width = COLUMNS[name]
    for row in sorted(filled(written)):
        if row > sheet.heading:
            for number in columns.values():
                written.cell(row, number).value = None
                written.cell(row, number).comment = None
    for thing, place in places.items():
        if place.sheet is not sheet:
            continue
        found = by_thing.get(thing, ())
        cells = {name: written.cell(place.row, number) for name, number in columns.items()}
        for cell in cells.values():
            look.plain(cell, look.TOP)
        wanting = _wanting(found)
        texts = {
            STATUS: _counts(found, teller),
            WORK: "\n".join(_told(finding, teller) for finding in wanting),
            MISSING: "\n".join(_missing(wanting, places, teller)),
        }
        for name, text in texts.items():
            put_text(cells[name], text)
        look.fit(written, place.row, {columns[name]: text for name, text in texts.items()})
        dues = [f.due for f in wanting if f.due is not None and f.status is not Status.UNDETERMINED]
        if dues:
            cells[DUE].value = min(dues)
            cells[DUE].number_format = "yyyy-mm-dd"
        if wanting:
            cells[STATUS].fill = look.STATUS_FILLS[wanting[0].status.value]
            cells[WORK].comment = _quotes(wanting, teller)
        elif found:
            cells[STATUS].fill = look.STATUS_FILLS["met"]


def _columns(written: Any, sheet: Sheet) -> dict[str, int]:
    cells = filled(written)
    there = {
        str(cell.value).strip().removeprefix(names.FOUND): number
        for number, cell in cells[sheet.heading].items()
        if str(cell.value).strip().startswith(names.FOUND)
    }
    free = max(max(row) for row in cells.values()) + 1
    columns: dict[str, int] = {}
    for name in COLUMNS:
        if name not in there:
            there[name], free = free, free + 1
        columns[name] = there[name]
    return columns


def _wanting(found: Sequence[Finding]) -> list[Finding]:
    """What is to be done or told, what weighs most first."""
    order = {status: place for place, status in enumerate(WANTING)}
    return sorted((f for f in found if f.status in order), key=lambda f: order[f.status])


def _counts(found: Sequence[Finding], teller: Teller) -> str:
    """How many findings there are of each status, what is to be done first."""
    counts = Counter(finding.status for finding in found)
    order: list[Status] = [*WANTING, *(status for status in Status if status not in WANTING)]
    told = [
        f"{status.label.to(teller.lang)} {counts[status]}" for status in order if counts[status]
    ]
    return teller.say("，", ", ").join(told) or "—"


def _told(finding: Finding, teller: Teller) -> str:
    year = "" if finding.year is None else f"{finding.year}年 "
    due = "" if finding.due is None else f"（{teller.due(finding)}）"
    otherwise = finding.otherwise
    why = f"：{otherwise.to(teller.lang)}" if otherwise and finding.status in SHORT else ""
    return f"{teller.status(finding)}　{year}{finding.title.to(teller.lang)}{due}{why}"


def _missing(found: Sequence[Finding], places: Places, teller: Teller) -> list[str]:
    """Each fact that would settle something, once, with the cell it goes into."""
    told: dict[str, None] = {}
    for finding in found:
        for missing in finding.missing:
            told[_asked_for(missing, places, teller)] = None
    return list(told)


def _asked_for(missing: FactMissing, places: Places, teller: Teller) -> str:
    label = missing.label.to(teller.lang)
    place = places.get(missing.about)
    cell = "" if place is None else place.cell_of(missing.name)
    if cell and place is not None:
        return f"{label}（{place.sheet.title}!{cell}）"
    where = f"（{names.LISTS}）" if missing.listing else ""
    return f"{teller.thing(missing.about)} {label}{where}"


def _quotes(found: Sequence[Finding], teller: Teller) -> Comment:
    lines = dict.fromkeys(
        f"{finding.title.to(teller.lang)}：{teller.clause(clause)}"
        for finding in found
        for clause in finding.clauses
    )
    shown = [escaped(line) for line in lines][:QUOTED]
    if len(lines) > QUOTED:
        shown.append(f"……另有 {len(lines) - QUOTED} 处，见“{names.RESULTS}”")
    comment = Comment("\n".join(shown), "方案")
    comment.width, comment.height = 460, min(40 + 34 * len(shown), 480)
    return comment
