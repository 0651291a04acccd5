"""The look of an official document (GB/T 9704): paper, margins, fonts, headings, page numbers."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from jingmen_policy.exports.safe import shown

TITLE, SONG, HEI, KAI, FANGSONG = "方正小标宋简体", "宋体", "SimHei", "KaiTi", "FangSong"
LATIN = "Times New Roman"
LINE = Pt(28)
GAP = Pt(6)
BODY, SMALL, TINY = Pt(16), Pt(10.5), Pt(9)
TWO_CHARACTERS = BODY * 2


def document() -> DocxDocument:
    """An empty document of that look."""
    made = Document()
    for section in made.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        section.start_type = WD_SECTION.NEW_PAGE
    made.settings.odd_and_even_pages_header_footer = True
    _styles(made)
    for footer, side in (
        (made.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (made.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], side)
    return made


def _styles(made: DocxDocument) -> None:
    normal = made.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    style_font(normal, FANGSONG, BODY)
    shape = normal.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    shape.space_before = shape.space_after = Pt(0)
    for name, face, size, bold in (
        ("Title", TITLE, Pt(22), False),
        ("Heading 1", HEI, BODY, False),
        ("Heading 2", KAI, BODY, False),
    ):
        style = made.styles[name]
        assert isinstance(style, ParagraphStyle)
        style_font(style, face, size, bold=bold)
        borders = _element(style).get_or_add_pPr().find(qn("w:pBdr"))
        if borders is not None:
            borders.getparent().remove(borders)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = LINE
        style.paragraph_format.first_line_indent = TWO_CHARACTERS
    title = made.styles["Title"]
    assert isinstance(title, ParagraphStyle)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.first_line_indent = Pt(0)
    title.paragraph_format.line_spacing = Pt(35)


def style_font(style: ParagraphStyle, face: str, size: Pt, *, bold: bool = False) -> None:
    """Chinese in a face, letters and figures in one of their own."""
    style.font.name, style.font.size, style.font.bold = LATIN, size, bold
    style.font.italic = False
    properties = _element(style).get_or_add_rPr()
    _faces(properties, face)
    colour = properties.find(qn("w:color"))
    if colour is not None:
        colour.getparent().remove(colour)


def _element(style: ParagraphStyle) -> Any:
    """The element of a style, whose children python-docx makes when asked for."""
    return style.element


def _faces(properties: BaseOxmlElement, face: str) -> None:
    """The font of Chinese, and of letters and figures; no theme decides in their place."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", face), ("cs", LATIN)):
        fonts.set(qn(f"w:{name}"), value)
    fonts.set(qn("w:hint"), "eastAsia")


def write(
    paragraph: Paragraph, text: str, *, face: str = "", size: Pt | None = None, grey: bool = False
) -> Run:
    """A run of text, in a font of its own where one is named."""
    run = paragraph.add_run(shown(text))
    if size is not None:
        run.font.size = size
    if face:
        run.font.name = LATIN
        _faces(run._r.get_or_add_rPr(), face)
    if grey:
        colour = OxmlElement("w:color")
        colour.set(qn("w:val"), "595959")
        run._r.get_or_add_rPr().append(colour)
    return run


def tight(paragraph: Paragraph, points: float = 14) -> Paragraph:
    """A paragraph of a table: no indent, close lines."""
    shape = paragraph.paragraph_format
    shape.first_line_indent = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(points)
    return paragraph


def shaded(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _page_number(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, an odd page's on the right, an even one's on the left, one character in."""
    paragraph.alignment = side
    shape = paragraph.paragraph_format
    shape.first_line_indent = Pt(0)
    shape.left_indent = shape.right_indent = Pt(14)
    write(paragraph, "— ", face=SONG, size=Pt(14))
    run = write(paragraph, "", face=SONG, size=Pt(14))
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    write(paragraph, " —", face=SONG, size=Pt(14))
