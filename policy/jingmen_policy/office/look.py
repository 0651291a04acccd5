"""How the sheets look: one place for fonts, colours and widths."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

_LINE = Side(style="thin", color="C9CFD6")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
PLAIN = Font(name="宋体", size=10.5)
TITLE = Font(name="宋体", size=16, bold=True, color="1F3A5F")
SUBTITLE = Font(name="宋体", size=11, bold=True, color="1F3A5F")
FAINT = Font(name="宋体", size=9, color="5A6572")
HEADING = Font(name="宋体", size=10.5, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="1F3A5F")
IDENTITY_FILL = PatternFill("solid", fgColor="EEF2F6")
FOUND_FILL = PatternFill("solid", fgColor="5B4A1F")
STATUS_FILLS = {
    "breached": PatternFill("solid", fgColor="FBE3D6"),
    "departed": PatternFill("solid", fgColor="FFF2CC"),
    "unproven": PatternFill("solid", fgColor="EDEDED"),
    "undetermined": PatternFill("solid", fgColor="EDEDED"),
    "pending": PatternFill("solid", fgColor="DDEBF7"),
    "met": PatternFill("solid", fgColor="E2EFDA"),
}
LINK = Font(name="宋体", size=10.5, underline="single", color="1F5FA8")
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center")
HEADING_PLACE = Alignment(horizontal="center", vertical="center", wrap_text=True)


ONE_LINE = 20
PAGE = 170
"""How many half-width characters a page is wide, at a size that can be read."""


def heading(cell: Any, fill: PatternFill = HEADING_FILL) -> None:
    cell.font, cell.fill, cell.border, cell.alignment = HEADING, fill, BORDER, HEADING_PLACE


def plain(cell: Any, place: Alignment = MIDDLE) -> None:
    cell.font, cell.border, cell.alignment = PLAIN, BORDER, place


class Styles:
    """Looks of a sheet, each worked out once: openpyxl takes its time over every single one."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def put(self, cell: Any, name: Hashable, dress: Callable[[Any], None]) -> None:
        """Give a cell the look of a name, dressing the first cell that has it."""
        if name in self._known:
            cell._style = copy(self._known[name])
        else:
            dress(cell)
            self._known[name] = copy(cell._style)


def width(text: str) -> int:
    """How many half-width characters a text takes.

    >>> width("a社工")
    5
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def fit(sheet: Any, row: int, texts: Mapping[int, str], most: int = 12) -> None:
    """Give a row the height its texts, by column, need to be read; a height someone chose is kept.

    Programs write down the height of a single line as well: nobody chose that.
    """
    if (sheet.row_dimensions[row].height or 0) > ONE_LINE:
        return
    lines = 1
    for number, text in texts.items():
        wide = max(sheet.column_dimensions[get_column_letter(number)].width - 1, 1)
        lines = max(lines, sum(max(-(-width(line) // int(wide)), 1) for line in text.split("\n")))
    sheet.row_dimensions[row].height = 4 + 14 * min(lines, most)


def for_print(sheet: Any, rows: int = 1, columns: int = 1) -> None:
    """Landscape, over as many pages as its width needs, headings and first columns on each."""
    wide = sum(column.width for column in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = max(1, -(-int(wide) // PAGE))
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.7, footer=0.3)
    sheet.print_title_rows = f"1:{rows}"
    sheet.print_title_cols = f"A:{get_column_letter(columns)}"
    sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
