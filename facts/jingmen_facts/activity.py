"""A meeting, a training, an inspection or another thing done on a day."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Flag, Listed, Name

Medium = Literal["电视", "报刊", "广播", "网络", "其他"]


class Activity(Fact):
    """A 活动 that 五（二）, 六（二） or 六（四） asks a department or an office for."""

    LABEL: ClassVar[Label] = Label("活动", "activity")
    UNIT: ClassVar[str] = "次"

    id: Annotated[Name, Label("活动编号", "the activity's id")]
    kind: Annotated[
        Literal[
            "现场会议",
            "培训",
            "监督检查",
            "督促落实场所设备",
            "督促签约发薪参保",
            "宣传",
            "其他",
        ]
        | None,
        Label("活动类别", "五（二）, 六（二）, 六（四）: what was done"),
    ] = None
    held_by: Annotated[
        Literal[
            "市民政局",
            "县（市、区）民政部门",
            "乡镇（街道）社会事务办（民政办）",
            "社工站",
            "其他",
        ]
        | None,
        Label("开展者", "五（二）, 六（二）, 六（四）: who did it"),
    ] = None
    city: Annotated[
        Name | None,
        Label("所涉市", "五（二）, 六（二）: the city it was held for"),
        Refers("City", inverse="activities"),
    ] = None
    county: Annotated[
        Name | None,
        Label("活动所涉县（市、区）", "五（二）, 六（四）: the county it was held in or for"),
        Refers("County", inverse="activities"),
    ] = None
    station: Annotated[
        Name | None,
        Label("所涉社工站", "六（二）: the station it was about"),
        Refers("Station", inverse="activities"),
    ] = None
    held_on: Annotated[Day | None, Label("开展日期", "五（二）: the day it was held")] = None
    city_wide: Annotated[
        Flag | None, Label("是否全市性", "六（二）: whether it was for the whole city")
    ] = None
    media: Annotated[
        tuple[Medium, ...] | None,
        Listed,
        Label("所用媒体", "六（四）: the media used to make social work known"),
    ] = None

    @model_validator(mode="after")
    def _media_only_where_publicity(self) -> Self:
        if self.media and self.kind is not None and self.kind != "宣传":
            raise refuse(
                f"活动类别为“{self.kind}”，不应有所用媒体",
                f"an activity of kind '{self.kind}' uses no media",
            )
        return self
