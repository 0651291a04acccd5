"""What is decided stays decided however much more is said, and what is missing is what matters."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_policy.engines.protocol import cases
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.values import Read, Truth, Verdict
from support.refining import closed, refined, with_more
from support.synthetic import (
    AS_OF,
    LETS,
    WORLD,
    Colour,
    Hall,
    Stall,
    corpora,
    dossiers,
    formula,
    spelt,
)

COLOURS: tuple[Colour, ...] = ("红", "绿", "蓝\n'\"}{")
ATOMS = (
    "open",
    "size >= two",
    "colour == '红'",
    "built <= as_of",
    "count(stalls) >= two",
    "count(s for s in stalls if s.open and s.size >= two) == two",
    "count(stalls.hall) == size",
    "sum(s.size for s in stalls if s.open) > size",
    "sum(s.size - two for s in stalls if s.open) >= 0",
    "size - sum(s.size for s in stalls) <= half * two",
    "every(s.open for s in stalls if s.size < two)",
    "some(s.size == size for s in stalls if s.colour == '红')",
    "some(s.hall.open and not s.open for s in stalls)",
    "colour in ('红', '绿')",
)
PARAMS = {let.name: let.value for let in LETS if let.value is not None}


def values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    if spec.choices:
        return st.sampled_from(spec.choices)
    if spec.sort is Sort.FLAG:
        return st.booleans()
    return st.integers(0, 3) if spec.sort is Sort.NUMBER else st.just(AS_OF)


def further(dossier: Dossier, kind: str) -> Any:
    """Further facts of a kind, halls from nowhere or stalls of any hall or none."""
    halls = st.sampled_from([None, *dossier.of_kind("Hall")])
    flag, size = st.none() | st.booleans(), st.none() | st.integers(0, 3)
    colour = st.none() | st.sampled_from(COLOURS)

    def made(number: int) -> st.SearchStrategy[Fact]:
        name = st.just(f"新{kind}{number}")
        if kind == "Hall":
            return st.builds(Hall, id=name, open=flag, size=size, colour=colour)
        return st.builds(Stall, id=name, hall=halls, open=flag, size=size, colour=colour)

    return made


@st.composite
def said_more(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    for kind in ("Hall", "Stall"):
        dossier = with_more(draw, dossier, kind, further(dossier, kind))
    return closed(draw, refined(draw, dossier, values), ["Hall", "Stall"])


def judged(text: str, dossier: Dossier, hall: str) -> Verdict:
    frame = Frame(dossier, dossier.of_kind("Hall")[hall], AS_OF, params=PARAMS)
    return evaluate(formula("Hall", text), frame)


@given(spelt(ATOMS, depth=4), dossiers(), st.data())
@settings(max_examples=500)
def test_more_facts_never_flip_a_decided_formula(
    text: str, dossier: Dossier, data: st.DataObject
) -> None:
    richer = data.draw(said_more(dossier))
    for hall in dossier.of_kind("Hall"):
        before, after = judged(text, dossier, hall).truth, judged(text, richer, hall).truth
        assert before is Truth.UNKNOWN or after is before


@given(corpora(most=3), dossiers(), st.data())
@settings(max_examples=150)
def test_more_facts_never_flip_a_decided_case(
    corpus: Any, dossier: Dossier, data: st.DataObject
) -> None:
    richer = data.draw(said_more(dossier))
    engine = Reference(corpus)
    asked = list(cases(corpus, dossier, AS_OF))
    named = {
        (case.rule.id, case.subject.identity, case.year): case
        for case in cases(corpus, richer, AS_OF)
    }
    again = [named[case.rule.id, case.subject.identity, case.year] for case in asked]
    for before, after in zip(
        engine.decide(asked, dossier, AS_OF), engine.decide(again, richer, AS_OF), strict=True
    ):
        for one, other in (
            (before.applies, after.applies),
            (before.used, after.used),
            (before.holds, after.holds),
        ):
            if one is not None and one.truth is not Truth.UNKNOWN and other is not None:
                assert other.truth is one.truth


def whole_lists(dossier: Dossier, missing: tuple[Read, ...]) -> list[str]:
    """The kinds that may be said to be complete without saying what is missing."""
    return [] if any(read.listing for read in missing) else ["Stall"]


@given(spelt(ATOMS, depth=4), dossiers(), st.data())
@settings(max_examples=300)
def test_a_fact_not_named_as_missing_no_longer_matters(
    text: str, dossier: Dossier, data: st.DataObject
) -> None:
    """All other blanks filled in, a formula is as unknown as before, or as decided."""
    for hall in dossier.of_kind("Hall"):
        before = judged(text, dossier, hall)
        assert (before.truth is Truth.UNKNOWN) == bool(before.missing)
        keep = {(read.kind, read.identity, read.name) for read in before.missing}
        keep |= {("Stall", stall, "hall") for stall in dossier.of_kind("Stall")}
        richer = refined(data.draw, dossier, values, keep=keep, sure=True)
        whole = {*richer.complete, *whole_lists(dossier, before.missing)}
        richer = Dossier(richer.facts, models=WORLD, complete=whole)
        assert judged(text, richer, hall).truth is before.truth


@given(spelt(ATOMS, depth=4), dossiers(), st.data())
@settings(max_examples=200)
def test_filling_in_what_is_missing_decides(
    text: str, dossier: Dossier, data: st.DataObject
) -> None:
    """Round by round, as a reference filled in may ask for facts of what it leads to."""
    for hall in dossier.of_kind("Hall"):
        filled = dossier
        for _ in range(4):
            verdict = judged(text, filled, hall)
            if verdict.truth is not Truth.UNKNOWN:
                break
            assert verdict.missing
            asked = {(read.kind, read.identity, read.name) for read in verdict.missing}
            others = {
                (type(fact).__name__, fact.identity, name)
                for fact in filled
                for name in type(fact).model_fields
            }
            lists = {"Stall"} if any(read.listing for read in verdict.missing) else set()
            filled = refined(data.draw, filled, values, keep=others - asked, sure=True)
            filled = Dossier(filled.facts, models=WORLD, complete=filled.complete | lists)
        assert judged(text, filled, hall).truth is not Truth.UNKNOWN


FLAGS = ("open", "size >= two", "colour == '红'", "built <= as_of")
GIVEN: dict[str, tuple[Any, Any]] = {
    "open": (True, False),
    "size": (2, 1),
    "colour": ("红", "绿"),
    "built": (AS_OF, AS_OF.replace(year=2023)),
}


@pytest.mark.parametrize(
    "text",
    [
        "({0} and {1}) or ({2} and {3})",
        "({0} or {1}) and not ({2} or {3})",
        "{0} and ({1} or {2} and not {3})",
        "not ({0} and {1}) or not ({2} and {3})",
    ],
)
def test_each_missing_fact_can_still_decide_where_each_is_read_once(text: str) -> None:
    """Every state of four facts: those missing are exactly those some completion turns on."""
    words = text.format(*FLAGS)
    names = list(GIVEN)

    def truth(**given: Any) -> Truth:
        hall = Hall(id="甲", **given)
        return judged(words, Dossier([hall], models=WORLD), "甲").truth

    settled = {
        ways: truth(**{n: GIVEN[n][way] for n, way in zip(names, ways, strict=True)})
        for ways in product([0, 1], repeat=4)
    }
    for known in product([0, 1, None], repeat=4):
        given = {n: GIVEN[n][way] for n, way in zip(names, known, strict=True) if way is not None}
        verdict = judged(words, Dossier([Hall(id="甲", **given)], models=WORLD), "甲")
        possible = [
            ways
            for ways in settled
            if all(k is None or k == way for k, way in zip(known, ways, strict=True))
        ]
        truths = {settled[ways] for ways in possible}
        assert verdict.truth is (truths.pop() if len(truths) == 1 else Truth.UNKNOWN)
        turning = {
            name
            for place, name in enumerate(names)
            if known[place] is None
            and any(
                settled[ways] is not settled[(*ways[:place], 1 - ways[place], *ways[place + 1 :])]
                for ways in possible
            )
        }
        assert {read.name for read in verdict.missing} == turning
