"""``jingmen sign`` and ``jingmen status``: what they print, their exit codes, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from jingmen_policy.cli.main import cli
from jingmen_policy.schemas.generate import DIRECTORY as SCHEMAS
from support.library import library_setting
from support.signing import REVIEWER, library_in

Jingmen = Callable[..., Result]
SIGN = ("--by", REVIEWER, "--role", "法制审核")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return library_in(tmp_path / "rules").corpus.directory


@pytest.fixture
def jingmen(monkeypatch: pytest.MonkeyPatch, corpus: Path) -> Jingmen:
    """The command on a corpus of its own, with the library's facts."""
    for variable in ("JINGMEN_LANG", "JINGMEN_SIGNATURES"):
        monkeypatch.delenv(variable, raising=False)

    def run(command: str, *arguments: object) -> Result:
        words = [command, *map(str, arguments), "--corpus", str(corpus)]
        result = CliRunner().invoke(cli, words, obj=library_setting())
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def changed(corpus: Path) -> None:
    [file] = (corpus / "rules").glob("*study-room.yaml")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("seats >= least", "seats > least"), encoding="utf-8")


def test_sign_then_status(jingmen: Jingmen, corpus: Path) -> None:
    result = jingmen("sign", "study-room", "suggestion-box", *SIGN, "--note", "对照原文")
    file = corpus / "signatures" / "study-room.yaml"
    assert result.exit_code == 0
    assert f"已签 study-room 自习室座位：已审核，存于 {file}\n" in result.stdout
    told = jingmen("status").stdout
    assert "study-room 自习室座位：已审核\n" in told
    assert f"{REVIEWER}（法制审核）：对照原文\n" in told
    assert "已审核 2，未审核 6，签字失效 0\n" in told


def test_status_says_what_voids_a_signature_before_and_after(
    jingmen: Jingmen, corpus: Path
) -> None:
    jingmen("sign", "study-room", *SIGN)
    changed(corpus)
    told = jingmen("status").stdout
    assert "study-room 自习室座位：签字失效（含义、边界案例有改动）\n" in told
    assert "      前 (30个 <= seats)\n      后 (30个 < seats)\n" in told
    assert "  读作\n" in told
    assert "      前 符合\n" in told
    english = jingmen("status", "--lang", "en").stdout
    assert "Seats of a study room: signature void (meaning, boundary cards changed)" in english
    assert "      before (30个 <= seats)\n" in english


def test_a_release_waits_until_every_rule_is_reviewed(jingmen: Jingmen, corpus: Path) -> None:
    rules = sorted(json.loads(jingmen("status", "--format", "json").stdout)["rules"],
                   key=lambda one: one["rule"])  # fmt: skip
    names = [one["rule"] for one in rules]
    assert jingmen("status").exit_code == 0
    assert jingmen("status", "--require", "reviewed").exit_code == 1
    jingmen("sign", *names, *SIGN)
    assert jingmen("status", "--require", "reviewed").exit_code == 0
    changed(corpus)
    assert jingmen("status", "--require", "reviewed").exit_code == 1
    others = [part for name in names if name != "study-room" for part in ("--rule", name)]
    assert jingmen("status", "--require", "reviewed", *others).exit_code == 0


def test_a_file_that_was_edited_keeps_the_gate_shut(jingmen: Jingmen, corpus: Path) -> None:
    jingmen("sign", "study-room", *SIGN)
    file = corpus / "signatures" / "study-room.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(REVIEWER, "他人"), encoding="utf-8")
    result = jingmen("status", "--rule", "study-room", "--require", "reviewed")
    assert result.exit_code == 1
    assert f"{file}:12: records[0].signatures[0]: 签字与散列值不符" in result.stdout
    assert jingmen("sign", "study-room", *SIGN).exit_code == 2


def test_json_agrees_with_its_schema(jingmen: Jingmen, corpus: Path) -> None:
    jingmen("sign", "study-room", "suggestion-box", *SIGN)
    changed(corpus)
    (corpus / "signatures" / "gone.yaml").write_text("", encoding="utf-8")
    (corpus / "signatures" / "opening-hours.yaml").write_text("", encoding="utf-8")
    shown = json.loads(jingmen("status", "--format", "json").stdout)
    schema = json.loads((SCHEMAS / "status.schema.json").read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(shown))
    states = {one["rule"]: one["state"] for one in shown["rules"]}
    assert states["study-room"] == "suspect"
    assert states["opening-hours"] == "unreadable"
    assert states["suggestion-box"] == "reviewed"
    assert shown["counts"]["suspect"] == 1
    assert [stray["source"] for stray in shown["strays"]] == [
        str(corpus / "signatures" / "gone.yaml")
    ]


def test_everything_wrong_is_told_and_nothing_written(jingmen: Jingmen, corpus: Path) -> None:
    result = jingmen("sign", "study-rom", "--by", "编写者甲", "--role", "", "--on", "2026-13-01")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "--role: 不能为空",
        "--on: 应为存在的日期，如 2021-07-31，不是“2026-13-01”",
        "未知的规则“study-rom”，是否为“study-room”？",
    ]
    result = jingmen("sign", "study-room", "--by", "编写者甲", "--role", "编写", "--lang", "en")
    assert result.exit_code == 2
    assert "study-room: '编写者甲' wrote this rule; somebody else must review it" in result.stderr
    assert not (corpus / "signatures").exists()


def test_signatures_may_be_kept_elsewhere(jingmen: Jingmen, corpus: Path, tmp_path: Path) -> None:
    kept = tmp_path / "签字"
    jingmen("sign", "study-room", *SIGN, "--signatures", kept)
    assert (kept / "study-room.yaml").is_file()
    assert not (corpus / "signatures").exists()
    assert "已审核 1，" in jingmen("status", "--signatures", kept).stdout
    assert "已审核 0，" in jingmen("status").stdout


def test_a_folder_that_cannot_be_written_to_is_told(jingmen: Jingmen, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    result = jingmen("sign", "study-room", *SIGN, "--signatures", file)
    assert (result.exit_code, result.stderr) == (2, f"{file}: 不是文件夹\n")
    result = jingmen("sign", "study-room", *SIGN, "--signatures", file / "in")
    assert (result.exit_code, result.stderr) == (2, f"{file}: 不是文件夹\n")


def test_an_unknown_rule_in_status(jingmen: Jingmen) -> None:
    result = jingmen("status", "--rule", "study-rom")
    assert (result.exit_code, result.stderr) == (
        2,
        "未知的规则“study-rom”，是否为“study-room”？\n",
    )
