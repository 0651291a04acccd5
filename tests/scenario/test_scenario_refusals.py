"""Scenario files are refused whole: every problem of every file, with its line, before any runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_facts.problems import Problem, Refused
from jingmen_policy.scenario.read import read_scenarios
from support.library import library

HEAD = "as_of: 2024-06-30\ngiven: {Loan: [{id: L1}, {id: L2}], Branch: {id: B1}}\n"


def problems(*paths: Path) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        read_scenarios(paths, library().corpus)
    return list(refused.value.problems)


def refusals(folder: Path, text: str) -> list[tuple[int | None, str]]:
    file = folder / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return [(problem.line, problem.said.en) for problem in problems(file)]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("expect: {loan-limt: met}", "unknown rule 'loan-limt'; did you mean 'loan-limit'?"),
        ("expect: {loan-limit: mett}", "unknown status 'mett'; did you mean 'met'?"),
        ("expect: {loan-limit: {L1: mett}}", "unknown status 'mett'; did you mean 'met'?"),
        ("expect: {loan-limit: {L9: met}}", "unknown loan 'L9'; did you mean 'L2'?"),
        ("expect: met", "say of which rule: {rule: status}"),
        ("expect: [met]", "expected rules with their statuses"),
        ("expect: {loan-limit: [met]}", "expected a status"),
        ("expect: {loan-limit: {}}", "expected a status"),
        ("expect: {loan-limit: {L1: {2022: met}}}", "'2022' does not belong here"),
        ("expect: {stocktaking: {2022: {B1: met}}}", "'B1' does not belong here"),
        ("expect: {loan-limit: {due: 2024-01-01}}", "'status' is required"),
        ("expect: {loan-limit: {not: mett}}", "unknown status 'mett'; did you mean 'met'?"),
        ("expect: {loan-limit: {not: [met]}}", "'not' is required"),
        ("expect: {loan-limit: {status: met, not: due}}", "'status' or 'not', not both"),
        ("expect: {loan-limit: {status: met, du: x}}", "unknown key 'du'; did you mean 'due'?"),
        (
            "expect: {loan-limit: {status: met, due: 2021-02-30}}",
            "expected a day that exists, such as 2021-07-31, got '2021-02-30'",
        ),
        (
            "expect: {loan-limit: {status: unproven, missing: [Loan/L1.volume]}}",
            "unknown field 'volume'; did you mean 'volumes'?",
        ),
        (
            "expect: {share-open: met}",
            "there is no library in the case, so 'share-open' has nothing to be judged of",
        ),
        ("wth: {}", "unknown field 'wth'; did you mean 'with'?"),
        ("with: {Laon: {id: L1}}", "unknown kind of fact 'Laon'; did you mean 'Loan'?"),
        ("with: {Loan: {id: L1, volume: 3}}", "unknown field 'volume'; did you mean 'volumes'?"),
        ("with: {Loan: {volumes: 3}}", "there are 2 facts of kind loan given; say which one by id"),
        ("with: {Loan: [{id: L1}, {id: L1}]}", "this loan is changed twice"),
        ("with: {Loan: {id: L1, volumes: 3本}}", "unit '本' should be '册'"),
        ("without: [Loan/L9]", "unknown loan 'L9'; did you mean 'L2'?"),
        ("without: [Lone/L1]", "unknown kind of fact 'Lone'; did you mean 'Loan'?"),
        ("without: Loan/L1", "expected a list, got 'Loan/L1'"),
        ("as_of: 2021-02-30", "expected a day that exists, such as 2021-07-31, got '2021-02-30'"),
        ("with: {use: register}", "unknown background 'register'"),
    ],
)
def test_each_mistake_is_told_once_at_its_line(tmp_path: Path, case: str, said: str) -> None:
    text = f"{HEAD}cases:\n  - name: one\n    {case}\n"
    assert refusals(tmp_path, text) == [(5, said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "required: it may not be blank"),
        ("- 1\n", "expected keys and values, got a list"),
        ("as_of: 2024-01-01\ncases: []\n", "there is no case"),
        ("cases: [{name: one}]\n", "needs a day to judge on: as_of, or --as-of"),
        ("rule: x\nas_of: 2024-01-01\ncases: [{name: one}]\n", "unknown rule 'x'"),
        ("as_of: 2024-01-01\ncases: &a [{name: *a}]\n", "anchors and aliases are refused"),
        ("as_of: 2024-01-01\ncases: [{name: one}, 2]\n", "expected keys and values, got '2'"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, said: str) -> None:
    found = refusals(tmp_path, text)
    assert [problem for _, problem in found if problem.startswith(said)], found


def test_everything_wrong_with_all_files_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "rule: loan-limt\nas_of: 2021-02-30\ncases:\n  - nme: one\n    with: {Laon: {id: L}}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text(
        f"{HEAD}cases:\n"
        "  - {name: one, expect: {late-fe: met}}\n"
        "  - {name: two, without: [X/1]}\n",
        encoding="utf-8",
    )
    found = [(Path(p.source).name, p.line) for p in problems(tmp_path, tmp_path / "c.yaml")]
    assert found == [
        ("a.yaml", 1),
        ("a.yaml", 2),
        ("a.yaml", 4),
        ("a.yaml", 4),
        ("a.yaml", 5),
        ("b.yaml", 4),
        ("b.yaml", 5),
        ("c.yaml", None),
    ]


def test_a_mistake_in_what_is_given_is_told_once_not_once_a_case(tmp_path: Path) -> None:
    text = "as_of: 2024-01-01\ngiven: {Loan: {id: L1, volumes: x}}\ncases: [{name: a}, {name: b}]\n"
    assert refusals(tmp_path, text) == [(2, "expected a number, got 'x'")]


def test_an_empty_folder_is_refused_and_a_file_named_twice_runs_once(tmp_path: Path) -> None:
    assert [p.said.en for p in problems(tmp_path)] == ["the folder holds no scenario (.yaml)"]
    file = tmp_path / "case.yaml"
    file.write_text(f"{HEAD}cases: [{{name: one}}]\n", encoding="utf-8")
    assert len(read_scenarios([file, tmp_path, str(file)], library().corpus)) == 1
