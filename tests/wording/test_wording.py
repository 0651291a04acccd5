"""Rules in plain words: as a legal officer would say them, and never two meanings in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from jingmen_facts.problems import Lang
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Formula
from jingmen_policy.rule.model import Dated, DerivedVersion, Version
from jingmen_policy.wording import RuleWording, Sentence, Wording
from support.library import library
from support.normal_form import normal
from support.synthetic import corpora, corpus, rule

LANGS: tuple[Lang, Lang] = ("zh", "en")
PLAN = Policy.load().corpus


def said(name: str, lang: Lang = "zh", of: Corpus = PLAN) -> RuleWording:
    chosen = of.rules[name]
    return Wording(of, lang).rule(chosen, chosen.versions[0])


def required(text: str, lang: Lang = "zh", kind: str = "Hall") -> str:
    made = corpus([rule("r", kind, require=text)], {})
    return str(said("r", lang, made).require)


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "personnel-share",
            "人员经费 不超过 项目总经费 的 70%（含本数）",
            "“what of the total goes to personnel” is at most 70% of total cost (inclusive)",
        ),
        (
            "staffing",
            "在岗驻站社工人数 不少于 2人 且 不超过 4人（均含本数）",
            "the number of resident workers for which [“still in post” is true]"
            " is at least 2 people and is at most 4 people (both inclusive)",
        ),
        (
            "agreement-term",
            "终止日期 不晚于 自 起始日期 起满 一年 的对应日（含当日）",
            "its last day is no later than the same day 1 year after its first day (inclusive)",
        ),
        (
            "office-premises",
            "已配备的设施设备 包括 “办公用房”，并且〔所依托的设施 不为 “新建”，或者"
            "〔按不少于300平方米建设，并且所在乡镇（街道）为有条件的乡镇（街道）〕〕",
            "“what it has of the equipment the plan names” includes “办公用房”, and"
            " [“the existing facility it is housed in, or a new one” is not “新建”, or"
            " [“the option to build larger was taken” is true, and of its township,"
            " “it is 有条件, as someone has judged” is true]]",
        ),
        (
            "launch-services",
            "开展服务日期 不晚于 判定日与期限日（2021-07-31）中较早之日（含当日）",
            "the day its services began is no later than the earlier of the day judged and the"
            " due day (2021-07-31) (inclusive)",
        ),
        (
            "annex-task-2021",
            "符合〔属于方案所列60个，并且至少有一个社工站符合〔建立日期 不晚于 "
            "判定日与期限日（2021-12-31）中较早之日（含当日）〕〕的乡镇（街道）个数 不少于 "
            "《荆门市乡镇（街道）社会工作站建设年度任务分解表》“2021年”列中 县（市、区）名称 "
            "所在行的数（含本数）",
            "the number of townships for which [“it is one of the plan's 60” is true, and"
            " among the stations, at least one is such that [the day from which it counts as"
            " established is no later than the earlier of the day judged and the due day"
            " (2021-12-31) (inclusive)]] is at least the number in"
            " 《荆门市乡镇（街道）社会工作站建设年度任务分解表》, column “2021年”, row"
            " “name of the unit, as in the annex” (inclusive)",
        ),
    ],
)
def test_the_plan_is_said_so(name: str, zh: str, en: str) -> None:
    assert str(said(name).require) == zh
    assert str(said(name, "en").require) == en


def test_no_unit_is_chinese_in_english() -> None:
    """Chinese stands in the English only where it is a name of the plan's or in quotation marks."""
    for name in PLAN.rules:
        for version in PLAN.rules[name].versions:
            told = Wording(PLAN, "en").rule(PLAN.rules[name], version)
            for sentence in (told.applies, told.used, told.require):
                bare = re.sub("“[^”]*”|《[^》]*》", "", str(sentence))
                assert not re.search(r"[0-9一二三] ?[人个年岁元]|平方米|\((人|个)\)", bare)


def test_a_rule_yielded_to_and_a_derived_fact_are_named() -> None:
    assert str(said("recruitment").applies) == (
        "不适用另一规则“承接机构安排驻站社工”（contractor-arranges）"
    )
    arranged = said("contractor-arranges")
    assert str(arranged.applies) == "所驻社工站的“第三方社会组织承接运营”成立"
    assert {title: str(one) for title, one in arranged.derived.items()} == {
        "第三方社会组织承接运营": "运营方式 为 “第三方社会组织承接”"
    }


def test_what_applies_always_and_what_asks_nothing_is_none() -> None:
    assert said("personnel-share").applies is None
    assert said("plan-purpose") == RuleWording(None, None, None, {})


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("size > two", "不含本数"),
        ("built < as_of", "不含当日"),
        ("not open", "并非〔"),
        ("every(s.open for s in stalls if s.size < two)", "凡符合〔"),
        ("sum(s.size for s in stalls if s.open) > size", "之和 超过 "),
        ("size - two >= 0", "不小于零"),
        ("size - (size - two) == two", " 减 〔"),
        ("colour not in ('红', '绿')", "并非〔"),
        ("some(s.size == size for s in stalls)", "本"),
    ],
)
def test_every_kind_of_expression_has_its_words(text: str, zh: str) -> None:
    assert zh in required(text)


def test_a_loop_inside_a_loop_says_whose_facts_it_means() -> None:
    text = "some(some(o.size > s.size and o.size > size for o in s.hall.stalls) for s in stalls)"
    assert "前述第1层" in required(text)
    assert "本" in required(text)


def test_spans_say_which_field_gave_them() -> None:
    require = said("personnel-share").require
    assert require is not None
    assert [(span.text, span.field) for span in require.spans] == [
        ("人员经费 ", "require"),
        ("不超过", "operator"),
        (" 项目总经费 的 ", "require"),
        ("70%", "ceiling"),
        ("（含本数）", "require"),
    ]


def test_every_span_is_of_a_field_the_page_can_show() -> None:
    for name, one in PLAN.rules.items():
        known = {*one.versions[0].words, "when", "used", "require"}
        for sentence in sentences(said(name)):
            assert {span.field for span in sentence.spans} <= known, name


def sentences(words: RuleWording) -> Iterator[Sentence]:
    yield from (one for one in (words.applies, words.used, words.require) if one is not None)


@pytest.mark.parametrize("of", [PLAN, library().corpus], ids=["plan", "library"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_is_said_without_names_of_code(of: Corpus, lang: Lang) -> None:
    for name in of.rules:
        for sentence in sentences(said(name, lang, of)):
            text = str(sentence)
            assert text == text.strip()
            assert text.count("〔") == text.count("〕")
            assert text.count("[") == text.count("]")
            assert "_" not in text.replace("task_", "")


def everything_said(of: Corpus) -> Iterator[tuple[object, tuple[str, str]]]:
    """Every expression of a corpus, what it says and how it is said in both languages."""
    for one in of.rules.values():
        for version in one.versions:
            words = [Wording(of, lang).rule(one, version) for lang in LANGS]
            for field in ("used", "require"):
                formula: Formula | None = getattr(version, field)
                if formula is not None:
                    zh, en = (str(getattr(said, field)) for said in words)
                    yield key(formula, version, one.subject), (zh, en)
    for fact in of.derived.values():
        for meant in fact.versions:
            zh, en = (str(Wording(of, lang).derived(fact, meant)) for lang in LANGS)
            yield key(meant.means, meant, fact.subject), (zh, en)


def key(formula: Formula, version: Dated, kind: str) -> object:
    due = version.due if isinstance(version, Version) else None
    assert isinstance(version, Version | DerivedVersion)
    return kind, normal(formula, version, due, {})


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_two_meanings_never_have_one_text(made: Corpus) -> None:
    texts: dict[tuple[object, str], object] = {}
    for meant, both in everything_said(made):
        assert isinstance(meant, tuple)
        for text in both:
            assert texts.setdefault((meant[0], text), meant) == meant, text


@pytest.mark.checkout
def test_every_mutant_of_the_plan_that_means_something_else_says_so() -> None:
    from tools.mutants.changes import mutants, owners

    changed = 0
    for owner in owners(PLAN):
        name = owner if owner in PLAN.rules else owner.partition(".")[2]
        for mutant in mutants(PLAN, owner):
            before, after = told(PLAN, owner), told(mutant.corpus, owner)
            assert len(before) == len(after), mutant.key
            for (meant, both), (other, texts) in zip(before, after, strict=True):
                if meant != other:
                    changed += 1
                    assert both[0] != texts[0], f"{name}: {mutant.key}"
                    assert both[1] != texts[1], f"{name}: {mutant.key}"
    assert changed > 400


def told(of: Corpus, owner: str) -> list[tuple[object, tuple[str, str]]]:
    """What one rule or derived fact means, when and what it asks, and how that is said."""
    if owner in of.rules:
        one = of.rules[owner]
        found = []
        for version in one.versions:
            words = [Wording(of, lang).rule(one, version) for lang in LANGS]
            due = version.due
            for formula, field in (
                (one.applies(version), "applies"),
                (version.used, "used"),
                (version.require, "require"),
            ):
                meant = None if formula is None else normal(formula, version, due, {})
                zh, en = (str(getattr(said, field)) for said in words)
                found.append((meant, (zh, en)))
        return found
    kind, _, name = owner.partition(".")
    fact = of.derived[kind, name]
    return [
        (
            normal(version.means, version, None, {}),
            (
                str(Wording(of, "zh").derived(fact, version)),
                str(Wording(of, "en").derived(fact, version)),
            ),
        )
        for version in fact.versions
    ]
