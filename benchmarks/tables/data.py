"""Stations with four workers each, one cell in twenty unknown; the same on every run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl

DAY, DUE = date(2022, 12, 31), date(2021, 7, 31)
RULES = (
    "staffing",
    "sign-displayed",
    "equipment",
    "management-rules",
    "services-delivered",
    "assistance-services",
    "procedures-and-standards",
    "launch-premises",
    "launch-services",
    "launch-staffed",
    "office-provides-premises",
    "launch-agreement",
)
EQUIPMENT = ["办公用房", "桌椅", "电脑", "打印机", "档案柜"]
REGULATIONS = ["人员", "项目", "督导", "志愿者", "服务场所使用", "文书档案"]


def _statements(number: int) -> tuple[str, str]:
    day = "DATE '2020-06-01' + (hash(i, {0}) % 1200)::INT"
    columns = {
        "id": "'S' || i",
        "established_on": _mostly(1, day.format(2)),
        "operator": _mostly(3, _one_of(4, ["'乡镇（街道）自行运营'", "'第三方社会组织承接'"])),
        "sign_displayed": _mostly(5, "hash(i, 6) % 10 > 0"),
        "equipment": _one_of(7, [str(EQUIPMENT), str(EQUIPMENT[:4]), "[]", "NULL"]),
        "regulations": _one_of(8, [str(REGULATIONS), str(REGULATIONS[:5]), "[]", "NULL"]),
        "services_started_on": _mostly(9, day.format(10)),
    }
    of_workers = {
        "id": "'W' || i",
        "station": f"'S' || (hash(i, 11) % {number})",
        "in_post": _mostly(12, "hash(i, 13) % 5 > 0"),
        "hired_on": _mostly(14, day.format(15)),
    }
    return _select(columns, number), _select(of_workers, 4 * number)


def tables(number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """So many stations, and their workers."""
    stations, workers = _statements(number)
    with duckdb.connect() as database:
        return database.sql(stations).pl(), database.sql(workers).pl()


def write(number: int, folder: Path) -> None:
    """The same as Parquet files, never all in memory."""
    folder.mkdir(parents=True)
    with duckdb.connect(config={"memory_limit": "1GB"}) as database:
        for name, select in zip(("Station", "ResidentWorker"), _statements(number), strict=True):
            database.execute(f"COPY ({select}) TO '{folder / name}.parquet' (FORMAT parquet)")


def _select(columns: dict[str, str], rows: int) -> str:
    chosen = ", ".join(f"{text} AS {name}" for name, text in columns.items())
    return f"SELECT {chosen} FROM range({rows}) AS t(i)"


def _mostly(seed: int, text: str) -> str:
    """Unknown in one row of twenty."""
    return f"CASE WHEN hash(i, {seed}) % 20 > 0 THEN {text} END"


def _one_of(seed: int, texts: list[str]) -> str:
    cases = " ".join(f"WHEN {number} THEN {text}" for number, text in enumerate(texts))
    return f"CASE hash(i, {seed}) % {len(texts)} {cases} END"
