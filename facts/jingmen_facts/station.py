"""A township social work station."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Elsewhere, Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Fen, Flag, Listed, Name, SquareMetres, Text

Equipment = Literal["办公用房", "桌椅", "电脑", "打印机", "档案柜"]
Room = Literal["社工室", "个案室", "小组活动室", "多功能室", "档案室"]
Function = Literal["社会救助", "为老养老", "儿童关爱保护", "社区治理"]
Regulation = Literal["人员", "项目", "督导", "志愿者", "服务场所使用", "文书档案"]
Factor = Literal["面积", "人口", "特定人群服务对象"]


class Station(Fact):
    """A 社工站: sections 一, 三, 四（一） to 四（五）, 五（二） and 六（三） speak of it."""

    LABEL: ClassVar[Label] = Label("社工站", "station")
    LEDGER: ClassVar[str] = "社工站台账"

    id: Annotated[Name, Label("社工站编号", "the station's id")]
    name: Annotated[Text | None, Label("社工站名称", "the station's name")] = None
    township: Annotated[
        Name | None,
        Label("所在乡镇（街道）", "四（一）: its township, as division/name"),
        Refers("Township", inverse="stations"),
    ] = None
    established_on: Annotated[
        Day | None, Label("建立日期", "一: the day from which it counts as established")
    ] = None
    operator: Annotated[
        Literal["乡镇（街道）自行运营", "第三方社会组织承接"] | None,
        Label("运营方式", "四（三）, 四（四）: who operates it"),
    ] = None
    contractor: Annotated[
        Text | None,
        Label("承接机构", "四（四）: the social organisation that operates it"),
        Elsewhere("ServiceAgreement", "party_b"),
    ] = None
    premises: Annotated[
        Literal[
            "社会事务办（民政办）",
            "党群服务中心",
            "福利机构",
            "所在社区办公服务用房",
            "其他现有设施",
            "新建",
        ]
        | None,
        Label("所依托的设施", "四（二）: the existing facility it is housed in, or a new one"),
    ] = None
    equipment: Annotated[
        tuple[Equipment, ...] | None,
        Listed,
        Label("已配备的设施设备", "四（二）: what it has of the equipment the plan names"),
    ] = None
    other_equipment: Annotated[
        tuple[Text, ...] | None,
        Listed,
        Label("其他设施设备", "四（二）: other equipment it has"),
    ] = None
    sign_displayed: Annotated[
        Flag | None, Label("是否设置标识", "四（二）: whether its sign is put up")
    ] = None
    sign_text: Annotated[
        Text | None, Label("标识牌全文", "四（二）: the full text on its sign")
    ] = None
    area: Annotated[
        SquareMetres | None, Label("建筑面积", "四（二）: its area in square metres")
    ] = None
    purpose_built: Annotated[
        Flag | None,
        Label(
            "是否按不少于300平方米建设", "四（二）: whether the option to build larger was taken"
        ),
    ] = None
    rooms: Annotated[
        tuple[Room, ...] | None,
        Listed,
        Label("专门用房", "四（二）: what it has of the dedicated rooms the plan names"),
    ] = None
    functions: Annotated[
        tuple[Function, ...] | None,
        Listed,
        Label("开展的服务", "三: which of the four services it offers"),
    ] = None
    services_started_on: Annotated[
        Day | None, Label("开展服务日期", "五（二）: the day its services began")
    ] = None
    operating_procedures: Annotated[
        Flag | None,
        Label("是否有规范的运行流程", "四（五）: whether it has standard operating procedures"),
    ] = None
    management_standards: Annotated[
        Flag | None, Label("是否有管理标准", "四（五）: whether it has management standards")
    ] = None
    regulations: Annotated[
        tuple[Regulation, ...] | None,
        Listed,
        Label("已制定的管理制度", "四（五）: which of the six management rules it has made"),
    ] = None
    daily_guidance_by: Annotated[
        Literal["乡镇（街道）社会事务办（民政办）", "其他"] | None,
        Label("日常工作指导者", "四（一）: who guides its daily work"),
    ] = None
    affairs_by: Annotated[
        Literal["社工站", "承接的第三方社会组织", "其他"] | None,
        Label("具体事务开展者", "四（一）: who carries out its affairs"),
    ] = None
    pay_reference: Annotated[
        Flag | None,
        Label(
            "薪酬是否参照专职社区工作者待遇标准",
            "四（三）: whether pay follows the standard of full-time community workers",
        ),
    ] = None
    construction_support: Annotated[
        Fen | None,
        Label("已到位建设资金支持", "六（三）: construction support received from the city bureau"),
    ] = None
    construction_support_on: Annotated[
        Day | None, Label("建设资金到位日期", "六（三）: the day the construction support arrived")
    ] = None
    staffing_factors: Annotated[
        tuple[Factor, ...] | None,
        Listed,
        Label("配备人数所考虑的因素", "四（三）: which factors its headcount took into account"),
    ] = None

    @model_validator(mode="after")
    def _contractor_only_where_contracted(self) -> Self:
        if self.contractor is not None and self.operator == "乡镇（街道）自行运营":
            raise refuse(
                f"运营方式为“{self.operator}”，不应有承接机构“{self.contractor}”",
                f"a station operated by its township has no contractor '{self.contractor}'",
            )
        return self

    @model_validator(mode="after")
    def _affairs_with_whom_there_is(self) -> Self:
        if self.operator == "乡镇（街道）自行运营" and self.affairs_by == "承接的第三方社会组织":
            raise refuse(
                f"运营方式为“{self.operator}”，具体事务不应由“{self.affairs_by}”开展",
                "a station operated by its township has no third party to do its work",
            )
        return self

    @model_validator(mode="after")
    def _day_only_where_money(self) -> Self:
        if self.construction_support_on is not None and self.construction_support == 0:
            raise refuse(
                f"已到位建设资金支持为零，不应有到位日期 {self.construction_support_on}",
                f"no construction support was received, so none arrived on"
                f" {self.construction_support_on}",
            )
        return self
