"""What contradicts itself is refused; what stands exactly at the line is a fact."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from jingmen_facts import (
    Assessment,
    County,
    Fact,
    FundingYear,
    PolicyDocument,
    ResidentWorker,
    ServiceAgreement,
    ServiceProject,
    Station,
    Township,
)

ACCEPTED: list[tuple[type[Fact], dict[str, Any]]] = [
    (ServiceProject, {"id": "P", "total_cost": "10万元", "personnel_cost": "100000.00"}),
    (ServiceProject, {"id": "P", "personnel_cost": "100000.01"}),
    (ServiceAgreement, {"id": "A", "starts_on": "2021-08-01", "ends_on": "2021-08-01"}),
    (ServiceAgreement, {"id": "A", "ends_on": "2021-08-01"}),
    (Assessment, {"id": "A", "finished_on": "2021-12-01", "reported_on": "2021-12-01"}),
    (Assessment, {"id": "A", "reported_on": "2021-12-01"}),
    (PolicyDocument, {"id": "D", "issued_on": "2021-04-30", "filed_on": "2021-04-30"}),
    (PolicyDocument, {"id": "D", "filed_on": "2021-04-30"}),
    (ResidentWorker, {"id": "W", "born_on": "1990-01-01", "hired_on": "1990-01-02"}),
    (ResidentWorker, {"id": "W", "hired_on": "1990-01-02"}),
    (Station, {"id": "S", "operator": "第三方社会组织承接", "contractor": "示例社工中心"}),
    (Station, {"id": "S", "contractor": "示例社工中心"}),
    (Station, {"id": "S", "operator": "乡镇（街道）自行运营"}),
    (Station, {"id": "S", "construction_support": "1", "construction_support_on": "2022-01-01"}),
    (Station, {"id": "S", "construction_support_on": "2022-01-01"}),
    (Station, {"id": "S", "construction_support": "0"}),
    (
        FundingYear,
        {
            "county": "沙洋县",
            "year": 2022,
            "hardship_fund_purchases": "1万元",
            "sources": ["困难群众救助补助资金"],
        },
    ),
    (
        FundingYear,
        {"county": "沙洋县", "year": 2022, "hardship_fund_purchases": "0", "sources": "无"},
    ),
    (FundingYear, {"county": "沙洋县", "year": 2022, "hardship_fund_purchases": "1万元"}),
    (Assessment, {"id": "A", "station": "S", "scope": "单个社工站"}),
    (Station, {"id": "S", "operator": "乡镇（街道）自行运营", "affairs_by": "社工站"}),
    (County, {"name": "漳河新区", "kind": "管理区"}),
    (Township, {"division": "东宝区", "name": "漳河镇"}),
]

REFUSED: list[tuple[type[Fact], dict[str, Any], str]] = [
    (
        ServiceProject,
        {"id": "P", "total_cost": "10万元", "personnel_cost": "100000.01"},
        "人员经费 100000.01 元超过项目总经费 100000.00 元",
    ),
    (
        ServiceAgreement,
        {"id": "A", "starts_on": "2021-08-01", "ends_on": "2021-07-31"},
        "终止日期 2021-07-31 早于起始日期 2021-08-01",
    ),
    (
        Assessment,
        {"id": "A", "finished_on": "2021-12-01", "reported_on": "2021-11-30"},
        "早于完成日期",
    ),
    (
        PolicyDocument,
        {"id": "D", "issued_on": "2021-04-30", "filed_on": "2021-04-29"},
        "早于制定日期",
    ),
    (
        ResidentWorker,
        {"id": "W", "born_on": "1990-01-01", "hired_on": "1990-01-01"},
        "不晚于出生日期",
    ),
    (
        Station,
        {"id": "S", "operator": "乡镇（街道）自行运营", "contractor": "示例社工中心"},
        "不应有承接机构",
    ),
    (
        Station,
        {"id": "S", "construction_support": "0", "construction_support_on": "2022-01-01"},
        "不应有到位日期",
    ),
    (
        Station,
        {"id": "S", "operator": "乡镇（街道）自行运营", "affairs_by": "承接的第三方社会组织"},
        "具体事务不应由",
    ),
    (Assessment, {"id": "A", "station": "S", "scope": "全县（市、区）"}, "不应指明社工站"),
    (
        FundingYear,
        {
            "county": "沙洋县",
            "year": 2022,
            "hardship_fund_purchases": "0.01",
            "sources": ["福彩公益金"],
        },
        "不在购买服务经费来源之内",
    ),
    (Township, {"division": "东宝区/漳河", "name": "镇"}, "中不能有“/”"),
    (County, {"name": "屈家岭管理区"}, "Input should be '沙洋县'"),
    (Station, {"id": "示例\n站"}, "String should match pattern"),
    (Station, {"id": "S", "arae": "300"}, "Extra inputs are not permitted"),
]


@pytest.mark.parametrize(("model", "given"), ACCEPTED)
def test_a_shortfall_or_an_unknown_is_a_fact(model: type[Fact], given: dict[str, Any]) -> None:
    assert model.model_validate(given).identity


@pytest.mark.parametrize(("model", "given", "said"), REFUSED)
def test_a_mistake_is_refused(model: type[Fact], given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("(", r"\(")):
        model.model_validate(given)


def test_an_assessment_that_names_a_station_is_of_that_station_alone() -> None:
    assert Assessment(id="A", station="S").scope == "单个社工站"


def test_a_fact_cannot_be_changed() -> None:
    station = Station(id="示例站")
    with pytest.raises(ValidationError):
        station.id = "另一站"  # type: ignore[misc]


def test_a_copy_with_another_key_has_another_identity() -> None:
    station = Station(id="示例站")
    assert station.identity == "示例站"
    assert station.model_copy(update={"id": "另一站"}).identity == "另一站"
