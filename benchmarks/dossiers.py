"""The dossiers measured: one station with everything about it, and many of them."""

from __future__ import annotations

from datetime import date

from jingmen_facts import (
    MODELS,
    City,
    County,
    Dossier,
    Fact,
    Fen,
    ResidentWorker,
    ServiceAgreement,
    ServiceProject,
    Station,
    Township,
)

AS_OF = date(2022, 6, 30)
COMPLETE = ("City", "County", "Township", "Station", "ResidentWorker", "ServiceProject")


def stations(number: int) -> Dossier:
    """``number`` stations of one county, each with its township, 4 workers, project, agreement."""
    facts: list[Fact] = [City(name="荆门市"), County(name="沙洋县", city="荆门市")]
    for i in range(number):
        facts.extend(_station(i))
    return Dossier(facts, models=MODELS, complete=COMPLETE)


def _station(i: int) -> list[Fact]:
    identity = f"ST-{i}"
    return [
        Township(division="沙洋县", name=f"镇{i}", county="沙洋县", in_plan=True),
        Station(
            id=identity,
            township=f"沙洋县/镇{i}",
            established_on=date(2021, 6, 1),
            operator="第三方社会组织承接",
            equipment=("办公用房", "桌椅", "电脑", "打印机", "档案柜"),
            premises="党群服务中心",
            regulations=("人员", "项目", "督导"),
            sign_displayed=True,
            sign_text=f"沙洋县 镇{i}社会工作站",
        ),
        *(
            ResidentWorker(
                id=f"W-{i}-{k}",
                station=identity,
                in_post=True,
                born_on=date(1985, 3, 1),
                hired_on=date(2021, 6, 1),
                education="大专",
                provided_by="承接机构",
            )
            for k in range(4)
        ),
        ServiceProject(
            id=f"P-{i}",
            station=identity,
            year=2022,
            total_cost=Fen(10_250_00),
            personnel_cost=Fen(7_175_00),
        ),
        ServiceAgreement(
            id=f"A-{i}",
            station=identity,
            party_a="乡镇（街道）",
            signed_on=date(2022, 1, 1),
            starts_on=date(2022, 1, 1),
            ends_on=date(2022, 12, 31),
        ),
    ]
