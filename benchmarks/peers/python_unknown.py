"""The rules written by hand with None carried through: what our generated code does for one."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    REGULATIONS,
    THIRD_PARTY,
    Answers,
    Facts,
    worst,
)

Truth = bool | None
_EQUIPMENT, _REGULATIONS = frozenset(EQUIPMENT), frozenset(REGULATIONS)


def judge(facts: Facts) -> Answers:
    day = facts["day"]
    equipment, regulations = facts["equipment"], facts["regulations"]
    workers, more = facts["workers"], facts["more_workers"] is None
    sure = sum(w["in_post"] is True for w in workers)
    may = sum(w["in_post"] is not False for w in workers)
    established = _by(facts["established_on"], day)
    operator = facts["operator"]
    third_party = None if operator is None else operator == THIRD_PARTY
    name = facts["township"] + "社会工作站"
    signs = (f"{facts['county']} {name}", f"{facts['county']}{name}")
    sign = facts["sign_text"]
    has_five = _all(
        (
            None if equipment is None else "办公用房" in equipment,
            True if sure else None if more or may else False,
            None if facts["functions"] is None else len(facts["functions"]) > 0,
            None if regulations is None else len(regulations) > 0,
            _by(facts["services_started_on"], day),
        )
    )
    staffed: Truth = None
    if sure > 4 or (may < 2 and not more):
        staffed = False
    elif sure >= 2 and may <= 4 and not more:
        staffed = True
    return (
        _duty(established, has_five),
        _duty(established, None if equipment is None else _EQUIPMENT.issubset(equipment)),
        _duty(facts["sign_displayed"], None if sign is None else sign in signs),
        _larger(facts, established),
        _duty(established, staffed),
        _duty(established, _some(facts["teams"], "formed_on", facts["more_teams"], day)),
        worst([_default(w["in_post"], _young(w), w["age_reason"]) for w in workers]),
        worst([_default(w["in_post"], _educated(w), w["education_reason"]) for w in workers]),
        worst([_duty(True, _within(project)) for project in facts["projects"]]),
        _duty(
            _all((established, third_party)),
            _some(facts["agreements"], "signed_on", facts["more_agreements"], day),
        ),
        worst([_default(third_party, _yearly(a), a["term_reason"]) for a in facts["agreements"]]),
        _duty(established, None if regulations is None else _REGULATIONS.issubset(regulations)),
    )


def _all(parts: Iterable[Truth]) -> Truth:
    found: Truth = True
    for part in parts:
        if part is False:
            return False
        if part is None:
            found = None
    return found


def _some(items: Iterable[Facts], field: str, more: Truth, day: str) -> Truth:
    found: Truth = None if more is None else False
    for item in items:
        held = _by(item[field], day)
        if held:
            return True
        if held is None:
            found = None
    return found


def _duty(applies: Truth, holds: Truth) -> str:
    if not applies:
        return "undetermined" if applies is None else "not-applicable"
    if holds is None:
        return "unproven"
    return "met" if holds else "breached"


def _default(applies: Truth, holds: Truth, reason: str | None) -> str:
    status = _duty(applies, holds)
    if status != "breached":
        return status
    return "noted" if reason else "departed"


def _larger(facts: Facts, established: Truth) -> str:
    conditions, area = facts["has_conditions"], facts["area"]
    if not conditions:
        return "undetermined" if conditions is None else "not-applicable"
    used = _all((established, facts["purpose_built"]))
    if not used:
        return "undetermined" if used is None else "available"
    return _duty(True, None if area is None else area >= 300)


def _by(day: str | None, last: str) -> Truth:
    return None if day is None else day <= last


def _young(worker: Facts) -> Truth:
    born, hired = worker["born_on"], worker["hired_on"]
    if born is None or hired is None:
        return None
    return bool(int(hired[:4]) - int(born[:4]) - (hired[5:] < born[5:]) <= 40)


def _educated(worker: Facts) -> Truth:
    return None if worker["education"] is None else worker["education"] in EDUCATED


def _within(project: Facts) -> Truth:
    part, whole = project["personnel_cost"], project["total_cost"]
    return None if part is None or whole is None else bool(part * 10 <= whole * 7)


def _yearly(agreement: Facts) -> Truth:
    starts, ends = agreement["starts_on"], agreement["ends_on"]
    if starts is None or ends is None:
        return None
    return bool(ends <= f"{int(starts[:4]) + 1}{starts[4:]}")
