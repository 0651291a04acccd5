"""Workbooks of facts for tests: written, changed by hand, read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl

from jingmen_facts import BACKGROUNDS, MODELS, Dossier, Refused
from jingmen_facts.reading.dossier_file import read_dossiers
from jingmen_policy import Policy
from jingmen_policy.office.ledger import write_ledger

COUNTY = "沙洋县"


@cache
def policy() -> Policy:
    return Policy.load()


def ledger(path: Path, county: str = COUNTY, stated: Dossier | None = None) -> Path:
    """The shipped ledger of a county ('' for all of them) at a path."""
    write_ledger(policy().corpus, BACKGROUNDS, path, use="register", county=county, stated=stated)
    return path


def changed(path: Path, change: Callable[[Any], None]) -> Path:
    """A workbook after someone has opened it, changed it and saved it."""
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book)
    book.save(path)
    return path


def column(sheet: Any, heading: str) -> int:
    """The column whose heading begins with these words."""
    return next(
        int(cell.column)
        for cell in sheet[1]
        if str(cell.value or "").split("\n")[0].strip() == heading
    )


def put(sheet: Any, row: int, **values: object) -> None:
    """Values of one row, by heading."""
    for heading, value in values.items():
        sheet.cell(row, column(sheet, heading)).value = value


def read(path: Path) -> Dossier:
    return read_dossiers([path], MODELS, BACKGROUNDS).dossier


def refusal(path: Path) -> list[str]:
    """What a workbook is refused for, each without the path before it."""
    try:
        read(path)
    except Refused as refused:
        return [problem.to("zh").replace(str(path), "台账.xlsx") for problem in refused.problems]
    return []


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A workbook whose parts were changed without a spreadsheet program."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(packed.getvalue())
    return path
