"""An assessment of a station in one year."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import model_validator

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.problems import refuse
from jingmen_facts.scalars import Day, Flag, Name, Year


class Assessment(Fact):
    """A 评估 or 检查: 五（三） has both each year; 六（三） ties support to passing."""

    LABEL: ClassVar[Label] = Label("评估", "assessment")
    UNIT: ClassVar[str] = "次"

    id: Annotated[Name, Label("评估编号", "the assessment's id")]
    county: Annotated[
        Name | None,
        Label("评估所在的县（市、区）", "五（三）: the county it is carried out in"),
        Refers("County", inverse="assessments"),
    ] = None
    station: Annotated[
        Name | None,
        Label("被评估社工站", "五（三）: the station assessed"),
        Refers("Station", inverse="assessments"),
    ] = None
    scope: Annotated[
        Literal["全县（市、区）", "单个社工站"] | None,
        Label("评估范围", "五（三）: the county's stations together, or one station"),
    ] = None
    year: Annotated[Year | None, Label("评估年度", "五（三）: the year assessed")] = None
    kind: Annotated[
        Literal["自评", "第三方评估", "市级抽查", "市级全面检查"] | None,
        Label("评估方式", "五（三）: by whom and how it is assessed"),
    ] = None
    finished_on: Annotated[
        Day | None, Label("完成日期", "五（三）: the day on which it was finished")
    ] = None
    reported_on: Annotated[
        Day | None,
        Label("上报市民政局日期", "五（三）: the day its result was reported to the city bureau"),
    ] = None
    result: Annotated[
        Literal["合格", "不合格"] | None, Label("评估结果", "六（三）: whether it was passed")
    ] = None
    covers_construction: Annotated[
        Flag | None, Label("是否涵盖建设情况", "五（三）: whether it covers construction")
    ] = None
    covers_projects: Annotated[
        Flag | None, Label("是否涵盖项目实施情况", "五（三）: whether it covers project work")
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _one_station_where_one_is_named(cls, given: Any) -> Any:
        if isinstance(given, dict) and given.get("station") and not given.get("scope"):
            return {**given, "scope": "单个社工站"}
        return given

    @model_validator(mode="after")
    def _no_station_where_all(self) -> Self:
        if self.scope == "全县（市、区）" and self.station is not None:
            raise refuse(
                f"评估范围为“{self.scope}”，不应指明社工站“{self.station}”",
                f"an assessment of the whole county names no station '{self.station}'",
            )
        return self

    @model_validator(mode="after")
    def _reported_once_finished(self) -> Self:
        if self.finished_on and self.reported_on and self.reported_on < self.finished_on:
            raise refuse(
                f"上报市民政局日期 {self.reported_on} 早于完成日期 {self.finished_on}",
                f"reported on {self.reported_on}, before it was finished on {self.finished_on}",
            )
        return self
