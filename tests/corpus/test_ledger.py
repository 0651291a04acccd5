"""The ledger: every character has one owner, and whatever has none, or two, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_facts import Refused
from jingmen_policy import Policy
from jingmen_policy.corpus.ledger import Ledger, read_lede, read_ledger
from support.tiny import CORPUS, load

KINDS = """\
kinds:
  rule: {zh: 引用, en: quoted}
  title: {zh: 标题, en: title}
  heading: {zh: 标题用语, en: heading}
  table: {zh: 表格, en: table}
  connective: {zh: 连接, en: connective}
  punctuation: {zh: 标点, en: punctuation}
  lede: {zh: 导语, en: lede}
"""
REST = """\
claims:
  - {at: 序言第1句, quote: 为管好大厅，制定本办法, kind: connective}
  - {at: 一第1句, quote: 三年内不得超过30个, kind: connective}
  - {at: 一第2句, quote: 摊位费为租金的70%, kind: connective}
  - {at: 一第3句, quote: 大厅摊位应当开放, kind: connective}
  - {at: 二第1句, quote: 大厅可以用红色，红色的不少于2个, kind: connective}
  - {at: 二第2句, quote: 大厅一般应开放, kind: connective}
  - {at: 二第3句, quote: 到2021年底建成, kind: connective}
"""
LEDE = """\
claims:
  - {at: 导语标题, quote: 大厅的新闻, says: absent}
  - at: 导语第1段第1句
    quote: 新闻说摊位不少于9个
    says: differs
    body: {at: 一第1句, quote: 大厅摊位不少于2个}
    discrepancies: [two-counts]
"""
WITH = f"{CORPUS}ledger: ledger.yaml\nlede: lede.yaml\n"


def ledger(directory: Path, written: str, lede: str = LEDE) -> Ledger:
    files = {"corpus.yaml": WITH, "ledger.yaml": written, "lede.yaml": lede}
    found = read_ledger(load(directory, files).corpus)
    assert found is not None
    return found


def said(found: Ledger) -> list[str]:
    return [f"{problem.field}: {problem.said.en}" for problem in found.problems]


def test_every_character_of_the_plan_is_claimed() -> None:
    corpus = Policy.load().corpus
    found = read_ledger(corpus)
    assert found is not None
    assert found.problems == ()
    assert sum(found.totals.values()) == sum(len(one.text) for one in found.entries)
    kept = "".join(one.text for one in found.entries)
    assert kept == corpus.source.plain.replace("\n", "").replace("\t", "")
    assert all(one.reason.zh and one.reason.en for one in found.entries)


def test_every_rule_of_the_plan_owns_words_of_its_own_or_shares_them_openly() -> None:
    corpus = Policy.load().corpus
    found = read_ledger(corpus)
    assert found is not None
    owned = {rule for one in found.entries for rule in one.rules}
    assert owned == set(corpus.rules)


def test_a_ledger_that_claims_everything_has_no_problem(tmp_path: Path) -> None:
    found = ledger(tmp_path, KINDS + REST)
    assert said(found) == []
    assert found.totals["rule"] == len("大厅摊位不少于2个")
    assert found.totals["lede"] == len("大厅的新闻新闻说摊位不少于9个")


def test_words_that_nothing_claims_are_told_where_they_stand(tmp_path: Path) -> None:
    found = ledger(tmp_path, KINDS + REST.replace("三年内不得超过30个", "不得超过30个"))
    assert said(found) == ["一第1句: '三年内': nothing claims it"]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("{at: 一第1句, quote: 摊位不少于, kind: connective}", "claimed already"),
        ("{at: 一第1句, quote: 没有的话, kind: connective}", "found 0 times"),
        ("{at: 一第9句, quote: 摊位, kind: connective}", "no such address"),
        ("{at: 一第1句, quote: 摊位, kind: conective}", "did you mean 'connective'"),
        ("{at: 一第1句, quote: 大厅摊位, only: 新, kind: connective}", "not inside the quote"),
    ],
)
def test_a_claim_that_cannot_be_made_is_told(tmp_path: Path, claim: str, told: str) -> None:
    found = ledger(tmp_path, f"{KINDS}{REST}  - {claim}\n")
    assert any(told in one and "claims[7]" in one for one in said(found)), said(found)


def test_a_claim_of_part_of_a_quote_claims_that_part_alone(tmp_path: Path) -> None:
    cut = REST.replace("三年内不得超过30个, ", "三年内不得超过30个, only: 不得超过30个, ")
    assert said(ledger(tmp_path, KINDS + cut)) == ["一第1句: '三年内': nothing claims it"]


def test_words_that_two_rules_quote_are_shared_openly_or_told(tmp_path: Path) -> None:
    from support.tiny import STALLS

    second = STALLS.replace("id: stalls", "id: stalls-too")
    files = {
        "corpus.yaml": WITH,
        "lede.yaml": LEDE,
        "rules/1-stalls-too.yaml": second,
        "ledger.yaml": KINDS + REST,
    }
    found = read_ledger(load(tmp_path, files).corpus)
    assert found is not None
    assert said(found) == [
        "一第1句: '大厅摊位不少于2个': quoted by stalls, stalls-too, which is not declared"
    ]
    shared = """\
shared:
  - at: 一第1句
    quote: 大厅摊位不少于2个
    rules: [stalls, stalls-too]
    reason: {zh: 两条, en: two}
"""
    files["ledger.yaml"] = f"{KINDS}{REST}{shared}"
    found = read_ledger(load(tmp_path, files).corpus)
    assert found is not None
    assert said(found) == []
    assert found.totals["shared"] == len("大厅摊位不少于2个")


def test_a_sharing_that_is_none_is_told(tmp_path: Path) -> None:
    shared = """\
shared:
  - {at: 一第1句, quote: 大厅摊位不少于2个, rules: [stalls, other], reason: {zh: 两, en: two}}
"""
    assert said(ledger(tmp_path, f"{KINDS}{REST}{shared}")) == [
        "shared[0]: the rules that quote it are stalls"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("says: differs", "says: same", "'same' means to the letter"),
        ("discrepancies: [two-counts]", "discrepancies: []", "a discrepancy says so"),
        ("[two-counts]", "[two-count]", "did you mean 'two-counts'"),
        ("says: absent", "says: shorter", "'body' stands unless"),
        ("quote: 大厅摊位不少于2个", "quote: 大厅摊位不少于3个", "found 0 times"),
    ],
)
def test_what_the_lede_claims_is_compared_with_the_body(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert LEDE.count(old) == 1
    found = ledger(tmp_path, KINDS + REST, LEDE.replace(old, new))
    assert any(told in one for one in said(found)), said(found)


def test_a_ledger_that_is_not_of_its_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="kinds"):
        ledger(tmp_path, "claims: []\n")


def test_a_corpus_without_a_ledger_has_none(tmp_path: Path) -> None:
    corpus = load(tmp_path).corpus
    assert read_ledger(corpus) is None
    assert read_lede(corpus) is None


def test_what_the_lede_says_in_the_same_words_is_there_to_the_letter() -> None:
    corpus = Policy.load().corpus
    lede = read_lede(corpus)
    assert lede is not None
    assert {claim.says for claim in lede.claims} == {"same", "shorter", "differs", "absent"}
    touched = {name for claim in lede.claims for name in claim.discrepancies}
    about_the_lede = {
        name
        for name, gap in corpus.discrepancies.items()
        if any(cite.at.startswith("导语") for cite in gap.cites)
    }
    assert about_the_lede <= touched
