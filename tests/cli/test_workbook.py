"""``jingmen workbook`` and ``judge --out``, as an official would use them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from jingmen_policy.cli.main import cli
from support.ledgers import changed, put


def jingmen(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = jingmen("workbook", "--county", "漳河新区", "--out", tmp_path / "台账.xlsx")
    assert made.exit_code == 0, made.output
    return tmp_path / "台账.xlsx"


def mistaken(book: Any) -> None:
    stations = book["社工站台账"]
    put(stations, 2, 建立日期="2021年6月31日", 是否设置标识="有", 运营方式="自行运营")
    put(stations, 3, 建立日期="2021.7.10", **{"建筑面积（平方米）": "=15*20"})
    put(book["驻站社工花名册"], 2, 是否在岗="是", 出生日期=1990)
    put(book["项目经费"], 2, **{"项目总经费（元）": "10万元", "人员经费（元）": 70000.005})


def mended(book: Any) -> None:
    stations = book["社工站台账"]
    put(stations, 2, 建立日期="2021年6月30日", 是否设置标识="是", 运营方式="乡镇（街道）自行运营")
    put(stations, 3, **{"建筑面积（平方米）": 300})
    put(book["驻站社工花名册"], 2, 出生日期="1990.5.1")
    put(book["项目经费"], 2, **{"项目总经费（元）": 100000, "人员经费（元）": 70000.01})
    put(book["名单完整"], 2, 社工站台账="是", 驻站社工花名册="是")


def test_a_county_fills_in_its_ledger_mends_it_and_has_it_judged(path: Path) -> None:
    changed(path, mistaken)
    refused = jingmen("judge", path, "--as-of", "2022-12-31", "--out", path.with_name("结果.xlsx"))
    assert refused.exit_code == 2
    assert [line.partition(": ")[2] for line in refused.output.splitlines()] == [
        "社工站台账!D2: 建立日期: 应为存在的日期，如 2021-07-31，不是“2021年6月31日”",
        "社工站台账!E2: 运营方式: “自行运营”不在可选项（乡镇（街道）自行运营、"
        "第三方社会组织承接）之内，是否为“乡镇（街道）自行运营”？",
        "社工站台账!I2: 是否设置标识: 应为“是”或“否”，不是“有”",
        "社工站台账!K3: 建筑面积: 是公式，应填写数值（复制后“选择性粘贴→数值”）",
        "驻站社工花名册!E2: 出生日期: 是 1905-06-12，不在 1930 至 2100 年之间；是否只填了年份？"
        "确是这一天的，请把单元格格式改为“文本”后填写",
        "项目经费!D2: 项目总经费: 表头写明单位为“元”，单元格“10万元”却写“万元”",
        "项目经费!E2: 人员经费: 金额“70000.005元”不足一分",
    ]
    assert not path.with_name("结果.xlsx").exists()
    changed(path, mended)
    before = path.read_bytes()
    done = jingmen("judge", path, "--as-of", "2022-12-31", "--out", path.with_name("结果.xlsx"))
    assert done.exit_code == 0, done.output
    assert f"结论已写入 {path.with_name('结果.xlsx')}" in done.output
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(path.with_name("结果.xlsx"))
    rows = [[cell.value for cell in row] for row in book["判定结论"].iter_rows(min_row=5)]
    assert ["未达标", "personnel-share"] in [row[:2] for row in rows]


def test_every_command_that_reads_facts_reads_a_workbook(path: Path) -> None:
    changed(path, mended)
    explained = jingmen("explain", "personnel-share", "漳河镇社工站项目1", path)
    assert explained.exit_code == 0, explained.output
    assert "70000.01元" in explained.output
    differing = jingmen("readings", "diff", path, "--reading", "at-most-inclusive=strictly-less")
    assert differing.exit_code == 0, differing.output


def test_the_workbook_that_was_read_is_never_written_over(path: Path) -> None:
    for force in ((), ("--force",)):
        refused = jingmen("judge", path, "--out", path, *force)
        assert refused.exit_code == 2
        assert "就是所读的台账" in refused.output


def test_what_is_there_is_written_over_only_when_told_to(path: Path) -> None:
    before = path.read_bytes()
    again = ("workbook", "--out", path)
    refused = jingmen(*again)
    assert (refused.exit_code, path.read_bytes()) == (2, before)
    assert "要覆盖请加 --force" in refused.output
    assert jingmen(*again, "--force").exit_code == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["judge", "台账.xlsx", "--out", "结果.csv"], "应以 .xlsx 结尾"),
        (["judge", "台账.xlsx", "--out", "无/结果.xlsx"], "没有这个文件夹"),
        (["judge", "台账.xlsx", "台账.xlsx", "--out", "结果.xlsx"], "FACTS 中有 2 本 .xlsx"),
        (["workbook", "--county", "沙羊县", "--out", "新.xlsx"], "是否为“沙洋县”？"),
        (["workbook", "--use", "regist", "--out", "新.xlsx"], "是否为“register”？"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(
    words: list[str], why: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    refused = jingmen(*words)
    assert refused.exit_code == 2
    assert why in refused.output
    assert [entry.name for entry in path.parent.iterdir()] == ["台账.xlsx"]


def test_facts_from_other_files_are_filled_in(tmp_path: Path) -> None:
    made = jingmen("workbook", "examples/ledger", "--out", tmp_path / "台账.xlsx")
    assert made.exit_code == 0, made.output
    words = ("--as-of", "2021-12-31", "--format", "json")
    from_tables = jingmen("judge", "examples/ledger", *words)
    from_workbook = jingmen("judge", tmp_path / "台账.xlsx", *words)
    assert from_workbook.output == from_tables.output
