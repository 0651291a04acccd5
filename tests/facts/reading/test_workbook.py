"""Workbooks as people leave them: read, or refused with every error at its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jingmen_facts import BACKGROUNDS, MODELS, Fen, ServiceProject, Station
from jingmen_facts.reading.dossier_file import read_dossiers
from support.ledgers import changed, column, ledger, put, read, refusal

Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return ledger(tmp_path_factory.mktemp("台账") / "台账.xlsx").read_bytes()


@pytest.fixture
def path(shipped: bytes, tmp_path: Path) -> Path:
    copy = tmp_path / "台账.xlsx"
    copy.write_bytes(shipped)
    return copy


def stations(book: Any) -> Any:
    return book["社工站台账"]


def station(path: Path, identity: str = "沙洋镇社工站") -> Station:
    found = read(path).of_kind("Station")[identity]
    assert isinstance(found, Station)
    return found


def test_a_ledger_nobody_has_filled_in_states_only_the_register(path: Path) -> None:
    dossier = read(path)
    assert {type(fact).__name__ for fact in dossier} == {"City", "County", "Township"}
    assert dossier.complete == {"City", "County", "Township"}


def test_a_row_states_a_fact_once_anything_is_filled_in(path: Path) -> None:
    changed(path, lambda book: put(stations(book), 2, 是否设置标识="否"))
    assert list(read(path).of_kind("Station")) == ["沙洋镇社工站"]
    assert station(path).sign_displayed is False
    assert station(path).township == "沙洋县/沙洋镇"
    assert station(path).established_on is None


def test_a_row_of_ones_own_states_a_fact_whatever_is_in_it(path: Path) -> None:
    changed(path, lambda book: put(stations(book), 20, 社工站编号="甲站"))
    assert list(read(path).of_kind("Station")) == ["甲站"]


def test_a_row_nobody_filled_in_is_a_fact_once_another_row_refers_to_it(path: Path) -> None:
    changed(path, lambda book: put(book["驻站社工花名册"], 2, 姓名="示例"))
    dossier = read(path)
    assert list(dossier.of_kind("ResidentWorker")) == ["沙洋镇社工站社工1"]
    assert list(dossier.of_kind("Station")) == ["沙洋镇社工站"]


def test_what_the_workbook_belongs_to_is_asked_once(path: Path) -> None:
    def fill(book: Any) -> None:
        put(book["年度资金"], 2, 资金年度=2022)
        put(book["制度与文件"], 2, 文件类别="本地实施方案")
        put(book["制度与文件"], 3, **{"所涉乡镇（街道）": "沙洋县/沙洋镇"})
        put(book["评估"], 2, 被评估社工站="沙洋镇社工站")
        put(stations(book), 2, 是否设置标识="是")

    dossier = read(changed(path, fill))
    assert list(dossier.of_kind("FundingYear")) == ["沙洋县/2022"]
    documents = dossier.of_kind("PolicyDocument").values()
    assert [getattr(one, "county", "") for one in documents] == ["沙洋县", None]
    (assessment,) = dossier.of_kind("Assessment").values()
    assert getattr(assessment, "county", "") is None


def test_lists_are_complete_where_that_is_said(path: Path) -> None:
    def fill(book: Any) -> None:
        put(book["名单完整"], 2, 社工站台账="是", 驻站社工花名册="否", 评估=True)

    assert read(changed(path, fill)).complete >= {"Station@沙洋县", "Assessment@沙洋县"}
    assert "ResidentWorker@沙洋县" not in read(path).complete


def test_the_day_to_judge_on_may_stand_in_the_workbook(path: Path) -> None:
    def fill(book: Any) -> None:
        book["填报设置"]["B2"] = "2022年12月31日"

    changed(path, fill)
    assert read_dossiers([path], MODELS, BACKGROUNDS).as_of == date(2022, 12, 31)


def test_a_heading_may_state_another_unit(path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = book["项目经费"]
        put(sheet, 2, **{"项目总经费（元）": 10.25, "人员经费（元）": 71750.1})
        sheet.cell(1, column(sheet, "项目总经费（元）")).value = "项目总经费（万元）"

    (project,) = read(changed(path, fill)).of_kind("ServiceProject").values()
    assert isinstance(project, ServiceProject)
    assert (project.total_cost, project.personnel_cost) == (Fen(10250000), Fen(7175010))


def test_columns_may_stand_in_any_order_under_a_title_beside_ones_own(path: Path) -> None:
    def fill(book: Any) -> None:
        sheet = stations(book)
        put(sheet, 3, 建立日期="2021.7.10")
        sheet.insert_cols(1)
        sheet.insert_rows(1)
        sheet["A2"], sheet["A4"] = "联系电话", "=1/0"
        sheet.merge_cells("A1:D1")
        sheet["A1"] = "沙洋县社工站台账"
        sheet.row_dimensions[4].hidden = True
        sheet.merge_cells("A5:A6")

    opened = read_dossiers([changed(path, fill)], MODELS, BACKGROUNDS)
    (one,) = opened.dossier.of_kind("Station").values()
    assert getattr(one, "established_on", None) == date(2021, 7, 10)
    assert [note.zh for note in opened.notes] == [f"{path}: 社工站台账 中“联系电话”未被读取"]


def test_sheets_of_ones_own_are_left_alone(path: Path) -> None:
    changed(path, lambda book: book.create_sheet("走访记录").append([1, "=A1"]))
    opened = read_dossiers([path], MODELS, BACKGROUNDS)
    assert [note.zh for note in opened.notes] == [f"{path} 中“走访记录”未被读取"]


def heading(book: Any, old: str, new: str) -> None:
    sheet = stations(book)
    sheet.cell(1, column(sheet, old)).value = new


def merge(book: Any, cells: str) -> None:
    stations(book).merge_cells(cells)


def title(book: Any, old: str, new: str) -> None:
    book[old].title = new


def same(book: Any) -> None:
    for row in (20, 21):
        put(stations(book), row, 社工站编号="甲站")


def twice(book: Any) -> None:
    sheet = stations(book)
    sheet.cell(1, 30).value = "建立日期"


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            lambda book: put(stations(book), 7, 建立日期="2021-02-30"),
            ["社工站台账!D7: 建立日期: 应为存在的日期，如 2021-07-31，不是“2021-02-30”"],
        ),
        (
            lambda book: put(stations(book), 7, 建立日期="=TODAY()"),
            ["社工站台账!D7: 建立日期: 是公式，应填写数值（复制后“选择性粘贴→数值”）"],
        ),
        (
            lambda book: put(stations(book), 7, 运营方式="第三方组织承接"),
            [
                "社工站台账!E7: 运营方式: “第三方组织承接”不在可选项（乡镇（街道）自行运营、"
                "第三方社会组织承接）之内，是否为“第三方社会组织承接”？"
            ],
        ),
        (
            lambda book: put(stations(book), 7, 已配备的设施设备="桌椅、电恼"),
            [
                "社工站台账!G7: 已配备的设施设备: “电恼”不在可选项（办公用房、桌椅、电脑、打印机、"
                "档案柜）之内，是否为“电脑”？"
            ],
        ),
        (
            lambda book: put(book["项目经费"], 3, **{"项目总经费（元）": "10万元"}),
            ["项目经费!D3: 项目总经费: 表头写明单位为“元”，单元格“10万元”却写“万元”"],
        ),
        (
            lambda book: put(book["项目经费"], 3, **{"项目总经费（元）": 100.005}),
            ["项目经费!D3: 项目总经费: 金额“100.005元”不足一分"],
        ),
        (
            lambda book: put(book["项目经费"], 3, **{"项目总经费（元）": 1, "人员经费（元）": 2}),
            ["项目经费!A3: 人员经费 2.00 元超过项目总经费 1.00 元"],
        ),
        (
            lambda book: put(book["驻站社工花名册"], 3, 所驻社工站="沙羊镇社工站", 是否在岗="是"),
            ["驻站社工花名册!C3: 所驻社工站: 驻站社工所指的社工站“沙羊镇社工站”不存在"],
        ),
        (
            lambda book: put(stations(book), 20, 社工站名称="无编号的站"),
            ["社工站台账!A20: 缺少必填的“id”（社工站编号）"],
        ),
        (
            lambda book: put(book["志愿者服务团队"], 3, **{"志愿者人数（人）": "3队"}),
            ["志愿者服务团队!D3: 志愿者人数: 表头写明单位为“人”，单元格“3队”却写“队”"],
        ),
        (
            same,
            ["社工站台账!A21: 社工站“甲站”重复，第 20 行已有"],
        ),
        (
            lambda book: heading(book, "建立日期", "建站日期"),
            [
                "社工站台账!D1: 建站日期: 未知的表头，是否为“建立日期”？"
                "（自有的列请换一个不相近的名称）"
            ],
        ),
        (
            lambda book: heading(book, "建筑面积（平方米）", "建筑面积（亩）"),
            ["社工站台账!K1: 建筑面积（亩）: 单位“亩”不对，应为平方米"],
        ),
        (twice, ["社工站台账!AD1: 建立日期: 与 D1 是同一列"]),
        (
            lambda book: merge(book, "D5:D7"),
            ["社工站台账!D5:D7: 是合并单元格，请取消合并，逐格填写"],
        ),
        (
            lambda book: title(book, "社工站台账", "社工站台帐"),
            ["社工站台帐: 未知的工作表，是否为“社工站台账”？"],
        ),
        (
            lambda book: stations(book).delete_rows(1),
            ["社工站台账!A1: 没有一列的表头是已知的字段"],
        ),
        (
            lambda book: title(book, "志愿者服务团队", "社工站"),
            ["社工站: 与“社工站台账”是同一种事实"],
        ),
        (
            lambda book: put(book["名单完整"], 2, 社工站台账="齐"),
            ["名单完整!B2: 应为“是”或“否”，不是“齐”"],
        ),
        (
            lambda book: book["名单完整"].append(["沙羊县", "是"]),
            ["名单完整!B3: 未知的所属对象“沙羊县”，是否为“沙洋县”？"],
        ),
        (
            lambda book: book["名单完整"].append([None, "是"]),
            ["名单完整!A3: 没有写明范围"],
        ),
        (
            lambda book: book["填报设置"].append(["判断日", "2022-12-31"]),
            ["填报设置!A5: 未知的设置“判断日”，是否为“判定日”？"],
        ),
        (
            lambda book: book["填报设置"].cell(2, 2, "年底"),
            ["填报设置!B2: 判定日: 应为存在的日期，如 2021-07-31，不是“年底”"],
        ),
        (
            lambda book: book["填报设置"].cell(3, 2, "registre"),
            ["填报设置!B3: 背景事实: 未知的背景事实“registre”，是否为“register”？"],
        ),
    ],
)
def test_an_error_is_told_at_its_sheet_and_cell(
    change: Change, lines: list[str], path: Path
) -> None:
    assert refusal(changed(path, change)) == [f"台账.xlsx: {line}" for line in lines]


def test_every_error_is_told_at_once_in_the_order_of_the_rows(path: Path) -> None:
    def fill(book: Any) -> None:
        put(stations(book), 9, 建立日期="前年")
        put(stations(book), 4, 是否设置标识="有", 建立日期="=A1")
        put(book["项目经费"], 2, 项目年度=1999)
        stations(book).merge_cells("E6:E7")

    cells = [line.partition("!")[2].partition(":")[0] for line in refusal(changed(path, fill))]
    assert cells == ["E6", "C2"]
    changed(path, lambda book: stations(book).unmerge_cells("E6:E7"))
    cells = [line.partition("!")[2].partition(":")[0] for line in refusal(path)]
    assert cells == ["D4", "I4", "D9", "C2"]


def test_two_workbooks_are_judged_together(path: Path, tmp_path: Path) -> None:
    changed(path, lambda book: put(stations(book), 2, 是否设置标识="是"))
    other = ledger(tmp_path / "钟祥.xlsx", "钟祥市")
    changed(other, lambda book: put(stations(book), 2, 是否设置标识="是"))
    both = read_dossiers([path, other], MODELS, BACKGROUNDS).dossier
    assert len(both.of_kind("Station")) == 2


def test_a_table_of_ones_own_making_is_read_as_well(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "社工站"
    sheet.append(["社工站编号", "建立日期", "电话"])
    sheet.append(["甲站", "2021年7月31日", 13800000000])
    book.save(tmp_path / "自制.xlsx")
    assert station(tmp_path / "自制.xlsx", "甲站").established_on == date(2021, 7, 31)
