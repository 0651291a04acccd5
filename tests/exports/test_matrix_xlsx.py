"""The workbook, as LibreOffice opens it, works it out and saves it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from jingmen_policy.corpus.ledger import read_ledger
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import COLUMNS, Matrix
from jingmen_policy.exports.matrix_xlsx import DAY, LONGEST, SHEETS, _short, export
from jingmen_policy.exports.safe import shown
from support.hostile import TITLES


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book(plan: Edition) -> Workbook:
    return opened(export(plan))


@pytest.fixture(scope="module")
def worked_out(saved: Path) -> Workbook:
    """As LibreOffice saved it, with what its formulas come to."""
    return load_workbook(saved / "plan.xlsx", data_only=True)


def sheet(book: Workbook, name: str) -> Any:
    return book[SHEETS[name].zh]


def test_its_sheets_are_named_and_in_order(book: Workbook) -> None:
    assert book.sheetnames == ["总览", "对照表", "逐字归属", "所取解释", "原文问题"]


def test_heads_stay_in_sight_and_filter(book: Workbook) -> None:
    for one in book.worksheets:
        assert one.freeze_panes in {"A2", "B2"}
        assert one.auto_filter.ref == one.dimensions
        assert all(cell.font.bold for cell in one[1])


def test_days_are_days(book: Workbook, plan: Edition) -> None:
    matrix = sheet(book, "matrix")
    heads = [cell.value for cell in matrix[1]]
    since = matrix.cell(2, heads.index("施行自") + 1)
    assert (since.value, since.number_format) == (datetime(2021, 1, 1), DAY)
    due = matrix.cell(1, heads.index("到期日") + 1).column
    days = {row[due - 1] for row in matrix.iter_rows(min_row=2, values_only=True)} - {None}
    rules = plan.corpus.rules.values()
    assert {day.date() for day in days} == {
        version.due.day for rule in rules for version in rule.versions if version.due.day
    }


def test_libreoffice_sees_the_matrix_cell_by_cell(worked_out: Workbook, plan: Edition) -> None:
    found = list(sheet(worked_out, "matrix").iter_rows(min_row=2, values_only=True))
    wanted = list(Matrix(plan).rows())
    assert len(found) == len(wanted)
    for row, cells in zip(found, wanted, strict=True):
        for value, column in zip(row, COLUMNS, strict=True):
            cell = cells[column.name]
            if isinstance(cell, date):
                assert value == datetime(cell.year, cell.month, cell.day)
            else:
                assert (value or "") == (cell or ""), column.name


def test_libreoffice_counts_what_we_count(worked_out: Workbook, plan: Edition) -> None:
    told = dict(sheet(worked_out, "overview").iter_rows(min_row=2, max_col=2, values_only=True))
    rows = list(Matrix(plan).rows())
    assert told["规则（条）"] == len(plan.corpus.rules)
    assert told["没有规则的句（行）"] == sum(row["rule"] is None for row in rows)
    assert told["对照表行数"] == len(rows)
    assert told["已签署的行"] == 0
    counts = Counter(row["modality"] for row in rows)
    assert told["行：义务"] == counts["义务"] > 0
    assert told["规则库摘要（SHA-256）"] == plan.corpus.digest


def test_ledger_readings_and_discrepancies_are_all_there(
    worked_out: Workbook, plan: Edition
) -> None:
    def column(name: str, at: int = 0) -> list[Any]:
        return [row[at] for row in sheet(worked_out, name).iter_rows(min_row=2, values_only=True)]

    ledger = read_ledger(plan.corpus)
    assert ledger is not None
    assert column("ledger", 1) == [one.text for one in ledger.entries]
    assert column("readings") == list(plan.corpus.interpretations)
    assert column("discrepancies") == list(plan.corpus.discrepancies)


def test_formula_like_texts_are_texts(nasty: Edition, saved: Path) -> None:
    wanted = {shown(title) for title in TITLES.values()}
    for book in (opened(export(nasty)), load_workbook(saved / "nasty.xlsx")):
        cells = [cell for row in sheet(book, "matrix").iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value in wanted} == {"s"}
        assert wanted <= {cell.value for cell in cells}


def test_only_our_own_formulas_are_formulas(nasty: Edition) -> None:
    book = opened(export(nasty))
    found = {
        one.title
        for one in book.worksheets
        for row in one.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == {"总览"}


def test_what_does_not_fit_into_a_cell_says_so() -> None:
    assert _short("字" * LONGEST) == "字" * LONGEST
    assert _short("字" * (LONGEST + 1)) == "字" * (LONGEST - 1) + "…"
