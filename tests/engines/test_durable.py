"""The durable engine where durable_rules is known to break: size, hostile names, lifecycle."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psutil
import pytest

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.durable.branches import TooManyBranches, branches
from jingmen_policy.engines.durable.engine import Durable
from jingmen_policy.engines.durable.native import EngineFailed, Ruleset
from jingmen_policy.engines.durable.program import programs
from jingmen_policy.engines.protocol import cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.nodes import And, Const, Flag, Not, Of, Or, Type
from jingmen_policy.expression.values import Truth
from jingmen_policy.rule.model import Rule
from support.synthetic import AS_OF, WORLD, Hall, Stall, corpus, rule

HALL = ("Hall", "big")


def agree(rules: list[Rule], facts: list[Fact], derived: dict[tuple[str, str], str]) -> list[Truth]:
    """Both engines' answers, which must be one; what each rule's requirement came to."""
    made: Corpus = corpus(rules, {HALL: "open", **derived})
    dossier = Dossier(facts, models=WORLD, complete=["Hall", "Stall"])
    asked = list(cases(made, dossier, AS_OF))
    engine = Durable(made)
    try:
        found = engine.decide(asked, dossier, AS_OF)
    finally:
        engine.close()
    assert found == Reference(made).decide(asked, dossier, AS_OF)
    return [decision.holds.truth for decision in found if decision.holds is not None]


def test_two_hundred_rules_may_all_be_true_of_one_subject() -> None:
    rules = [rule(f"r{n}", "Hall", when="size >= two") for n in range(200)]
    assert agree(rules, [Hall(id="甲", open=True, size=2)], {}) == [Truth.TRUE] * 200


def test_one_derived_fact_may_be_asked_for_by_two_hundred_rules() -> None:
    rules = [rule(f"r{n}", "Stall", require="hall.big and open") for n in range(200)]
    facts: list[Fact] = [Hall(id="甲", open=True), Stall(id="一", hall="甲", open=True)]
    assert agree(rules, facts, {}) == [Truth.TRUE] * 200


def test_a_corpus_too_large_for_one_ruleset_is_cut_into_several() -> None:
    made = corpus(
        [rule(f"r{n}", "Hall", when=f"size >= {'two' if n else 'half * two'}") for n in range(400)],
        {HALL: "open"},
    )
    assert len(programs(made)) > 1


def test_three_hundred_halls_with_their_stalls_fit_one_session() -> None:
    rules = [
        rule("many", "Hall", require="count(s for s in stalls if s.open) >= two"),
        rule("mine", "Stall", when="hall.big", require="size <= hall.size"),
    ]
    facts: list[Fact] = []
    for n in range(300):
        facts.append(Hall(id=f"大厅{n}", open=n % 2 == 0, size=n % 4))
        facts.extend(
            Stall(id=f"{n}-{k}", hall=f"大厅{n}", open=k % 2 == 0, size=k) for k in range(4)
        )
    found = agree(rules, facts, {})
    assert found.count(Truth.TRUE) > 300


@pytest.mark.parametrize(
    "name",
    [
        "$s",
        "~end",
        "$m",
        "a.b",
        "'\"\\",
        "{}[]",
        "null",
        "true",
        "1",
        "01",
        "1.0",
        "社" * 100,
        "r1",
        "u0g0",
        "p0",
        "\u202e反",
        "😀",
        "x" * 119,
    ],
)
def test_no_name_of_a_fact_reaches_the_engine(name: str) -> None:
    rules = [rule("r", "Stall", when="hall.big", require="colour == hall.colour")]
    facts: list[Fact] = [
        Hall(id=name, open=True, colour="红"),
        Hall(id="另", open=False),
        Stall(id=name, hall=name, colour="红"),
        Stall(id="二", hall="另"),
    ]
    assert agree(rules, facts, {}) == [Truth.TRUE]


def test_no_thread_is_started() -> None:
    before = threading.active_count()
    agree([rule("r", "Hall")], [Hall(id="甲", open=True)], {})
    assert threading.active_count() == before


def test_memory_stays_flat_and_sessions_are_freed() -> None:
    """Twenty thousand evaluations; the core would run out of sessions after 1,024 undeleted."""
    made = corpus([rule("r", "Hall", when="big", require="size >= two")], {HALL: "open"})
    dossier = Dossier([Hall(id="甲", open=True, size=2)], models=WORLD, complete=["Hall"])
    engine, asked = Durable(made), list(cases(made, dossier, AS_OF))
    process = psutil.Process()

    def evaluate(times: int) -> int:
        for _ in range(times):
            engine.decide(asked, dossier, AS_OF)
        return process.memory_info().rss

    settled = evaluate(2_000)
    assert evaluate(18_000) - settled < 4_000_000


def test_a_failure_in_the_middle_leaves_the_engine_usable() -> None:
    ruleset = Ruleset({"r": [{"a0": {"$and": [{"$ex": {"u": 1}}, {"$ex": {"p": 1}}]}}]})

    def fail() -> None:
        with ruleset.session() as session:
            session.run([{"id": session.new_id(), "u": 1, "p": 1}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with ruleset.session() as session:
        assert [name for name, _ in session.run([{"id": session.new_id(), "u": 1, "p": 1}])] == [
            "r"
        ]
    ruleset.close()


def test_threads_may_share_an_engine() -> None:
    made = corpus([rule("r", "Hall", require="size >= two")], {HALL: "open"})
    engine = Durable(made)

    def judged(size: int) -> bool:
        dossier = Dossier([Hall(id="甲", size=size)], models=WORLD)
        [decision] = engine.decide(list(cases(made, dossier, AS_OF)), dossier, AS_OF)
        assert decision.holds is not None
        return decision.holds.truth is Truth.TRUE

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(judged, [0, 1, 2, 3] * 100)) == [False, False, True, True] * 100


def test_a_formula_with_too_many_alternatives_is_refused_when_compiled() -> None:
    leaf = Flag(Const(value=True, type=Type(Of.FLAG)))
    wide = And(tuple(Or((leaf, leaf)) for _ in range(7)))
    with pytest.raises(TooManyBranches):
        branches(wide, positive=True)
    assert len(branches(Not(And((leaf,) * 60)), positive=True)) == 60


def test_too_many_engine_rules_are_refused() -> None:
    with pytest.raises(EngineFailed, match="rules of the core"):
        Ruleset({f"r{n}": [{"a0": {"$ex": {"u": 1}}}] for n in range(4_001)})


def test_an_exception_not_yet_in_force_excepts_nothing() -> None:
    later = date(2022, 7, 1)
    rules = [rule("late", "Hall", since=later), rule("r", "Hall", yields_to=("late",))]
    assert agree(rules, [Hall(id="甲", open=True)], {}) == [Truth.TRUE]
    rules = [rule("now", "Hall"), rule("r", "Hall", yields_to=("now",))]
    assert agree(rules, [Hall(id="甲", open=True)], {}) == [Truth.TRUE]  # only "now" applies
