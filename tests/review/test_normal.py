"""An expression has one spelling, whichever of those with the same meaning it was written in."""

from __future__ import annotations

from functools import cache

import pytest

from jingmen_facts.reading.located import Located
from jingmen_policy import Policy
from jingmen_policy.corpus.build import Builder
from jingmen_policy.corpus.place import Place
from jingmen_policy.review.normal import normal, value
from jingmen_policy.rule.model import DerivedVersion
from jingmen_policy.rule.parameter import read_let


@cache
def builder() -> Builder:
    corpus = Policy.load().corpus
    names: dict[str, set[str]] = {kind: set() for kind in corpus.models.kinds}
    for kind, name in corpus.derived:
        names[kind].add(name)
    known = {kind: frozenset(found) for kind, found in names.items()}
    return Builder(corpus.models, {"": corpus.source}, corpus.tables, known, frozenset())


def spelling(written: str, kind: str = "Station", **lets: object) -> str:
    place = Place(Located({}))
    made = builder()
    units = {"人", "岁", "年", "个", "平方米"}
    found = [read_let(name, given, units) for name, given in lets.items()]
    formula = made.formula(written, made.scope(kind, found, place), place)
    assert formula is not None, place.found
    since = Policy.load().corpus.since
    columns = made.columns(found)
    return normal(
        formula,
        DerivedVersion(
            since=since, until=None, lets=tuple(found), columns=columns, means=formula, written=""
        ),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("area >= least", "least <= area"),
        ("area > least", "least < area"),
        ("area >= least and purpose_built", "(purpose_built)  and (least<=area)"),
        ("third_party or area >= least", "area >= least or third_party or third_party"),
        ("third_party and (purpose_built and area > least)",
         "(third_party and purpose_built) and area > least"),
        ("not (not purpose_built) and area > least", "area > least and purpose_built"),
        ("operator == '乡镇（街道）自行运营' and area > least",
         "area > least and '乡镇（街道）自行运营' == operator"),
        ("some(w.in_post for w in workers) and area > least",
         "area > least and some(x.in_post for x in workers)"),
        ("0 < count(w for w in workers if w.in_post and w.local) and area > least",
         "area > least and count(one for one in workers if one.local and one.in_post) > 0"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_meaning_are_one(one: str, other: str) -> None:
    assert spelling(one, least="300平方米") == spelling(other, least="300平方米")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("area >= least", "area > least"),
        ("area >= least", "area <= least"),
        ("area == least", "area != least"),
        ("area >= least and purpose_built", "area >= least or purpose_built"),
        ("area >= least and purpose_built", "area >= least and not purpose_built"),
        ("area >= least and (purpose_built or third_party)",
         "(area >= least and purpose_built) or third_party"),
        ("some(w.in_post for w in workers) and area > least",
         "every(w.in_post for w in workers) and area > least"),
        ("area >= least and count(w for w in workers if w.in_post) > 0",
         "area >= least and count(w for w in workers if w.local) > 0"),
    ],
)  # fmt: skip
def test_two_meanings_are_two(one: str, other: str) -> None:
    assert spelling(one, least="300平方米") != spelling(other, least="300平方米")


def test_a_loop_in_a_loop_keeps_its_own_variable() -> None:
    inner = "some(some(w.hired_on <= a.signed_on for w in workers) for a in agreements)"
    renamed = "some(some(a.hired_on <= w.signed_on for a in workers) for w in agreements)"
    assert spelling(inner) == spelling(renamed)
    assert "$1.signed_on" in spelling(inner)
    assert "$2.hired_on" in spelling(inner)


def test_a_parameter_is_its_value_not_its_name() -> None:
    cost = "personnel_cost <= {} * total_cost"
    one = spelling(cost.format("ceiling"), "ServiceProject", ceiling="70%")
    assert one == spelling(cost.format("cap"), "ServiceProject", cap="70%")
    assert one == "(personnel_cost <= (70% * total_cost))"
    assert one != spelling(cost.format("ceiling"), "ServiceProject", ceiling="70.1%")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("70%", "70%"),
        ("0.5%", "0.5%"),
        ("两人", "2人"),
        ("四十岁", "40岁"),
        ("10万元", "100000元"),
        ("0.01元", "0.01元"),
        ("2021-12-31", "2021-12-31"),
        ("大专", '"大专"'),
        (["乙", "甲"], '["乙", "甲"]'),
        (["甲", "乙"], '["乙", "甲"]'),
    ],
)
def test_a_value_is_shown_exactly(printed: object, shown: str) -> None:
    assert value(read_let("one", printed, {"人", "岁"})) == shown


def test_texts_are_joined_in_the_order_they_are_written() -> None:
    one = spelling("sign_text == township.name + township.county.name")
    assert one != spelling("sign_text == township.county.name + township.name")
