"""The Word document, by what it holds and by what LibreOffice makes of it."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from lxml import etree

from jingmen_policy.office.bulletin.word import word
from support.bulletins import ASKED, HOSTILE, hostile, ledger, made, telling
from support.outside import converted, pdf_text

DAY = date(2021, 12, 31)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def content() -> bytes:
    return word(telling(made(ledger(), DAY)), DAY)


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def test_it_looks_like_an_official_document(document: Any) -> None:
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [
        "一、总体进度",
        "二、各县（市、区）进度",
        "三、全市合计（附件两种口径）",
        "四、各项要求落实情况",
        "五、今后的期限",
        "六、社工站清单",
    ]


def test_the_head_of_a_table_comes_again_and_no_row_is_parted(document: Any) -> None:
    for table in document.tables:
        rows = [row._tr for row in table.rows]
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_every_chart_says_in_words_what_it_shows(document: Any) -> None:
    drawn = [one for one in document.element.body.iter() if one.tag.endswith("}docPr")]
    assert [one.get("name") for one in drawn] == ["progress", "sections", "deadlines"]
    assert all(one.get("descr") and one.get("title") for one in drawn)


def test_every_part_that_is_named_is_there_and_is_well_formed(content: bytes) -> None:
    with ZipFile(BytesIO(content)) as parts:
        names = set(parts.namelist())
        assert len(names) == len(parts.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(parts.read(name))
                if name.startswith("word/charts/_rels"):
                    targets = [one.get("Target", "") for one in tree]
                    assert {t.replace("../", "word/") for t in targets} <= names


def test_the_same_bulletin_makes_the_same_bytes(content: bytes) -> None:
    assert word(telling(made(ledger(), DAY)), DAY) == content


def test_texts_of_the_facts_stay_texts() -> None:
    made_ = word(telling(made(hostile(), DAY)), DAY)
    with ZipFile(BytesIO(made_)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "\u202e" not in body
    assert "fldSimple" not in body
    assert "instrText" not in body
    told = "".join(one.text for one in docx.Document(BytesIO(made_)).paragraphs)
    assert HOSTILE.replace("\u202e", "[U+202E]") in told


@pytest.mark.outside
def test_libreoffice_shows_tables_charts_and_checklists(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    file.write_bytes(content)
    pages = pdf_text(converted(file, "pdf", tmp_path)).rstrip("\f").split("\f")
    bare = [re.sub(r"\s+", "", one) for one in pages]
    assert all(f"—{number}—" in one for number, one in enumerate(bare, 1))
    shown = "".join(bare)
    for county in ASKED:
        assert shown.count(county) > 6  # in the tables, and as a name beside a bar
    for words in (
        "已建（至少）",
        "到2021年底应建",
        "至多（未报全）",
        "四、建站方式",
        "ST-五里铺镇",
    ):
        assert words in shown
    assert "四（三）第4句" in shown
