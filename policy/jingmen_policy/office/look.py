"""How the sheets look: one place for fonts, colours and widths."""

from __future__ import annotations

import unicodedata
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

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
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center", wrap_text=True)
HEADING_PLACE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def heading(cell: Any, fill: PatternFill = HEADING_FILL) -> None:
    cell.font, cell.fill, cell.border, cell.alignment = HEADING, fill, BORDER, HEADING_PLACE


def plain(cell: Any, place: Alignment = MIDDLE) -> None:
    cell.font, cell.border, cell.alignment = PLAIN, BORDER, place


def width(text: str) -> int:
    """How many half-width characters a text takes.

    >>> width("a社工")
    5
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def for_print(sheet: Any, rows: int = 1) -> None:
    """Landscape, as wide as a page, the headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{rows}"
    sheet.oddFooter.center.text = "&A　第 &P 页，共 &N 页"
