"""A bulletin as a Word document that looks like an official one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from jingmen_policy.exports.archive import dated
from jingmen_policy.exports.docx_style import (
    FANGSONG,
    GAP,
    HEI,
    KAI,
    SMALL,
    SONG,
    TWO_CHARACTERS,
    document,
    style_font,
    tight,
    write,
)
from jingmen_policy.exports.edition import CHINA
from jingmen_policy.exports.safe import shown
from jingmen_policy.office.bulletin.blocks import (
    Block,
    Cell,
    Chart,
    Fold,
    Grid,
    Heading,
    Paragraph,
    Told,
)
from jingmen_policy.office.bulletin.charts import INKS as PLACES
from jingmen_policy.office.bulletin.inks import INKS
from jingmen_policy.office.bulletin.word_chart import draw

CELL = "TableText"
HEAD = "EDEBE4"
WIDE = Mm(156)
TOGETHER = 12
"""A table of fewer rows of numbers is not parted by the end of a page."""


def word(told: Told, as_of: date) -> bytes:
    """The document; the same bulletin makes the same bytes."""
    made = _Document(told, as_of)
    saved = BytesIO()
    made.document.save(saved)
    return dated(saved.getvalue(), datetime.combine(as_of, time(), CHINA))


class _Document:
    def __init__(self, told: Told, as_of: date) -> None:
        self.document, self.as_of, self.charts = document(), as_of, 0
        self.cell_style()
        core = self.document.core_properties
        core.title = shown(told.title)
        core.author = core.last_modified_by = "jingmen-policy"
        core.comments, core.revision = "", 1
        write(self.document.add_paragraph(style="Title"), told.title)
        for line in told.about:
            paragraph = tight(self.document.add_paragraph(), 20)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, line, face=KAI, size=SMALL)
        tight(self.document.add_paragraph(), 14)
        for block in told.blocks:
            self.put(block)
        for line in told.foot:
            tight(self.document.add_paragraph(), 10)
            self.note(line)

    def cell_style(self) -> None:
        """The style of what stands in tables: one name, so that a long table stays small."""
        style = self.document.styles.add_style(CELL, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style_font(style, SONG, Pt(9))
        shape = style.paragraph_format
        shape.first_line_indent = shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(12.5)

    def put(self, block: Block) -> None:
        match block:
            case Heading():
                self.document.add_paragraph(shown(block.text), style=f"Heading {block.level}")
            case Paragraph(note=True):
                self.note(block.text)
            case Paragraph():
                paragraph = self.document.add_paragraph()
                paragraph.paragraph_format.first_line_indent = TWO_CHARACTERS
                write(paragraph, block.text)
            case Grid():
                self.grid(block)
            case Chart():
                self.chart(block)
            case Fold():
                self.document.add_paragraph(shown(block.text), style="Heading 2")
                self.note(block.mark)
                for inner in block.blocks:
                    self.put(inner)

    def note(self, text: str) -> None:
        paragraph = tight(self.document.add_paragraph(), 16)
        paragraph.paragraph_format.space_after = GAP
        write(paragraph, text, face=FANGSONG, size=SMALL, grey=True)

    def caption(self, text: str) -> None:
        paragraph = tight(self.document.add_paragraph(), 20)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.space_before = GAP
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write(paragraph, text, face=HEI, size=SMALL)

    def chart(self, chart: Chart) -> None:
        self.caption(chart.title)
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.SINGLE, 1.0
        shape.first_line_indent = Pt(0)
        self.charts += 1
        draw(paragraph, chart, self.charts, self.as_of)

    def grid(self, grid: Grid) -> None:
        self.caption(grid.caption)
        body: Any = self.document.element
        body.body.insert(-1, _table(grid))
        tight(self.document.add_paragraph(), 10)


def _table(grid: Grid) -> Any:
    """A ruled table whose head comes again on each page."""
    whole = sum(grid.widths)
    widths = [int(WIDE.twips * share / whole) for share in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    head = [Cell(text) for text in grid.head]
    last = len(grid.rows) - 1
    together = bool(grid.key) and last < TOGETHER
    rows = [
        _row(head, widths, head=True, kept=True),
        *(_row(row, widths, kept=together and place < last) for place, row in enumerate(grid.rows)),
    ]
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        '<w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0420"/><w:tblCaption w:val="{_quoted(grid.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Sequence[Cell], widths: Sequence[int], *, head: bool = False, kept: bool = False
) -> str:
    looks = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    inside = "".join(
        _cell(cell, wide, head, kept) for cell, wide in zip(cells, widths, strict=True)
    )
    return f"<w:tr>{looks}{inside}</w:tr>"


def _cell(cell: Cell, wide: int, head: bool, kept: bool) -> str:
    fill = HEAD if head else "" if cell.status is None else _tint(cell)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    align = '<w:jc w:val="center"/>' if head else '<w:jc w:val="right"/>' if cell.number else ""
    next_to = "<w:keepNext/>" if kept else ""
    bold = "<w:rPr><w:b/></w:rPr>" if head or cell.status is not None else ""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{CELL}"/>{next_to}{align}</w:pPr>'
        f'<w:r>{bold}<w:t xml:space="preserve">{escape(shown(line))}</w:t></w:r></w:p>'
        for line in cell.text.split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _tint(cell: Cell) -> str:
    return INKS[PLACES[cell.status]].tint if cell.status in PLACES else ""


def _quoted(text: str) -> str:
    return escape(shown(text), {'"': "&quot;"})
