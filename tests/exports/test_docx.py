"""The Word document, by what it holds and by what LibreOffice makes of it."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from jingmen_policy.exports.docx import export
from jingmen_policy.exports.edition import Edition
from support.editions import plain
from support.hostile import TITLES
from support.once import once
from support.outside import converted, pdf_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def content(plan: Edition) -> bytes:
    return export(plan)


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


@pytest.fixture(scope="module")
def pages(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    def render(to: Path) -> None:
        file = tmp_path_factory.mktemp("docx") / "annotated.docx"
        file.write_bytes(content)
        converted(file, "pdf", file.parent).rename(to)

    return pdf_text(once(tmp_path_factory, "annotated.pdf", render)).rstrip("\f").split("\f")


def squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def paragraphs(document: Any, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def test_the_paper_and_its_margins_are_those_of_an_official_document(document: Any) -> None:
    [section] = document.sections
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(side.mm) for side in sides] == [210, 297, 37, 35, 28, 26]


def test_each_level_has_its_font(document: Any) -> None:
    fonts = {
        name: document.styles[name].element.rPr.find(f"{W}rFonts").get(f"{W}eastAsia")
        for name in ("Normal", "Heading 1", "Heading 2")
    }
    assert fonts == {"Normal": "FangSong", "Heading 1": "SimHei", "Heading 2": "KaiTi"}
    assert [document.styles[name].font.size.pt for name in ("Normal", "Title")] == [16, 22]


def test_headings_are_the_plans_own(document: Any, plan: Edition) -> None:
    headings = [one for one in plan.corpus.source.passages if one.kind == "heading"]
    first = [o.text for o in headings if o.id.count("__") == 1 and o.id.startswith("sec_")]
    second = [one.text for one in headings if "__item_" in one.id]
    assert paragraphs(document, "Heading 1") == first
    assert first[0] == "一、目标任务"
    assert paragraphs(document, "Heading 2") == second
    assert second[0] == "（一）坚持党的领导。"


def test_the_text_of_the_plan_is_there_to_the_letter(document: Any, plan: Edition) -> None:
    whole = "".join(one.text for one in document.paragraphs)
    bare = re.sub(r"〔\d+〕", "", whole)
    for sentence in plan.corpus.source.sentences():
        if sentence.normative:
            assert sentence.text in bare, sentence.address
    table = next(one for one in document.tables if "县（市、区）" in one.cell(0, 0).text)
    rows = [one.text for one in plan.corpus.source.passages if one.id.startswith("annex__r_")]
    assert ["\t".join(cell.text for cell in row.cells) for row in table.rows] == rows


def test_every_rule_stands_below_a_clause_it_quotes(document: Any, plan: Edition) -> None:
    below: dict[str, str] = {}
    text = ""
    for block in document.element.body:
        if block.tag == f"{W}p":
            told = "".join(run.text or "" for run in block.iter(f"{W}t"))
            text = told or text
        elif block.tag == f"{W}tbl":
            cells = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in block.iter(f"{W}p")]
            below |= {
                cell: text for cell in cells if cell in plan.corpus.rules and cell not in below
            }
    assert set(below) == set(plan.corpus.rules)
    assert "社工站人员经费不得超过项目总经费的70%" in below["personnel-share"]


def test_a_clause_says_what_its_rules_ask_for(document: Any) -> None:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert (
        "【禁止】县（市、区）民政部门；人员经费 不超过 项目总经费 的 70%（含本数）；持续" in cells
    )


def test_libreoffice_renders_all_of_it(pages: list[str], plan: Edition) -> None:
    shown = squeezed("".join(pages))
    for name in plan.corpus.rules:
        assert name[:20] in shown, name  # a longer one may go on in the next line
    assert squeezed("通过政府购买服务方式，推进全市乡镇（街道）社工站建设") in shown
    assert plan.corpus.digest in shown


def test_every_page_has_its_number_between_dashes(pages: list[str]) -> None:
    assert len(pages) > 10
    for number, page in enumerate(pages, 1):
        last = page.rstrip().splitlines()[-1]
        assert squeezed(last) == f"—{number}—"
        outside = len(last) - len(last.lstrip()) > 20
        assert outside == bool(number % 2), "odd pages on the right, even ones on the left"


def test_hostile_titles_are_only_text(nasty: Edition) -> None:
    made = export(nasty)
    cells = {
        paragraph.text
        for table in docx.Document(BytesIO(made)).tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    }
    for name in ("as-formula", "as-script", "as-entity"):
        assert TITLES[name] in cells
    inside = plain("a.docx", made)
    assert set(re.findall(r"<w:instrText[^>]*>([^<]*)<", inside)) == {"PAGE"}
    assert "<w:hyperlink" not in inside
    assert 'TargetMode="External"' not in inside
