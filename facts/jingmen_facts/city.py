"""The city whose plan it is."""

from __future__ import annotations

from typing import Annotated, ClassVar

from jingmen_facts.base import Fact, Label
from jingmen_facts.scalars import Flag, Name


class City(Fact):
    """A city, of which section 一 asks its targets as a whole.

    >>> City(name="荆门市").identity
    '荆门市'
    """

    KEY: ClassVar[tuple[str, ...]] = ("name",)
    LABEL: ClassVar[Label] = Label("市", "city")

    name: Annotated[Name, Label("市名称", "name of the city")]
    on_agenda: Annotated[
        Flag | None,
        Label("市民政局是否列入重要议事日程", "六（一）: whether it is on the bureau's agenda"),
    ] = None
    working_mechanism: Annotated[
        Flag | None,
        Label(
            "市民政局是否完善领导牵头、科室主建主用的工作机制",
            "六（一）: whether the bureau has the working mechanism described",
        ),
    ] = None
