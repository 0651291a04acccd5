"""A station's service project of one year, as its budget sheet states it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Fen, Flag, Name, Text, Year


class ServiceProject(Fact):
    """A 购买服务项目: 四（一） and 四（四） say who buys it and what share may go to personnel.

    >>> project = ServiceProject(
    ...     id="示例项目", year=2022, total_cost="10万元", personnel_cost="70000.00"
    ... )
    >>> project.personnel_cost, str(project.total_cost), project.contractor
    (Fen(7000000), '100000.00', None)

    A part larger than its whole is a misprint, not a breach, so it never becomes a fact:

    >>> ServiceProject(id="示例项目", total_cost="10万元", personnel_cost="100000.01")
    Traceback (most recent call last):
        ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for ServiceProject
      人员经费 100000.01 元超过项目总经费 100000.00 元 ...
    """

    LABEL: ClassVar[Label] = Label("服务项目", "service project")
    LEDGER: ClassVar[str] = "项目经费"

    id: Annotated[Name, Label("项目编号", "the project's id")]
    station: Annotated[
        Name | None,
        Label("所属社工站", "四（四）: the station it is carried out by"),
        Refers("Station", inverse="projects"),
    ] = None
    year: Annotated[Year | None, Label("项目年度", "四（四）: the year of its budget")] = None
    total_cost: Annotated[Fen | None, Label("项目总经费", "四（四）: total cost")] = None
    personnel_cost: Annotated[
        Fen | None, Label("人员经费", "四（四）: what of the total goes to personnel")
    ] = None
    procured_by: Annotated[
        Literal["县（市、区）民政部门", "乡镇（街道）", "其他"] | None,
        Label("购买主体", "四（一）, 四（四）: who buys the service"),
    ] = None
    in_catalogue: Annotated[
        Flag | None,
        Label(
            "是否按照本地政府购买服务目录",
            "四（四）: whether it follows the local catalogue of services to buy",
        ),
    ] = None
    procurement_rules_followed: Annotated[
        Flag | None,
        Label("是否依据政府采购有关规定", "四（四）: whether procurement followed the rules"),
    ] = None
    contractor: Annotated[
        Text | None, Label("承接机构", "四（四）: the organisation it was given to")
    ] = None

    @model_validator(mode="after")
    def _part_within_whole(self) -> Self:
        part, whole = self.personnel_cost, self.total_cost
        if part is not None and whole is not None and part > whole:
            raise refuse(
                f"人员经费 {part} 元超过项目总经费 {whole} 元",
                f"personnel cost {part} yuan is more than the total cost {whole} yuan",
            )
        return self
