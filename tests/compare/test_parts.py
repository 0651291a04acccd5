"""What two corpora say otherwise, told field by field; another way of writing it is no change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jingmen_policy import Policy
from jingmen_policy.compare.model import Changed, FieldChange
from jingmen_policy.compare.parts import parts
from jingmen_policy.compare.spelling import rule_fields, version_fields
from jingmen_policy.rule.model import DerivedFact, DerivedVersion, Rule, Version
from support.tiny import CORPUS, DISCREPANCIES, FIT, INTERPRETATIONS, SOURCE, STALLS, TABLE, load
from support.tiny import rule_file as tiny_rule

RULE, DERIVED = "rules/1-stalls.yaml", "derived/fit.yaml"
SINCE = date(2021, 1, 1)


def compared(tmp_path: Path, changes: Mapping[str, str | None]) -> tuple[Changed, ...]:
    before = load(tmp_path / "before").corpus
    return parts(before, load(tmp_path / "after", changes).corpus)


def only(changed: tuple[Changed, ...]) -> tuple[Changed, dict[str, tuple[str | None, str | None]]]:
    """The one part that changed, with every field of it that did."""
    [change] = changed
    told = [*change.fields, *(field for period in change.periods for field in period.fields)]
    return change, {field.field: (field.before, field.after) for field in told}


def test_a_corpus_does_not_differ_from_itself(tmp_path: Path) -> None:
    assert compared(tmp_path, {}) == ()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RULE, "    require: count(stalls) >= least\n", "    require: (count(stalls)>=least)\n"),
        (RULE, "    require: ", "    require: >-\n      "),
        (RULE, "id: stalls\n", "# a comment\nid: stalls\n"),
        (RULE, "    when: fit\n    require: count(stalls) >= least\n",
               "    require: 'count(stalls) >= least'\n    when: (fit)\n"),
        (DERIVED, "means: open", "means: '(open)'"),
    ],
)  # fmt: skip
def test_another_way_of_writing_it_is_no_change(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    text = {RULE: STALLS, DERIVED: FIT}[file]
    assert old in text
    assert compared(tmp_path, {file: text.replace(old, new)}) == ()


def test_a_loop_variable_by_another_name_is_no_change(tmp_path: Path) -> None:
    def written(require: str) -> dict[str, str | None]:
        return {RULE: STALLS.replace("count(stalls) >= least", require)}

    nested = "count(s for s in stalls if some({0}.open for {0} in s.hall.stalls)) >= least"
    before = load(tmp_path / "a", written(nested.format("other"))).corpus
    same = load(tmp_path / "b", written(nested.format("t"))).corpus
    assert parts(before, same) == ()
    outer = nested.replace("{0}.open", "s.open and {0}.open")
    assert parts(before, load(tmp_path / "c", written(outer.format("t"))).corpus) != ()


def test_a_changed_quote_is_reported_and_decides_nothing(tmp_path: Path) -> None:
    changed = compared(
        tmp_path, {RULE: STALLS.replace("quote: 大厅摊位不少于2个", "quote: 摊位不少于2个")}
    )
    change, told = only(changed)
    assert (change.sort, change.id, change.change, change.decides) == (
        "rule", "stalls", "changed", False,
    )  # fmt: skip
    assert told == {"cites": ("一第1句“大厅摊位不少于2个”", "一第1句“摊位不少于2个”")}


@pytest.mark.parametrize(
    ("old", "new", "field", "before", "after", "decides"),
    [
        ("{zh: 摊位, en", "{zh: 摊位数, en", "title.zh", "摊位", "摊位数", False),
        ("modality: duty", "modality: default", "modality", "duty", "default", True),
        ("who: {zh: 大厅", "who: {zh: 厅", "bearer.zh", "大厅", "厅", True),
        ("subject: Hall\n", "subject: Hall\nyields_to: [spared]\n",
         "yields_to", None, "spared", True),
        ("due: standing", "due: {yearly: 6-30}", "due", "standing", "yearly 06-30", True),
        ("due: standing", "due: {day: 2022-06-30}", "due", "standing", "2022-06-30", True),
        ("    when: fit\n", "", "when", "fit", None, True),
        (">= least", "> least", "require", "count(stalls) >= least", "count(stalls) > least", True),
        ("zh: 太少", "zh: 少", "otherwise.zh", "太少", "少", False),
        ("modality: 不少于", "modality: {reading: bare-verb}",
         "words.modality", "“不少于”", "<bare-verb>", False),
        ("readings: [bare-verb]\n", "", "readings", "bare-verb", None, False),
    ],
)  # fmt: skip
def test_each_field_of_a_rule_is_told(
    tmp_path: Path,
    old: str,
    new: str,
    field: str,
    before: str | None,
    after: str | None,
    decides: bool,
) -> None:
    assert old in STALLS
    words = STALLS.replace("  bearer: {reading", "  due: {reading: bare-verb}\n  bearer: {reading")
    spared = tiny_rule("spared", "  - since: 2021-01-01\n    require: open\n")
    more = {"rules/2-spared.yaml": spared}
    old_policy = load(tmp_path / "before", {**more, RULE: words})
    new_policy = load(tmp_path / "after", {**more, RULE: words.replace(old, new)})
    change, told = only(parts(old_policy.corpus, new_policy.corpus))
    assert told == {field: (before, after)}
    assert change.decides is decides


def test_an_amended_version_is_told_from_its_day_and_as_no_rewriting(tmp_path: Path) -> None:
    head, version = STALLS.split("  - since: 2021-01-01\n")
    text = (
        f"{head}  - since: 2021-01-01\n    until: 2022-01-01\n{version}"
        f"  - since: 2022-01-01\n    until: 2023-01-01\n{version.replace('>=', '>')}"
        f"  - since: 2023-01-01\n{version.replace('>=', '>')}"
    )
    [change] = compared(tmp_path, {RULE: text})
    assert change.fields == (
        FieldChange(
            "versions",
            "2021-01-01/",
            "2021-01-01/2022-01-01 2022-01-01/2023-01-01 2023-01-01/",
        ),
    )
    assert [(p.since, p.until, p.after, p.rewritten) for p in change.periods] == [
        (date(2022, 1, 1), date(2023, 1, 1), date(2022, 1, 1), False),
        (date(2023, 1, 1), None, date(2023, 1, 1), False),
    ]
    assert {field.field for period in change.periods for field in period.fields} == {"require"}


def test_what_was_in_force_and_is_edited_is_marked(tmp_path: Path) -> None:
    [change] = compared(tmp_path, {RULE: STALLS.replace(">=", ">")})
    [period] = change.periods
    assert (period.since, period.until, period.rewritten) == (SINCE, None, True)


def test_a_rule_that_ends_is_told_until_when_it_was_in_force(tmp_path: Path) -> None:
    text = STALLS.replace("since: 2021-01-01", "since: 2021-01-01\n    until: 2022-01-01")
    [change] = compared(tmp_path, {RULE: text})
    [period] = change.periods
    assert (period.since, period.before, period.after) == (date(2022, 1, 1), SINCE, None)
    assert change.decides


def test_added_and_removed_rules_are_told_whole(tmp_path: Path) -> None:
    text = tiny_rule("some", "  - since: 2021-01-01\n    require: open\n")
    before = load(tmp_path / "before").corpus
    after = load(tmp_path / "after", {"rules/2-some.yaml": text}).corpus
    for pair, how, empty in (((before, after), "added", 0), ((after, before), "removed", 1)):
        change, told = only(parts(*pair))
        assert (change.change, change.id, change.decides) == (how, "some", True)
        assert {sides[empty] for sides in told.values()} == {None}
        assert {"modality", "bearer.zh", "cites", "require", "due", "versions"} <= told.keys()


def test_a_table_cell_is_told_with_every_rule_that_looks_it_up(tmp_path: Path) -> None:
    looking = STALLS.replace("      least: 2个", "      least: {table: annex, column: 2021年}")
    looking = looking.replace(">= least", ">= lookup(least, id)")
    cells = TABLE.replace("甲: {2021年: 1, 2022年: 2", "甲: {2021年: 2, 2022年: 1")
    cells = cells.replace("printed: {2021年: 1, 2022年: 2", "printed: {2021年: 2, 2022年: 1")
    before = load(tmp_path / "before", {RULE: looking}).corpus
    after = load(tmp_path / "after", {RULE: looking, "annex.yaml": cells}).corpus
    change, told = only(parts(before, after))
    assert (change.sort, change.decides) == ("rule", True)
    assert told == {"let.least[甲]": ("1个", "2个")}


def test_derived_facts_readings_discrepancies_and_texts_are_told(tmp_path: Path) -> None:
    changed = compared(
        tmp_path,
        {
            DERIVED: FIT.replace("means: open", "means: not open"),
            "interpretations.yaml": INTERPRETATIONS.replace("{zh: 据,", "{zh: 凭,"),
            "discrepancies.yaml": DISCREPANCIES.replace("{zh: 果,", "{zh: 后果,"),
            "source.md": SOURCE.replace("到2021年底建成", "到2022年底建成"),
            "corpus.yaml": CORPUS.replace("{zh: 大厅,", "{zh: 大厅们,"),
        },
    )
    told = {one.sort: (one.id, one.decides, only((one,))[1]) for one in changed}
    assert told == {
        "corpus": ("halls", False, {"title.zh": ("大厅", "大厅们")}),
        "text": ("", False, {"二第3句": ("到2021年底建成。", "到2022年底建成。")}),
        "derived": ("Hall.fit", True, {"means": ("open", "not open")}),
        "reading": ("bare-verb", False, {"basis.zh": ("据", "凭")}),
        "discrepancy": ("two-counts", False, {"effect.zh": ("果", "后果")}),
    }


def test_the_amended_plan_is_told_with_its_new_text(plan: Policy, later: Policy) -> None:
    changed = {(one.sort, one.id): one for one in parts(plan.corpus, later.corpus)}
    assert list(changed) == [
        ("text", "invented-2023"),
        ("rule", "staffing"),
        ("rule", "personnel-share"),
    ]
    _, share = only((changed["rule", "personnel-share"],))
    assert share["let.ceiling"] == ("70%", "60%")
    assert share["cites"] == (
        "四（四）第2句“社工站人员经费不得超过项目总经费的70%”",
        "[invented-2023] 一第2句“社工站人员经费不得超过项目总经费的60%”",
    )
    assert "require" not in share


@pytest.mark.parametrize(
    ("model", "spelt"),
    [
        (Rule, {"title", "modality", "bearer", "counterparty", "subject", "yields_to", "versions",
                "evidence", "cites", "words", "readings"}),
        (Version, {"since", "until", "lets", "columns", "due", "when", "used", "require", "reason",
                   "otherwise", "cites", "words", "readings"}),
        (DerivedFact, {"title", "subject", "cites", "readings", "versions"}),
        (DerivedVersion, {"since", "until", "lets", "columns", "means"}),
    ],
)  # fmt: skip
def test_no_field_of_the_model_is_left_out_of_the_comparison(model: Any, spelt: set[str]) -> None:
    """A new field of a rule must be spelt in ``compare.spelling``, and then be named here."""
    beside = {"id", "file", "written"}
    assert {spec.name for spec in fields(model)} - beside == spelt


def test_what_the_plan_spells_is_never_blank(plan: Policy) -> None:
    for rule in plan.corpus.rules.values():
        for spelt in (rule_fields(rule), *map(version_fields, rule.versions)):
            assert all(spelt.values())
