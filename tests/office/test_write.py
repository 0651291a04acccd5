"""The workbook to be filled in: what it asks, how often, and what it lets be written."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jingmen_facts import MODELS
from jingmen_facts.problems import Refused
from jingmen_policy.docs.deciding import deciding
from jingmen_policy.office.asked import asked
from support.ledgers import column, ledger, policy

OPEN_TO_ALL = frozenset({"City", "County", "Township"})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger(tmp_path_factory.mktemp("台账") / "台账.xlsx")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return openpyxl.load_workbook(ledger(tmp_path_factory.mktemp("全市") / "台账.xlsx", ""))


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def headings(sheet: Any) -> list[str]:
    return [str(cell.value).split("\n")[0].partition("（元")[0] for cell in sheet[1]]


def fact_sheets(book: Any) -> dict[str, Any]:
    return {
        kind.name: book[kind.ledger]
        for kind in MODELS.kinds.values()
        if kind.ledger in book.sheetnames
    }


def test_it_holds_the_sheets_that_were_asked_for(book: Any) -> None:
    assert book.sheetnames[:3] == ["说明", "填报设置", "名单完整"]
    wanted = {"社工站台账", "驻站社工花名册", "项目经费", "服务协议", "评估", "制度与文件"}
    assert wanted <= set(book.sheetnames)
    assert {sheet.title for sheet in book if sheet.sheet_state != "visible"} == {"选项", "预填"}


def test_every_township_of_the_register_has_a_row(book: Any, city: Any) -> None:
    def townships(sheet: Any) -> list[str]:
        at = column(sheet, "所在乡镇（街道）")
        return [str(row[at - 1].value) for row in sheet.iter_rows(min_row=2) if row[at - 1].value]

    assert len(townships(book["社工站台账"])) == 13
    assert len(set(townships(city["社工站台账"]))) == 60
    assert all(name.startswith("沙洋县/") for name in townships(book["社工站台账"]))


def test_no_identity_stands_for_two_things_in_the_city(city: Any) -> None:
    for kind, sheet in fact_sheets(city).items():
        keys = len(MODELS.kinds[kind].model.KEY)
        rows = [tuple(cell.value for cell in row[:keys]) for row in sheet.iter_rows(min_row=2)]
        counts = Counter(row for row in rows if any(row))
        assert not [row for row, times in counts.items() if times > 1], kind


def test_nothing_that_a_rule_reads_is_left_unasked(city: Any) -> None:
    """But what the register states, and what another sheet asks."""
    sheets = fact_sheets(city)
    for rule in policy().corpus.rules.values():
        for one in deciding(policy().corpus, rule):
            spec = MODELS.kinds[one.kind].fields.get(one.name)
            if one.listing or spec is None or spec.elsewhere is not None:
                continue
            known = one.kind in OPEN_TO_ALL and any(
                getattr(fact, one.name) is not None
                for fact in policy().dossier({}, use=["register"]).of_kind(one.kind).values()
            )
            heading = spec.label.zh
            assert known or any(
                heading == name.partition("（")[0] or name.startswith(heading)
                for name in headings(sheets[one.kind])
            ), (one.kind, one.name)


def test_no_datum_is_asked_for_twice(book: Any) -> None:
    """One county's ledger: the county is set once, the register's fields are not asked at all."""
    sheets = fact_sheets(book)
    assert headings(sheets["Township"]) == [
        "行政区划所属县级单位",
        "乡镇（街道）名称",
        "是否为有条件的乡镇（街道）",
    ]
    for kind, sheet in sheets.items():
        refers = MODELS.kinds[kind].references
        to_county = [
            MODELS.kinds[kind].fields[name].label.zh
            for name, refer in refers.items()
            if refer.kind in ("County", "City")
        ]
        assert not set(to_county) & set(headings(sheet)), kind
        assert len(set(headings(sheet))) == len(headings(sheet))
    assert "承接机构" not in headings(sheets["Station"])
    assert "乙方" in headings(sheets["ServiceAgreement"])


def test_a_heading_says_the_unit_and_the_clause_and_its_comment_the_words(book: Any) -> None:
    sheet = book["项目经费"]
    cell = sheet.cell(1, column(sheet, "人员经费（元）"))
    assert str(cell.value).split("\n") == ["人员经费（元）", "四（四）第2句"]
    assert "社工站人员经费不得超过项目总经费的70%" in cell.comment.text
    assert "至多两位小数" in cell.comment.text


def test_the_clauses_of_a_heading_are_those_of_the_rules_that_need_it() -> None:
    found = asked(policy().corpus)
    ages = {clause.address for clause in found["ResidentWorker", "age_reason"]}
    assert ages == {"四（三）第4句"}
    assert "四（三）第1句" in {clause.address for clause in found["ResidentWorker", "station"]}
    assert ("Station", "other_equipment") not in found


def test_cells_offer_what_may_stand_in_them(book: Any) -> None:
    for kind, sheet in fact_sheets(book).items():
        checks = {
            str(cells).partition(":")[0].rstrip("0123456789"): check
            for check in sheet.data_validations.dataValidation
            for cells in check.sqref.ranges
        }
        for spec in MODELS.kinds[kind].fields.values():
            name = spec.label.zh
            at = [cell for cell in sheet[1] if str(cell.value).split("\n")[0].startswith(name)]
            if not at or spec.sort.value not in ("flag", "day", "money", "number"):
                continue
            check = checks[at[0].column_letter]
            assert check.type in ("list", "date", "decimal", "whole"), spec
            assert check.allow_blank
            assert check.showErrorMessage


def test_drop_downs_lead_to_names_that_lead_to_cells(book: Any) -> None:
    sheet = book["驻站社工花名册"]
    named = [
        check.formula1
        for check in sheet.data_validations.dataValidation
        if check.type == "list" and not check.formula1.startswith('"')
    ]
    assert "社工站台账" in named
    for name in named:
        ((title, cells),) = book.defined_names[name].destinations
        first, _, _ = cells.replace("$", "").partition(":")
        assert book[title][first].value


def test_it_can_be_scrolled_filtered_and_printed(book: Any) -> None:
    for sheet in fact_sheets(book).values():
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.print_title_rows == "$1:$1"
        assert all(7 < column.width <= 40 for column in sheet.column_dimensions.values())


def test_the_same_ledger_has_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert ledger(tmp_path / "再.xlsx").read_bytes() == path.read_bytes()


def test_no_amount_passes_through_a_float(tmp_path: Path) -> None:
    stated = policy().dossier(
        {"ServiceProject": {"id": "P", "total_cost": "70000.01元"}}, use=["register"]
    )
    made = ledger(tmp_path / "台账.xlsx", "", stated)
    sheet = openpyxl.load_workbook(made)["项目经费"]
    assert sheet.cell(2, column(sheet, "项目总经费（元）")).value == 70000.01


def test_a_county_there_is_none_of_is_refused_by_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="未知的县（市、区）“沙羊县”，是否为“沙洋县”？"):
        ledger(tmp_path / "台账.xlsx", "沙羊县")
    assert not list(tmp_path.iterdir())


def test_the_day_it_names_is_the_day_it_was_given(tmp_path: Path) -> None:
    from jingmen_facts import BACKGROUNDS
    from jingmen_policy.office.ledger import write_ledger

    made = tmp_path / "台账.xlsx"
    write_ledger(policy().corpus, BACKGROUNDS, made, use="register", as_of=date(2022, 12, 31))
    book = openpyxl.load_workbook(made)
    assert book["填报设置"]["B2"].value.date() == date(2022, 12, 31)
    assert book.properties.modified.date() == date(2022, 12, 31)
