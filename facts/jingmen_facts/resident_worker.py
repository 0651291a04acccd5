"""A social worker resident at a station."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Ordered, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Flag, Name, Text


class ResidentWorker(Fact):
    """A 驻站社工: 四（三） says how many a station has, who provides them and whom to prefer."""

    LABEL: ClassVar[Label] = Label("驻站社工", "resident worker")
    UNIT: ClassVar[str] = "人"
    LEDGER: ClassVar[str] = "驻站社工花名册"

    id: Annotated[Name, Label("社工编号", "the worker's id")]
    name: Annotated[Text | None, Label("姓名", "the worker's name")] = None
    station: Annotated[
        Name | None,
        Label("所驻社工站", "四（三）: the station the worker is resident at"),
        Refers("Station", inverse="workers"),
    ] = None
    also_at: Annotated[
        Name | None,
        Label(
            "兼顾的另一社工站", "四（三）: another station the worker serves without residing there"
        ),
        Refers(
            "Station",
            inverse="shared_workers",
            zh="兼顾本站的驻站社工",
            en="resident worker of another station",
        ),
    ] = None
    born_on: Annotated[Day | None, Label("出生日期", "四（三）: day of birth")] = None
    education: Annotated[
        Literal["初中及以下", "高中或中专", "大专", "本科", "研究生"] | None,
        Ordered(),
        Label("学历", "四（三）: highest education, in ascending order"),
    ] = None
    certificate: Annotated[
        Flag | None, Label("是否持有社工证", "四（三）: whether a social work certificate is held")
    ] = None
    local: Annotated[
        Flag | None, Label("是否为本地社会工作者", "四（三）: whether a local social worker")
    ] = None
    hired_on: Annotated[Day | None, Label("录用日期", "四（三）: the day of hiring")] = None
    in_post: Annotated[Flag | None, Label("是否在岗", "四（三）: whether still in post")] = None
    route: Annotated[
        Literal["面向社会公开招聘", "“以钱养事”人员培训转岗", "其他方式"] | None,
        Label("配备方式", "四（三）: by which way the worker came"),
    ] = None
    provided_by: Annotated[
        Literal["县（市、区）民政部门", "承接机构", "其他"] | None,
        Label("配备者", "四（三）: who provided the worker"),
    ] = None
    preferred: Annotated[
        Flag | None, Label("录用时是否优先", "四（三）: whether preferred at hiring")
    ] = None
    age_reason: Annotated[
        Text | None, Label("超龄录用的理由", "四（三）: the reason for hiring over the usual age")
    ] = None
    education_reason: Annotated[
        Text | None,
        Label("学历不符的理由", "四（三）: the reason for hiring below the usual education"),
    ] = None
    labour_contract: Annotated[
        Flag | None, Label("是否签订劳动合同", "六（二）: whether a labour contract was signed")
    ] = None
    paid_monthly: Annotated[
        Flag | None, Label("是否按月发放薪酬", "六（二）: whether pay is given out every month")
    ] = None
    insured: Annotated[
        Flag | None, Label("是否办理保险", "六（二）: whether insurance was taken out")
    ] = None

    @model_validator(mode="after")
    def _born_before_hired(self) -> Self:
        if self.born_on and self.hired_on and self.hired_on <= self.born_on:
            raise refuse(
                f"录用日期 {self.hired_on} 不晚于出生日期 {self.born_on}",
                f"hired on {self.hired_on}, not after the day of birth {self.born_on}",
            )
        return self
