"""Every field of a rule rests on words or on a reading, and words must say what the rule says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_policy import Policy
from jingmen_policy.corpus.support import modalities_said
from jingmen_policy.corpus.written import WordTable
from jingmen_policy.rule.due import due_said
from jingmen_policy.rule.modality import Modality
from support.tiny import CORPUS, STALLS, load, refused

TABLE = """\
words:
  every_field: 是
  modality:
    duty: [不少于, 应当]
    prohibition: [不得]
    permission: [可以]
    default: [一般应]
  at_least: [不少于]
  at_most: [不得超过]
"""
STRICT = STALLS.replace(
    "  bearer: {reading: bare-verb}\n",
    "  bearer: 大厅\n  operator: 不少于\n  least: 2个\n  when: {reading: bare-verb}\n"
    "  require: 摊位\n",
)
RULE = "rules/1-stalls.yaml"


def told(directory: Path, rule: str, table: str = TABLE) -> set[str]:
    problems = refused(directory, {"corpus.yaml": CORPUS + table, RULE: rule})
    assert {problem.source for problem in problems} == {RULE}
    return {f"{problem.field}: {problem.said.en}" for problem in problems}


def test_a_rule_that_rests_on_words_throughout_is_taken(tmp_path: Path) -> None:
    policy = load(tmp_path, {"corpus.yaml": CORPUS + TABLE, RULE: STRICT})
    [version] = policy.corpus.rules["stalls"].versions
    plain = policy.corpus.source.plain
    marks = {
        name: [plain[start:end] for _, start, end in words.marks]
        for name, words in version.words.items()
    }
    assert marks == {
        "modality": ["不少于"],
        "bearer": ["大厅"],
        "operator": ["不少于"],
        "least": ["2个"],
        "when": [],
        "require": ["摊位"],
    }


@pytest.mark.parametrize("name", ["modality", "bearer", "operator", "least", "when", "require"])
def test_a_field_without_words_or_reading_is_refused(tmp_path: Path, name: str) -> None:
    lines = STRICT.splitlines(keepends=True)
    start = lines.index("words:\n")
    without = [
        line
        for place, line in enumerate(lines)
        if not (place > start and line.startswith(f"  {name}: ") and "versions" not in line)
    ]
    assert len(without) == len(lines) - 1
    assert told(tmp_path, "".join(without)) == {f"words: words must say what '{name}' rests on"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("modality: duty", "modality: prohibition", "words.modality: these words say duty, not"),
        ("modality: duty", "modality: aim", "words.modality: these words say duty, not aim"),
        ("  modality: 不少于", "  modality: 摊位", "words.modality: these words say no modality"),
        ("zh: 大厅, en: hall}}", "zh: 摊主, en: keeper}}", "words.bearer: the words are not those"),
        ("  operator: 不少于", "  operator: 三年", "words.operator: no quote holds '三年'"),
        (">= least", "<= least", "words.operator: '不少于' points the other way"),
        (
            "due: standing",
            "due: {day: 2021-12-31}",
            "words: words must say what 'due' rests on",
        ),
    ],
)
def test_words_that_say_otherwise_are_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert STRICT.count(old) == 1
    found = told(tmp_path, STRICT.replace(old, new))
    assert any(one.startswith(said) for one in found), found


def test_a_reading_may_stand_in_for_words_that_say_nothing(tmp_path: Path) -> None:
    rule = STRICT.replace("  modality: 不少于", "  modality: {words: 摊位, reading: bare-verb}")
    load(tmp_path, {"corpus.yaml": CORPUS + TABLE, RULE: rule})


DATED = """\
id: stalls
title: {zh: 摊位, en: stalls}
cites:
  - {at: 二第3句, quote: 到2021年底建成}
modality: duty
bearer: {who: {zh: 大厅, en: hall}}
words:
  modality: {reading: bare-verb}
  bearer: {reading: bare-verb}
  due: 2021年底
  require: 建成
subject: Hall
versions:
  - since: 2021-01-01
    require: built <= by
    due: {day: 2021-12-31}
"""


def test_words_that_name_a_day_name_the_day_that_is_due(tmp_path: Path) -> None:
    load(tmp_path / "right", {"corpus.yaml": CORPUS + TABLE, RULE: DATED})
    for other in ("{day: 2021-12-30}", "{day: 2022-12-31}", "{yearly: 12-31}"):
        found = told(tmp_path / other, DATED.replace("{day: 2021-12-31}", other))
        assert found == {"words.due: these words name another day"}


def test_words_that_name_no_day_need_a_reading(tmp_path: Path) -> None:
    vague = DATED.replace("due: 2021年底", "due: 建成")
    assert told(tmp_path / "vague", vague) == {"words.due: the words name no day: a reading must"}
    read = DATED.replace("due: 2021年底", "due: {words: 建成, reading: bare-verb}")
    load(tmp_path / "read", {"corpus.yaml": CORPUS + TABLE, RULE: read})


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_the_end_of_a_month_is_its_last_day(year: int, month: int) -> None:
    due = due_said(f"{year}年{month}月底前")
    assert due is not None
    assert due.day is not None
    assert (due.day.year, due.day.month) == (year, month)
    assert date.fromordinal(due.day.toordinal() + 1).day == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("一般应", {Modality.DEFAULT}),
        ("应当", {Modality.DUTY}),
        ("不得超过", {Modality.PROHIBITION}),
        ("没有", set()),
        ("应当不得", {Modality.DUTY, Modality.PROHIBITION}),
    ],
)
def test_of_words_that_overlap_the_longer_counts(words: str, said: set[Modality]) -> None:
    table = WordTable(
        modality={
            Modality.DUTY: ("应", "应当"),
            Modality.DEFAULT: ("一般应",),
            Modality.PROHIBITION: ("不得",),
        }
    )
    assert modalities_said(table, [words]) == said


def test_every_mark_of_the_plan_is_the_word_it_marks() -> None:
    corpus = Policy.load().corpus
    for rule in corpus.rules.values():
        for version in rule.versions:
            for words in version.words.values():
                assert len(words.marks) == len(words.words)
                for word, (text, start, end) in zip(words.words, words.marks, strict=True):
                    assert not text
                    assert corpus.source.plain[start:end] == word
