"""A library's own facts: another subject and other units than the plan's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar

from jingmen_facts.base import Fact, Label, Refers
from jingmen_facts.kinds import FactModels
from jingmen_facts.scalars import Day, Fen, Flag, Name, Number, Pieces, Text, Year
from jingmen_policy import Policy
from jingmen_policy.cli.setting import Setting

DIRECTORY = Path(__file__).parent.parent / "corpora" / "library"
Hours = Annotated[int, Number("小时", most=168)]
Volumes = Annotated[int, Number("册")]


class Library(Fact):
    KEY: ClassVar[tuple[str, ...]] = ("name",)
    LABEL: ClassVar[Label] = Label("图书馆", "library")

    name: Annotated[Name, Label("名称", "name")]


class Branch(Fact):
    LABEL: ClassVar[Label] = Label("分馆", "branch")

    id: Annotated[Name, Label("编号", "id")]
    library: Annotated[
        Name | None, Label("所属图书馆", "its library"), Refers("Library", inverse="branches")
    ] = None
    weekly_hours: Annotated[Hours | None, Label("每周开放时间", "hours a week")] = None
    community_run: Annotated[Flag | None, Label("社区代管", "run by a community")] = None
    suggestion_box: Annotated[Flag | None, Label("设有意见箱", "has a suggestion box")] = None
    no_box_reason: Annotated[Text | None, Label("不设意见箱的理由", "why it has none")] = None
    study_room: Annotated[Flag | None, Label("设有自习室", "has a study room")] = None
    seats: Annotated[Pieces | None, Label("自习室座位", "seats of the study room")] = None


class Stocktaking(Fact):
    KEY: ClassVar[tuple[str, ...]] = ("branch", "year")
    LABEL: ClassVar[Label] = Label("盘点", "stocktaking")
    UNIT: ClassVar[str] = "次"

    branch: Annotated[Name, Label("分馆", "branch"), Refers("Branch", inverse="stocktakings")]
    year: Annotated[Year, Label("年度", "year")]
    done_on: Annotated[Day | None, Label("完成日期", "the day it was done")] = None


class Loan(Fact):
    LABEL: ClassVar[Label] = Label("借阅", "loan")
    UNIT: ClassVar[str] = "次"

    id: Annotated[Name, Label("编号", "id")]
    branch: Annotated[
        Name | None, Label("借出分馆", "lending branch"), Refers("Branch", inverse="loans")
    ] = None
    volumes: Annotated[Volumes | None, Label("册数", "volumes")] = None
    overdue: Annotated[Flag | None, Label("逾期", "overdue")] = None
    price: Annotated[Fen | None, Label("书价", "price")] = None
    late_fee: Annotated[Fen | None, Label("逾期费", "late fee")] = None


LIBRARY = FactModels((Library, Branch, Stocktaking, Loan))


@cache
def library() -> Policy:
    return Policy.load(DIRECTORY, facts=LIBRARY)


def library_setting() -> Setting:
    """The command line, set to work on the library's rules."""
    return Setting(load=library, directory=DIRECTORY, backgrounds={})
