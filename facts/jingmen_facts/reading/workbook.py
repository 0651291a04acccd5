"""Reading facts from an Excel workbook: a sheet for each kind, and what is set for the whole."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from jingmen_facts.kinds import Kind
from jingmen_facts.problems import Path as Steps
from jingmen_facts.problems import Problem, Refused, Said, hint, nearest
from jingmen_facts.reading import workbook_form as form
from jingmen_facts.reading.located import Cell, LinedList, LinedMap, Located
from jingmen_facts.reading.names import names_of
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook_file import checked
from jingmen_facts.reading.workbook_settings import Settings
from jingmen_facts.reading.workbook_sheet import Sheet, address, filled


def needed() -> Any:
    """The package openpyxl. Raises Refused where it is not installed."""
    try:
        import openpyxl
    except ImportError:
        wanted = "pip install 'jingmen-policy[office]'"
        said = Said(
            f"读写 .xlsx 需要另装 openpyxl：{wanted}", f".xlsx files need openpyxl: {wanted}"
        )
        raise Refused([Problem(said)]) from None
    return openpyxl


def open_workbook(path: Path, *, rich: bool = False) -> Any:
    """A workbook as openpyxl opens it, once the file has been looked over. Raises Refused."""
    openpyxl = needed()
    raw = checked(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl leaves out matters on saving only
        try:
            return openpyxl.load_workbook(BytesIO(raw), rich_text=rich)
        except Exception as error:
            said = Said(
                f"文件损坏，无法作为工作簿读取（{type(error).__name__}）",
                f"damaged: it cannot be read as a workbook ({type(error).__name__})",
            )
            raise Refused([Problem(said, str(path))]) from error


def read_workbook(path: Path, stated: Stated) -> list[Said]:
    """State what a workbook holds; notes on what in it was not read.

    What is wrong is collected in ``stated``.
    """
    _, notes = read_sheets(path, stated)
    return notes


def read_sheets(path: Path, stated: Stated) -> tuple[list[Sheet], list[Said]]:
    """As ``read_workbook``, with the sheets of facts as they were found."""
    source = str(path)
    try:
        book = open_workbook(path)
    except Refused as refused:
        stated.problems.extend(
            problem if problem.source else Problem(problem.said, source)
            for problem in refused.problems
        )
        stated.lose_all()
        return [], []
    reading = _Reading(book, source, stated, Settings(source, stated, book.epoch))
    reading.read()
    return reading.sheets, reading.notes


@dataclass
class _Row:
    """What a row says: as the headings spell it, and by field; ``blank`` where that is nothing."""

    number: int
    said: dict[str, str | None]
    fields: Mapping[str, str | None]
    blank: bool = False

    def identity(self, kind: Kind) -> str:
        return "/".join((self.fields.get(name) or "").strip() for name in kind.model.KEY)


@dataclass
class _Reading:
    """One workbook being read; ``sheets`` are those of facts, ``notes`` name what is not read."""

    book: Any
    source: str
    stated: Stated
    settings: Settings
    notes: list[Said] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    def read(self) -> None:
        kinds = form.ledgers(self.stated.models)
        sheets: dict[str, Any] = {}
        others: list[Any] = []
        for sheet in self.book.worksheets:
            name = kinds.get(form.alike(sheet.title))
            if name is None and form.alike(sheet.title) not in form.OWN:
                others.append(sheet)
            elif name is not None and sheets.setdefault(name, sheet) is not sheet:
                other = sheets[name].title
                said = Said(f"与“{other}”是同一种事实", f"holds the same kind as '{other}'")
                self.stated.problems.append(Problem(said, self._at(sheet)))
                self.stated.lose(name)
        self._own_or_misspelt(others, sheets)
        self.settings.read(self.book)
        found = [
            self._read_sheet(sheet, self.stated.models.kinds[name])
            for name, sheet in sheets.items()
        ]
        self._keep_what_is_meant(found)
        for sheet, rows in found:
            self._state(sheet, rows)
        if not sheets and not self.stated.problems:
            known = "、".join(kind.ledger for kind in self.stated.models.kinds.values())
            said = Said(f"没有一张表是事实，应有：{known}", f"no sheet of facts; known: {known}")
            self.stated.problems.append(Problem(said, self.source))

    def _own_or_misspelt(self, others: list[Any], sheets: dict[str, Any]) -> None:
        """A sheet that is no kind's is the officer's own, unless it is near a missing one."""
        absent = [k.ledger for k in self.stated.models.kinds.values() if k.name not in sheets]
        own: list[str] = []
        for sheet in others:
            near = nearest(sheet.title, absent)
            if near is None:
                own.append(sheet.title)
                continue
            did = hint(near)
            said = Said(f"未知的工作表{did.zh}", f"unknown sheet{did.en}")
            self.stated.problems.append(Problem(said, self._at(sheet)))
            self.stated.lose_all()
        if own:
            self._note_unread(self.source, own)

    def _note_unread(self, where: str, names: list[str]) -> None:
        shown = "、".join(names)
        self.notes.append(Said(f"{where} 中“{shown}”未被读取", f"{where}: '{shown}' was not read"))

    def _at(self, sheet: Any) -> str:
        return f"{self.source}: {sheet.title}"

    def _read_sheet(self, worksheet: Any, kind: Kind) -> tuple[Sheet, list[_Row]]:
        sheet = Sheet(
            worksheet.title,
            kind,
            names_of(self.stated.models),
            self._at(worksheet),
            self.book.epoch,
            filled(worksheet),
            list(worksheet.merged_cells.ranges),
        )
        self.sheets.append(sheet)
        if not sheet.read_headings():
            if sheet.cells:
                self.stated.lose(kind.name)
            return sheet, []
        spelt = {column.field.name: column.written for column in sheet.columns.values()}
        rows: list[_Row] = []
        for number, said in sheet.rows():
            fields = {name: said[written] for name, written in spelt.items() if written in said}
            blank = self._only_prefilled(sheet, fields, number)
            if not blank:
                self._give_owner(kind, said, spelt)
            rows.append(_Row(number, said, fields, blank))
        return sheet, rows

    def _keep_what_is_meant(self, found: list[tuple[Sheet, list[_Row]]]) -> None:
        """A row with nothing but what the form said is a fact once another row refers to it."""
        blank = {
            (sheet.kind.name, row.identity(sheet.kind)): (sheet.kind, row)
            for sheet, rows in found
            for row in rows
            if row.blank
        }
        waiting = [(sheet.kind, row) for sheet, rows in found for row in rows if not row.blank]
        while waiting:
            kind, row = waiting.pop()
            for name, refers in kind.references.items():
                meant = blank.pop((refers.kind, (row.fields.get(name) or "").strip()), None)
                if meant is not None:
                    meant[1].blank = False
                    waiting.append(meant)

    def _state(self, sheet: Sheet, rows: list[_Row]) -> None:
        self.stated.problems.extend(sheet.problems)
        if sheet.own:
            self._note_unread(sheet.source, sheet.own)
        listed, cells = LinedList(), dict[Steps, Cell]()
        for row in rows:
            if row.blank:
                continue
            lined = LinedMap()
            lined.update(row.said)
            lined.lines.update(dict.fromkeys(lined, row.number))
            steps: Steps = (sheet.kind.name, len(listed))
            cells[steps] = Cell(address(row.number, sheet.anchor()))
            for place, column in sheet.columns.items():
                cells[*steps, column.written] = Cell(address(row.number, place), column.written)
            listed.append(lined)
            listed.lines.append(row.number)
        self.stated.read(Located({sheet.kind.name: listed}, sheet.source, None, cells))

    def _only_prefilled(self, sheet: Sheet, fields: Mapping[str, str | None], number: int) -> bool:
        """Whether a row says only what the form said in it: that states nothing."""
        names, identities = self.settings.prefilled.get(sheet.kind.name, (set[str](), set[str]()))
        if not fields or any(problem.line == number for problem in sheet.problems):
            return False
        return fields.keys() <= names and _Row(0, {}, fields).identity(sheet.kind) in identities

    def _give_owner(self, kind: Kind, said: dict[str, str | None], spelt: dict[str, str]) -> None:
        """The owner the whole workbook names, to a row that names none and has no column for it."""
        named = any(name in spelt and said.get(spelt[name]) for name in kind.references)
        for name, refers in kind.references.items():
            owner = self.settings.owners.get(refers.kind)
            required = kind.fields[name].required
            if owner is not None and name not in spelt and (required or not named):
                said[kind.fields[name].label.zh] = owner
