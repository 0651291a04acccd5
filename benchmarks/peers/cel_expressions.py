"""cel-expr-python, Google's CEL in C++: what is not known is left out, an error is unknown.

CEL's ``&&``, ``||`` and ``exists`` absorb errors, so what the rest of a formula settles is settled.
"""

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

cel = import_module("cel_expr_python.cel")

ESTABLISHED = "s.established_on <= s.day"
THIRD = f"s.operator == '{THIRD_PARTY}'"
IN_POST = "s.workers.filter(w, w.in_post).size()"
SIGN = "'社会工作站'"
FORMULAS = {
    ("five-haves", "when"): ESTABLISHED,
    ("five-haves", "require"): "'办公用房' in s.equipment"
    " && (s.workers.exists(w, w.in_post) || s.more_workers) && s.functions.size() > 0"
    " && s.regulations.size() > 0 && s.services_started_on <= s.day",
    ("equipment", "when"): ESTABLISHED,
    ("equipment", "require"): f"{list(EQUIPMENT)}.all(i, i in s.equipment)",
    ("sign-text", "when"): "s.sign_displayed",
    ("sign-text", "require"): f"s.sign_text == s.county + ' ' + s.township + {SIGN}"
    f" || s.sign_text == s.county + s.township + {SIGN}",
    ("larger-station", "when"): "s.has_conditions",
    ("larger-station", "used"): f"{ESTABLISHED} && s.purpose_built",
    ("larger-station", "require"): "s.area >= 300",
    ("staffing", "when"): ESTABLISHED,
    ("staffing", "require"): f"{IN_POST} <= 4 && (s.more_workers ? false : {IN_POST} >= 2)",
    ("volunteer-team", "when"): ESTABLISHED,
    ("volunteer-team", "require"): "s.teams.exists(t, t.formed_on <= s.day) || s.more_teams",
    ("worker-age", "when"): "i.in_post",
    ("worker-age", "require"): "i.hired_on - i.born_on < 410000",
    ("worker-education", "when"): "i.in_post",
    ("worker-education", "require"): f"i.education in {list(EDUCATED)}",
    ("personnel-share", "require"): "i.personnel_cost * 10 <= i.total_cost * 7",
    ("agreement-signed", "when"): f"{ESTABLISHED} && {THIRD}",
    ("agreement-signed", "require"): (
        "s.agreements.exists(a, a.signed_on <= s.day) || s.more_agreements"
    ),
    ("agreement-term", "when"): THIRD,
    ("agreement-term", "require"): "i.ends_on <= i.starts_on + 10000",
    ("management-rules", "when"): ESTABLISHED,
    ("management-rules", "require"): f"{list(REGULATIONS)}.all(i, i in s.regulations)",
}
ENV = cel.NewEnv(variables={"s": cel.Type.DYN, "i": cel.Type.DYN})
COMPILED = {key: ENV.compile(formula) for key, formula in FORMULAS.items()}
BOOL = cel.Type.BOOL


def judge(facts: Facts) -> Answers:
    stated = known(facts)
    station = ENV.Activation({"s": stated})
    activations: dict[int, object] = {}

    def ask(rule: str, part: str, item: Facts | None) -> bool | None:
        activation = station
        if item is not None:
            activation = activations.get(id(item))
            if activation is None:
                activation = activations[id(item)] = ENV.Activation({"s": stated, "i": item})
        found = COMPILED[rule, part].eval(activation)
        return bool(found.value()) if found.type() == BOOL else None

    return judged(stated, ask)
