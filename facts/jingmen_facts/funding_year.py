"""The money a county arranges for social work services in one year."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Fen, Flag, Listed, Name, Year

Source = Literal[
    "社会救助工作经费",
    "困难群众救助补助资金",
    "福彩公益金",
    "一般公共预算资金",
    "专项经费",
    "社会服务和社会组织培育引导资金",
    "社会慈善资金",
    "其他",
]


class FundingYear(Fact):
    """A county's 资金 for one year: 六（三） names its sources and caps one of them.

    >>> FundingYear(county="沙洋县", year=2022).identity
    '沙洋县/2022'
    """

    KEY: ClassVar[tuple[str, ...]] = ("county", "year")
    LABEL: ClassVar[Label] = Label("年度资金", "funding year")
    UNIT: ClassVar[str] = "条"

    county: Annotated[
        Name,
        Label("安排资金的县（市、区）", "六（三）: the county that arranges the money"),
        Refers("County", inverse="funding_years"),
    ]
    year: Annotated[Year, Label("资金年度", "六（三）: the year of the money")]
    previous_assistance_total: Annotated[
        Fen | None,
        Label(
            "上年度社会救助资金总支出", "六（三）: total social assistance spending the year before"
        ),
    ] = None
    hardship_fund_purchases: Annotated[
        Fen | None,
        Label(
            "困难群众救助补助资金安排的购买社会救助服务经费",
            "六（三）: what the hardship assistance fund gave this year for buying services",
        ),
    ] = None
    sources: Annotated[
        tuple[Source, ...] | None,
        Listed,
        Label("购买服务经费来源", "六（三）: the sources the money came from"),
    ] = None
    dedicated: Annotated[
        Flag | None,
        Label(
            "是否专项用于社工站服务项目实施",
            "六（二）: whether the money is used only for carrying out the stations' projects",
        ),
    ] = None
    charity_guided: Annotated[
        Flag | None,
        Label("是否引导社会慈善资金支持", "六（三）: whether charitable money was encouraged"),
    ] = None
    multi_party_explored: Annotated[
        Flag | None,
        Label("是否探索建立多方投入机制", "六（三）: whether a multi-party mechanism was explored"),
    ] = None
    required_total: Annotated[
        Fen | None, Label("项目资金应落实额", "六（三）: project money to be secured")
    ] = None
    arranged_total: Annotated[
        Fen | None, Label("项目资金已落实额", "六（三）: project money secured")
    ] = None

    @model_validator(mode="after")
    def _spent_from_a_stated_source(self) -> Self:
        spent, sources = self.hardship_fund_purchases, self.sources
        if spent and sources is not None and "困难群众救助补助资金" not in sources:
            raise refuse(
                f"困难群众救助补助资金安排了 {spent} 元，但不在购买服务经费来源之内",
                f"the hardship assistance fund gave {spent} yuan but is not among the sources",
            )
        return self
