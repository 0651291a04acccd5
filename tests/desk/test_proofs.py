"""Proofs on the page: of these rules, each where it belongs, what is open counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jingmen_facts import Refused
from jingmen_facts.problems import Said
from jingmen_policy import Policy
from jingmen_policy.desk.page import page
from jingmen_policy.desk.proofs import read_proofs
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.prove import BOUND
from jingmen_policy.prove.as_json import proofs_json
from jingmen_policy.prove.model import FORMAT, ProofNote, Proofs
from support.desk_page import DAY, parsed
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
