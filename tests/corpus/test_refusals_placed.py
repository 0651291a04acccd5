"""Each mistake a corpus can hold, in a corpus of a few lines: what is said, in which file, line
and field, and that nothing else is said.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.tiny import (
    CORPUS,
    DISCREPANCIES,
    FILES,
    FIT,
    INTERPRETATIONS,
    OPEN,
    SOURCE,
    STALLS,
    TABLE,
    derived_file,
    load,
    means,
    refused,
    rule_file,
)

RULE, DERIVED = "rules/1-stalls.yaml", "derived/fit.yaml"
SOME, TWO = "rules/2-some.yaml", "rules/2-two.yaml"
COLUMN = "  - since: 2021-01-01\n    let: {n: {table: annex, column: %s}}\n    require: %s\n"
LOOKED = "count(stalls) >= lookup(n, id)"


def placed(directory: Path, changes: dict[str, str | None]) -> list[tuple[str, int | None, str]]:
    return [(p.source, p.line, p.field) for p in refused(directory, changes)]


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which some words first stand."""
    return text[: text.index(words)].count("\n") + 1


def test_the_corpus_is_sound_as_it_stands(tmp_path: Path) -> None:
    assert list(load(tmp_path).corpus.rules) == ["stalls"]


@pytest.mark.parametrize(
    ("old", "new", "said", "at", "field"),
    [
        ("大厅摊位不少于2个", "大厅摊位不多于2个", "0 times in 一第1句", "quote", "cites[0].quote"),
        ("大厅摊位不少于2个", "个", "2 times in 一第1句", "quote", "cites[0].quote"),
        ("at: 一第1句", "at: 一第9句", "no such address", "at: ", "cites[0].at"),
        ("at: 一第1句", "at: 导语第1段第1句", "binds nobody", "at: ", "cites[0].at"),
        ("least: 2个", "least: 3个", "no quote states '3个'", "least: 3", "versions[0].let.least"),
        ("least: 2个", "least: 2村", "no quote states", "least: 2", "versions[0].let.least"),
        ("least: 2个", "least: 2", "with text", "require: ", "versions[0].require"),
        ("least: 2个", "least: 2-个", "no quote states", "least: 2", "versions[0].let.least"),
        ("least: 2个", "least: {up: 2}", "not a parameter", "least: {", "versions[0].let.least"),
        ("when: fit", "when: fitt", "did you mean 'fit'", "when: ", "versions[0].when"),
        ("when: fit", "when: siez > 0", "did you mean 'size'", "when: ", "versions[0].when"),
        ("when: fit", "when: size", "yes-or-no", "when: ", "versions[0].when"),
        (">= least", ">= least / least", "no division", "require: ", "versions[0].require"),
        (">= least", ">= least and 2 > 1", "numbers belong", "require: ", "versions[0].require"),
        ("count(stalls)", "size * size", "no meaning", "require: ", "versions[0].require"),
        ("count(stalls) >= least", "open", "never used", "least: 2", "versions[0].let.least"),
        ("modality: 不少于", "modality: 必须", "no quote holds", "modality: 必", "words.modality"),
        (
            "bearer: {reading: bare-verb}",
            "bearer: {reading: bare-vreb}",
            "did you mean 'bare-verb'",
            "bearer: {reading",
            "words.bearer",
        ),
        (
            "bearer: {reading: bare-verb}",
            "bearer: {reading: bare-verb, words: [大厅, 小厅]}",
            "no quote holds '小厅'",
            "bearer: {reading",
            "words.bearer",
        ),
        (
            "bearer: {reading: bare-verb}",
            "bearer: {words: []}",
            "words, a reading, or both",
            "bearer: {words",
            "words.bearer",
        ),
        (
            "readings: [bare-verb]",
            "readings: [bare-nerve]",
            "unknown reading 'bare-nerve'",
            "readings: ",
            "readings",
        ),
        ("subject: Hall", "subject: Halls", "did you mean 'Hall'", "subject: ", "subject"),
        (
            "bearer: {who: {zh: 大厅, en: hall}}",
            "bearer: {who: {zh: 大厅, en: hall}, of: stalls}",
            "unknown reference 'stalls'",
            "bearer: {who",
            "bearer.of",
        ),
        (
            "modality: duty",
            "modality: aim",
            "a aim requires nothing",
            "require: ",
            "versions[0].require",
        ),
        (
            "modality: duty",
            "modality: permission",
            "'used' stands where a permission has requirements",
            "- since",
            "versions[0]",
        ),
        ("due: standing", "used: open", "'used' stands where", "- since", "versions[0]"),
        (
            "due: standing",
            "reason: colour",
            "only a default may be departed from",
            "reason: ",
            "versions[0].reason",
        ),
        (
            "due: standing",
            "due: {day: 2021-12-31}",
            "words must say what 'due' rests on",
            "words:",
            "words",
        ),
        ("due: standing", "due: soon", "due is one of", "due: soon", "versions[0].due"),
        (
            "since: 2021-01-01",
            "since: 2021-01-01\n    until: 2021-01-01",
            "until must come after since",
            "until: ",
            "versions[0].until",
        ),
        ("id: stalls", "id: stall", "should end in 'stall.yaml'", "id: stall", "id"),
        ("modality: duty", "modality: dutty", "did you mean 'duty'", "modality: dutty", "modality"),
        ("due: standing", "dew: standing", "did you mean 'due'", "dew: ", "versions[0].dew"),
        (
            "since: 2021-01-01",
            "since: 2021-02-30",
            "a day that exists",
            "since: ",
            "versions[0].since",
        ),
        ("  modality: 不少于\n", "", "what 'modality' rests on", "words:", "words"),
    ],
)
def test_a_mistake_in_a_rule_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, said: str, at: str, field: str
) -> None:
    assert STALLS.count(old) == 1
    changed = STALLS.replace(old, new)
    # The register that speaks of the rule would miss it where its own id is what is wrong.
    others: dict[str, str | None] = {
        "discrepancies.yaml": DISCREPANCIES.replace("rules: [stalls]", "rules: []")
    }
    problems = refused(tmp_path, {**others, RULE: changed})
    assert {problem.source for problem in problems} == {RULE}
    [problem] = [problem for problem in problems if said in problem.said.en]
    assert problem.line == line_of(changed, at)
    assert problem.field.startswith(field)
    assert problem.said.zh != problem.said.en


@pytest.mark.parametrize(
    ("column", "require", "said", "field"),
    [
        ("2021", LOOKED, "did you mean '2021年'", "versions[0].let.n"),
        ("总计", LOOKED, "unknown column '总计'", "versions[0].let.n"),
        ("2021年", "count(stalls) >= n", "write lookup(n, ...)", "versions[0].require"),
        ("2021年", "count(stalls) >= lookup(n, size)", "looked up by text", "versions[0].require"),
    ],
)
def test_a_cell_is_of_a_table_and_a_column_there_is(
    tmp_path: Path, column: str, require: str, said: str, field: str
) -> None:
    problems = refused(tmp_path, {SOME: rule_file("some", COLUMN % (column, require))})
    matching = [p for p in problems if said in p.said.en]
    assert [(p.source, p.field) for p in matching] == [(SOME, field)], problems


def test_a_cell_is_of_a_table_of_the_corpus(tmp_path: Path) -> None:
    body = (COLUMN % ("2021年", LOOKED)).replace("annex", "anex")
    [problem] = refused(tmp_path, {SOME: rule_file("some", body)})
    assert "unknown table 'anex'; did you mean 'annex'" in problem.said.en


def test_a_cell_counts_in_the_unit_of_its_table(tmp_path: Path) -> None:
    table = TABLE.replace("unit: 个", "unit: 人")
    changes: dict[str, str | None] = {
        "annex.yaml": table,
        SOME: rule_file("some", COLUMN % ("2021年", LOOKED)),
    }
    [problem] = refused(tmp_path, changes)
    assert "a number in 个 cannot be compared with a number in 人" in problem.said.en
    load(tmp_path / "sound", {SOME: changes[SOME]})


def yields(name: str, to: str, body: str = OPEN, subject: str = "Hall") -> str:
    return rule_file(name, body, subject=subject, more=f"yields_to: [{to}]\n")


@pytest.mark.parametrize(
    ("rules", "said", "source", "field"),
    [
        ({SOME: yields("some", "nothing")}, "unknown rule 'nothing'", SOME, "yields_to[0]"),
        (
            {SOME: yields("some", "two", subject="Stall"), TWO: rule_file("two", OPEN)},
            "'two' is about Hall, not Stall",
            SOME,
            "yields_to[0]",
        ),
        (
            {
                SOME: yields("some", "two"),
                TWO: rule_file(
                    "two",
                    OPEN + "    due: {yearly: 12-31}\n",
                    words="{modality: 应当, bearer: 大厅, due: 应当}",
                ),
            },
            "'two' is yearly, no exception",
            SOME,
            "yields_to[0]",
        ),
        ({SOME: yields("some", "some")}, "some → some", SOME, "yields_to"),
        (
            {SOME: yields("some", "two"), TWO: yields("two", "some")},
            "exceptions in a cycle: some → two → some",
            SOME,
            "yields_to",
        ),
    ],
)
def test_an_exception_is_another_rule_of_the_same_kind_and_never_in_a_circle(
    tmp_path: Path, rules: dict[str, str | None], said: str, source: str, field: str
) -> None:
    [problem] = refused(tmp_path, rules)
    assert said in problem.said.en
    assert (problem.source, problem.field) == (source, field)
    assert problem.line == line_of(str(rules[source]), "yields_to")


@pytest.mark.parametrize(
    ("derived", "said"),
    [
        ({"a": means("a")}, "Hall.a → Hall.a"),
        ({"a": means("b"), "b": means("not a")}, "Hall.a → Hall.b → Hall.a"),
        ({"a": means("some(s.hall.a for s in stalls)")}, "Hall.a → Hall.a"),
    ],
)
def test_derived_facts_never_go_in_a_circle(
    tmp_path: Path, derived: dict[str, str], said: str
) -> None:
    [problem] = refused(
        tmp_path, {f"derived/{n}.yaml": derived_file(n, text) for n, text in derived.items()}
    )
    assert f"derived facts depend on each other: {said}" in problem.said.en
    assert problem.source == "derived/a.yaml"


@pytest.mark.parametrize("name", ["size", "open", "as_of", "due"])
def test_a_derived_fact_hides_no_field_and_no_calendar_name(tmp_path: Path, name: str) -> None:
    file = f"derived/{name}.yaml"
    [problem] = refused(tmp_path, {file: derived_file(name, means("colour == '红'"))})
    assert "the derived fact hides a field or another name" in problem.said.en
    assert (problem.source, problem.line, problem.field) == (file, 1, "id")


@pytest.mark.parametrize("name", ["size", "stalls", "fit", "as_of", "year"])
def test_a_parameter_hides_no_other_name(tmp_path: Path, name: str) -> None:
    changed = STALLS.replace("least: 2个", f"{name}: 2个").replace(">= least", f">= {name}")
    problems = refused(tmp_path, {RULE: changed})
    hides = [p for p in problems if "the parameter hides" in p.said.en]
    assert [(p.source, p.field) for p in hides] == [(RULE, f"versions[0].let.{name}")]


def test_a_derived_fact_rests_on_a_quote_or_a_reading(tmp_path: Path) -> None:
    bare = derived_file("bare", means("open")).replace("readings: [bare-verb]\n", "")
    [problem] = refused(tmp_path, {"derived/bare.yaml": bare})
    assert "rests on a quote or on a reading" in problem.said.en


@pytest.mark.parametrize(
    ("since", "until", "fit_since", "fit_until", "sound"),
    [
        ("2021-01-01", "", "2021-01-01", "", True),
        ("2021-01-01", "", "2021-01-02", "", False),
        ("2021-01-01", "", "2021-01-01", "2022-01-01", False),
        ("2021-01-01", "2022-01-01", "2021-01-01", "2022-01-01", True),
        ("2021-01-01", "2022-01-02", "2021-01-01", "2022-01-01", False),
    ],
)
def test_a_derived_fact_is_in_force_as_long_as_what_mentions_it(
    tmp_path: Path, since: str, until: str, fit_since: str, fit_until: str, sound: bool
) -> None:
    ends = f"    until: {until}\n" if until else ""
    rule = rule_file("some", f"  - since: {since}\n{ends}    require: late\n")
    changes: dict[str, str | None] = {
        SOME: rule,
        "derived/late.yaml": derived_file("late", means("open", fit_since, fit_until)),
    }
    if sound:
        load(tmp_path, changes)
        return
    [problem] = refused(tmp_path, changes)
    assert "'late' is not defined throughout" in problem.said.en
    assert problem.source == SOME


def test_what_a_yearly_duty_mentions_does_not_end_with_it(tmp_path: Path) -> None:
    """Its past years are judged after it has ended, and ask for the derived fact then."""
    body = (
        "  - since: 2021-01-01\n    until: 2023-07-01\n    require: late\n"
        "    due: {yearly: 12-31}\n"
    )
    rule = rule_file("some", body, words="{modality: 应当, bearer: 大厅, due: 应当}")
    ended = derived_file("late", means("open", until="2023-07-01"))
    [problem] = refused(tmp_path, {SOME: rule, "derived/late.yaml": ended})
    assert "'late' is not defined throughout" in problem.said.en
    load(tmp_path / "sound", {SOME: rule, "derived/late.yaml": derived_file("late", means("open"))})


@pytest.mark.parametrize("until", ["", "    until: 2022-01-02\n"])
def test_versions_do_not_overlap(tmp_path: Path, until: str) -> None:
    first = f"  - since: 2021-01-01\n{until}    require: open\n"
    second = "  - since: 2022-01-01\n    require: not open\n"
    [problem] = refused(tmp_path, {SOME: rule_file("some", first + second)})
    assert "the version before must end first" in problem.said.en
    assert problem.field == "versions[1].since"
    assert problem.line == line_of(rule_file("some", first + second), "2022-01-01\n    require")


def test_versions_stand_in_order(tmp_path: Path) -> None:
    later = "  - since: 2022-01-01\n    require: open\n"
    earlier = "  - since: 2021-01-01\n    until: 2022-01-01\n    require: open\n"
    [problem] = refused(tmp_path, {SOME: rule_file("some", later + earlier)})
    assert problem.field == "versions[1].since"


@pytest.mark.parametrize(
    ("file", "text", "taken"),
    [
        ("rules/9-stalls.yaml", STALLS, "stalls"),
        ("derived/9-fit.yaml", FIT, "fit"),
        ("derived/stalls.yaml", derived_file("stalls", means("open")), "stalls"),
    ],
)
def test_an_id_is_given_once(tmp_path: Path, file: str, text: str, taken: str) -> None:
    problems = refused(tmp_path, {file: text})
    assert [p.said.en for p in problems if p.field == "id"] == [f"the id '{taken}' is taken"]


@pytest.mark.parametrize(
    ("file", "old", "new", "said", "field"),
    [
        ("corpus.yaml", "id: halls", "id: Halls", "", "id"),
        ("corpus.yaml", "since: 2021-01-01", "since: 2021", "", "since"),
        ("corpus.yaml", "tables:", "table:", "did you mean 'tables'", "table"),
        ("corpus.yaml", "since:", "readings: [no-such]\nsince:", "unknown reading", "readings"),
        ("interpretations.yaml", "basis:", "basics:", "did you mean 'basis'", "interpretations[0]"),
        (
            "discrepancies.yaml",
            "不少于2个",
            "不少于9个",
            "0 times",
            "discrepancies[0].cites[0].quote",
        ),
        ("discrepancies.yaml", "[stalls]", "[stall]", "mean 'stalls'", "discrepancies[0].rules[0]"),
        ("discrepancies.yaml", "kind: contradiction", "kind: muddle", "", "discrepancies[0].kind"),
        ("annex.yaml", "甲: {2021年: 1", "甲: {2021年: x", "whole number", "rows.甲.2021年"),
    ],
)
def test_a_mistake_in_a_register_or_a_table_is_placed(
    tmp_path: Path, file: str, old: str, new: str, said: str, field: str
) -> None:
    assert old in FILES[file]
    problems = refused(tmp_path, {file: FILES[file].replace(old, new, 1)})
    assert [p for p in problems if said in p.said.en and p.field.startswith(field)], problems
    assert {p.source for p in problems} == {file}
    assert all(p.line for p in problems)


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("interpretations.yaml", INTERPRETATIONS, "bare-verb"),
        ("discrepancies.yaml", DISCREPANCIES, "two-counts"),
    ],
)
def test_a_register_names_an_item_once(tmp_path: Path, file: str, text: str, key: str) -> None:
    again = text + text.split("\n", 1)[1]
    problems = refused(tmp_path, {file: again})
    assert [p.said.en for p in problems] == [f"the id '{key}' is taken"]
    assert problems[0].line == line_of(again, text.split("\n", 1)[1]) + len(text.splitlines()) - 1


@pytest.mark.parametrize("file", ["corpus.yaml", "source.md", "annex.yaml", "interpretations.yaml"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, file: str) -> None:
    problems = refused(tmp_path, {file: None})
    assert file in " ".join(problem.to("en") for problem in problems)


def test_a_register_may_quote_the_news_but_a_rule_may_not(tmp_path: Path) -> None:
    news = DISCREPANCIES.replace("at: 一第1句", "at: 导语第1段第1句").replace(
        "不少于2个", "不少于9个"
    )
    load(tmp_path, {"discrepancies.yaml": news})


def test_everything_wrong_in_every_file_is_said_at_once(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {
        RULE: STALLS.replace("least: 2个", "least: 3个").replace("when: fit", "when: fat"),
        DERIVED: FIT.replace("means: open", "means: opne"),
        SOME: rule_file("some", OPEN, cite=("一第9句", "无")),
        TWO: "id: two\nversions: [",
        "discrepancies.yaml": DISCREPANCIES.replace("不少于2个", "不少于9个"),
    }
    found = placed(tmp_path, changes)
    assert [(source, field) for source, _, field in found] == [
        (TWO, ""),
        (RULE, "versions[0].let.least"),
        (RULE, "versions[0].when"),
        (SOME, "cites[0].at"),
        (SOME, "words.modality"),
        (SOME, "words.bearer"),
        (DERIVED, "versions[0].means"),
        ("discrepancies.yaml", "discrepancies[0].cites[0].quote"),
    ]


def test_rules_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    red = rule_file(
        "a-red", OPEN, cite=("二第1句", "大厅可以用红色"), words="{modality: 可以, bearer: 大厅}"
    )
    short = rule_file(
        "z-short", OPEN, cite=("一第3句", "大厅摊位"), words="{modality: 摊位, bearer: 大厅}"
    )
    same = rule_file(
        "b-same", OPEN, cite=("一第3句", "大厅摊位"), words="{modality: 摊位, bearer: 大厅}"
    )
    policy = load(
        tmp_path,
        {
            "rules/1-a-red.yaml": red,
            "rules/2-z-short.yaml": short,
            "rules/3-b-same.yaml": same,
            SOME: rule_file("some", OPEN),
        },
    )
    assert list(policy.corpus.rules) == ["stalls", "b-same", "z-short", "some", "a-red"]
    assert [rule.id for rule in policy.corpus.under("一")] == [
        "stalls",
        "b-same",
        "z-short",
        "some",
    ]
    assert [rule.id for rule in policy.corpus.under("二第1句")] == ["a-red"]


def test_derived_facts_stand_after_those_they_mention(tmp_path: Path) -> None:
    names = {"a": means("b and c"), "b": means("c"), "c": means("fit")}
    policy = load(tmp_path, {f"derived/{n}.yaml": derived_file(n, t) for n, t in names.items()})
    assert [name for _, name in policy.corpus.derived] == ["fit", "c", "b", "a"]


@pytest.mark.parametrize("file", FILES)
def test_a_change_of_any_file_changes_the_digest(tmp_path: Path, file: str) -> None:
    before = load(tmp_path / "before").corpus.digest
    assert load(tmp_path / "same").corpus.digest == before
    changed = FILES[file].replace("为管好", "为办好") if file == "source.md" else f"{FILES[file]}\n"
    assert load(tmp_path / "after", {file: changed}).corpus.digest != before


def test_a_rule_that_cannot_be_read_is_not_missed_elsewhere(tmp_path: Path) -> None:
    """The register that speaks of it is not said to be wrong as well."""
    [problem] = refused(tmp_path, {RULE: STALLS.replace("due: standing", "due: soon")})
    assert (problem.source, problem.field) == (RULE, "versions[0].due")


def test_a_rule_moved_to_another_file_changes_the_digest(tmp_path: Path) -> None:
    before = load(tmp_path / "before").corpus.digest
    moved: dict[str, str | None] = {RULE: None, "rules/3-stalls.yaml": STALLS}
    assert load(tmp_path / "after", moved).corpus.digest != before


def test_a_corpus_needs_neither_tables_nor_registers(tmp_path: Path) -> None:
    lines = CORPUS.splitlines(keepends=True)
    bare = "".join(line for line in lines if not line.startswith(("tables", "inter", "discr")))
    rule = STALLS.replace("bearer: {reading: bare-verb}", "bearer: 大厅")
    policy = load(
        tmp_path,
        {
            "corpus.yaml": bare,
            "annex.yaml": None,
            "interpretations.yaml": None,
            "discrepancies.yaml": None,
            RULE: rule.replace("readings: [bare-verb]\n", ""),
            "source.md": SOURCE,
        },
    )
    assert (policy.corpus.tables, policy.corpus.interpretations) == ({}, {})
