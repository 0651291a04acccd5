"""zen-engine: compiled expressions; one that fails, or comes to null, is unknown.

Once with days as its documentation has them, ``d()``, which reads null as a day before all others,
and once with days as numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from benchmarks.peers.workload import (
    EDUCATED,
    EQUIPMENT,
    REGULATIONS,
    THIRD_PARTY,
    Answers,
    Facts,
    Judge,
    judged,
    known,
)

os.environ["RUST_LIB_BACKTRACE"] = "0"  # else each expression that fails may record one
zen = import_module("zen")

Formulas = dict[tuple[str, str], str]
THIRD = f"(operator == null ? null : operator == '{THIRD_PARTY}')"
SIGN = "'社会工作站'"


def formulas(by: Callable[[str], str], age: str, term: str) -> Formulas:
    """The rules, with the ways to say that a day has come, and an age and a term in bounds."""
    established = by("established_on")
    return {
        ("five-haves", "when"): established,
        ("five-haves", "require"): "'办公用房' in equipment"
        " and (some(workers, #.in_post) or more_workers) and len(functions) > 0"
        f" and len(regulations) > 0 and {by('services_started_on')}",
        ("equipment", "when"): established,
        ("equipment", "require"): f"all({list(EQUIPMENT)}, # in equipment)",
        ("sign-text", "when"): "sign_displayed",
        ("sign-text", "require"): "sign_text == null ? null :"
        f" sign_text in [county + ' ' + township + {SIGN}, county + township + {SIGN}]",
        ("larger-station", "when"): "has_conditions",
        ("larger-station", "used"): f"{established} and purpose_built",
        ("larger-station", "require"): "area >= 300",
        ("staffing", "when"): established,
        ("staffing", "require"): "count(workers, #.in_post) <= 4"
        " and (more_workers ? false : count(workers, #.in_post) >= 2)",
        ("volunteer-team", "when"): established,
        ("volunteer-team", "require"): f"some(teams, {by('#.formed_on')}) or more_teams",
        ("worker-age", "when"): "in_post",
        ("worker-age", "require"): age,
        ("worker-education", "when"): "in_post",
        (
            "worker-education",
            "require",
        ): f"education == null ? null : education in {list(EDUCATED)}",
        ("personnel-share", "require"): "personnel_cost <= 0.7 * total_cost",
        ("agreement-signed", "when"): f"{established} and {THIRD}",
        (
            "agreement-signed",
            "require",
        ): f"some(agreements, {by('#.signed_on')}) or more_agreements",
        ("agreement-term", "when"): THIRD,
        ("agreement-term", "require"): term,
        ("management-rules", "when"): established,
        ("management-rules", "require"): f"all({list(REGULATIONS)}, # in regulations)",
    }


DATES = formulas(
    lambda day: f"d({day}) <= d(day)",
    "d(hired_on).diff(d(born_on), 'year') <= 40",
    "d(ends_on) <= d(starts_on).add(1, 'y')",
)
NUMBERS = formulas(
    lambda day: f"{day} <= day", "hired_on - born_on < 410000", "ends_on <= starts_on + 10000"
)
OF_STATION = frozenset({("agreement-term", "when")})


def judge_with(written: Formulas) -> Judge:
    compiled = {key: zen.compile_expression(formula) for key, formula in written.items()}

    def judge(facts: Facts) -> Answers:
        def ask(rule: str, part: str, item: Facts | None) -> bool | None:
            context = facts if item is None or (rule, part) in OF_STATION else item
            try:
                found: bool | None = compiled[rule, part].evaluate(context)
            except RuntimeError:
                return None
            return found

        return judged(facts, ask)

    return judge


judge = judge_with(DATES)
_by_numbers = judge_with(NUMBERS)


def judge_numbers(facts: Facts) -> Answers:
    return _by_numbers(known(facts))
