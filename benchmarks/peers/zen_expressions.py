"""zen-engine: compiled expressions, days by ``d()``; an expression that fails is unknown."""

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
)

zen = import_module("zen")

ESTABLISHED = "d(established_on) <= d(day)"
THIRD = f"(operator == null ? null : operator == '{THIRD_PARTY}')"
SIGN = "'社会工作站'"
FORMULAS = {
    ("five-haves", "when"): ESTABLISHED,
    ("five-haves", "require"): "'办公用房' in equipment"
    " and (some(workers, #.in_post) or more_workers) and len(functions) > 0"
    " and len(regulations) > 0 and d(services_started_on) <= d(day)",
    ("equipment", "when"): ESTABLISHED,
    ("equipment", "require"): f"all({list(EQUIPMENT)}, # in equipment)",
    ("sign-text", "when"): "sign_displayed",
    ("sign-text", "require"): "sign_text == null ? null :"
    f" sign_text in [county + ' ' + township + {SIGN}, county + township + {SIGN}]",
    ("larger-station", "when"): "has_conditions",
    ("larger-station", "used"): f"{ESTABLISHED} and purpose_built",
    ("larger-station", "require"): "area >= 300",
    ("staffing", "when"): ESTABLISHED,
    ("staffing", "require"): "count(workers, #.in_post) <= 4"
    " and (more_workers ? false : count(workers, #.in_post) >= 2)",
    ("volunteer-team", "when"): ESTABLISHED,
    ("volunteer-team", "require"): "some(teams, d(#.formed_on) <= d(day)) or more_teams",
    ("worker-age", "when"): "in_post",
    ("worker-age", "require"): "d(hired_on).diff(d(born_on), 'year') <= 40",
    ("worker-education", "when"): "in_post",
    ("worker-education", "require"): f"education == null ? null : education in {list(EDUCATED)}",
    ("personnel-share", "require"): "personnel_cost <= 0.7 * total_cost",
    ("agreement-signed", "when"): f"{ESTABLISHED} and {THIRD}",
    ("agreement-signed", "require"): (
        "some(agreements, d(#.signed_on) <= d(day)) or more_agreements"
    ),
    ("agreement-term", "when"): THIRD,
    ("agreement-term", "require"): "d(ends_on) <= d(starts_on).add(1, 'y')",
    ("management-rules", "when"): ESTABLISHED,
    ("management-rules", "require"): f"all({list(REGULATIONS)}, # in regulations)",
}
COMPILED = {key: zen.compile_expression(formula) for key, formula in FORMULAS.items()}
OF_STATION = frozenset({("agreement-term", "when")})


def judge(facts: Facts) -> Answers:
    def ask(rule: str, part: str, item: Facts | None) -> bool | None:
        context = facts if item is None or (rule, part) in OF_STATION else item
        try:
            found: bool | None = COMPILED[rule, part].evaluate(context)
        except RuntimeError:
            return None
        return found

    return judged(facts, ask)
