"""durable_rules by its public API; run as a program, it answers lines of JSON on standard input.

What is not known is not asserted. The engine compares, joins and chains. It has no aggregates and
no lists, and its ``none()`` answers wrongly, so what is counted, contained, or so because nothing
is otherwise, is worked out in Python and asserted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import count
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

lang = import_module("durable.lang")
m, c, when_all = lang.m, lang.c, lang.when_all

STANDING = ("five-haves", "equipment", "staffing", "volunteer-team", "management-rules")
FIVE = ("premises", "staff", "functions", "regulations", "services")
OF_STATION = (
    "day",
    "established_on",
    "operator",
    "sign_displayed",
    "has_conditions",
    "services_started_on",
    "area",
    "purpose_built",
)
OF_ITEM = (
    "in_post",
    "born_on",
    "hired_on",
    "signed_on",
    "starts_on",
    "ends_on",
    "formed_on",
)
NAME = "station"
numbers = count()
said: dict[str, str] = {}
"""What the engine said in the session that is open: ``rule:item`` to a status."""


def telling(kind: str, truth: bool, *keys: str) -> Any:
    """An action that asserts a fact, for each key one."""

    def act(found: Any) -> None:
        for key in keys:
            found.assert_fact({"id": f"x{next(numbers)}", kind: key, "truth": truth})

    return act


def of_item(kind: str, truth: bool, rule: str) -> Any:
    """An action that asserts a fact about the item whose fact was found as ``a``."""

    def act(found: Any) -> None:
        found.assert_fact({"id": f"x{next(numbers)}", kind: f"{rule}:{found.a.of}", "truth": truth})

    return act


def note(status: str) -> Any:
    def act(found: Any) -> None:
        said[found.a.applies] = status

    return act


def note_otherwise(found: Any) -> None:
    said[found.o.otherwise] = found.o.status


def ignore(_: Any) -> None:
    return None


def yes(key: str) -> Any:
    return (m.state == key) & (m.truth == True)  # noqa: E712


def no(key: str) -> Any:
    return (m.state == key) & (m.truth == False)  # noqa: E712


def true_of(kind: str) -> Any:
    return (getattr(m, kind) > "") & (m.truth == True)  # noqa: E712


with lang.ruleset(NAME):
    when_all(m.day > 0)(ignore)  # a session in which nothing fires crashes when it is deleted
    when_all(c.t << m.day > 0, c.d << m.established_on <= c.t.day)(
        telling("state", True, "established")
    )
    when_all(c.t << m.day > 0, c.d << m.established_on > c.t.day)(
        telling("state", False, "established")
    )
    when_all(m.operator == THIRD_PARTY)(telling("state", True, "third-party"))
    when_all(m.operator != THIRD_PARTY)(telling("state", False, "third-party"))
    standing = [f"{rule}:" for rule in STANDING]
    when_all(yes("established"))(telling("applies", True, *standing))
    when_all(no("established"))(telling("applies", False, *standing))
    when_all(m.sign_displayed == True)(telling("applies", True, "sign-text:"))  # noqa: E712
    when_all(m.sign_displayed == False)(telling("applies", False, "sign-text:"))  # noqa: E712
    large = "larger-station:"
    when_all(m.has_conditions == True)(telling("applies", True, large))  # noqa: E712
    when_all(m.has_conditions == False)(telling("applies", False, large))  # noqa: E712
    signed = "agreement-signed:"
    when_all(c.a << yes("established"), c.b << yes("third-party"))(telling("applies", True, signed))
    when_all(no("established"))(telling("applies", False, signed))
    when_all(no("third-party"))(telling("applies", False, signed))
    for truth in (True, False):
        when_all(c.a << (m.in_post == truth))(of_item("applies", truth, "worker-age"))
        when_all(c.a << (m.in_post == truth))(of_item("applies", truth, "worker-education"))
        when_all(c.s << (m.state == "third-party") & (m.truth == truth), c.a << (m.agreement > ""))(
            of_item("applies", truth, "agreement-term")
        )
        when_all(c.a << (m.educated == truth))(of_item("holds", truth, "worker-education"))
    when_all(c.a << (m.project > ""))(of_item("applies", True, "personnel-share"))

    parts = [getattr(c, part) << yes(f"have-{part}") for part in FIVE]
    when_all(*parts)(telling("holds", True, "five-haves:"))
    for part in FIVE:
        when_all(no(f"have-{part}"))(telling("holds", False, "five-haves:"))
    served = telling("state", True, "have-services")
    not_served = telling("state", False, "have-services")
    when_all(c.t << m.day > 0, c.d << m.services_started_on <= c.t.day)(served)
    when_all(c.t << m.day > 0, c.d << m.services_started_on > c.t.day)(not_served)
    when_all(m.area >= 300)(telling("holds", True, large))
    when_all(m.area < 300)(telling("holds", False, large))
    team, agreed = telling("holds", True, "volunteer-team:"), telling("holds", True, signed)
    when_all(c.t << m.day > 0, c.d << m.formed_on <= c.t.day)(team)
    when_all(c.t << m.day > 0, c.d << m.signed_on <= c.t.day)(agreed)
    for rule, low, high, added in (
        ("worker-age", "born_on", "hired_on", 409_999),
        ("agreement-term", "starts_on", "ends_on", 10_000),
        ("personnel-share", "total_7", "personnel_10", 0),
    ):
        within = (getattr(m, high) <= getattr(c.a, low) + added) & (m.of == c.a.of)
        when_all(c.a << (getattr(m, low) >= 0), c.b << within)(of_item("holds", True, rule))
        beyond = (getattr(m, high) > getattr(c.a, low) + added) & (m.of == c.a.of)
        when_all(c.a << (getattr(m, low) >= 0), c.b << beyond)(of_item("holds", False, rule))

    when_all(yes("established"), m.purpose_built == True)(telling("used", True, large))  # noqa: E712
    when_all(no("established"))(telling("used", False, large))
    when_all(m.purpose_built == False)(telling("used", False, large))  # noqa: E712

    when_all(c.a << (m.applies > "") & (m.truth == False))(note("not-applicable"))  # noqa: E712
    when_all(
        c.a << true_of("applies"),
        c.u << (m.used == c.a.applies) & (m.truth == False),  # noqa: E712
    )(note("available"))
    when_all(
        c.a << true_of("applies"),
        c.u << (m.used == c.a.applies) & (m.truth == True),  # noqa: E712
        c.h << (m.holds == c.a.applies) & (m.truth == True),  # noqa: E712
    )(note("met"))
    when_all(
        c.a << true_of("applies"),
        c.u << (m.used == c.a.applies) & (m.truth == True),  # noqa: E712
        c.h << (m.holds == c.a.applies) & (m.truth == False),  # noqa: E712
        c.o << (m.otherwise == c.a.applies),
    )(note_otherwise)
    when_all(
        c.a << true_of("applies"),
        c.u << (m.used == c.a.applies) & (m.truth == True),  # noqa: E712
    )(lambda found: said.setdefault(found.a.applies, "unproven"))


def asserted(facts: Facts) -> Iterator[dict[str, Any]]:
    """The facts of a station as the engine takes them."""
    stated = known(facts)
    for field in OF_STATION:
        if field in stated:
            yield {field: stated[field]}
    for rule, items in RULES.items():
        for item in range(1 if items is None else len(stated[items])):
            key = f"{rule}:" if items is None else f"{rule}:{items}-{item}"
            reason = rule in REASON and items and stated[items][item].get(REASON[rule])
            default = "noted" if reason else "departed"
            yield {"otherwise": key, "status": default if rule in REASON else "breached"}
            if rule != "larger-station":
                yield {"used": key, "truth": True}
    for state, truth in counted(stated):
        kind = "state" if state.startswith("have-") else "holds"
        yield {kind: state, "truth": truth}
    for items in ("workers", "projects", "agreements", "teams"):
        for number, item in enumerate(stated[items]):
            yield from of_items(items, f"{items}-{number}", item)


def of_items(items: str, of: str, item: Facts) -> Iterator[dict[str, Any]]:
    if items in ("projects", "agreements"):
        yield {items[:-1]: "yes", "of": of}
    for field in OF_ITEM:
        if field in item:
            yield {field: item[field], "of": of}
    if "education" in item:
        yield {"educated": item["education"] in EDUCATED, "of": of}
    if "total_cost" in item:
        yield {"total_7": item["total_cost"] * 7, "of": of}
    if "personnel_cost" in item:
        yield {"personnel_10": item["personnel_cost"] * 10, "of": of}


def counted(stated: Facts) -> Iterator[tuple[str, bool]]:
    """What is counted or contained, or is not so because nothing is."""
    in_post = [worker.get("in_post") for worker in stated["workers"]]
    listed = "more_workers" in stated and None not in in_post
    if listed:
        yield "staffing:", 2 <= sum(in_post) <= 4
    if True in in_post or listed:
        yield "have-staff", True in in_post
    if "functions" in stated:
        yield "have-functions", bool(stated["functions"])
    if "regulations" in stated:
        yield "have-regulations", bool(stated["regulations"])
        yield "management-rules:", set(REGULATIONS) <= set(stated["regulations"])
    if "equipment" in stated:
        yield "have-premises", "办公用房" in stated["equipment"]
        yield "equipment:", set(EQUIPMENT) <= set(stated["equipment"])
    if "sign_text" in stated:
        name = f"{stated['township']}社会工作站"
        signs = (f"{stated['county']} {name}", f"{stated['county']}{name}")
        yield "sign-text:", stated["sign_text"] in signs
    if "more_teams" in stated and later(stated, "teams", "formed_on"):
        yield "volunteer-team:", False
    if "more_agreements" in stated and later(stated, "agreements", "signed_on"):
        yield "agreement-signed:", False


def later(stated: Facts, items: str, field: str) -> bool:
    return all(item.get(field, 0) > stated["day"] for item in stated[items])


def judge(facts: Facts) -> Answers:
    said.clear()
    session = f"s{next(numbers)}"
    stated = [{"sid": session, "id": str(i), **fact} for i, fact in enumerate(asserted(facts))]
    lang.assert_facts(NAME, stated)
    lang.delete_state(NAME, session)
    return tuple(worst(answers(rule, items, facts)) for rule, items in RULES.items())


def answers(rule: str, items: str | None, facts: Facts) -> Iterable[str]:
    """What the engine said of a rule; where nothing fired, it is not known whether it applies."""
    if items is None:
        return [settled(f"{rule}:")]
    return [settled(f"{rule}:{items}-{number}") for number in range(len(facts[items]))]


def settled(key: str) -> str:
    return said.get(key, "undetermined")


def main() -> None:
    for line in sys.stdin:
        many = json.loads(line)
        start = time.perf_counter()
        found = [judge(facts) for facts in many]
        print(json.dumps([time.perf_counter() - start, found]), flush=True)


if __name__ == "__main__":
    main()
