"""rule-engine: its rules over mappings; a name that does not resolve is unknown."""

from __future__ import annotations

from importlib import import_module

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    REGULATIONS,
    THIRD_PARTY,
    Answers,
    Facts,
    judged,
    known,
)

rule_engine = import_module("rule_engine")
Unresolved = import_module("rule_engine.errors").EvaluationError

ESTABLISHED = "established_on <= day"
THIRD = f"operator == '{THIRD_PARTY}'"
IN_POST = "[w for w in workers if w.in_post].length"
SIGN = "'社会工作站'"
FORMULAS = {
    ("five-haves", "when"): ESTABLISHED,
    ("five-haves", "require"): "'办公用房' in equipment"
    " and ($any([w.in_post for w in workers]) or more_workers) and not functions.is_empty"
    " and not regulations.is_empty and services_started_on <= day",
    ("equipment", "when"): ESTABLISHED,
    ("equipment", "require"): f"$all([i in equipment for i in {list(EQUIPMENT)}])",
    ("sign-text", "when"): "sign_displayed",
    ("sign-text", "require"): f"sign_text == county + ' ' + township + {SIGN}"
    f" or sign_text == county + township + {SIGN}",
    ("larger-station", "when"): "has_conditions",
    ("larger-station", "used"): f"{ESTABLISHED} and purpose_built",
    ("larger-station", "require"): "area >= 300",
    ("staffing", "when"): ESTABLISHED,
    ("staffing", "require"): f"{IN_POST} <= 4 and (more_workers ? false : {IN_POST} >= 2)",
    ("volunteer-team", "when"): ESTABLISHED,
    ("volunteer-team", "require"): "$any([t.formed_on <= day for t in teams]) or more_teams",
    ("worker-age", "when"): "in_post",
    ("worker-age", "require"): "hired_on - born_on < 410000",
    ("worker-education", "when"): "in_post",
    ("worker-education", "require"): f"education in {list(EDUCATED)}",
    ("personnel-share", "require"): "personnel_cost <= 0.7 * total_cost",
    ("agreement-signed", "when"): f"{ESTABLISHED} and {THIRD}",
    ("agreement-signed", "require"): (
        "$any([a.signed_on <= day for a in agreements]) or more_agreements"
    ),
    ("agreement-term", "when"): THIRD,
    ("agreement-term", "require"): "ends_on <= starts_on + 10000",
    ("management-rules", "when"): ESTABLISHED,
    ("management-rules", "require"): f"$all([i in regulations for i in {list(REGULATIONS)}])",
}
COMPILED = {key: rule_engine.Rule(formula) for key, formula in FORMULAS.items()}
OF_STATION = frozenset({("agreement-term", "when")})


def judge(facts: Facts) -> Answers:
    stated = known(facts)

    def ask(rule: str, part: str, item: Facts | None) -> bool | None:
        thing = stated if item is None or (rule, part) in OF_STATION else item
        try:
            return bool(COMPILED[rule, part].matches(thing))
        except Unresolved:
            return None

    return judged(stated, ask)
