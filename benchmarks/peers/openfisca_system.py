"""openfisca-core: variables and formulas over many stations at once; what is missing is default.

The members of a station are its workers, projects, agreements and volunteer teams, each in a role.
A day that is missing is taken never to have come, the kindest of the defaults there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    RANKING,
    REASON,
    REGULATIONS,
    RULES,
    THIRD_PARTY,
    Answers,
    Facts,
    known,
)

np = import_module("numpy")
entities = import_module("openfisca_core.entities")
parameters = import_module("openfisca_core.parameters")
periods = import_module("openfisca_core.periods")
Builder = import_module("openfisca_core.simulation_builder").SimulationBuilder
System = import_module("openfisca_core.taxbenefitsystems").TaxBenefitSystem
Variable = import_module("openfisca_core.variables").Variable

Formula = Callable[..., Any]
NEVER = 99991231
RANK = {status: rank for rank, status in enumerate(RANKING)}
ROLES = {"workers": "worker", "projects": "project", "agreements": "agreement", "teams": "team"}

MEMBER = entities.build_entity("member", "members", "a member", is_person=True)
STATION = entities.build_entity(
    "station",
    "stations",
    "a station",
    roles=[{"key": role, "plural": plural} for plural, role in ROLES.items()],
)
WORKER, PROJECT, AGREEMENT, TEAM = STATION.WORKER, STATION.PROJECT, STATION.AGREEMENT, STATION.TEAM
SYSTEM = System([MEMBER, STATION])
SYSTEM.parameters = parameters.ParameterNode(
    "",
    data={
        name: {"values": {"2021-01-01": {"value": value}}}
        for name, value in {"least": 2, "most": 4, "age": 40, "share": 70, "area": 300}.items()
    },
)


def variable(name: str, of: Any, kind: type, default: Any, formula: Formula | None = None) -> None:
    body: dict[str, Any] = {
        "entity": of,
        "value_type": kind,
        "default_value": default,
        "definition_period": periods.DateUnit.ETERNITY if formula is None else periods.DateUnit.DAY,
        "label": name,
    }
    if formula is not None:
        body["formula"] = formula
    SYSTEM.add_variable(type(name, (Variable,), body))


FLAGS = ("has_conditions", "sign_displayed", "purpose_built")
HELD = {f"has_{item}": item for item in (*EQUIPMENT, *REGULATIONS)}
for flag in (*FLAGS, *HELD, "third_party", "sign_right"):
    variable(flag, STATION, bool, False)
for day in ("established_on", "services_started_on"):
    variable(day, STATION, int, NEVER)
variable("functions", STATION, int, 0)
variable("area", STATION, float, 0)
for flag in ("in_post", "educated", *REASON.values()):
    variable(flag, MEMBER, bool, False)
for day in (DAYS := ("hired_on", "signed_on", "ends_on", "formed_on")):
    variable(day, MEMBER, int, NEVER)
for number in (NUMBERS := ("born_on", "starts_on", "total_cost", "personnel_cost")):
    variable(number, MEMBER, int, 0)


def at(period: Any) -> int:
    start = period.start
    return int(start.year * 10000 + start.month * 100 + start.day)


def duty(applies: Any, holds: Any) -> Any:
    status = np.where(holds, RANK["met"], RANK["breached"])
    return np.where(applies, status, RANK["not-applicable"])


def default(reason: Any, applies: Any, holds: Any) -> Any:
    departed = np.where(reason, RANK["noted"], RANK["departed"])
    status = np.where(holds, RANK["met"], departed)
    return np.where(applies, status, RANK["not-applicable"])


def established(station: Any, period: Any) -> Any:
    return station("established_on", period) <= at(period)


def holds_all(items: Sequence[str]) -> Formula:
    def formula(station: Any, period: Any) -> Any:
        held = [station(f"has_{item}", period) for item in items]
        return duty(station("established", period), np.logical_and.reduce(held))

    return formula


def staffing(station: Any, period: Any, legal: Any) -> Any:
    number = station.sum(station.members("in_post", period), role=WORKER)
    within = (number >= legal(period).least) & (number <= legal(period).most)
    return duty(station("established", period), within)


def five_haves(station: Any, period: Any) -> Any:
    rules = [station(f"has_{item}", period) for item in REGULATIONS]
    five = (
        station("has_办公用房", period)
        & station.any(station.members("in_post", period), role=WORKER)
        & (station("functions", period) > 0)
        & np.logical_or.reduce(rules)
        & (station("services_started_on", period) <= at(period))
    )
    return duty(station("established", period), five)


def sign_text(station: Any, period: Any) -> Any:
    return duty(station("sign_displayed", period), station("sign_right", period))


def larger_station(station: Any, period: Any, legal: Any) -> Any:
    used = station("established", period) & station("purpose_built", period)
    large = duty(True, station("area", period) >= legal(period).area)
    status = np.where(used, large, RANK["available"])
    return np.where(station("has_conditions", period), status, RANK["not-applicable"])


def volunteer_team(station: Any, period: Any) -> Any:
    formed = station.members("formed_on", period) <= at(period)
    return duty(station("established", period), station.any(formed, role=TEAM))


def agreement_signed(station: Any, period: Any) -> Any:
    applies = station("established", period) & station("third_party", period)
    signed = station.members("signed_on", period) <= at(period)
    return duty(applies, station.any(signed, role=AGREEMENT))


def age_of_member(member: Any, period: Any, legal: Any) -> Any:
    age = (member("hired_on", period) - member("born_on", period)) // 10000
    reason, applies = member("age_reason", period), member("in_post", period)
    return default(reason, applies, age <= legal(period).age)


def education_of_member(member: Any, period: Any) -> Any:
    reason, applies = member("education_reason", period), member("in_post", period)
    return default(reason, applies, member("educated", period))


def share_of_member(member: Any, period: Any, legal: Any) -> Any:
    part = member("personnel_cost", period).astype(np.int64)  # an int is 32 bits wide here
    whole = member("total_cost", period).astype(np.int64)
    return duty(True, part * 100 <= whole * legal(period).share)


def term_of_member(member: Any, period: Any) -> Any:
    yearly = member("ends_on", period) <= member("starts_on", period) + 10000
    return default(member("term_reason", period), member.station("third_party", period), yearly)


def worst_of(name: str, role: Any) -> Formula:
    def formula(station: Any, period: Any) -> Any:
        found = station.max(station.members(name, period), role=role)
        return np.where(station.nb_persons(role) == 0, RANK["not-applicable"], found)

    return formula


FORMULAS: dict[str, Formula] = {
    "five_haves": five_haves,
    "equipment": holds_all(EQUIPMENT),
    "sign_text": sign_text,
    "larger_station": larger_station,
    "staffing": staffing,
    "volunteer_team": volunteer_team,
    "worker_age": worst_of("age_of_member", WORKER),
    "worker_education": worst_of("education_of_member", WORKER),
    "personnel_share": worst_of("share_of_member", PROJECT),
    "agreement_signed": agreement_signed,
    "agreement_term": worst_of("term_of_member", AGREEMENT),
    "management_rules": holds_all(REGULATIONS),
}
variable("established", STATION, bool, False, established)
OF_MEMBERS: dict[str, Formula] = {
    "age_of_member": age_of_member,
    "education_of_member": education_of_member,
    "share_of_member": share_of_member,
    "term_of_member": term_of_member,
}
for name, written in OF_MEMBERS.items():
    variable(name, MEMBER, int, 0, written)
for rule, written in FORMULAS.items():
    variable(rule, STATION, int, 0, written)
NAMES = [rule.replace("-", "_") for rule in RULES]
OF_STATION = (*FLAGS, "established_on", "services_started_on", "area")
OF_MEMBER = ("in_post", *DAYS, *NUMBERS)


def judge(facts: Facts) -> Answers:
    """One station, as a situation: the way of a web page or a test."""
    stated = known(facts)
    of: dict[str, Any] = {field: {"ETERNITY": v} for field, v in station_fields(stated).items()}
    members: dict[str, Any] = {}
    for plural in ROLES:
        here = {f"{plural}-{i}": member_fields(item) for i, item in enumerate(stated[plural])}
        of[plural] = list(here)
        for identity, fields in here.items():
            members[identity] = {field: {"ETERNITY": value} for field, value in fields.items()}
    # The last station has to have a member: OpenFisca counts only as far as that.
    members["nobody"] = {}
    stations = {"it": of, "none": {"teams": ["nobody"]}}
    situation = {"members": members, "stations": stations}
    return answers(Builder().build_from_entities(SYSTEM, situation), facts["day"], 1)[0]


def judge_all(many: Sequence[Facts]) -> list[Answers]:
    """Many stations, as columns: the way of a survey. Those of one day make one simulation."""
    found: dict[int, Answers] = {}
    for day in {facts["day"] for facts in many}:
        places = [place for place, facts in enumerate(many) if facts["day"] == day]
        simulation = columns([known(many[place]) for place in places])
        found.update(zip(places, answers(simulation, day, len(places)), strict=True))
    return [found[place] for place in range(len(many))]


def answers(simulation: Any, day: str, number: int) -> list[Answers]:
    ranks = [simulation.calculate(name, day)[:number].tolist() for name in NAMES]
    return [tuple(RANKING[rank] for rank in row) for row in zip(*ranks, strict=True)]


def columns(many: Sequence[Facts]) -> Any:
    stations = [station_fields(stated) for stated in many]
    members: list[dict[str, Any]] = []
    homes: list[int] = []
    roles: list[str] = []
    for number, stated in enumerate(many):
        for plural, role in ROLES.items():
            members.extend(map(member_fields, stated[plural]))
            homes.extend([number] * len(stated[plural]))
            roles.extend([role] * len(stated[plural]))
        members.append({})  # a station without a member would take the next one's
        homes.append(number)
        roles.append("team")
    builder = Builder()
    builder.create_entities(SYSTEM)
    builder.declare_person_entity("member", range(len(members)))
    population = builder.declare_entity("station", range(len(many)))
    builder.join_with_persons(population, np.array(homes), roles)
    simulation = builder.build(SYSTEM)
    for records in (stations, members):
        for field in {field for record in records for field in record}:
            default = SYSTEM.get_variable(field).default_value
            column = np.array([record.get(field, default) for record in records])
            simulation.set_input(field, "ETERNITY", column)
    return simulation


def station_fields(stated: Facts) -> dict[str, Any]:
    held = {*stated.get("equipment", ()), *stated.get("regulations", ())}
    name = f"{stated['township']}社会工作站"
    signs = (f"{stated['county']} {name}", f"{stated['county']}{name}")
    return {
        **{field: stated[field] for field in OF_STATION if field in stated},
        **{field: item in held for field, item in HELD.items()},
        "functions": len(stated.get("functions", ())),
        "third_party": stated.get("operator") == THIRD_PARTY,
        "sign_right": stated.get("sign_text") in signs,
    }


def member_fields(item: Facts) -> dict[str, Any]:
    fields = {field: item[field] for field in OF_MEMBER if field in item}
    fields["educated"] = item.get("education") in EDUCATED
    fields.update((reason, reason in item) for reason in REASON.values())
    return fields
