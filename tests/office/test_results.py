"""Findings beside the facts: what is told, what of the officer's stays, what stays text."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from jingmen_facts.problems import Refused, Said
from jingmen_policy.judge.finding import Finding
from jingmen_policy.office.results import write_results
from support.ledgers import changed, column, ledger, policy, put, read, repacked

DAY = date(2022, 12, 31)


def fill(book: Any) -> None:
    stations, workers, projects = book["社工站台账"], book["驻站社工花名册"], book["项目经费"]
    put(stations, 2, 社工站名称="=HYPERLINK(1)", 建立日期="2021.6.20")
    stations.cell(2, column(stations, "社工站名称")).data_type = "s"
    put(stations, 2, 运营方式="第三方社会组织承接")
    put(stations, 3, 建立日期=date(2021, 7, 10))
    put(workers, 2, 是否在岗="是", 学历="高中或中专", 录用日期="2021-06-20")
    put(projects, 2, **{"项目总经费（元）": 100000, "人员经费（元）": 70000.01})
    put(book["名单完整"], 2, 社工站台账="是", 驻站社工花名册="是")
    own(stations)


def own(sheet: Any) -> None:
    """What an officer adds: a column, a formula, formats, a comment, a drop-down, a colour rule."""
    sheet["AA1"], sheet["AA2"], sheet["AA3"] = "联系电话", "0724-1234567", "=LEN(A3)"
    sheet["AA1"].font = Font(bold=True, color="FF0000")
    sheet["AA2"].number_format = "@"
    sheet["A2"].comment = Comment("已核", "干部")
    sheet["D3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.column_dimensions["AA"].width = 33
    sheet.row_dimensions[2].height = 41
    offered = DataValidation(type="list", formula1='"甲,乙"')
    offered.add("AB2:AB9")
    sheet.add_data_validation(offered)
    late = DifferentialStyle(fill=PatternFill("solid", bgColor="FFAAAA"))
    sheet.conditional_formatting.add(
        "D2:D9", Rule(type="cellIs", operator="lessThan", formula=["44378"], dxf=late)
    )
    sheet.sheet_properties.tabColor = "00FF00"


def judged(source: Path, out: Path) -> tuple[tuple[Finding, ...], list[Said]]:
    found = policy().judge(read(source), DAY)
    told = write_results(source, out, found, policy().models, DAY, policy().corpus.title)
    return found, told


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return changed(ledger(tmp_path_factory.mktemp("台账") / "台账.xlsx"), fill)


@pytest.fixture(scope="module")
def out(source: Path) -> Path:
    return source.with_name("结果.xlsx")


@pytest.fixture(scope="module")
def found(source: Path, out: Path) -> tuple[Finding, ...]:
    findings, told = judged(source, out)
    assert told == []
    return findings


@pytest.fixture(scope="module")
def book(out: Path, found: tuple[Finding, ...]) -> Any:
    assert found
    return openpyxl.load_workbook(out)


def beside(sheet: Any, row: int, name: str) -> Any:
    return sheet.cell(row, column(sheet, f"判定：{name}"))


def test_a_row_is_told_how_it_stands_and_by_which_words(book: Any) -> None:
    sheet = book["项目经费"]
    assert beside(sheet, 2, "结论").value.startswith("未达标 1")
    work = beside(sheet, 2, "须办理或说明")
    assert work.value.startswith("未达标　人员经费占比上限：人员经费超过项目总经费的规定比例")
    assert "四（四）第2句“社工站人员经费不得超过项目总经费的70%”" in work.comment.text
    workers = book["驻站社工花名册"]
    assert beside(workers, 2, "须办理或说明").value.startswith("待说明　驻站社工学历")


def test_what_is_missing_is_told_with_the_cell_it_goes_into(book: Any) -> None:
    sheet = book["社工站台账"]
    cell = f"{sheet.cell(1, column(sheet, '是否设置标识')).column_letter}2"
    assert f"是否设置标识（社工站台账!{cell}）" in beside(sheet, 2, "还缺的事实").value
    assert beside(sheet, 2, "最早期限").value.date() == date(2021, 7, 31)


def test_a_row_that_states_nothing_is_told_nothing(book: Any) -> None:
    assert beside(book["社工站台账"], 5, "结论").value is None


def test_words_are_soft(book: Any) -> None:
    texts = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert not [text for text in texts if "违法" in text or "违规" in text]


def test_the_list_has_every_finding_once_and_can_be_filtered(
    book: Any, found: tuple[Finding, ...]
) -> None:
    sheet = book["判定结论"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert sorted((row[1], row[4], row[5]) for row in rows if row[5]) == sorted(
        (f.rule, f.subject.id, f.year) for f in found if f.year is not None
    )
    assert sorted((row[0], row[1], row[4]) for row in rows) == sorted(
        (f.status.label.zh, f.rule, f.subject.id) for f in found
    )
    assert sheet.auto_filter.ref == f"A4:O{4 + len(found)}"
    assert sheet.freeze_panes == "D5"
    links = {row[4]: row[14] for row in rows if row[14]}
    assert links["沙洋镇社工站"] == "'社工站台账'!A2"
    assert sheet.cell(5, 15).hyperlink.location == rows[0][14]


def test_what_the_officer_added_stays(source: Path, book: Any) -> None:
    before, after = openpyxl.load_workbook(source)["社工站台账"], book["社工站台账"]
    for row in before.iter_rows():
        for cell in row:
            there = after[cell.coordinate]
            assert there.value == cell.value
            assert there.number_format == cell.number_format
            assert repr(there.font) == repr(cell.font)
            assert repr(there.fill) == repr(cell.fill)
            assert (there.comment and there.comment.text) == (cell.comment and cell.comment.text)
    assert after["AA3"].data_type == "f"
    assert after.column_dimensions["AA"].width == 33
    assert after.row_dimensions[2].height == 41
    assert after.sheet_properties.tabColor.rgb == "0000FF00"
    assert after.freeze_panes == before.freeze_panes
    assert [
        (check.type, check.formula1, str(check.sqref))
        for check in after.data_validations.dataValidation
    ] == [
        (check.type, check.formula1, str(check.sqref))
        for check in before.data_validations.dataValidation
    ]
    assert [str(rule.sqref) for rule in after.conditional_formatting] == ["D2:D9"]
    assert book.defined_names.keys() == openpyxl.load_workbook(source).defined_names.keys()


def test_rich_text_in_headings_stays(out: Path, found: tuple[Finding, ...]) -> None:
    assert found
    sheet = openpyxl.load_workbook(out, rich_text=True)["社工站台账"]
    assert len(sheet["D1"].value) == 2


def test_no_text_becomes_a_formula(book: Any) -> None:
    for sheet in book:
        for row in sheet:
            for cell in row:
                assert cell.data_type != "f" or cell.coordinate == "AA3"


def test_the_result_can_be_judged_again_in_the_same_place(source: Path, out: Path) -> None:
    first, _ = judged(source, out)
    again = out.with_name("再.xlsx")
    second, _ = judged(out, again)
    assert first == second
    once, twice = openpyxl.load_workbook(out), openpyxl.load_workbook(again)
    assert once.sheetnames == twice.sheetnames
    for sheet in once:
        cells = [[cell.value for cell in row] for row in sheet]
        assert cells == [[cell.value for cell in row] for row in twice[sheet.title]]


def test_what_was_found_before_and_is_no_longer_true_goes(source: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "结果.xlsx", tmp_path / "再.xlsx"
    judged(source, out)
    changed(out, lambda book: put(book["项目经费"], 2, **{"人员经费（元）": 70000}))
    judged(out, again)
    told = beside(openpyxl.load_workbook(again)["项目经费"], 2, "结论").value
    assert "未达标" not in told
    assert "符合 1" in told


def test_a_sheet_of_the_officers_called_like_ours_is_kept(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(source.read_bytes())
    changed(copy, lambda book: book.create_sheet("判定结论").append(["去年的结论"]))
    judged(copy, tmp_path / "结果.xlsx")
    book = openpyxl.load_workbook(tmp_path / "结果.xlsx")
    assert book["判定结论"]["A1"].value == "去年的结论"
    assert book["判定结论2"]["A1"].value.startswith("判定结论：")


def test_what_the_copy_lacks_is_told(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(source.read_bytes())

    def draw(parts: dict[str, bytes]) -> None:
        parts["xl/drawings/drawing9.xml"] = b"<xdr:wsDr><xdr:sp></xdr:sp></xdr:wsDr>"
        parts["xl/threadedComments/threadedComment1.xml"] = b"<a/>"

    _, told = judged(repacked(copy, draw), tmp_path / "结果.xlsx")
    assert [said.zh for said in told] == ["结果中没有带入：图形、文本框、会话式批注（原台账不变）"]


def test_a_workbook_with_errors_gets_no_findings(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(source.read_bytes())
    changed(copy, lambda book: put(book["社工站台账"], 2, 建立日期="?"))
    with pytest.raises(Refused, match="社工站台账!D2"):
        write_results(copy, tmp_path / "结果.xlsx", (), policy().models, DAY, Said("", ""))
    assert not (tmp_path / "结果.xlsx").exists()
