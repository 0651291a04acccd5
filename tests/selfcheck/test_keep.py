"""A self-check taken away as a file: read back it is the same, and so is what is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import Refused
from jingmen_policy.cli.main import cli
from jingmen_policy.judge.finding import Thing
from jingmen_policy.selfcheck import Say, SelfCheck, answered
from jingmen_policy.selfcheck.keep import As, exported, facts_of, opened
from support.self_checks import COUNTY, STATION, check, plan, self_checks

HOSTILE = "<script>alert(1)</script>\u202e \"'&"


@settings(max_examples=20)
@given(self_checks(), st.sampled_from(["json", "yaml"]))
def test_what_is_exported_is_read_back_the_same(check: SelfCheck, form: As) -> None:
    read = opened(plan(), f"自查.{form}", exported(check, form))
    assert read.dossier == check.dossier
    assert read.as_of == check.as_of


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_jingmen_judge_gives_the_exported_file_the_same_statuses(form: As, tmp_path: Path) -> None:
    station = STATION | {"established_on": "2021-06-01", "area": "299.99", "equipment": "桌椅"}
    one = check(COUNTY, Station=station, complete=["Station@沙洋县"])
    one = answered(one, Say(Thing("Station", "沙洋镇社工站"), "sign_text", HOSTILE))
    file = tmp_path / f"自查.{form}"
    file.write_text(exported(one, form), encoding="utf-8")
    ran = CliRunner().invoke(cli, ["judge", str(file), "--format", "json"])
    assert ran.exit_code == 0, ran.output
    judged = json.loads(ran.stdout)
    assert judged["as_of"] == "2026-11-28"
    told = {
        (found["rule"], found["subject"]["id"], found["year"]): found["status"]
        for found in judged["findings"]
    }
    assert len(one.findings) > 100
    for found in one.findings:
        assert told[found.rule, found.subject.id, found.year] == found.status.value


def test_the_register_is_named_and_not_written_out() -> None:
    facts = facts_of(check(Station=STATION))
    assert facts == {"use": ["register"], "Station": STATION}


def test_a_file_with_mistakes_is_refused_whole_with_their_lines() -> None:
    text = "use: register\n社工站:\n  - 社工站编号: 甲\n    建立日: 2021-06-01\n    面积: 3\n"
    with pytest.raises(Refused) as refused:
        opened(plan(), "自查.yaml", text)
    assert [(one.line, one.said.zh) for one in refused.value.problems] == [
        (4, "未知的字段“建立日”，是否为“建立日期”？"),
        (5, "未知的字段“面积”，是否为“建筑面积”？"),
    ]


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(Refused, match="不认识的文件类型"):
        opened(plan(), "台账.docx", "")
