"""The durable engine at its limits: refused before it runs, or right; shared, forked, failed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import durable_rules_engine as core
import pytest

from jingmen_facts import Dossier, Refused
from jingmen_policy import Policy
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.durable.notimpl import MAX_JOINS, MAX_LEAVES
from jingmen_policy.engines.durable.program import programs
from jingmen_policy.engines.protocol import cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.values import Truth
from support.synthetic import AS_OF, WORLD, Hall, Stall, corpus, rule

BIG = {("Hall", "big"): "size >= two"}


def agreed(
    require: str, *halls: Hall, kind: str = "Hall", stalls: tuple[Stall, ...] = ()
) -> list[Truth]:
    made = corpus([rule("r", kind, require=require)], BIG)
    dossier = Dossier([*halls, *stalls], models=WORLD)
    asked = list(cases(made, dossier, AS_OF))
    engine = Durable(made)
    try:
        found = engine.decide(asked, dossier, AS_OF)
    finally:
        engine.close()
    assert found == Reference(made).decide(asked, dossier, AS_OF)
    return [decision.holds.truth for decision in found if decision.holds is not None]


def leaves(number: int) -> str:
    """A formula of so many leaves that is true in few ways and false in few ways."""
    alike = number // 2
    return " or ".join(["open"] * (number - alike)) + f" or ({' and '.join(['open'] * alike)})"


def test_a_formula_with_as_many_conditions_as_a_row_may_hold_is_decided() -> None:
    """All unknown, so that the row says of each that it may be true and that it may be false."""
    text = leaves(MAX_LEAVES)
    assert agreed(text, Hall(id="甲"), Hall(id="乙", open=True), Hall(id="丙", open=False)) == [
        Truth.UNKNOWN,
        Truth.TRUE,
        Truth.FALSE,
    ]


@pytest.mark.parametrize(
    ("require", "said"),
    [
        (leaves(MAX_LEAVES + 1), "more than 120 conditions in one formula"),
        (" and ".join(["(open or big)"] * 7), "more than 64 alternatives"),
        (" and ".join(["big"] * (MAX_JOINS + 1)), "more than 15 derived facts"),
    ],
)
@pytest.mark.parametrize("part", ["when", "used", "require"])
def test_a_formula_too_large_is_refused_with_its_file_and_field(
    part: str, require: str, said: str
) -> None:
    formulas = {"require": "open", part: require}
    made = corpus([rule("fine", "Hall"), rule("large", "Hall", **formulas)], BIG)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        Durable(made)
    [problem] = refused.value.problems
    assert (problem.source, problem.field) == ("large.yaml", f"versions[0].{part}")
    assert said in problem.said.en


def test_a_derived_fact_too_large_is_refused_with_its_file() -> None:
    made = corpus([rule("r", "Hall", require="big")], {("Hall", "big"): leaves(MAX_LEAVES + 1)})
    with pytest.raises(Refused) as refused:
        Durable(made)
    [problem] = refused.value.problems
    assert (problem.source, problem.field) == ("big.yaml", "versions[0].means")


def test_as_many_derived_facts_as_may_be_joined_are_joined() -> None:
    text = " and ".join(["hall.big"] * MAX_JOINS)
    stalls = (Stall(id="一", hall="甲"), Stall(id="二", hall="乙"), Stall(id="三"))
    halls = (Hall(id="甲", size=2), Hall(id="乙", size=1))
    assert agreed(text, *halls, kind="Stall", stalls=stalls) == [
        Truth.TRUE,
        Truth.FALSE,
        Truth.UNKNOWN,
    ]


def test_sixty_three_ways_true_and_as_many_false_all_fire() -> None:
    for text in (" or ".join(["open"] * 63), " and ".join(["open"] * 63)):
        found = agreed(text, Hall(id="甲", open=True), Hall(id="乙", open=False), Hall(id="丙"))
        assert found == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]


def test_three_hundred_halls_and_twelve_hundred_stalls_each_have_their_own_answer() -> None:
    rules = [
        rule("of-stall", "Stall", require="hall.big and open"),
        rule("of-hall", "Hall", when="big", require="count(stalls) >= two"),
    ]
    made = corpus(rules, BIG)
    halls = [Hall(id=f"大厅{n:03}", size=n % 3 or None) for n in range(300)]
    stalls = [
        Stall(id=f"{n:03}-{k}", hall=f"大厅{n:03}", open=(True, False, None)[k % 3])
        for n in range(300)
        for k in range(4)
    ]
    dossier = Dossier([*halls, *stalls], models=WORLD, complete=["Stall"])
    asked = list(cases(made, dossier, AS_OF))
    [program] = programs(made)
    assert len(program.wanted) == 2  # both in one session
    engine = Durable(made)
    try:
        found = engine.decide(asked, dossier, AS_OF)
    finally:
        engine.close()
    assert found == Reference(made).decide(asked, dossier, AS_OF)
    for decision in found[:1200]:
        number, place = decision.case.subject.identity.split("-")
        big = (Truth.UNKNOWN, Truth.FALSE, Truth.TRUE)[int(number) % 3]
        opened = (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN)[int(place) % 3]
        order = [Truth.FALSE, Truth.UNKNOWN, Truth.TRUE]
        assert decision.holds is not None
        assert decision.holds.truth is order[min(order.index(big), order.index(opened))]


def test_a_derived_fact_used_more_often_than_a_node_may_be_is_spread() -> None:
    """Sixty rules in one session, each asking five times; the core takes 255 of one test."""
    text = " or ".join(["hall.big"] * 5)
    made = corpus([rule(f"r{n}", "Stall", require=text) for n in range(60)], BIG)
    assert len(programs(made)) == 1
    stalls = [Stall(id="一", hall="甲"), Stall(id="二", hall="乙"), Stall(id="三", hall="丙")]
    halls = [Hall(id="甲", size=2), Hall(id="乙", size=1), Hall(id="丙")]
    dossier = Dossier([*halls, *stalls], models=WORLD)
    asked = list(cases(made, dossier, AS_OF))
    engine = Durable(made)
    try:
        assert engine.decide(asked, dossier, AS_OF) == Reference(made).decide(asked, dossier, AS_OF)
    finally:
        engine.close()


def test_only_numbers_and_names_of_our_own_enter_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a fact: an ordinal, which rows it stands in, what may be true; nothing of a dossier."""
    entered: list[dict[str, object]] = []
    assert_facts = core.assert_facts

    def spied(handle: int, facts: str) -> object:
        entered.extend(json.loads(facts))
        return assert_facts(handle, facts)

    monkeypatch.setattr(core, "assert_facts", spied)
    made = corpus([rule("r", "Stall", when="hall.big", require="colour == hall.colour")], BIG)
    facts = [Hall(id="$s", size=2, colour="红"), Stall(id="~end", hall="$s", colour="红")]
    dossier = Dossier(facts, models=WORLD)
    engine = Durable(made)
    engine.decide(list(cases(made, dossier, AS_OF)), dossier, AS_OF)
    engine.close()
    assert len(entered) > 4
    for fact in entered:
        for name, value in fact.items():
            assert re.fullmatch(r"id|sid|e|z|d\d+|[pn]\d+|u\d+g\d+|t\d+[pn]\d+|~end", name)
            assert value in {1, "x"} or re.fullmatch(r"\d+", str(value)), (name, value)


def test_a_failure_in_the_middle_of_a_case_leaves_the_engine_usable() -> None:
    made = corpus([rule("r", "Hall", when="big", require="size >= two")], BIG)
    engine = Durable(made)
    sound = Dossier([Hall(id="甲", size=2)], models=WORLD)
    broken = Dossier([Hall.model_construct(None, id="甲", size="许多")], models=WORLD)  # type: ignore[arg-type]
    for _ in range(200):
        with pytest.raises(TypeError):
            engine.decide(list(cases(made, broken, AS_OF)), broken, AS_OF)
        [decision] = engine.decide(list(cases(made, sound, AS_OF)), sound, AS_OF)
        assert decision.holds is not None
        assert decision.holds.truth is Truth.TRUE
    engine.close()


DAY = date(2022, 6, 30)


def stations(number: int) -> dict[str, object]:
    """A station with a number of workers, of whom it is said that they are all there are."""
    return {
        "Station": {"id": "S", "established_on": "2021-06-01"},
        "ResidentWorker": [{"id": str(n), "station": "S", "in_post": "是"} for n in range(number)],
        "complete": ["ResidentWorker"],
    }


def test_eight_threads_that_share_a_policy_agree_and_none_is_left_over() -> None:
    policy, started = Policy.load(), threading.active_count()
    expected = ["breached", "breached", "met", "met", "met", "breached"]
    together = threading.Barrier(8)

    def judged(place: int) -> list[str]:
        together.wait()  # so that the engine is first asked for by all at once
        found = []
        for turn in range(6):
            dossier = policy.dossier(stations((place + turn) % 6))
            [finding] = policy.judge(dossier, DAY, rules=["staffing"])
            found.append(finding.status.value)
        return found

    with ThreadPoolExecutor(8) as pool:
        for place, found in enumerate(pool.map(judged, range(8))):
            assert found == [expected[(place + turn) % 6] for turn in range(6)]
    assert threading.active_count() == started


PROGRAM = """
import hashlib, multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from jingmen_policy import Policy

POLICY = Policy.load()

def digest(day):
    dossier = POLICY.dossier({"use": "register", "Station": [
        {"id": "S1", "township": "沙洋县/后港镇", "established_on": "2021-06-01"},
        {"id": "S2", "established_on": "2021-06-01", "operator": "第三方社会组织承接"}]})
    found = POLICY.judge(dossier, day)
    return hashlib.sha256(repr(found).encode()).hexdigest()

if __name__ == "__main__":
    here = digest(date(2022, 6, 30))
    for method in sys.argv[1:]:
        context = multiprocessing.get_context(method)
        with ProcessPoolExecutor(2, mp_context=context) as pool:
            assert set(pool.map(digest, [date(2022, 6, 30)] * 4)) == {here}, method
    print(here)
"""


def test_findings_are_the_same_in_every_process_whatever_its_hash_seed(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM, encoding="utf-8")
    said = set()
    for seed, methods in (("0", ["fork", "spawn"]), ("1", []), ("4294967295", [])):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run(
            [sys.executable, script, *methods],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
        said.add(done.stdout)
    assert len(said) == 1
