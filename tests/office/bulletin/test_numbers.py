"""Numbers read back out of the page, its charts, the document and the text, and compared.

They are compared with the model, and the model's with a plain count of the facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from lxml import etree

from jingmen_facts import Dossier
from jingmen_policy.office.bulletin.blocks import Chart, Grid, walk
from jingmen_policy.office.bulletin.html import html
from jingmen_policy.office.bulletin.model import Bulletin
from jingmen_policy.office.bulletin.plain import plain
from jingmen_policy.office.bulletin.word import word
from jingmen_policy.rule.status import Status
from support.bulletins import ASKED, YEARS, built, ledger, made, story, telling
from support.desk_page import parsed

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Table = list[list[str]]
Bars = dict[str, dict[str, int]]
"""By category, by the name of the series."""
INPUTS: dict[str, tuple[Callable[[], Dossier], date]] = {
    "ledger": (ledger, date(2021, 12, 31)),
    "falling-behind": (lambda: story("falling-behind"), date(2022, 12, 31)),
    "four-years": (lambda: story("four-years"), date(2024, 6, 30)),
}


class Read:
    """A bulletin in all its forms, read back."""

    def __init__(self, dossier: Dossier, day: date) -> None:
        self.dossier, self.day, self.model = dossier, day, made(dossier, day)
        told = telling(self.model)
        self.blocks = list(walk(told.blocks))
        self.page = parsed(html(told, "zh").decode())
        self.archive = word(told, day)
        self.document: Any = docx.Document(BytesIO(self.archive))
        self.text = plain(told)

    def html_tables(self) -> dict[str, Table]:
        return {
            table.find("caption").text: [
                ["".join(cell.itertext()) for cell in row.xpath("./th|./td")]
                for row in table.xpath(".//tr")
            ]
            for table in self.page.xpath("//table")
        }

    def word_tables(self) -> dict[str, Table]:
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        found = {}
        for table in self.document.element.body.iter(f"{w}tbl"):
            caption = table.tblPr.find(f"{w}tblCaption").get(f"{w}val")
            found[caption] = [
                ["".join(t.text or "" for t in cell.iter(f"{w}t")) for cell in row.iter(f"{w}tc")]
                for row in table.iter(f"{w}tr")
            ]
        return found

    def svg_bars(self) -> dict[str, Bars]:
        """From the titles of the bars, which say category, series and number."""
        found: dict[str, Bars] = {}
        for drawn in self.page.xpath("//*[local-name()='svg']"):
            bars: Bars = {}
            for title in drawn.xpath(".//*[local-name()='rect']/*[local-name()='title']"):
                category, rest = title.text.split(" ", 1)
                series, value = rest.rsplit(" ", 1)
                bars.setdefault(category, {})[series] = int(value)
            found[drawn.xpath("string(./*[local-name()='title'])")] = bars
        return found

    def word_bars(self) -> Iterator[Bars]:
        with ZipFile(BytesIO(self.archive)) as parts:
            names = sorted(name for name in parts.namelist() if "charts/chart" in name)
            for name in names:
                yield _bars(etree.fromstring(parts.read(name)))

    def edited_bars(self) -> Iterator[Bars]:
        """The workbooks that Word opens to edit a chart."""
        with ZipFile(BytesIO(self.archive)) as parts:
            names = sorted(name for name in parts.namelist() if name.endswith(".xlsx"))
            for name in names:
                book: Any = openpyxl.load_workbook(BytesIO(parts.read(name)))
                rows = list(book.active.values)
                yield {
                    str(row[0]): dict(zip(map(str, rows[0][1:]), map(int, row[1:]), strict=True))
                    for row in rows[1:]
                }


def _bars(space: Any) -> Bars:
    found: Bars = {}
    for series in space.iter(f"{C}ser"):
        name = series.findtext(f"{C}tx//{C}v")
        names = [one.text for one in series.iterfind(f"{C}cat//{C}v")]
        for point in series.iterfind(f"{C}val//{C}pt"):
            category = names[int(point.get("idx"))]
            found.setdefault(category, {})[name] = int(point.findtext(f"{C}v"))
    return found


def none_left_out(bars: Bars) -> Bars:
    return {
        category: {name: value for name, value in found.items() if value}
        for category, found in bars.items()
    }


@pytest.fixture(scope="module", params=list(INPUTS))
def read(request: pytest.FixtureRequest) -> Read:
    dossier, day = INPUTS[request.param]
    return Read(dossier(), day)


def charts(read: Read) -> list[Chart]:
    return [block for block in read.blocks if isinstance(block, Chart)]


def test_page_and_document_have_the_same_tables(read: Read) -> None:
    grids = [block for block in read.blocks if isinstance(block, Grid)]
    wanted = {
        grid.caption: [
            list(grid.head),
            *([cell.text.replace("\n", "") for cell in row] for row in grid.rows),
        ]
        for grid in grids
    }
    assert len(wanted) == len(grids)
    assert read.html_tables() == wanted
    assert read.word_tables() == wanted


def test_charts_of_page_document_and_workbook_have_the_same_numbers(read: Read) -> None:
    wanted = [
        {
            category: {one.name: one.values[place] for one in chart.series}
            for place, category in enumerate(chart.categories)
        }
        for chart in charts(read)
    ]
    assert wanted
    assert list(read.edited_bars()) == wanted
    bare = [none_left_out(bars) for bars in wanted]
    assert [none_left_out(bars) for bars in read.word_bars()] == bare
    drawn = read.svg_bars()
    assert [none_left_out(drawn[chart.title]) for chart in charts(read)] == bare


def test_the_progress_chart_shows_what_the_facts_count(read: Read) -> None:
    plainly = built(read.dossier, read.day)
    assert read.model.target is not None
    place = YEARS.index(read.model.target.year)
    first = next(iter(read.word_bars()))
    for county, asked in ASKED.items():
        bars = first[county]
        assert next(v for name, v in bars.items() if name.startswith("已建")) == plainly[county]
        assert next(v for name, v in bars.items() if name.endswith("应建")) == asked[place]
        assert bars["合计"] == asked[-1]


def test_the_table_of_years_says_what_the_facts_count(read: Read) -> None:
    [head, *rows] = read.word_tables()["各县（市、区）分年度"]
    assert len(rows) == len(ASKED) * len(YEARS)
    for row in rows:
        one = dict(zip(head, row, strict=True))
        county, year = one["县（市、区）"], int(one["年度"])
        asked = ASKED[county][YEARS.index(year)]
        assert int(one["累计应建"]) == int(one["最少数"]) == asked
        count = built(read.dossier, min(read.day, date(year, 12, 31)))[county]
        assert int(re.findall(r"\d+", one["累计已建"])[0]) == count
        worst = re.findall(r"\d+", one["还差"])[-1]
        assert int(worst) == max(0, asked - count)


def test_bars_of_findings_add_up_to_the_table_beside_them(read: Read) -> None:
    [head, *rows] = read.html_tables()["各部分结论数"]
    bars = read.svg_bars()["方案各部分要求的落实情况（结论数）"]
    shown = {status.label.zh for status in Status} - {"可选用", "已记录", "不适用", "未施行"}
    for row in rows[:-1]:
        table = {
            name: int(value)
            for name, value in zip(head[1:-1], row[1:-1], strict=True)
            if name in shown and int(value)
        }
        assert bars.get(row[0], {}) == table
    totals = [sum(int(row[column]) for row in rows[:-1]) for column in range(1, len(head))]
    assert [int(value) for value in rows[-1][1:]] == totals


def test_the_sentences_say_the_numbers_of_the_model(read: Read) -> None:
    model: Bulletin = read.model
    total = sum(one.number for one in model.counts)
    [city] = model.cities
    for shown in (
        read.text,
        "".join(read.page.itertext()),
        "".join(one.text for one in read.document.paragraphs),
    ):
        assert f"共作出{total}条结论" in shown
        [said, *_] = re.findall(r"已建社工站的乡镇（街道）(.+?)个", shown)
        assert int(re.findall(r"\d+", said)[0]) == city.count.low
        assert ("至少" in said) == (not city.count.exact)


def test_the_words_for_a_chart_say_every_number_in_it(read: Read) -> None:
    for chart in charts(read):
        for place, category in enumerate(chart.categories):
            told = next(part for part in chart.alt.split("；") if part.startswith(category))
            numbers = {int(number) for number in re.findall(r"\d+", told.removeprefix(category))}
            values = {one.values[place] for one in chart.series if one.name != "合计"}
            assert values - {0} <= numbers
