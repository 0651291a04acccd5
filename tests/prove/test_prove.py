"""What ``prove`` finds in the shipped plan, and in small corpora each with one thing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from jingmen_facts import Refused
from jingmen_policy import Policy
from jingmen_policy.prove import ProofNote, prove, same_meaning
from jingmen_policy.prove.totals import corrections
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import Rule
from support.proved import proofs_of_the_plan
from support.synthetic import _HALL_ATOMS, AS_OF, corpus, rule, spelt
from support.tiny import TABLE, load

DERIVED = {
    ("Hall", "big"): "size >= two",
    ("Stall", "fine"): "open",
    ("Hall", "busy"): "open",
    ("Hall", "ready"): "open",
}


def made(*rules: Rule) -> Policy:
    return Policy(corpus(rules, DERIVED), engine="reference")


def found(policy: Policy, kind: str, result: str = "refuted") -> list[ProofNote]:
    return [n for n in prove(policy, AS_OF) if n.kind == kind and n.result == result]


def test_a_rule_that_nothing_can_meet_is_told() -> None:
    policy = made(rule("r", "Hall", require="size > two and size < two"))
    [one] = found(policy, "met")
    assert one.rules == ("r",)
    assert not one.fine
    assert not found(policy, "broken")


def test_a_rule_that_cannot_be_broken_is_told() -> None:
    policy = made(rule("r", "Hall", require="size >= two or size < two"))
    assert [one.rules for one in found(policy, "broken")] == [("r",)]
    assert not found(policy, "met")


def test_two_duties_that_pull_apart_conflict_and_the_witness_shows_each_met_alone() -> None:
    policy = made(
        rule("more", "Hall", when="open", require="size > two"),
        rule("less", "Hall", when="colour == '红'", require="size < two"),
    )
    [one] = found(policy, "conflict")
    assert one.rules == ("more", "less")
    shown = [[outcome.status.value for outcome in w.outcomes] for w in one.witnesses]
    assert shown == [["met", "breached"], ["breached", "met"]]
    for witness in one.witnesses:
        assert witness.facts["Hall"]["open"] is True
        assert witness.facts["Hall"]["colour"] == "红"


def test_duties_that_never_apply_together_do_not_conflict() -> None:
    policy = made(
        rule("more", "Hall", when="open", require="size > two"),
        rule("less", "Hall", when="not open", require="size < two"),
    )
    assert not found(policy, "conflict")


def test_a_conflict_under_some_circumstances_only_is_found() -> None:
    policy = made(
        rule("more", "Hall", when="open", require="size > two or colour == '红'"),
        rule("less", "Hall", when="colour in ('红', '绿')", require="size < two"),
    )
    [one] = found(policy, "conflict")
    assert {w.facts["Hall"]["colour"] for w in one.witnesses} == {"绿"}


def test_duties_about_a_thing_and_what_it_belongs_to_conflict() -> None:
    policy = made(
        rule("one", "Stall", require="hall.open"), rule("other", "Hall", require="not open")
    )
    assert [one.rules for one in found(policy, "conflict")] == [("one", "other")]


def test_more_members_are_tried_before_a_conflict_is_told() -> None:
    policy = made(
        rule("red", "Hall", require="some(s.colour == '红' and s.open for s in stalls)"),
        rule("green", "Hall", require="some(s.colour == '绿' and s.open for s in stalls)"),
        rule("shut", "Hall", require="some(not s.open for s in stalls)"),
    )
    assert not found(policy, "conflict")


def test_an_option_that_breaks_a_duty_is_told() -> None:
    policy = made(
        rule("duty", "Hall", require="size < two"),
        rule("option", "Hall", used="open", require="size > two", modality=Modality.PERMISSION),
    )
    assert [one.rules for one in found(policy, "option")] == [("duty", "option")]


def test_an_exception_that_leads_back_to_itself_is_told() -> None:
    policy = made(
        rule("a", "Hall", yields_to=("b",)),
        rule("b", "Hall", yields_to=("a",)),
        rule("c", "Hall", yields_to=("a",)),
    )
    [one] = found(policy, "cycle")
    assert set(one.rules) == {"a", "b"}


def test_a_gap_between_two_ranges_is_shown_by_a_value_in_it() -> None:
    policy = made(rule("low", "Hall", when="size < two"), rule("high", "Hall", when="size > two"))
    [one] = found(policy, "gap")
    assert one.witnesses[0].facts["Hall"]["size"] == "2个"
    assert not found(policy, "overlap")


def test_two_ranges_that_overlap_are_told() -> None:
    policy = made(rule("low", "Hall", when="size <= two"), rule("high", "Hall", when="size >= two"))
    [one] = found(policy, "overlap")
    assert one.witnesses[0].facts["Hall"]["size"] == "2个"
    assert not found(policy, "gap")


def test_ranges_that_meet_leave_no_gap_and_do_not_overlap() -> None:
    policy = made(rule("low", "Hall", when="size < two"), rule("high", "Hall", when="size >= two"))
    assert not found(policy, "gap")
    assert not found(policy, "overlap")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size >= two", "not (size < two)"),
        ("open and size >= two", "size >= two and open"),
        ("count(stalls) >= two", "not (count(s for s in stalls) < two)"),
        ("every(s.open for s in stalls)", "not some(not s.open for s in stalls)"),
    ],
)
def test_the_same_said_otherwise_is_proved_to_be_the_same(one: str, other: str) -> None:
    old, new = rule("r", "Hall", require=one), rule("r", "Hall", require=other)
    assert same_meaning(made(old), made(new), old, new, AS_OF).result == "proved"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("size >= two", "size > two"),
        ("open or not open", "True"),
        ("count(stalls) >= two", "count(s for s in stalls if s.open or not s.open) >= two"),
        ("built <= as_of", "built < as_of"),
    ],
)
def test_what_differs_for_some_facts_or_unknown_ones_is_shown(one: str, other: str) -> None:
    old, new = rule("r", "Hall", require=one), rule("r", "Hall", require=other)
    note = same_meaning(made(old), made(new), old, new, AS_OF)
    assert note.result == "refuted"
    assert note.witnesses


@given(spelt(_HALL_ATOMS))
@settings(max_examples=25)
def test_an_expression_denied_twice_is_the_same(text: str) -> None:
    old, new = rule("r", "Hall", require=text), rule("r", "Hall", require=f"not (not {text})")
    assert same_meaning(made(old), made(new), old, new, AS_OF).result == "proved"


def test_totals_that_do_not_add_up_come_with_the_least_corrections(tmp_path: Path) -> None:
    right = load(tmp_path / "right")
    assert corrections(right.corpus.tables["annex"]) == []
    printed = "printed: {2021年: 1, 2022年: 2"
    assert printed in TABLE
    changed = TABLE.replace(printed, "printed: {2021年: 1, 2022年: 1")
    wrong = load(tmp_path / "wrong", {"annex.yaml": changed})
    [way] = corrections(wrong.corpus.tables["annex"])
    [change] = way
    assert (change.column, change.printed, change.wanted) == ("2022年", 1, 2)


def test_a_rule_there_is_none_of_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="staffing"):
        prove(Policy.load(), AS_OF, ["stafing"])


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[ProofNote, ...]:
    """All there is to ask of the shipped plan."""
    return proofs_of_the_plan(tmp_path_factory)[1].notes


def test_nothing_in_the_plan_fails_and_only_the_totals_are_refuted(
    plan: tuple[ProofNote, ...],
) -> None:
    assert all(note.fine for note in plan)
    asked = {(note.kind, rule) for note in plan for rule in note.rules}
    for one in Policy.load().corpus.rules.values():
        if one.versions[0].require is not None:
            assert {(kind, one.id) for kind in ("met", "broken", "decided")} <= asked
    bad = [note for note in plan if note.result != "proved" and not note.reading]
    assert [(note.kind, note.accepted) for note in bad] == [("totals", "annex-totals")]
    assert "有6种改法" in bad[0].text.zh
    assert "2022年印12、算11；2024年印14、算15" in bad[0].text.zh


def test_every_cell_of_the_annex_is_the_least_that_meets_the_share(
    plan: tuple[ProofNote, ...],
) -> None:
    agreed = [note for note in plan if note.kind == "annex" and not note.reading]
    assert [note.result for note in agreed] == ["proved"] * 4
    assert all("6行全部一致" in note.text.zh for note in agreed)


def test_the_annex_contradicts_a_share_that_excludes_its_number(
    plan: tuple[ProofNote, ...],
) -> None:
    [note] = [
        note
        for note in plan
        if note.reading == "at-least-inclusive=strictly-more" and note.result == "refuted"
    ]
    assert "东宝区2022年" in note.text.zh
    assert "任务最少4个" in note.text.zh
    assert "最少5个" in note.text.zh
    assert "漳河新区2022年" in note.text.zh
    [witness] = note.witnesses
    assert [o.status.value for o in witness.outcomes] == ["breached", "met"]
