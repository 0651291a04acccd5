"""A county-level unit as the plan's annex counts them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.scalars import Flag, Listed, Name, Pieces

AnnexUnit = Literal["沙洋县", "钟祥市", "京山市", "东宝区", "掇刀区", "漳河新区"]
"""The six rows of the annex, in its order."""
Priority = Literal["重点服务对象", "重点服务内容"]


class County(Fact):
    """A 县（市、区） or 管理区: the annex gives its yearly tasks, 四（一） its bureau's duties.

    漳河新区 is a management zone without a division code; the annex counts it beside the five
    counties, so it is one of the six here.
    """

    KEY: ClassVar[tuple[str, ...]] = ("name",)
    LABEL: ClassVar[Label] = Label("县（市、区）", "county")

    name: Annotated[AnnexUnit, Label("县（市、区）名称", "name of the unit, as in the annex")]
    kind: Annotated[
        Literal["县", "县级市", "市辖区", "管理区"] | None,
        Label("县级单位类别", "kind of county-level unit"),
    ] = None
    city: Annotated[
        Name | None, Label("所属市", "the city it belongs to"), Refers("City", inverse="counties")
    ] = None
    has_conditions: Annotated[
        Flag | None,
        Label("是否有条件", "四（一）: whether it is 有条件, as someone has judged"),
    ] = None
    guidance_centre: Annotated[
        Flag | None,
        Label("是否成立社会工作服务指导中心", "四（一）: whether it has set up a guidance centre"),
    ] = None
    urban_communities: Annotated[
        Pieces | None,
        Label("中心城区社区数", "一, 四（一）: communities in the central urban area"),
    ] = None
    community_stations: Annotated[
        Pieces | None,
        Label(
            "中心城区社区社工站（室）数",
            "一, 四（一）: stations or rooms set up in those communities",
        ),
    ] = None
    guides_to_provincial_rules: Annotated[
        Flag | None,
        Label(
            "是否指导按省级文件规范项目工作",
            "四（五）: whether its bureau guides townships to run, supervise and assess projects"
            " as the two provincial documents say",
        ),
    ] = None
    other_services_reached: Annotated[
        Flag | None,
        Label(
            "是否辐射带动其他民政服务项目",
            "三: whether the stations' work reaches other civil affairs services",
        ),
    ] = None
    priorities_set: Annotated[
        tuple[Priority, ...] | None,
        Listed,
        Label("已确定的服务重点", "三: which priorities of service have been settled"),
    ] = None
    on_agenda: Annotated[
        Flag | None,
        Label("民政部门是否列入重要议事日程", "六（一）: whether it is on the department's agenda"),
    ] = None
    working_mechanism: Annotated[
        Flag | None,
        Label(
            "民政部门是否完善领导牵头、科室主建主用的工作机制",
            "六（一）: whether the department has the working mechanism described",
        ),
    ] = None
