"""Dossiers about the real plan, drawn at its boundaries, with facts missing and lists open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from hypothesis import strategies as st

from jingmen_facts import (
    MODELS,
    Assessment,
    Dossier,
    Fact,
    Fen,
    FundingYear,
    ResidentWorker,
    ServiceAgreement,
    ServiceProject,
    Station,
    Township,
    VolunteerTeam,
    plan_register,
)

COUNTIES = ("漳河新区", "掇刀区")
YEAR_ENDS = [date(year, 12, 31) for year in range(2021, 2025)]
DAYS = [day + timedelta(days=shift) for day in YEAR_ENDS for shift in (-1, 0, 1)]
AS_OF = st.sampled_from([date(2020, 12, 31), date(2021, 1, 1), date(2022, 6, 30), *DAYS])
OWN = (
    "Station",
    "ResidentWorker",
    "VolunteerTeam",
    "ServiceProject",
    "ServiceAgreement",
    "Assessment",
    "FundingYear",
)


def known_or_not(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, or not known."""
    return st.none() | strategy


@lru_cache(maxsize=None, typed=True)
def any_of(*values: Any) -> st.SearchStrategy[Any]:
    """One of some values, or not known. Made once, as those below: drawing is cheaper."""
    return known_or_not(st.sampled_from(values))


@cache
def chosen(model: type[Fact], field: str) -> st.SearchStrategy[Any]:
    """Any of the choices a field has, or not known."""
    return known_or_not(st.sampled_from(MODELS.kinds[model.__name__].fields[field].choices))


@cache
def listed(model: type[Fact], field: str) -> st.SearchStrategy[Any]:
    """Nearly all, all or none of the texts a field may list, or not known."""
    choices = MODELS.kinds[model.__name__].fields[field].choices
    return known_or_not(st.sampled_from([choices, choices[:-1], choices[:1], ()]))


FLAG = known_or_not(st.booleans())
SMALL_UNITS = [
    fact for fact in plan_register() if isinstance(fact, Township) and fact.county in COUNTIES
]

SMALL = known_or_not(st.sampled_from(SMALL_UNITS))
SIGNS = ("漳河新区 漳河镇社会工作站", "漳河新区漳河镇社会工作站", "漳河镇社工站")
BIRTHS = (date(1981, 7, 31), date(1980, 7, 31), date(1980, 8, 1), date(1980, 2, 29))


@st.composite
def stations(draw: st.DrawFn, number: int) -> Station:
    operator = draw(chosen(Station, "operator"))
    own = operator == "乡镇（街道）自行运营"
    unit = draw(SMALL)
    return Station(
        id=f"ST-{number}",
        township=None if unit is None else unit.identity,
        established_on=draw(any_of(*DAYS)),
        operator=operator,
        premises=draw(chosen(Station, "premises")),
        equipment=draw(listed(Station, "equipment")),
        sign_displayed=draw(FLAG),
        sign_text=draw(any_of(*SIGNS)),
        area=draw(any_of("299.99", "300", "300.01")),
        purpose_built=draw(FLAG),
        rooms=draw(listed(Station, "rooms")),
        functions=draw(listed(Station, "functions")),
        services_started_on=draw(any_of(*DAYS)),
        operating_procedures=draw(FLAG),
        management_standards=draw(FLAG),
        regulations=draw(listed(Station, "regulations")),
        affairs_by=None if own else draw(chosen(Station, "affairs_by")),
        construction_support=draw(any_of(Fen(0), Fen(1))),
    )


@st.composite
def workers(draw: st.DrawFn, number: int, station: st.SearchStrategy[str | None]) -> Fact:
    hired = draw(any_of(date(2021, 7, 31), date(2022, 3, 1)))
    return ResidentWorker(
        id=f"W-{number}",
        station=draw(station),
        born_on=draw(any_of(*BIRTHS)),
        hired_on=hired,
        education=draw(chosen(ResidentWorker, "education")),
        in_post=draw(FLAG),
        provided_by=draw(chosen(ResidentWorker, "provided_by")),
        certificate=draw(FLAG),
        local=draw(FLAG),
        preferred=draw(FLAG),
        age_reason=draw(st.sampled_from([None, "急需"])),
    )


@st.composite
def around_stations(draw: st.DrawFn, station: st.SearchStrategy[str | None]) -> list[Fact]:
    """A project at 70%, an agreement of about a year, a team, assessments, money at 5%."""
    start = draw(st.sampled_from([date(2021, 8, 1), date(2024, 2, 29)]))
    length = draw(st.sampled_from([364, 365, 366, 367]))
    total = draw(st.integers(1, 10**7))
    personnel = draw(st.sampled_from([total * 70 // 100, min(total * 70 // 100 + 1, total), 0]))
    base = draw(known_or_not(st.integers(0, 10**7)))
    spent = (
        draw(known_or_not(st.integers(0, 1)))
        if not base
        else base * 5 // 100 + draw(st.integers(0, 1))
    )
    return [
        ServiceProject(
            id="P", station=draw(station), total_cost=Fen(total), personnel_cost=Fen(personnel)
        ),
        ServiceAgreement(
            id="A",
            station=draw(station),
            party_a=draw(chosen(ServiceAgreement, "party_a")),
            starts_on=start,
            ends_on=draw(known_or_not(st.just(start + timedelta(days=length)))),
            signed_on=draw(known_or_not(st.just(start))),
        ),
        VolunteerTeam(id="V", station=draw(station), formed_on=draw(known_or_not(st.just(start)))),
        *(
            Assessment(
                id=f"E-{number}",
                county=draw(any_of(*COUNTIES)),
                scope=draw(chosen(Assessment, "scope")),
                year=draw(any_of(2021, 2022)),
                kind=draw(chosen(Assessment, "kind")),
                finished_on=draw(any_of(*DAYS)),
                covers_construction=draw(FLAG),
                covers_projects=draw(FLAG),
                result=draw(chosen(Assessment, "result")),
            )
            for number in range(draw(st.integers(0, 2)))
        ),
        FundingYear(
            county=draw(st.sampled_from(COUNTIES)),
            year=2022,
            previous_assistance_total=None if base is None else Fen(base),
            hardship_fund_purchases=None if spent is None else Fen(spent),
        ),
    ]


@st.composite
def plan_dossiers(draw: st.DrawFn) -> Dossier:
    """The real townships of two small counties, a few stations, and what surrounds them."""
    built = [draw(stations(number)) for number in range(draw(st.integers(0, 3)))]
    names = [station.id for station in built]
    station = known_or_not(st.sampled_from(names)) if names else st.none()
    hired = [draw(workers(number, station)) for number in range(draw(st.integers(0, 5)))]
    register = [
        fact
        for fact in plan_register()
        if not isinstance(fact, Township) or fact.county in COUNTIES
    ]
    whole = draw(st.sets(st.sampled_from([*OWN, "Township", "Station@漳河新区"])))
    return Dossier(
        [*register, *built, *hired, *draw(around_stations(station))],
        models=MODELS,
        complete={"City", "County", *whole},
    )
