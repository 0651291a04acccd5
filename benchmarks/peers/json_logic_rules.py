"""datalogic-py, JSONLogic in Rust: a missing variable is an error, and ``try`` says unknown."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    REASON,
    REGULATIONS,
    RULES,
    THIRD_PARTY,
    Answers,
    Facts,
    known,
    worst,
)

datalogic = import_module("datalogic_py")
Logic = dict[str, Any]


def var(name: str) -> Logic:
    return {"var": name}


def outer(name: str) -> Logic:
    """A fact of the station, from within a list of it."""
    return {"val": [[1], name]}


def by(name: str, day: Logic) -> Logic:
    return {"<=": [var(name), day]}


def holding(listed: tuple[str, ...], name: str) -> Logic:
    return {"all": [list(listed), {"in": [var(""), outer(name)]}]}


def duty(applies: Logic, holds: Logic, otherwise: object = "breached") -> Logic:
    judged = {"try": [{"if": [holds, "met", otherwise]}, "unproven"]}
    return {"try": [{"if": [applies, judged, "not-applicable"]}, "undetermined"]}


def default(rule: str, applies: Logic, holds: Logic) -> Logic:
    return duty(applies, holds, {"if": [{"var": [REASON[rule], ""]}, "noted", "departed"]})


ESTABLISHED = by("established_on", var("day"))
THIRD = {"==": [var("operator"), THIRD_PARTY]}
IN_POST = {"length": [{"filter": [var("workers"), var("in_post")]}]}
SIGN = "社会工作站"
FUNCTIONS, REGULATED = {"length": [var("functions")]}, {"length": [var("regulations")]}
FIVE = [
    {"in": ["办公用房", var("equipment")]},
    {"or": [{"some": [var("workers"), var("in_post")]}, var("more_workers")]},
    {">": [FUNCTIONS, 0]},
    {">": [REGULATED, 0]},
    by("services_started_on", var("day")),
]
SPACED = {"cat": [var("county"), " ", var("township"), SIGN]}
CLOSE = {"cat": [var("county"), var("township"), SIGN]}
LARGE = {"try": [{"if": [{">=": [var("area"), 300]}, "met", "breached"]}, "unproven"]}
USED = {"and": [ESTABLISHED, var("purpose_built")]}
LARGER = {"if": [var("has_conditions"), {"if": [USED, LARGE, "available"]}, "not-applicable"]}
SIGNED = {"some": [var("agreements"), by("signed_on", outer("day"))]}
FORMED = {"some": [var("teams"), by("formed_on", outer("day"))]}
STAFFED = [{"<=": [IN_POST, 4]}, {"if": [var("more_workers"), False, {">=": [IN_POST, 2]}]}]
LATEST = {"+": [var("starts_on"), 10000]}
AGE = {"<": [{"-": [var("hired_on"), var("born_on")]}, 410000]}
SHARE = {"<=": [{"*": [var("personnel_cost"), 10]}, {"*": [var("total_cost"), 7]}]}
LOGIC = {
    "five-haves": duty(ESTABLISHED, {"and": FIVE}),
    "equipment": duty(ESTABLISHED, holding(EQUIPMENT, "equipment")),
    "sign-text": duty(var("sign_displayed"), {"in": [var("sign_text"), [SPACED, CLOSE]]}),
    "larger-station": {"try": [LARGER, "undetermined"]},
    "staffing": duty(ESTABLISHED, {"and": STAFFED}),
    "volunteer-team": duty(ESTABLISHED, {"or": [FORMED, var("more_teams")]}),
    "worker-age": default("worker-age", var("in_post"), AGE),
    "worker-education": default(
        "worker-education", var("in_post"), {"in": [var("education"), list(EDUCATED)]}
    ),
    "personnel-share": {"try": [{"if": [SHARE, "met", "breached"]}, "unproven"]},
    "agreement-signed": duty(
        {"and": [ESTABLISHED, THIRD]}, {"or": [SIGNED, var("more_agreements")]}
    ),
    "agreement-term": default(
        "agreement-term",
        {"==": [outer("operator"), THIRD_PARTY]},
        {"<=": [var("ends_on"), LATEST]},
    ),
    "management-rules": duty(ESTABLISHED, holding(REGULATIONS, "regulations")),
}
ENGINE = datalogic.Engine(config={"missing_var": "error"})
COMPILED = [
    ENGINE.compile(LOGIC[rule] if items is None else {"map": [var(items), LOGIC[rule]]})
    for rule, items in RULES.items()
]
SESSION = ENGINE.session()


def judge(facts: Facts) -> Answers:
    found = SESSION.evaluate_many(COMPILED, datalogic.DataHandle(known(facts)))
    said = json.loads(f"[{','.join(found)}]")
    return tuple(worst(one) if isinstance(one, list) else one for one in said)
