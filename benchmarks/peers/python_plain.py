"""The baseline: the rules as one writes them first, None read as no."""

from __future__ import annotations

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    REGULATIONS,
    THIRD_PARTY,
    Answers,
    Facts,
    worst,
)

_EQUIPMENT, _REGULATIONS = frozenset(EQUIPMENT), frozenset(REGULATIONS)


def judge(facts: Facts) -> Answers:
    day = facts["day"]
    equipment = facts["equipment"] or ()
    regulations = facts["regulations"] or ()
    in_post = [w for w in facts["workers"] if w["in_post"]]
    established = _by(facts["established_on"], day)
    third_party = facts["operator"] == THIRD_PARTY
    name = facts["township"] + "社会工作站"
    signs = (f"{facts['county']} {name}", f"{facts['county']}{name}")
    has_five = (
        "办公用房" in equipment
        and len(in_post) > 0
        and bool(facts["functions"])
        and len(regulations) > 0
        and _by(facts["services_started_on"], day)
    )
    return (
        _duty(established, has_five),
        _duty(established, _EQUIPMENT.issubset(equipment)),
        _duty(bool(facts["sign_displayed"]), facts["sign_text"] in signs),
        _larger(facts, established),
        _duty(established, 2 <= len(in_post) <= 4),
        _duty(established, any(_by(team["formed_on"], day) for team in facts["teams"])),
        worst([_default(_young(w), w["age_reason"]) for w in in_post]),
        worst([_default(w["education"] in EDUCATED, w["education_reason"]) for w in in_post]),
        worst([_duty(True, _within(project)) for project in facts["projects"]]),
        _duty(
            established and third_party, any(_by(a["signed_on"], day) for a in facts["agreements"])
        ),
        worst([_default(_yearly(a), a["term_reason"]) for a in facts["agreements"]])
        if third_party
        else "not-applicable",
        _duty(established, _REGULATIONS.issubset(regulations)),
    )


def _duty(applies: bool, holds: bool) -> str:
    if not applies:
        return "not-applicable"
    return "met" if holds else "breached"


def _default(holds: bool, reason: str | None) -> str:
    if holds:
        return "met"
    return "noted" if reason else "departed"


def _larger(facts: Facts, established: bool) -> str:
    if not facts["has_conditions"]:
        return "not-applicable"
    if not (established and facts["purpose_built"]):
        return "available"
    return "met" if (facts["area"] or 0) >= 300 else "breached"


def _by(day: str | None, last: str) -> bool:
    return day is not None and day <= last


def _young(worker: Facts) -> bool:
    born, hired = worker["born_on"], worker["hired_on"]
    if born is None or hired is None:
        return False
    return bool(int(hired[:4]) - int(born[:4]) - (hired[5:] < born[5:]) <= 40)


def _within(project: Facts) -> bool:
    return bool((project["personnel_cost"] or 0) * 10 <= (project["total_cost"] or 0) * 7)


def _yearly(agreement: Facts) -> bool:
    starts, ends = agreement["starts_on"], agreement["ends_on"]
    if starts is None or ends is None:
        return False
    return bool(ends <= f"{int(starts[:4]) + 1}{starts[4:]}")
