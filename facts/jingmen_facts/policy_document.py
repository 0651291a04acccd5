"""A dated document or filing."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Listed, Name, Year

Content = Literal["目标任务", "措施办法", "时间节点"]


class PolicyDocument(Fact):
    """A 文件: a plan, layout or rule that 四（一）, 四（五）, 五（一） or 六（二） asks for."""

    LABEL: ClassVar[Label] = Label("文件", "document")
    UNIT: ClassVar[str] = "份"
    LEDGER: ClassVar[str] = "制度与文件"

    id: Annotated[Name, Label("文件编号", "the document's id")]
    kind: Annotated[
        Literal[
            "本地实施方案",
            "社工站建设和服务项目实施计划",
            "社工站规划布局",
            "管理制度",
            "评估办法",
            "督导制度",
            "服务清单",
            "购买服务项目整体实施方案",
            "社工站服务项目年度计划",
            "其他",
        ]
        | None,
        Label("文件类别", "四（一）, 四（五）, 五（一）, 六（二）: what document it is"),
    ] = None
    city: Annotated[
        Name | None,
        Label("制定文件的市", "六（二）: the city whose bureau drew it up"),
        Refers("City", inverse="documents"),
    ] = None
    county: Annotated[
        Name | None,
        Label("所涉县（市、区）", "五（一）: the county that issued it or whose it is"),
        Refers("County", inverse="documents"),
    ] = None
    township: Annotated[
        Name | None,
        Label("所涉乡镇（街道）", "五（一）: the township that issued it, as division/name"),
        Refers("Township", inverse="documents"),
    ] = None
    issued_on: Annotated[Day | None, Label("制定日期", "五（一）: the day it was issued")] = None
    filed_on: Annotated[Day | None, Label("备案日期", "五（一）: the day it was filed")] = None
    filed_with: Annotated[
        Literal["县（市、区）民政部门", "市民政局", "其他"] | None,
        Label("备案机关", "五（一）: with whom it was filed"),
    ] = None
    year: Annotated[
        Year | None, Label("文件所属年度", "六（二）: the year a yearly plan is for")
    ] = None
    contents: Annotated[
        tuple[Content, ...] | None,
        Listed,
        Label("已明确的内容", "五（一）: which of the three contents it settles"),
    ] = None

    @model_validator(mode="after")
    def _filed_once_issued(self) -> Self:
        if self.issued_on and self.filed_on and self.filed_on < self.issued_on:
            raise refuse(
                f"备案日期 {self.filed_on} 早于制定日期 {self.issued_on}",
                f"filed on {self.filed_on}, before it was issued on {self.issued_on}",
            )
        return self
