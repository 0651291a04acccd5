"""clipspy: CLIPS rules over ordered facts; what is not known is not asserted, so nothing fires."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module

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

clips = import_module("clips")


def texts(values: tuple[str, ...] | list[str]) -> str:
    return " ".join(f'"{value}"' for value in values)


STANDING = ("five-haves", "equipment", "staffing", "volunteer-team", "management-rules")
RULEBASE = f"""
(deffacts what-is-put-to-the-station
  {"".join(f"(subject {rule} station)" for rule, items in RULES.items() if items is None)}
  {"".join(f"(default {rule})" for rule in REASON)})

(defrule established (day ?t) (established_on ?d) => (assert (established (<= ?d ?t))))
(defrule third-party (operator ?o) => (assert (third-party (eq ?o "{THIRD_PARTY}"))))

(defrule when-standing (established ?e) => (progn$ (?r (create$ {" ".join(STANDING)}))
  (assert (applies ?r station ?e))))
(defrule when-sign (sign_displayed ?x) => (assert (applies sign-text station ?x)))
(defrule when-larger (has_conditions ?x) => (assert (applies larger-station station ?x)))
(defrule when-in-post (in_post ?w ?x) =>
  (assert (applies worker-age ?w ?x) (applies worker-education ?w ?x)))
(defrule when-project (subject personnel-share ?p) => (assert (applies personnel-share ?p TRUE)))
(defrule when-term (third-party ?x) (subject agreement-term ?a) =>
  (assert (applies agreement-term ?a ?x)))
(defrule when-signed (established TRUE) (third-party TRUE) =>
  (assert (applies agreement-signed station TRUE)))
(defrule when-not-signed (or (established FALSE) (third-party FALSE)) =>
  (assert (applies agreement-signed station FALSE)))
(defrule used-larger (established TRUE) (purpose_built TRUE) => (assert (used TRUE)))
(defrule not-used-larger (or (established FALSE) (purpose_built FALSE)) => (assert (used FALSE)))

(defrule premises (equipment $?e) =>
  (assert (have premises (neq FALSE (member$ "办公用房" ?e)))))
(defrule staff (in_post ? TRUE) => (assert (have staff TRUE)))
(defrule no-staff (more_workers FALSE) (not (in_post ? TRUE))
  (not (and (subject worker-age ?w) (not (in_post ?w ?)))) => (assert (have staff FALSE)))
(defrule functions (functions $?f) => (assert (have functions (> (length$ ?f) 0))))
(defrule regulations (regulations $?r) => (assert (have regulations (> (length$ ?r) 0))))
(defrule services (day ?t) (services_started_on ?d) => (assert (have services (<= ?d ?t))))
(defrule five (forall (five ?x) (have ?x TRUE)) => (assert (holds five-haves station TRUE)))
(defrule not-five (have ?x FALSE) => (assert (holds five-haves station FALSE)))
(deffacts the-five (five premises) (five staff) (five functions) (five regulations)
  (five services))

(defrule equipment (equipment $?e) =>
  (assert (holds equipment station (subsetp (create$ {texts(EQUIPMENT)}) ?e))))
(defrule rules (regulations $?r) =>
  (assert (holds management-rules station (subsetp (create$ {texts(REGULATIONS)}) ?r))))
(defrule sign (sign_text ?s) (county ?c) (township ?t) =>
  (assert (holds sign-text station (or (eq ?s (str-cat ?c " " ?t "社会工作站"))
                                       (eq ?s (str-cat ?c ?t "社会工作站"))))))
(defrule area (area ?a) => (assert (holds larger-station station (>= ?a 300))))
(defrule staffed (more_workers FALSE)
  (not (and (subject worker-age ?w) (not (in_post ?w ?)))) =>
  (bind ?n (length$ (find-all-facts ((?f in_post)) (eq (nth$ 2 ?f:implied) TRUE))))
  (assert (holds staffing station (<= 2 ?n 4))))
(defrule team (day ?t) (formed_on ? ?d&:(<= ?d ?t)) =>
  (assert (holds volunteer-team station TRUE)))
(defrule no-team (more_teams FALSE) (day ?t)
  (not (and (subject team ?x) (not (formed_on ?x ?d&:(> ?d ?t))))) =>
  (assert (holds volunteer-team station FALSE)))
(defrule agreement (day ?t) (signed_on ? ?d&:(<= ?d ?t)) =>
  (assert (holds agreement-signed station TRUE)))
(defrule no-agreement (more_agreements FALSE) (day ?t)
  (not (and (subject agreement-term ?x) (not (signed_on ?x ?d&:(> ?d ?t))))) =>
  (assert (holds agreement-signed station FALSE)))
(defrule age (born_on ?w ?b) (hired_on ?w ?h) =>
  (assert (holds worker-age ?w (< (- ?h ?b) 410000))))
(defrule education (education ?w ?e) =>
  (assert (holds worker-education ?w (neq FALSE (member$ ?e (create$ {texts(EDUCATED)}))))))
(defrule share (personnel_cost ?p ?part) (total_cost ?p ?all) =>
  (assert (holds personnel-share ?p (<= (* ?part 10) (* ?all 7)))))
(defrule term (starts_on ?a ?s) (ends_on ?a ?e) =>
  (assert (holds agreement-term ?a (<= ?e (+ ?s 10000)))))
{"".join(f"(defrule {f} ({f} ?x ?) => (assert (reason {r} ?x)))" for r, f in REASON.items())}

(defrule not-applicable (applies ?r ?x FALSE) => (assert (verdict ?r ?x not-applicable)))
(defrule available (applies larger-station ?x TRUE) (used FALSE) =>
  (assert (verdict larger-station ?x available)))
(defrule met (applies ?r ?x TRUE) (holds ?r ?x TRUE)
  (or (test (neq ?r larger-station)) (used TRUE)) => (assert (verdict ?r ?x met)))
(defrule breached (applies ?r ?x TRUE) (holds ?r ?x FALSE) (not (default ?r))
  (or (test (neq ?r larger-station)) (used TRUE)) => (assert (verdict ?r ?x breached)))
(defrule departed (applies ?r ?x TRUE) (holds ?r ?x FALSE) (default ?r) (not (reason ?r ?x)) =>
  (assert (verdict ?r ?x departed)))
(defrule noted (applies ?r ?x TRUE) (holds ?r ?x FALSE) (default ?r) (reason ?r ?x) =>
  (assert (verdict ?r ?x noted)))
(defrule unused (declare (salience -10)) (applies larger-station ?x TRUE) (not (used ?)) =>
  (assert (verdict larger-station ?x undetermined)))
(defrule unproven (declare (salience -20)) (applies ?r ?x TRUE) (not (verdict ?r ?x ?)) =>
  (assert (verdict ?r ?x unproven)))
(defrule undetermined (declare (salience -20)) (subject ?r&~team ?x) (not (applies ?r ?x ?)) =>
  (assert (verdict ?r ?x undetermined)))
(defrule said (declare (salience -30)) (verdict ?r ?x ?status) => (note ?r ?status))
"""
PUT_TO = {
    "workers": ("worker-age", "worker-education"),
    "projects": ("personnel-share",),
    "agreements": ("agreement-term",),
    "teams": ("team",),
}


def constructs(text: str) -> Iterator[str]:
    """The constructs of a rule base, one by one, as ``build`` wants them."""
    depth, start, quoted = 0, 0, False
    for place, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and character == "(":
            start = place if depth == 0 else start
            depth += 1
        elif not quoted and character == ")":
            depth -= 1
            if depth == 0:
                yield text[start : place + 1]


del clips.Environment.__del__  # freeing one prints complaints of CLIPS about itself
ENVIRONMENT = clips.Environment()
said: defaultdict[str, list[str]] = defaultdict(list)


def note(rule: object, status: object) -> None:
    said[str(rule)].append(str(status))


ENVIRONMENT.define_function(note)
for construct in constructs(RULEBASE):
    ENVIRONMENT.build(construct)


def written(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list):
        return " ".join(map(written, value))
    return f'"{value}"' if isinstance(value, str) else str(value)


def judge(facts: Facts) -> Answers:
    """No fact is looked at from Python: clipspy never frees one that was, and gets ever slower."""
    said.clear()
    ENVIRONMENT.reset()
    ENVIRONMENT.load_facts("\n".join(stated(facts)))
    ENVIRONMENT.run()
    return tuple(worst(said[rule]) for rule in RULES)


def stated(facts: Facts) -> Iterator[str]:
    for name, value in known(facts).items():
        if name not in PUT_TO:
            yield f"({name} {written(value)})"
            continue
        for number, item in enumerate(value):
            yield from (f"(subject {rule} {name}-{number})" for rule in PUT_TO[name])
            yield from (f"({field} {name}-{number} {written(v)})" for field, v in item.items())
