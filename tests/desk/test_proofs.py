"""Proofs on the page: of these rules, each where it belongs, what is open counted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jingmen_facts import Refused
from jingmen_facts.problems import Said
from jingmen_policy import Policy
from jingmen_policy.desk.page import page
from jingmen_policy.desk.proofs import read_proofs, registered
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.prove import BOUND
from jingmen_policy.prove.as_json import proofs_json
from jingmen_policy.prove.model import FORMAT, ProofNote, Proofs
from support.desk_page import DAY, known, page_with_proofs, parsed, stated
from support.proved import proofs_of_the_plan
from support.tiny import load


def proofs(policy: Policy) -> Proofs:
    mark = CorpusMark(policy.corpus.id, policy.corpus.digest, {})
    told = Said("有反例", "there is a counterexample")
    notes = (
        ProofNote(("stalls",), "met", "proved", ("一第1句",), Said("可", "can be")),
        ProofNote(("stalls",), "conflict", "refuted", ("一第1句",), told),
        ProofNote(("stalls",), "annex", "refuted", ("一第1句",), told, accepted="two-counts"),
    )
    return Proofs(FORMAT, mark, DAY, BOUND, notes)


def saved(given: Proofs, to: Path) -> Path:
    to.write_text(json.dumps(proofs_json(given)), encoding="utf-8")
    return to


def test_a_refuted_proof_is_counted_told_and_linked(tmp_path: Path) -> None:
    policy = load(tmp_path / "corpus")
    read = read_proofs(saved(proofs(policy), tmp_path / "proofs.json"), policy.corpus)
    shown = parsed(page(policy, DAY, proofs=read))
    [count] = shown.xpath("//button[@data-filter='proofs']/b/text()")
    assert int(count) == len(shown.xpath("//article[contains(@data-has, 'proofs')]")) == 2
    rule = shown.get_element_by_id("rule-stalls")
    assert [one.text_content() for one in rule.find_class("done")] == ["可以做到can be met"]
    [link] = rule.xpath(".//li[@class='problem']/a/@href")
    assert "有反例" in shown.get_element_by_id(link[1:]).text_content()
    [accepted] = rule.xpath(".//li[@class='known']/a/@href")
    entry = shown.get_element_by_id(accepted[1:])
    assert entry.xpath(".//a[@href='#discrepancy-two-counts']")


def test_proofs_of_other_rules_are_refused(tmp_path: Path) -> None:
    policy = load(tmp_path / "corpus")
    path = saved(proofs(policy), tmp_path / "proofs.json")
    other = load(
        tmp_path / "other", {"rules/1-stalls.yaml": None, "discrepancies.yaml": "discrepancies: []"}
    )
    with pytest.raises(Refused, match="另一套规则"):
        read_proofs(path, other.corpus)


def test_without_proofs_the_page_says_so(tmp_path: Path) -> None:
    assert "没有附证明" in page(load(tmp_path), DAY)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_with_proofs(tmp_path_factory).read_text(encoding="utf-8")


def test_the_page_with_all_proofs_is_under_two_megabytes(plan: str) -> None:
    assert len(plan.encode()) < 1_950_000


def test_every_witness_of_the_plan_is_on_its_page(
    plan: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each is pointed at from the rules it is about, with its facts and what they came to."""
    _, proofs = proofs_of_the_plan(tmp_path_factory)
    tree = parsed(plan)
    data = known(tree)
    pointing = {
        (int(number), one.xpath("string(ancestor::article/@data-rule)"))
        for one in tree.xpath("//*[@data-n]")
        for number in one.get("data-n").split()
    }
    for place, note in enumerate(proofs.notes):
        text, rules, witnesses = data["notes"][place]
        assert [data["rules"][one] for one in rules] == list(note.rules)
        assert text == -1 or data["texts"][text] == [note.text.zh, note.text.en]
        seen = [
            {"as_of": data["asked"][asked][0], **stated(data, facts)}
            for facts, asked, _ in witnesses
        ]
        assert seen == [json.loads(json.dumps(one.facts, default=str)) for one in note.witnesses]
        told = [[data["statuses"][one[2]][0] for one in outcomes] for _, _, outcomes in witnesses]
        assert told == [[one.status.value for one in w.outcomes] for w in note.witnesses]
        if registered(note):
            assert not note.witnesses or (place, "") in pointing
        else:
            assert {(place, rule) for rule in note.rules} <= pointing


def test_proofs_that_name_a_rule_there_is_none_of_are_refused(tmp_path: Path) -> None:
    policy = load(tmp_path / "corpus")
    given = proofs(policy)
    other = replace(given, notes=(replace(given.notes[0], rules=("stals",)),))
    with pytest.raises(Refused, match="是否为“stalls”") as refused:
        read_proofs(saved(other, tmp_path / "proofs.json"), policy.corpus)
    assert refused.value.problems[0].field == "notes[0].rules"
