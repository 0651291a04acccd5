"""The matrix as CSV: read back as it was written, and never run."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook

from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.matrix import COLUMNS, Matrix
from jingmen_policy.exports.matrix_csv import export
from support.hostile import FORMULA


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_it_begins_with_a_byte_order_mark(plan: Edition) -> None:
    assert export(plan).startswith(b'\xef\xbb\xbf"')


def test_it_holds_the_matrix_and_the_digest(plan: Edition) -> None:
    found = read(export(plan))
    wanted = list(Matrix(plan).rows())
    assert len(found) == len(wanted)
    for row, cells in zip(found, wanted, strict=True):
        assert (row["截至"], row["规则库摘要"]) == ("2026-11-28", plan.corpus.digest)
        for column in COLUMNS:
            value = cells[column.name]
            shown = value.isoformat() if isinstance(value, date) else value or ""
            assert row[column.head.zh] == shown


def test_what_would_be_run_stands_after_an_apostrophe(nasty: Edition) -> None:
    titles = {row["规则"]: row["标题"] for row in read(export(nasty))}
    assert titles["as-formula"] == f"'{FORMULA}"
    assert titles["as-plus"].startswith("'+1")
    assert titles["as-minus"].startswith("'-1")
    assert titles["as-at"].startswith("'@SUM")
    assert titles["as-wide"].startswith("'＝1")
    assert titles["as-script"] == "<script>alert(1)</script>"
    assert titles["as-bell"] == "bell␇"


def test_libreoffice_runs_nothing_in_it(saved: Path) -> None:
    sheet = load_workbook(saved / "nasty-table.xlsx").worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert f"'{FORMULA}" in texts
