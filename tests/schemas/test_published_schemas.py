"""The published schemas say what the types say, and real files and outputs agree with them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_facts.register import BACKGROUNDS
from jingmen_policy import Policy
from jingmen_policy.judge.as_json import CorpusMark, findings_json
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.report_json import report
from jingmen_policy.scenario.run import run_scenarios
from jingmen_policy.schemas.generate import DIRECTORY as SCHEMAS
from jingmen_policy.schemas.generate import schemas
from support.library import DIRECTORY, Branch, library

DAY = date(2024, 6, 30)
MARK = CorpusMark("library-rules", "0")
SCENARIO = """\
rule: personnel-share
as_of: 2022-06-30
given:
  use: register
  complete: [ServiceProject, 社工站]
  Station: {id: S1, township: 东宝区/漳河镇}
  服务项目: {项目编号: P1, station: S1, total_cost: 10250.00}
cases:
  - {name: 一, with: {ServiceProject: {personnel_cost: 71750.00分}}, expect: met}
  - {name: 二, expect: {personnel-share: {P1: {status: unproven, missing: []}}}}
  - {name: 三, without: [ServiceProject/P1], exhaustive: no}
"""


def errors(name: str, value: Any) -> list[str]:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


def test_the_files_are_what_the_types_say() -> None:
    for name, text in schemas().items():
        assert (SCHEMAS / name).read_text(encoding="utf-8") == text, name


def test_findings_agree_with_their_schema() -> None:
    policy = library()
    for case in read_scenarios([DIRECTORY / "scenarios"], policy.corpus):
        for one in case.cases:
            found = policy.judge(one.dossier, one.as_of)
            shown = findings_json(MARK, one.as_of, "durable", found)
            assert errors("findings.schema.json", json.loads(json.dumps(shown))) == []


def test_a_finding_with_a_key_more_or_less_does_not_agree() -> None:
    found = library().judge([Branch(id="B1")], DAY)
    shown = json.loads(json.dumps(findings_json(MARK, DAY, "durable", found)))
    del shown["findings"][0]["missing"]
    shown["findings"][1]["more"] = 1
    assert len(errors("findings.schema.json", shown)) == 2


def test_reports_agree_with_their_schema() -> None:
    policy = library()
    ran = run_scenarios(policy, read_scenarios([DIRECTORY / "scenarios"], policy.corpus))
    shown = json.loads(json.dumps(report(ran, MARK, "durable")))
    assert errors("report.schema.json", shown) == []


def test_scenario_files_agree_with_their_schema() -> None:
    assert errors("scenario.schema.json", read_yaml(SCENARIO, "").value) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("rule: personnel-share", "rules: personnel-share"),
        ("personnel_cost: 71750", "personel_cost: 71750"),
        ("Station: {id", "Statoin: {id"),
        ("expect: met", "expect: mett"),
        ("status: unproven, ", ""),
        ("without: [ServiceProject/P1]", "without: [P1]"),
        ("name: 三, ", ""),
    ],
)
def test_the_schema_of_scenarios_finds_mistakes(right: str, wrong: str) -> None:
    value = read_yaml(SCENARIO.replace(right, wrong), "").value
    assert errors("scenario.schema.json", value)


def test_what_the_schema_accepts_is_read(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    [scenario] = read_scenarios([file], Policy.load().corpus, backgrounds=BACKGROUNDS)
    assert [case.name for case in scenario.cases] == ["一", "二", "三"]
