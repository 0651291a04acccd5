"""A station's team of volunteers."""

from __future__ import annotations

from typing import Annotated, ClassVar

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.scalars import Day, Name, People


class VolunteerTeam(Fact):
    """A 志愿者服务团队: 四（三） has one formed alongside the resident workers."""

    LABEL: ClassVar[Label] = Label("志愿者服务团队", "volunteer team")
    UNIT: ClassVar[str] = "支"

    id: Annotated[Name, Label("团队编号", "the team's id")]
    station: Annotated[
        Name | None,
        Label("所属社工站", "四（三）: the station it serves"),
        Refers("Station", inverse="volunteer_teams"),
    ] = None
    formed_on: Annotated[Day | None, Label("组建日期", "四（三）: the day it was formed")] = None
    members: Annotated[People | None, Label("志愿者人数", "四（三）: how many volunteers")] = None
