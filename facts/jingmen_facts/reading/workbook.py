"""Reading facts from an Excel workbook: a sheet for each kind, and what is set for the whole."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from pydantic_core import PydanticCustomError

from jingmen_facts.base import Label
from jingmen_facts.kinds import FieldSpec, Kind, Sort
from jingmen_facts.problems import Path as Steps
from jingmen_facts.problems import Problem, Refused, Said, hint, nearest, unknown_name
from jingmen_facts.reading import workbook_form as form
from jingmen_facts.reading.columns import said_of
from jingmen_facts.reading.located import Cell, LinedList, LinedMap, Located
from jingmen_facts.reading.names import names_of
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook_cells import cell_text
from jingmen_facts.reading.workbook_file import checked
from jingmen_facts.reading.workbook_sheet import Sheet, address

_SETTING = FieldSpec("", "", Label("", ""), Sort.TEXT)
_DAY = FieldSpec("", "", Label("", ""), Sort.DAY)
_FLAG = FieldSpec("", "", Label("", ""), Sort.FLAG)


def needed() -> Any:
    """Openpyxl. Raises Refused where it is not installed."""
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
        warnings.simplefilter("ignore")  # of what openpyxl leaves out on saving, ``kept`` tells
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
    reading = _Reading(book, source, stated)
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
    """One workbook being read; ``owners`` are the facts that rows without an owner belong to."""

    book: Any
    source: str
    stated: Stated
    owners: dict[str, Located] = field(default_factory=dict)
    prefilled: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
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
        for title, take in (
            (form.SETTINGS, self._settings),
            (form.PREFILLED, self._read_prefilled),
            (form.LISTS, self._lists),
        ):
            if title in self.book.sheetnames:
                take(self.book[title])
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
        names, identities = self.prefilled.get(sheet.kind.name, (set[str](), set[str]()))
        if not fields or any(problem.line == number for problem in sheet.problems):
            return False
        return fields.keys() <= names and _Row(0, {}, fields).identity(sheet.kind) in identities

    def _give_owner(self, kind: Kind, said: dict[str, str | None], spelt: dict[str, str]) -> None:
        """The owner the whole workbook names, to a row that names none and has no column for it."""
        named = any(name in spelt and said.get(spelt[name]) for name in kind.references)
        for name, refers in kind.references.items():
            owner = self.owners.get(refers.kind)
            required = kind.fields[name].required
            if owner is not None and name not in spelt and (required or not named):
                said[kind.fields[name].label.zh] = owner.value

    # what is set for the whole workbook

    def _settings(self, worksheet: Any) -> None:
        """Two columns: what is set, and to what."""
        source = self._at(worksheet)
        kinds = {f"{form.BELONGS}{kind.label.zh}": kind.name for kind in self._kinds()}
        known = [form.AS_OF, form.USE, *kinds]
        for row, cells in sorted(filled(worksheet).items()):
            key = str(cells[1].value).strip() if 1 in cells else ""
            if row == 1 or not key or 2 not in cells:
                continue
            if key not in known:
                said = unknown_name(Said("设置", "setting"), key, known)
                self.stated.problems.append(Problem(said, source, row, cell=f"A{row}"))
                continue
            spec = _DAY if key == form.AS_OF else _SETTING
            text = self._text(cells[2], spec, source, row, 2)
            if text is None:
                continue
            name = {form.AS_OF: "as_of", form.USE: "use"}.get(key, "")
            if name:
                self.stated.read(
                    Located({name: text}, source, row, {(name,): Cell(f"B{row}", key)})
                )
            else:
                self.owners[kinds[key]] = Located(text.strip(), source, row)

    def _lists(self, worksheet: Any) -> None:
        """For each owner, which lists are complete: a row each, a column for each kind."""
        source, ledgers = self._at(worksheet), form.ledgers(self.stated.models)
        rows = sorted(filled(worksheet).items())
        if not rows:
            return
        headings: dict[int, str] = {}
        for number, cell in rows[0][1].items():
            written = form.heading_of(str(cell.value))
            if form.alike(written) == form.OWNER:
                continue
            kind = ledgers.get(form.alike(written))
            if kind is not None:
                headings[number] = kind
            elif near := nearest(written, [kind.ledger for kind in self._kinds()]):
                did = hint(near)
                said = Said(f"未知的名单{did.zh}", f"unknown list{did.en}")
                place = address(rows[0][0], number)
                self.stated.problems.append(Problem(said, source, rows[0][0], written, (), place))
        listed, cells_of = LinedList(), dict[Steps, Cell]()
        for row, cells in rows[1:]:
            owner = self._text(cells[1], _SETTING, source, row, 1) if 1 in cells else None
            for number, kind in headings.items():
                if number not in cells:
                    continue
                text = self._text(cells[number], _FLAG, source, row, number)
                flag = self._flag(text, source, row, number)
                if flag is None:
                    continue
                if owner is None:
                    said = Said("没有写明范围", "does not say whose list it is")
                    place = address(row, 1)
                    self.stated.problems.append(Problem(said, source, row, "", (), place))
                    break
                if flag:
                    cells_of["complete", len(listed)] = Cell(address(row, number))
                    listed.lines.append(row)
                    listed.append(kind if owner == form.EVERYWHERE else f"{kind}@{owner.strip()}")
        self.stated.read(Located({"complete": listed}, source, None, cells_of))

    def _read_prefilled(self, worksheet: Any) -> None:
        """For each kind the identities the form filled in, and the fields that came with them."""
        ledgers = form.ledgers(self.stated.models)
        for row, cells in sorted(filled(worksheet).items()):
            if row == 1 or not {1, 2, 3} <= cells.keys():
                continue
            kind = ledgers.get(form.alike(str(cells[1].value)))
            if kind is not None:
                names, identities = self.prefilled.setdefault(kind, (set(), set()))
                identities.add(str(cells[2].value).strip())
                names.update(str(cells[3].value).split("、"))

    def _flag(self, text: str | None, source: str, row: int, number: int) -> bool | None:
        if text in ("是", "否") or text is None:
            return None if text is None else text == "是"
        said = Said(f"应为“是”或“否”，不是“{text}”", f"expected 是 or 否, got '{text}'")
        place = address(row, number)
        self.stated.problems.append(Problem(said, source, row, "", (), place))
        return None

    def _text(self, cell: Any, spec: FieldSpec, source: str, row: int, number: int) -> str | None:
        try:
            text = cell_text(cell, spec, self.book.epoch)
        except PydanticCustomError as error:
            place = address(row, number)
            self.stated.problems.append(Problem(said_of(error), source, row, "", (), place))
            return None
        return None if text is None or not text.strip() else text.strip()

    def _kinds(self) -> Iterator[Kind]:
        yield from self.stated.models.kinds.values()


def filled(worksheet: Any) -> dict[int, dict[int, Any]]:
    """The cells of a sheet that hold something, by row and column.

    A sheet may claim a million rows of which three are written: only those are walked.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in worksheet._cells.items():
        value = cell.value
        if value is not None and not (isinstance(value, str) and not value.strip()):
            rows.setdefault(row, {})[column] = cell
    return rows
