"""Every command answers, in two languages, and exits as it says it does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from jingmen_policy.cli.main import COMMANDS
from support.library import DIRECTORY

Jingmen = Callable[..., Result]
SCENARIOS = DIRECTORY / "scenarios"
FACTS = """\
as_of: 2024-06-30
Branch: {id: 东馆, weekly_hours: 39, community_run: 否}
Loan: {id: L1, branch: 东馆, overdue: 是, price: 10.00, late_fee: 2.01}
"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS, encoding="utf-8")
    return file


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, *(["-c", program] if program else []), *arguments],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )


def test_help_names_every_command_and_loads_none_of_the_heavy_parts() -> None:
    program = (
        "import sys\n"
        "from jingmen_policy.cli.main import main\n"
        "sys.argv = ['jingmen', '--help']\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    heavy = {'pydantic', 'yaml', 'jingmen_facts'} & sys.modules.keys()\n"
        "    assert not heavy, heavy\n"
    )
    done = python(program)
    assert done.returncode == 0, done.stderr
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("command", list(COMMANDS))
def test_each_command_has_help(jingmen: Jingmen, command: str) -> None:
    result = jingmen(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage:")


def test_an_unknown_command_is_refused(jingmen: Jingmen) -> None:
    assert jingmen("rum").exit_code == 2


def test_the_module_is_the_command() -> None:
    done = python("", "-m", "jingmen_policy", "rules", "--section", "4-3", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "staffing" in done.stdout


def test_a_reader_that_closes_the_pipe_ends_it_quietly() -> None:
    program = (
        "import sys; from jingmen_policy.cli.main import main; sys.argv = sys.argv[1:]; main()"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", program, "jingmen", "trace"],
            check=False,
            stdout=closed,
            stderr=subprocess.PIPE,
            env=environment,
        )
    assert (done.returncode, done.stderr) == (141, b"")


def test_run_as_expected_exits_0(jingmen: Jingmen) -> None:
    result = jingmen("run", SCENARIOS)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("共 3 个文件、9 个案例：9 个与预期一致。\n")
    assert result.stderr == ""


def test_run_not_as_expected_exits_1(jingmen: Jingmen, tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(
        "as_of: 2024-01-01\ngiven: {Loan: {id: L1}}\n"
        "cases: [{name: one, expect: {loan-limit: met}}]\n",
        encoding="utf-8",
    )
    assert jingmen("run", file).exit_code == 1
    assert jingmen("run", file, "--as-of", "2024-01-02").exit_code == 0


@pytest.mark.parametrize("engine", ["durable", "reference"])
def test_run_is_the_same_through_every_engine(jingmen: Jingmen, engine: str) -> None:
    report = json.loads(jingmen("run", SCENARIOS, "--format", "json", "--engine", engine).stdout)
    durable = json.loads(jingmen("run", SCENARIOS, "--format", "json").stdout)
    assert report["engine"] == engine
    assert report["files"] == durable["files"]


def test_judge_tells_what_applies_to_whom_by_when(jingmen: Jingmen, facts: Path) -> None:
    result = jingmen("judge", facts)
    assert result.exit_code == 0, result.output
    [hours] = [line for line in result.stdout.splitlines() if "opening-hours" in line]
    assert hours.split()[0] == "未达标"
    assert "分馆（东馆）" in hours
    assert "二（一）第1句" in hours


def test_judge_takes_several_files_as_one_dossier(jingmen: Jingmen, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("Branch: {id: B1}\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"Loan": {"id": "L1", "branch": "B1"}}', encoding="utf-8")
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "Loan.csv").write_text("id,branch,volumes\nL2,B1,6\nL3,B1,\n", encoding="utf-8")
    paths = (tmp_path / "a.yaml", tmp_path / "b.json", tables)
    result = jingmen("judge", *paths, "--rule", "loan-limit", "--format", "json")
    assert {f["subject"]["id"]: f["status"] for f in json.loads(result.stdout)["findings"]} == {
        "L1": "unproven",
        "L2": "breached",
        "L3": "unproven",
    }
    assert jingmen("judge", tmp_path / "b.json").exit_code == 2


def test_judge_shows_only_what_is_asked_for(jingmen: Jingmen, facts: Path) -> None:
    result = jingmen("judge", facts, "--status", "breached", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert [finding["rule"] for finding in found] == ["opening-hours", "late-fee"]


def test_judge_believes_a_kind_to_be_complete_where_told(jingmen: Jingmen, facts: Path) -> None:
    asked = ("judge", facts, "--rule", "stocktaking", "--format", "json")
    statuses = [
        [f["status"] for f in json.loads(jingmen(*asked, *more).stdout)["findings"]]
        for more in ((), ("--complete", "Stocktaking"))
    ]
    assert statuses == [["unproven", "unproven", "pending"], ["breached", "breached", "pending"]]


def test_the_day_asked_for_comes_before_the_file_s(jingmen: Jingmen, facts: Path) -> None:
    days = [
        json.loads(jingmen("judge", facts, *more, "--format", "json").stdout)["as_of"]
        for more in ((), ("--as-of", "2021-12-31"))
    ]
    assert days == ["2024-06-30", "2021-12-31"]


def test_rules_are_listed_by_section(jingmen: Jingmen) -> None:
    for section in ("2-1", "二（一）", "二(一)"):
        result = jingmen("rules", "--section", section, "--format", "json")
        assert [rule["id"] for rule in json.loads(result.stdout)] == [
            "opening-hours",
            "community-hours",
        ]
    assert jingmen("rules").stdout.endswith("共 8 条\n")


def test_show_says_everything_of_a_rule(jingmen: Jingmen) -> None:
    told = jingmen("show", "opening-hours").stdout
    for part in (
        "二（一）第1句“分馆每周开放时间不少于40小时”",
        "性质: 义务",
        "2022-01-01 起，2023-01-01 前",
        "参数: least = 40小时",
        "要求: weekly_hours >= least",
        "well_open 开放时间达到要求 (Branch) = weekly_hours >= least",
        "community-hours (本规则让位于它)",
    ):
        assert part in told
    assert "day-of-lending" in jingmen("show", "late-fee").stdout
    assert "december-no-day" in jingmen("show", "stocktaking", "--lang", "en").stdout


def test_explain_answers_for_one_subject(jingmen: Jingmen, facts: Path) -> None:
    result = jingmen("explain", "late-fee", "L1", facts, "--lang", "en")
    assert "2.01元 ≤ 2.00元 → does not hold" in result.stdout
    years = jingmen("explain", "stocktaking", "东馆", facts).stdout
    assert years.count("年度盘点 | 分馆 东馆") == 3


def test_trace_shows_what_is_not_encoded(jingmen: Jingmen) -> None:
    assert "三第3句        0/11   （未编码）" in jingmen("trace").stdout
    traced = json.loads(jingmen("trace", "--format", "json").stdout)
    assert (traced["quoted"], traced["characters"]) == (125, 159)


def test_docs_are_written_and_checked(jingmen: Jingmen, tmp_path: Path) -> None:
    assert jingmen("docs", "--check", "--root", tmp_path).exit_code == 1
    assert jingmen("docs", "--write", "--root", tmp_path).exit_code == 0
    assert jingmen("docs", "--check", "--root", tmp_path).exit_code == 0
    (tmp_path / "POLICY.md").write_text("no", encoding="utf-8")
    assert jingmen("docs", "--check", "--root", tmp_path).exit_code == 1
    assert jingmen("docs", "--root", tmp_path).exit_code == 2
