"""A township-level unit."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.scalars import Flag, Name


class Township(Fact):
    """A 乡镇（街道）, each of which is to have one station by section 一 and 四（一）.

    ``division`` is the county it lies in by administrative division; ``county`` is the unit the
    annex counts it under, which differs for the two units of 漳河新区.

    >>> Township(division="东宝区", name="漳河镇", county="漳河新区").identity
    '东宝区/漳河镇'
    """

    KEY: ClassVar[tuple[str, ...]] = ("division", "name")
    LABEL: ClassVar[Label] = Label("乡镇（街道）", "township")

    division: Annotated[Name, Label("行政区划所属县级单位", "county it lies in by division")]
    name: Annotated[Name, Label("乡镇（街道）名称", "name of the township")]
    kind: Annotated[
        Literal["镇", "乡", "街道"] | None, Label("乡镇（街道）类别", "kind of township")
    ] = None
    county: Annotated[
        Name | None,
        Label("任务分解表所列县（市、区）", "annex: the unit it is counted under"),
        Refers("County", inverse="townships"),
    ] = None
    in_plan: Annotated[
        Flag | None, Label("是否属于方案所列60个", "一: whether it is one of the plan's 60")
    ] = None
    code: Annotated[
        Name | None, Label("统计用区划代码", "statistical division code, nine digits")
    ] = None
    code_mca: Annotated[
        Name | None, Label("民政部区划代码", "division code of the Ministry of Civil Affairs")
    ] = None
    has_conditions: Annotated[
        Flag | None,
        Label(
            "是否为有条件的乡镇（街道）", "四（二）: whether it is 有条件, as someone has judged"
        ),
    ] = None
