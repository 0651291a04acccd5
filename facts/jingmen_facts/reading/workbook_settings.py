"""What a workbook says once for all of it: the day, the register, whose it is, which lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic_core import PydanticCustomError

from jingmen_facts.base import Label
from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.problems import Path as Steps
from jingmen_facts.problems import Problem, Said, hint, nearest, unknown_name
from jingmen_facts.reading import workbook_form as form
from jingmen_facts.reading.columns import said_of
from jingmen_facts.reading.located import Cell, LinedList, Located
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook_cells import cell_text
from jingmen_facts.reading.workbook_sheet import address, filled

_SETTING = FieldSpec("", "", Label("", ""), Sort.TEXT)
_DAY = FieldSpec("", "", Label("", ""), Sort.DAY)
_FLAG = FieldSpec("", "", Label("", ""), Sort.FLAG)


@dataclass
class Settings:
    """What is set: stated as it is read, or kept here for the rows.

    ``owners`` are the facts, by kind, that rows without an owner belong to; ``prefilled`` has for
    each kind the fields and the identities that the form wrote beforehand.
    """

    source: str
    stated: Stated
    epoch: datetime
    owners: dict[str, str] = field(default_factory=dict)
    prefilled: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)

    def read(self, book: Any) -> None:
        for title, take in (
            (form.SETTINGS, self.read_settings),
            (form.PREFILLED, self.read_prefilled),
            (form.LISTS, self.read_lists),
        ):
            if title in book.sheetnames:
                take(book[title])

    def read_settings(self, worksheet: Any) -> None:
        """Two columns: what is set, and to what."""
        source = f"{self.source}: {worksheet.title}"
        kinds = {
            f"{form.BELONGS}{kind.label.zh}": kind.name
            for kind in self.stated.models.kinds.values()
        }
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
                self.owners[kinds[key]] = text

    def read_lists(self, worksheet: Any) -> None:
        """For each owner, which lists are complete: a row each, a column for each kind."""
        source, ledgers = f"{self.source}: {worksheet.title}", form.ledgers(self.stated.models)
        rows = sorted(filled(worksheet).items())
        if not rows:
            return
        headings: dict[int, str] = {}
        known = [kind.ledger for kind in self.stated.models.kinds.values()]
        for number, cell in rows[0][1].items():
            written = form.heading_of(str(cell.value))
            if form.alike(written) == form.OWNER:
                continue
            kind = ledgers.get(form.alike(written))
            if kind is not None:
                headings[number] = kind
            elif near := nearest(written, known):
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

    def read_prefilled(self, worksheet: Any) -> None:
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
            text = cell_text(cell, spec, self.epoch)
        except PydanticCustomError as error:
            place = address(row, number)
            self.stated.problems.append(Problem(said_of(error), source, row, "", (), place))
            return None
        return None if text is None or not text.strip() else text.strip()
