"""Charts as Word draws them itself: DrawingML with the numbers in it, and a workbook to edit."""

from __future__ import annotations

from datetime import date
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Length, Mm
from docx.text.paragraph import Paragraph
from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from jingmen_policy.exports.docx_style import LATIN, SONG
from jingmen_policy.exports.safe import shown
from jingmen_policy.office.bulletin.blocks import Chart, Series
from jingmen_policy.office.bulletin.inks import INKS
from jingmen_policy.office.cells import put_text
from jingmen_policy.office.put import saved_book

DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = {
    "c": f"{DRAWINGML}/chart",
    "a": f"{DRAWINGML}/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": f"{DRAWINGML}/wordprocessingDrawing",
}
SHEET = "Sheet1"
WIDE = Mm(156)
SMALLEST = 25
"""A segment shorter than this part of the longest bar has no number in it; the table has."""
AXES = ("111111", "222222")


def draw(paragraph: Paragraph, chart: Chart, number: int, day: date) -> None:
    """Put a chart into a paragraph, the ``number``th of the document."""
    document = paragraph.part
    package = document.package
    assert package is not None
    drawn = Part(
        PackURI(f"/word/charts/chart{number}.xml"),
        CONTENT_TYPE.DML_CHART,
        b"",
        package,
    )
    workbook = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        saved_book(_book(chart), day),
        package,
    )
    edited = drawn.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    drawn._blob = etree.tostring(
        _space(chart, edited), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    shown_by = document.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    paragraph.add_run()._r.append(_frame(chart, number, shown_by))


def height(chart: Chart) -> Length:
    """High enough for every bar and the legend."""
    bars = 1.6 if chart.stacked else len(chart.series)
    return Mm(min(24 + len(chart.categories) * (3 + 3.4 * bars), 170))


def _book(chart: Chart) -> Any:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    for row, name in enumerate(chart.categories, 2):
        put_text(sheet.cell(row, 1), name)
    for column, one in enumerate(chart.series, 2):
        put_text(sheet.cell(1, column), one.name)
        for row, value in enumerate(one.values, 2):
            sheet.cell(row, column).value = value
    return book


def _frame(chart: Chart, number: int, shown_by: str) -> Any:
    drawing = etree.Element(_tag("w:drawing"), nsmap=SPACES)
    inline = _add(drawing, "wp:inline", distT="0", distB="0", distL="0", distR="0")
    _add(inline, "wp:extent", cx=str(int(WIDE)), cy=str(int(height(chart))))
    _add(
        inline,
        "wp:docPr",
        id=str(1000 + number),
        name=chart.name,
        title=shown(chart.title),
        descr=shown(chart.alt),
    )
    _add(inline, "wp:cNvGraphicFramePr")
    graphic = _add(inline, "a:graphic")
    data = _add(graphic, "a:graphicData", uri=SPACES["c"])
    _add(data, "c:chart").set(_tag("r:id"), shown_by)
    return drawing


def _space(chart: Chart, edited: str) -> Any:
    space = etree.Element(_tag("c:chartSpace"), nsmap={k: SPACES[k] for k in "car"})
    _add(space, "c:roundedCorners", val="0")
    whole = _add(space, "c:chart")
    _add(whole, "c:autoTitleDeleted", val="1")
    area = _add(whole, "c:plotArea")
    _add(area, "c:layout")
    bars = _add(area, "c:barChart")
    _add(bars, "c:barDir", val="bar")
    _add(bars, "c:grouping", val="stacked" if chart.stacked else "clustered")
    _add(bars, "c:varyColors", val="0")
    for place, one in enumerate(chart.series):
        _series(bars, chart, one, place)
    _add(bars, "c:gapWidth", val="45")
    if chart.stacked:
        _add(bars, "c:overlap", val="100")
    for axis in AXES:
        _add(bars, "c:axId", val=axis)
    _category_axis(area)
    _value_axis(area)
    legend = _add(whole, "c:legend")
    _add(legend, "c:legendPos", val="t")
    _add(legend, "c:overlay", val="0")
    _add(whole, "c:plotVisOnly", val="1")
    _letters(space, 900)
    _add(space, "c:externalData").set(_tag("r:id"), edited)
    _add(space[-1], "c:autoUpdate", val="0")
    return space


def _series(bars: Any, chart: Chart, one: Series, place: int) -> None:
    column = get_column_letter(place + 2)
    last = len(chart.categories) + 1
    made = _add(bars, "c:ser")
    _add(made, "c:idx", val=str(place))
    _add(made, "c:order", val=str(place))
    _texts(_add(made, "c:tx"), f"{SHEET}!${column}$1", [one.name])
    _fill(_add(made, "c:spPr"), one.ink)
    _add(made, "c:invertIfNegative", val="0")
    _labels(made, chart, one)
    _texts(_add(made, "c:cat"), f"{SHEET}!$A$2:$A${last}", chart.categories)
    numbers = _add(_add(made, "c:val"), "c:numRef")
    _add(numbers, "c:f").text = f"{SHEET}!${column}$2:${column}${last}"
    cache = _add(numbers, "c:numCache")
    _add(cache, "c:formatCode").text = "0"
    _add(cache, "c:ptCount", val=str(len(one.values)))
    for row, value in enumerate(one.values):
        if value or not chart.stacked:
            _add(_add(cache, "c:pt", idx=str(row)), "c:v").text = str(value)


def _labels(made: Any, chart: Chart, one: Series) -> None:
    """The number at each bar; in a stack, in each segment that has room for it."""
    labels = _add(made, "c:dLbls")
    for row, value in enumerate(one.values):
        if chart.stacked and value * SMALLEST < chart.most:
            left_out = _add(labels, "c:dLbl")
            _add(left_out, "c:idx", val=str(row))
            _add(left_out, "c:delete", val="1")
    if chart.stacked:
        plate = _add(labels, "c:spPr")
        _add(_add(plate, "a:solidFill"), "a:srgbClr", val="FFFFFF")
    _letters(labels, 800)
    if not chart.stacked:
        _add(labels, "c:dLblPos", val="outEnd")
    for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize"):
        _add(labels, f"c:show{name}", val="1" if name == "Val" else "0")


def _texts(holder: Any, where: str, texts: Any) -> None:
    found = _add(holder, "c:strRef")
    _add(found, "c:f").text = where
    cache = _add(found, "c:strCache")
    _add(cache, "c:ptCount", val=str(len(texts)))
    for row, text in enumerate(texts):
        _add(_add(cache, "c:pt", idx=str(row)), "c:v").text = shown(text)


def _fill(shape: Any, place: int) -> None:
    ink = INKS[place]
    if ink.pattern:
        pattern = _add(shape, "a:pattFill", prst=ink.pattern)
        _add(_add(pattern, "a:fgClr"), "a:srgbClr", val=ink.light)
        _add(_add(pattern, "a:bgClr"), "a:srgbClr", val="FFFFFF")
    else:
        _add(_add(shape, "a:solidFill"), "a:srgbClr", val=ink.light)
    line = _add(shape, "a:ln", w="9525")
    _add(_add(line, "a:solidFill"), "a:srgbClr", val=ink.light)


def _category_axis(area: Any) -> None:
    axis = _axis(area, "c:catAx", AXES, "maxMin", "l")
    _add(axis, "c:crosses", val="autoZero")


def _value_axis(area: Any) -> None:
    axis = _axis(area, "c:valAx", AXES[::-1], "minMax", "b")
    _add(axis, "c:crosses", val="max")


def _axis(area: Any, kind: str, axes: tuple[str, ...], way: str, side: str) -> Any:
    axis = _add(area, kind)
    _add(axis, "c:axId", val=axes[0])
    _add(_add(axis, "c:scaling"), "c:orientation", val=way)
    if kind == "c:valAx":
        _add(axis[-1], "c:min", val="0")
    _add(axis, "c:delete", val="0")
    _add(axis, "c:axPos", val=side)
    if kind == "c:valAx":
        line = _add(_add(_add(axis, "c:majorGridlines"), "c:spPr"), "a:ln", w="6350")
        _add(_add(line, "a:solidFill"), "a:srgbClr", val="D0D0D0")
        _add(axis, "c:numFmt", formatCode="0", sourceLinked="0")
    _add(axis, "c:majorTickMark", val="none")
    _add(axis, "c:minorTickMark", val="none")
    _add(axis, "c:tickLblPos", val="nextTo")
    _letters(axis, 900)
    _add(axis, "c:crossAx", val=axes[1])
    return axis


def _letters(holder: Any, size: int) -> None:
    body = _add(holder, "c:txPr")
    _add(body, "a:bodyPr")
    look = _add(_add(_add(body, "a:p"), "a:pPr"), "a:defRPr", sz=str(size), b="0")
    _add(look, "a:latin", typeface=LATIN)
    _add(look, "a:ea", typeface=SONG)


def _add(parent: Any, tag: str, /, **given: str) -> Any:
    return etree.SubElement(parent, _tag(tag), given)


def _tag(tag: str) -> str:
    space, _, local = tag.partition(":")
    return f"{{{SPACES[space]}}}{local}"
