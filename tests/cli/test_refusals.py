"""Bad input: exit code 2, every problem on standard error, nothing on standard output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Jingmen = Callable[..., Result]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.yaml", "Loan: {id: L1, volume: 3}", "unknown field 'volume'; did you mean 'volumes'?"),
        ("a.yaml", "Loan: {id: L1, price: 3千元}", "unit '千元' is not one of 元, 万元, 分"),
        ("a.yaml", "Loan: {id: L1, volumes: 3元}", "unit '元' should be '册'"),
        ("a.yaml", "as_of: 2021-02-30", "expected a day that exists"),
        ("a.yaml", "Loan: [{id: L1}, {id: L1}]", "duplicate loan 'L1'"),
        ("a.yaml", "Loan: {id: L1, branch: 西馆}", "refers to an unknown branch '西馆'"),
        ("a.yaml", "a: &a [1]\nb: *a", "anchors and aliases are refused"),
        ("a.json", '{"Loan": {"id": "L1"', "a.json:1:"),
        ("a.toml", "Loan = 1", "unknown kind of file '.toml'"),
    ],
)
def test_facts_that_cannot_be_are_refused(
    jingmen: Jingmen, tmp_path: Path, name: str, text: str, said: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    result = jingmen("judge", file, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_every_problem_of_every_file_is_told_at_once(jingmen: Jingmen, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("Loan: {id: L1, volume: 3, pric: 2}\n", encoding="utf-8")
    result = jingmen("judge", tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("未知的字段") == 4
    assert f"{tmp_path / 'c.yaml'}: 文件不存在" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "loan-limt"), "unknown rule 'loan-limt'; did you mean 'loan-limit'?"),
        (("rules", "--section", "九"), "the text has no such section"),
        (("run", "nowhere.yaml"), "nowhere.yaml: there is no such file"),
        (("judge", "nowhere.json"), "nowhere.json: there is no such file"),
    ],
)
def test_names_that_are_not_known_are_refused(
    jingmen: Jingmen, arguments: tuple[str, ...], said: str
) -> None:
    result = jingmen(*arguments, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_rule_or_subject_to_explain_must_exist(jingmen: Jingmen, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("Loan: {id: L1}\n", encoding="utf-8")
    for rule, subject in (("loan-limt", "L1"), ("loan-limit", "L2")):
        result = jingmen("explain", rule, subject, file)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "是否为" in result.stderr


@pytest.mark.parametrize("day", ["2021-02-30", "tomorrow", ""])
def test_a_day_must_exist(jingmen: Jingmen, day: str) -> None:
    result = jingmen("run", "--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2021-07-31" in result.stderr


def test_the_language_may_come_from_the_environment(
    jingmen: Jingmen, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert jingmen("run", "nowhere").stderr == "nowhere: 文件不存在\n"
    monkeypatch.setenv("JINGMEN_LANG", "en")
    assert jingmen("run", "nowhere").stderr == "nowhere: there is no such file\n"
    assert jingmen("run", "nowhere", "--lang", "zh").stderr == "nowhere: 文件不存在\n"
