"""An agreement by which a social organisation operates a station."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Name, Text


class ServiceAgreement(Fact):
    """A 服务协议: 四（四） says who signs it and, as a rule, for how long; 五（二） by when."""

    LABEL: ClassVar[Label] = Label("服务协议", "service agreement")
    UNIT: ClassVar[str] = "份"

    id: Annotated[Name, Label("协议编号", "the agreement's id")]
    station: Annotated[
        Name | None,
        Label("所涉社工站", "四（四）: the station to be operated"),
        Refers("Station", inverse="agreements"),
    ] = None
    party_a: Annotated[
        Literal["乡镇（街道）", "县（市、区）民政部门", "其他"] | None,
        Label("甲方", "四（四）: who signs with the organisation"),
    ] = None
    party_b: Annotated[Text | None, Label("乙方", "四（四）: the organisation")] = None
    signed_on: Annotated[
        Day | None, Label("签订日期", "四（四）, 五（二）: the day of signing")
    ] = None
    starts_on: Annotated[Day | None, Label("起始日期", "四（四）: its first day")] = None
    ends_on: Annotated[Day | None, Label("终止日期", "四（四）: its last day")] = None
    term_reason: Annotated[
        Text | None,
        Label("不实行一年一签的理由", "四（四）: the reason for another term than one year"),
    ] = None

    @model_validator(mode="after")
    def _end_not_before_start(self) -> Self:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise refuse(
                f"终止日期 {self.ends_on} 早于起始日期 {self.starts_on}",
                f"it ends on {self.ends_on}, before it starts on {self.starts_on}",
            )
        return self
