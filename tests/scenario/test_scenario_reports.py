"""The three reports of a run: for people, for programs, for build servers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.text import Teller
from jingmen_policy.scenario import report_json, report_junit, report_text
from jingmen_policy.scenario.model import Ran
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.run import run_scenarios
from support.library import DIRECTORY, LIBRARY, library

THREE = """\
rule: loan-limit
as_of: 2024-06-30
given: {Loan: {id: L1, volumes: 6}}
cases:
  - {name: "right", expect: breached}
  - {name: "wrong <&> \u0001", expect: met}
  - {name: "shown"}
"""


def ran(*paths: Path) -> tuple[Ran, ...]:
    return run_scenarios(library(), read_scenarios(paths, library().corpus))


@pytest.fixture
def three(tmp_path: Path) -> tuple[Ran, ...]:
    file = tmp_path / "three.yaml"
    file.write_text(THREE.replace("\u0001", "\\x01"), encoding="utf-8")
    return ran(file)


def test_text_has_a_line_a_case_and_the_place_of_a_difference(three: tuple[Ran, ...]) -> None:
    source, right, wrong, detail, shown, totals = report_text.report(
        three, Teller(LIBRARY)
    ).splitlines()
    assert right == "  ✓ right（2024-06-30）：未达标 1"
    assert wrong.startswith("  ✗ wrong")
    assert detail == (f"      {source}:6: loan-limit L1：预期 符合（met），实为 未达标（breached）")
    assert shown.startswith("  · shown")
    assert totals == "共 1 个文件、3 个案例：1 个与预期一致，1 个不一致，1 个没有可比的预期。"


def test_text_is_to_be_had_in_english(three: tuple[Ran, ...]) -> None:
    told = report_text.report(three, Teller(LIBRARY, "en"))
    assert "loan-limit L1: expected met, got breached" in told
    assert told.endswith("1 files, 3 cases: 1 as expected, 1 not, 1 with nothing to compare.\n")


def test_a_story_shows_who_owes_what_by_when_and_names_those_behind() -> None:
    told = report_text.report(ran(DIRECTORY / "scenarios" / "year.yaml"), Teller(LIBRARY))
    [share] = [line for line in told.splitlines() if "share-open" in line]
    assert share.split() == [
        "未达标",
        "share-open",
        "分馆达标比例",
        "图书馆",
        "市图书馆",
        "市图书馆（市图书馆）",
        "截至",
        "2024-12-31",
        "一第1句",
    ]
    assert "符合 6，未达标 2" in told
    assert "其中: B7、B8" in told


def test_verbose_gives_each_subject_its_line() -> None:
    story = ran(DIRECTORY / "scenarios" / "year.yaml")
    told = report_text.report(story, Teller(LIBRARY), verbose=True)
    lines = [line.split() for line in told.splitlines()]
    assert sum("opening-hours" in line for line in lines) == 8


def test_json_says_what_text_says(three: tuple[Ran, ...]) -> None:
    report = report_json.report(three, CorpusMark("library-rules", "0"), "durable")
    [file] = report["files"]
    assert [case["result"] for case in file["cases"]] == ["as-expected", "different", "shown"]
    assert file["cases"][1]["differences"] == [
        {
            "rule": "loan-limit",
            "subject": "L1",
            "year": None,
            "aspect": "status",
            "expected": "met",
            "got": "breached",
            "line": 6,
        }
    ]


def test_junit_counts_and_can_be_parsed(three: tuple[Ran, ...]) -> None:
    root = Xml.fromstring(report_junit.report(three, Teller(LIBRARY)))
    assert {name: root.get(name) for name in ("tests", "failures", "skipped", "errors")} == {
        "tests": "3",
        "failures": "1",
        "skipped": "1",
        "errors": "0",
    }
    wrong = root.findall(".//testcase")[1]
    assert wrong.get("name") == "wrong <&> \ufffd"
    failure = wrong.find("failure")
    assert failure is not None
    assert failure.get("message") == "loan-limit L1：预期 符合（met），实为 未达标（breached）"
