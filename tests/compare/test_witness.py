"""Witnesses: facts on which the two corpora part, no more than it takes, and readable as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora.amended.built import copied
from jingmen_facts import BACKGROUNDS, MODELS, Dossier, Township, plan_register, read_dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.reading.background import Backgrounds
from jingmen_policy import Policy
from jingmen_policy.compare.diff import compare
from jingmen_policy.compare.facts import as_yaml
from jingmen_policy.compare.findings import Comparing
from jingmen_policy.compare.model import Asked, Diff, Witness
from jingmen_policy.compare.witness import least, shape
from support.plan_dossiers import plan_dossiers
from support.synthetic import WORLD, Hall, Stall, dossiers
from support.tiny import FIT, STALLS, load, rule_file

Read = Callable[[Witness], Dossier]


@pytest.fixture(scope="module")
def reread(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Dossier]:
    """A witness written as a file and read as ``jingmen judge`` reads it."""
    file = tmp_path_factory.mktemp("witness") / "facts.yaml"

    def read(witness: Witness, models: FactModels, backgrounds: Backgrounds) -> Dossier:
        file.write_text(as_yaml(witness.facts), encoding="utf-8")
        opened = read_dossier(file, models, backgrounds)
        assert opened.as_of == witness.as_of
        return opened.dossier

    return read


def check(before: Policy, after: Policy, found: Diff, dossier_of: Read) -> None:
    """Every witness differs as it says, and not once anything is taken out of it."""
    rules = frozenset({*before.corpus.rules, *after.corpus.rules})
    comparing = Comparing(before, after, rules)
    for witness in found.witnesses:
        key = (witness.rule, witness.subject, witness.year)
        asked = frozenset({witness.rule})
        pair = comparing.differing(dossier_of(witness), witness.as_of, asked)[key]
        assert pair == (witness.before, witness.after)
        for fewer in without_one(witness.facts):
            try:
                dossier = after.dossier(fewer)
            except ValueError:
                continue
            other = comparing.differing(dossier, witness.as_of, asked).get(key)
            assert other is None or shape(other) != shape(pair), fewer
    witnessed = {witness.rule for witness in found.witnesses}
    assert witnessed == {finding.rule for finding in found.findings}
    assert not witnessed & {none.rule for none in found.unwitnessed}


def without_one(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The facts without one of them, without one field of one, without one complete list."""
    for name, value in facts.items():
        if name in {"as_of", "use"}:
            continue
        several = value if isinstance(value, list) else [value]
        for place, one in enumerate(several):
            others = several[:place] + several[place + 1 :]
            yield {**facts, name: others}
            for field in one if isinstance(one, dict) else ():
                less = {key: given for key, given in one.items() if key != field}
                yield {**facts, name: [*others, less]}


@given(dossier=plan_dossiers())
@settings(max_examples=40)
def test_a_witness_from_the_plan_differs_and_is_least(
    plan: Policy, later: Policy, reread: Callable[..., Dossier], dossier: Dossier
) -> None:
    found = compare(plan, later, [Asked("drawn", dossier)])
    check(plan, later, found, lambda witness: reread(witness, MODELS, BACKGROUNDS))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Policy, Policy]:
    """Halls before and after: a figure, a derived fact, an exception and a bearer change."""
    top = tmp_path_factory.mktemp("worlds")
    later = "  - since: 2022-06-30\n    require: open\n"
    spared = "  - since: 2021-01-01\n    when: size >= 0 and colour == '红'\n"
    plain = rule_file("some", later, more="yields_to: [spared]\n", subject="Stall")
    stalls = rule_file("spared", spared, subject="Stall")
    before = {"rules/2-some.yaml": plain, "rules/2-spared.yaml": stalls}
    after = {
        "rules/1-stalls.yaml": STALLS.replace(">= least", "> least"),
        "rules/2-some.yaml": plain.replace(
            "zh: 大厅, en: hall}}", "zh: 大厅, en: hall}, of: hall}"
        ),
        "rules/2-spared.yaml": stalls.replace("== '红'", "== '绿'"),
        "derived/fit.yaml": FIT.replace("means: open", "means: open and built <= as_of"),
    }
    policies = (load(top / "before", before), load(top / "after", after))
    for policy in policies:
        policy.default = "reference"
    return policies


@given(dossier=dossiers())
@settings(max_examples=150)
def test_a_witness_from_the_small_world_differs_and_is_least(
    worlds: tuple[Policy, Policy], reread: Callable[..., Dossier], dossier: Dossier
) -> None:
    found = compare(*worlds, [Asked("drawn", dossier)])
    check(*worlds, found, lambda witness: reread(witness, WORLD, {}))


def test_names_that_yaml_would_take_for_something_else_stay_names(
    worlds: tuple[Policy, Policy], reread: Callable[..., Dossier]
) -> None:
    for name in (
        "null",
        "~",
        "true",
        "2021-01-01",
        "1e3",
        "- a",
        "a: b",
        "# x",
        "'",
        '"',
        "{",
        "*a",
    ):
        halls = [Hall(id=name, open=True, built=date(2021, 1, 1))]
        stalls = [Stall(id=n, hall=name) for n in (name, "乙")]
        dossier = Dossier([*halls, *stalls], models=WORLD, complete=["Stall"])
        found = compare(*worlds, [Asked("named", dossier)])
        check(*worlds, found, lambda witness: reread(witness, WORLD, {}))
        [witness] = [one for one in found.witnesses if one.rule == "stalls"]
        assert witness.subject.id == name


def test_a_witness_holds_what_it_takes_and_no_register(plan: Policy, later: Policy) -> None:
    stated = {
        "use": "register",
        "complete": ["ResidentWorker", "Station"],
        "Station": {
            "id": "ST-1",
            "township": "沙洋县/沙洋镇",
            "established_on": "2021-07-31",
            "area": "300",
            "rooms": ["社工室"],
        },
        "ResidentWorker": [
            {"id": "W-1", "station": "ST-1", "in_post": True, "education": "本科"},
            {"id": "W-2", "station": "ST-1", "in_post": True},
            {"id": "W-3", "station": "ST-1", "in_post": False},
        ],
        "VolunteerTeam": {"id": "V-1", "station": "ST-1", "members": "5人"},
    }
    [witness] = compare(plan, later, [Asked("台账", plan.dossier(stated))]).witnesses
    assert as_yaml(witness.facts) == (
        "as_of: 2023-01-01\n"
        "complete: [ResidentWorker]\n"
        "Station: {id: ST-1, established_on: 2021-07-31}\n"
        "ResidentWorker:\n"
        "- {id: W-1, station: ST-1, in_post: true}\n"
        "- {id: W-2, station: ST-1, in_post: true}\n"
    )


def test_a_witness_that_needs_the_register_names_it(plan: Policy, tmp_path: Path) -> None:
    directory = copied(tmp_path / "plan")
    rule = directory / "rules" / "1-city-share-2022.yaml"
    text = rule.read_text(encoding="utf-8")
    assert ">= share * total" in text
    rule.write_text(text.replace(">= share * total", "> share * total"), encoding="utf-8")
    after = Policy.load(directory, facts=MODELS, backgrounds=BACKGROUNDS, engine="reference")
    townships = [fact.identity for fact in plan_register() if isinstance(fact, Township)]
    stations = [
        {"id": f"ST-{name}", "township": name, "established_on": "2022-05-31"}
        for name in townships[:30]
    ]
    dossier = plan.dossier({"use": "register", "complete": "Station", "Station": stations})
    found = compare(plan, after, [Asked("一半", dossier)])
    [witness] = found.witnesses
    assert (witness.rule, witness.facts["use"]) == ("city-share-2022", ["register"])
    assert witness.facts["complete"] == ["Station"]
    assert len(witness.facts["Station"]) == 30
    assert witness.facts.keys() == {"as_of", "use", "complete", "Station"}
    check(plan, after, found, lambda one: plan.dossier(one.facts))


def test_a_rule_for_which_nothing_is_found_is_named_with_what_was_tried(
    plan: Policy, later: Policy
) -> None:
    stated = {"ServiceProject": {"id": "P", "total_cost": "10万元", "personnel_cost": "5万元"}}
    asked = [
        Asked("一", plan.dossier(stated)),
        Asked("二", plan.dossier(stated), rules=frozenset({"staffing"})),
    ]
    found = compare(plan, later, asked)
    assert (found.findings, found.witnesses) == ((), ())
    assert [(none.rule, none.dossiers) for none in found.unwitnessed] == [
        ("staffing", 2),
        ("personnel-share", 1),
    ]
    assert not found.empty


@given(
    items=st.lists(st.integers(0, 20), unique=True),
    wanted=st.sets(st.integers(0, 20), max_size=4),
    either=st.sets(st.integers(0, 20), max_size=4),
)
def test_the_least_holds_and_nothing_of_it_can_be_spared(
    items: list[int], wanted: set[int], either: set[int]
) -> None:
    def holds(kept: list[int]) -> bool | None:
        return (wanted <= set(kept) and (not either or bool(either & set(kept)))) or None

    kept = least(items, holds)
    if not holds(items):
        assert kept == items
        return
    assert holds(kept)
    assert not any(holds(kept[:n] + kept[n + 1 :]) for n in range(len(kept)))
