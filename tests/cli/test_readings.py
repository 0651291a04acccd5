"""``jingmen readings`` and ``--reading`` on the shipped plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from jingmen_policy.cli.setting import Setting

POLICY = Policy.load()
FACTS = """\
Station: {id: ST-1}
ResidentWorker: {id: SG-1, station: ST-1, in_post: 是, born_on: 1982-03-01, hired_on: 2022-03-01}
"""


def jingmen(*arguments: object) -> Result:
    setting = Setting(load=lambda: POLICY)
    result = CliRunner().invoke(cli, [str(one) for one in arguments], obj=setting)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS, encoding="utf-8")
    return path


def test_the_list_names_every_reading_with_its_alternatives() -> None:
    printed = jingmen("readings", "list").stdout
    lines = printed.splitlines()
    assert len(lines) == len(POLICY.corpus.interpretations) + 1
    [line] = [line for line in lines if line.startswith("at-most-inclusive ")]
    assert "strictly-less" in line
    assert line.endswith(" 3")


def test_one_reading_is_shown_with_basis_alternatives_witness_and_rules() -> None:
    printed = jingmen("readings", "show", "at-most-inclusive").stdout
    for part in ("取: 包括本数", "四（三）第4句“40岁以下”", "strictly-less", "worker-age"):
        assert part in printed
    english = jingmen("readings", "show", "at-most-inclusive", "--lang", "en").stdout
    assert "not chosen" in english


def test_an_unknown_reading_is_refused_with_the_nearest_name() -> None:
    for arguments in (("show", "at-most"), ("check", "at-most-inclusiv")):
        refused = jingmen("readings", *arguments)
        assert refused.exit_code == 2
        assert "at-most-inclusive" in refused.stderr


def test_check_runs_a_witness_under_every_reading() -> None:
    done = jingmen("readings", "check", "at-most-inclusive")
    assert done.exit_code == 0
    assert done.stdout == "1 项解释、2 次判断，0 次与所载不同\n"


def test_diff_lists_the_findings_another_reading_changes(facts: Path) -> None:
    arguments = ("readings", "diff", facts, "--as-of", "2022-06-30")
    chosen = ("--reading", "at-most-inclusive=strictly-less")
    printed = jingmen(*arguments, *chosen).stdout
    assert printed.splitlines()[0] == "at-most-inclusive=strictly-less"
    assert "worker-age" in printed
    assert "符合 持续 → 待说明 持续" in printed
    report = json.loads(jingmen(*arguments, *chosen, "--format", "json").stdout)
    [switched] = report["switched"]
    assert switched["readings"] == {"at-most-inclusive": "strictly-less"}
    [changed] = switched["changed"]
    assert (changed["before"]["status"], changed["after"]["status"]) == ("met", "departed")


def test_diff_without_a_reading_tries_every_alternative(facts: Path) -> None:
    printed = jingmen("readings", "diff", facts, "--as-of", "2022-06-30").stdout
    tried = printed.count("=")
    runnable = sum(
        other.change is not None
        for item in POLICY.corpus.interpretations.values()
        for other in item.alternatives
    )
    assert tried >= runnable
    assert "结论不变：" in printed


def test_facts_are_judged_under_another_reading(facts: Path) -> None:
    arguments = ("judge", facts, "--as-of", "2022-06-30", "--rule", "worker-age")
    assert "待说明" not in jingmen(*arguments).stdout
    chosen = ("--reading", "at-most-inclusive=strictly-less")
    assert "待说明" in jingmen(*arguments, *chosen).stdout
    report = json.loads(jingmen(*arguments, *chosen, "--format", "json").stdout)
    assert report["corpus"]["readings"] == {"at-most-inclusive": "strictly-less"}
    explained = jingmen("explain", "worker-age", "SG-1", facts, "--as-of", "2022-06-30", *chosen)
    assert "待说明" in explained.stdout
    shown = jingmen("show", "worker-age", *chosen).stdout
    assert "age(born_on, hired_on) < most" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["at-most-inclusive"], "应写作"),
        (["=strictly-less"], "应写作"),
        (["at-most-inclusive=strictly"], "strictly-less"),
        (["at-most=strictly-less"], "at-most-inclusive"),
        (["at-most-inclusive=strictly-less", "at-most-inclusive=x"], "两种取法"),
    ],
)
def test_a_reading_that_cannot_be_taken_is_refused(
    facts: Path, given: list[str], said: str
) -> None:
    options = [part for one in given for part in ("--reading", one)]
    refused = jingmen("judge", facts, "--as-of", "2022-06-30", *options)
    assert refused.exit_code == 2
    assert said in refused.stderr
