"""``jingmen judge --log``, ``jingmen log`` and ``jingmen replay``, as they are used."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from jingmen_policy.cli.main import cli
from jingmen_policy.cli.setting import Setting
from jingmen_policy.schemas.generate import DIRECTORY as SCHEMAS
from support.ledgers import ledger, policy

Jingmen = Callable[..., Result]
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


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the log is, which the environment says as well."""
    path = tmp_path / "log.db"
    monkeypatch.setenv("JINGMEN_LOG", str(path))
    return path


def agreed(name: str, result: Result) -> Any:
    """The JSON a command printed, which agrees with its schema."""
    value = json.loads(result.stdout)
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(value)] == []
    return value


def test_a_judged_file_leaves_a_receipt_that_can_be_replayed(
    jingmen: Jingmen, facts: Path, log: Path, tmp_path: Path
) -> None:
    judged = jingmen("judge", facts, "--rule", "late-fee", "--status", "met")
    assert judged.exit_code == 0
    [receipt] = agreed("receipts.schema.json", jingmen("log", "list", "--format", "json"))[
        "receipts"
    ]
    assert judged.stderr == f"回执 {receipt['id']}，存于 {log}\n"
    assert (receipt["as_of"], receipt["rules"]) == ("2024-06-30", ["late-fee"])
    assert (receipt["engine"], receipt["corpus"]) == ("durable", "library-rules")
    shown = jingmen("log", "show", receipt["id"], "--format", "json")
    assert agreed("receipt.schema.json", shown) == receipt
    file = tmp_path / "receipt.json"
    file.write_text(shown.stdout, encoding="utf-8")
    for which in (receipt["id"], "1", file):
        same = jingmen("replay", which, facts)
        assert same.exit_code == 0, same.output
        assert same.stdout.endswith("\n答案相同\n")


def test_what_is_different_is_told_and_exits_1(jingmen: Jingmen, facts: Path, log: Path) -> None:
    jingmen("judge", facts)
    facts.write_text(FACTS.replace("2.01", "2.00"), encoding="utf-8")
    differs = jingmen("replay", "1", facts, "--lang", "en")
    assert differs.exit_code == 1
    lines = [line.split(",")[0] for line in differs.stdout.splitlines()]
    assert [line.rsplit(" ", 1)[0] for line in lines if "same" in line and ":" in line] == [
        "corpus: same"
    ]
    assert [line for line in lines if "different" in line] == [
        "input: different",
        "findings: different",
    ]
    told = agreed("replay.schema.json", jingmen("replay", "1", facts, "--format", "json"))
    assert (told["same"], told["findings"]["same"]) == (False, False)
    assert log.exists()


def test_where_nothing_is_said_the_receipt_goes_to_the_usual_file(
    jingmen: Jingmen, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINGMEN_LOG", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    usual = tmp_path / "state" / "jingmen-policy" / "log.sqlite"
    result = jingmen("judge", facts)
    assert str(usual) in result.stderr
    assert jingmen("log", "verify").exit_code == 0
    assert jingmen("replay", "1", facts).exit_code == 0


def test_a_usual_file_that_cannot_be_made_stops_nothing(
    jingmen: Jingmen, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINGMEN_LOG", raising=False)
    (tmp_path / "state").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    result = jingmen("judge", facts)
    assert result.exit_code == 0
    assert result.stdout
    assert result.stderr.startswith("没有留下回执：")


@pytest.mark.parametrize(("variable", "arguments"), [("", ()), (None, ("--no-log",))])
def test_told_so_nothing_is_kept(
    jingmen: Jingmen,
    facts: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    variable: str | None,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.delenv("JINGMEN_LOG", raising=False)
    if variable is not None:
        monkeypatch.setenv("JINGMEN_LOG", variable)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert jingmen("judge", facts, *arguments).stderr == ""
    assert list(tmp_path.iterdir()) == [facts]


def test_without_the_libraries_nothing_is_kept(
    jingmen: Jingmen, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINGMEN_LOG", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("jingmen_policy.log.place.find_spec", lambda _: None)
    assert jingmen("judge", facts).stderr == ""
    assert list(tmp_path.iterdir()) == [facts]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [((), FACTS.replace("price", "prize")), (("--rule", "late-fees"), FACTS)],
)
def test_what_is_refused_leaves_no_receipt_and_no_log(
    jingmen: Jingmen, facts: Path, log: Path, arguments: tuple[str, ...], text: str
) -> None:
    facts.write_text(text, encoding="utf-8")
    assert jingmen("judge", facts, *arguments).exit_code == 2
    assert not log.exists()


def test_an_answer_whose_receipt_cannot_be_stored_is_not_given(
    jingmen: Jingmen, facts: Path, log: Path
) -> None:
    jingmen("log", "init")
    with closing(sqlite3.connect(log)) as file:
        file.execute(
            "CREATE TRIGGER full BEFORE INSERT ON jingmen_receipts"
            " BEGIN SELECT RAISE(ABORT, 'no room'); END"
        )
        failed = jingmen("judge", facts)
    assert (failed.exit_code, failed.stdout) == (74, "")
    assert "no room" in failed.stderr


def test_a_workbook_leaves_a_receipt_beside_its_findings(tmp_path: Path, log: Path) -> None:
    book, out = ledger(tmp_path / "台账.xlsx", "漳河新区"), tmp_path / "结果.xlsx"

    def run(*words: object) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], obj=Setting(load=policy))

    done = run("judge", book, "--as-of", "2022-12-31", "--rule", "staffing", "--out", out)
    assert (done.exit_code, out.exists()) == (0, True)
    assert f"，存于 {log}\n" in done.stderr
    same = run("replay", "1", out)  # the copy with findings states the same facts
    assert same.exit_code == 0, same.output


def test_a_log_is_made_looked_into_and_verified(jingmen: Jingmen, facts: Path, log: Path) -> None:
    made = jingmen("log", "init")
    assert made.stdout.startswith(f"决定记录在 {log}，末端 0-")
    assert jingmen("log", "upgrade").stdout == "已是最新版本 0001\n"
    for _ in range(3):
        jingmen("judge", facts)
    head = jingmen("log", "head").stdout.strip()
    assert head.startswith("3-")
    jingmen("judge", facts, "--lang", "en")
    whole = jingmen("log", "verify", "--head", head)
    assert (whole.exit_code, whole.stdout.splitlines()[1]) == (
        0,
        "记下的末端在其中，其后又有 1 份",
    )
    assert "尾部若被截去" in jingmen("log", "verify").stdout
    listed = jingmen("log", "list", "--limit", "2", "--lang", "en").stdout.splitlines()
    assert [line.split("-")[0] for line in listed[1:]] == ["3", "4"]
    ahead = jingmen("log", "list", "--since", "2999-01-01", "--format", "json")
    assert json.loads(ahead.stdout)["receipts"] == []
    today = jingmen("log", "list", "--since", "2020-01-01", "--until", "2998-12-31")
    assert len(today.stdout.splitlines()) == 5
    assert "全部" in jingmen("log", "show", "4").stdout


def test_a_log_that_was_tampered_with_is_told_and_exits_1(
    jingmen: Jingmen, facts: Path, log: Path
) -> None:
    for _ in range(3):
        jingmen("judge", facts)
    with closing(sqlite3.connect(log)) as file:
        file.executescript(
            "DROP TRIGGER jingmen_receipts_no_update;"
            "UPDATE jingmen_receipts SET as_of = '2021-01-01' WHERE number = 2;"
        )
    broken = jingmen("log", "verify")
    assert broken.exit_code == 1
    assert broken.stdout.splitlines()[:2] == [
        "数据库里防止改动的触发器不在了：jingmen_receipts_no_update",
        "第 2 号被改动过：内容与其哈希不符",
    ]
    told = jingmen("log", "verify", "--format", "json")
    assert told.exit_code == 1
    report = agreed("log-verify.schema.json", told)
    assert (report["whole"], report["verified"]["receipts"]) == (False, 3)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("log", "show", "7"), 2, "there is no receipt 7"),
        (("log", "show", "seven"), 2, "expected the id of a receipt"),
        (("log", "verify", "--head", "seven"), 2, "expected what jingmen log head prints"),
        (("log", "verify", "--log", "no.db"), 2, "jingmen log init makes one"),
        (("replay", "none.json", "facts.yaml"), 2, "none.json: cannot be read"),
        (("replay", "facts.yaml", "facts.yaml"), 2, "facts.yaml: not a receipt"),
        (("replay", "7", "facts.yaml"), 2, "there is no receipt 7"),
        (("log", "list", "--log", "postgresql://a:b@127.0.0.1:1/d"), 74, "a:***@127.0.0.1"),
    ],
)
def test_what_cannot_be_is_told(
    jingmen: Jingmen,
    facts: Path,
    log: Path,
    arguments: tuple[str, ...],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(facts.parent)
    jingmen("log", "init")
    result = jingmen(*arguments, "--lang", "en")
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert log.exists()


def test_an_id_without_a_log_says_what_is_missing(
    jingmen: Jingmen, facts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JINGMEN_LOG", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    result = jingmen("replay", "1", facts)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "JINGMEN_LOG" in result.stderr


def test_two_commands_at_once_leave_a_receipt_each(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("ServiceProject: {id: P, total_cost: 10万元}\n", encoding="utf-8")
    command = [sys.executable, "-m", "jingmen_policy", "judge", str(facts)]
    command += ["--rule", "personnel-share", "--engine", "reference", "--log"]
    path = tmp_path / "log.db"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ran = [
        subprocess.Popen(
            [*command, str(path)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in ran]
    assert [process.returncode for process in ran] == [0, 0], said
    assert sorted(one.partition("-")[0] for one in said) == ["回执 1", "回执 2"]
