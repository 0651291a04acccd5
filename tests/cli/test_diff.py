"""``jingmen diff``: two corpora in words and as JSON, with the exit codes of ``diff``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import TypeAdapter

from corpora.amended.built import amended, copied
from jingmen_policy.cli.main import cli
from jingmen_policy.compare.model import Diff

Diffed = Callable[..., Result]
SCENARIOS = Path(__file__).parents[2] / "scenarios"
FACTS = """\
use: register
complete: ResidentWorker
Station: {id: ST-1, township: 沙洋县/沙洋镇, established_on: 2021-07-31}
ResidentWorker:
  - {id: W-1, station: ST-1, in_post: 是}
  - {id: W-2, station: ST-1, in_post: 是}
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return amended(tmp_path_factory.mktemp("amended") / "plan")


@pytest.fixture
def diff(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Diffed:
    """The command, on the shipped plan, in a folder without scenarios."""
    monkeypatch.delenv("JINGMEN_LANG", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        result = CliRunner().invoke(cli, ["diff", *map(str, arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS, encoding="utf-8")
    return file


def test_a_corpus_and_itself(diff: Diffed, facts: Path, later: Path) -> None:
    for one in ("plan", later):
        result = diff(one, one, "--facts", facts)
        assert (result.exit_code, result.stdout) == (0, "没有差别。\n")
    assert diff("plan", "plan", "--lang", "en").stdout == "Nothing differs.\n"


def test_a_folder_without_a_corpus_is_named_once(diff: Diffed, tmp_path: Path) -> None:
    (tmp_path / "old" / "plan").mkdir(parents=True)
    broken = copied(tmp_path / "broken")
    (broken / "rules" / "4-3-staffing.yaml").write_text("id: staffing\n", encoding="utf-8")
    result = diff("old/plan", "broken")
    assert result.exit_code == 2
    assert "old/plan/corpus.yaml: 文件不存在" in result.stderr.splitlines()
    assert any(
        one.startswith("broken/rules/4-3-staffing.yaml") for one in result.stderr.split("\n")
    )


def test_a_corpus_written_another_way_does_not_differ(diff: Diffed, tmp_path: Path) -> None:
    copy = copied(tmp_path / "copy")
    for rule in (copy / "rules").iterdir():
        text = rule.read_text(encoding="utf-8")
        spaced = text.replace("    require: ", "    require:    ").replace(" >= ", "  >=  ")
        rule.write_text(f"# written anew\n{spaced}\n", encoding="utf-8")
    assert diff("plan", copy).exit_code == 0


def test_what_changes_for_whom_from_when(diff: Diffed, later: Path, facts: Path) -> None:
    result = diff("plan", later, "--facts", facts)
    assert result.exit_code == 1
    told = result.stdout
    assert "规则 staffing 驻站社工人数：有改动\n" in told
    assert "  自 2023-01-01 起\n" in told
    assert "    least：2人 → 3人\n" in told
    assert "    ceiling：70% → 60%\n" in told
    assert (
        "    县（市、区）民政部门（沙洋县）：社工站 ST-1 由 符合 变为 未达标，自 2023-01-01 起\n"
    ) in told
    assert (
        "    as_of: 2023-01-01\n"
        "    complete: [ResidentWorker]\n"
        "    Station: {id: ST-1, established_on: 2021-07-31}\n"
    ) in told
    assert "  没有找到使结论不同的事实（试过 1 份）\n" in told
    assert told.endswith("1 份事实中 1 条结论不同（每一天都按所写的事实判定）。\n")


def test_the_same_in_english(diff: Diffed, later: Path, facts: Path) -> None:
    told = diff("plan", later, "--facts", facts, "--lang", "en").stdout
    assert (
        "    county civil affairs department (沙洋县): station ST-1"
        " from met to breached, from 2023-01-01\n"
    ) in told
    assert "  the least facts (station ST-1 met → breached), as jingmen judge takes them:\n" in told
    assert "  no witness found among 1 dossiers\n" in told


def test_the_other_way_round_the_rule_falls_back(diff: Diffed, later: Path, facts: Path) -> None:
    told = diff(later, "plan", "--facts", facts).stdout
    assert "社工站 ST-1 由 未达标 变为 符合，自 2023-01-01 起\n" in told
    assert "文本 invented-2023 测试用修订（虚构）：删去\n" in told


def test_on_one_day(diff: Diffed, later: Path, facts: Path) -> None:
    eve = diff("plan", later, "--facts", facts, "--as-of", "2022-12-31")
    assert eve.exit_code == 1  # the rules differ, though no finding does
    assert "变为" not in eve.stdout
    day = diff("plan", later, "--facts", facts, "--as-of", "2023-06-30")
    assert "社工站 ST-1 由 符合 变为 未达标（2023-06-30）\n" in day.stdout


@pytest.mark.checkout
def test_without_facts_the_scenarios_of_the_rules_are_tried(
    diff: Diffed, later: Path, tmp_path: Path
) -> None:
    (tmp_path / "scenarios").symlink_to(SCENARIOS)
    told = diff("plan", later).stdout
    assert "见于 scenarios/4-3-staffing.yaml:" in told
    assert "见于 scenarios/4-4-personnel-share.yaml:" in told
    assert "没有找到" not in told


def test_without_facts_or_scenarios_nothing_is_tried(diff: Diffed, later: Path) -> None:
    assert diff("plan", later).stdout.count("没有找到使结论不同的事实（试过 0 份）") == 2


def test_json_is_what_the_types_say(diff: Diffed, later: Path, facts: Path) -> None:
    result = diff("plan", later, "--facts", facts, "--format", "json")
    assert result.exit_code == 1
    shown: dict[str, Any] = json.loads(result.stdout)
    assert shown["format"] == "jingmen-diff/1"
    assert TypeAdapter(Diff).dump_python(
        TypeAdapter(Diff).validate_python(shown, strict=False), mode="json"
    ) == shown  # fmt: skip
    assert [one["id"] for one in shown["changed"]] == [
        "invented-2023", "staffing", "personnel-share",
    ]  # fmt: skip
    [finding] = shown["findings"]
    [spell] = finding["spells"]
    assert (finding["rule"], finding["subject"]) == ("staffing", {"kind": "Station", "id": "ST-1"})
    assert (spell["since"], spell["until"]) == ("2023-01-01", None)
    assert (spell["before"]["status"], spell["after"]["status"]) == ("met", "breached")
    assert spell["after"]["bearer"]["of"] == {"kind": "County", "id": "沙洋县"}
    [witness] = shown["witnesses"]
    assert witness["facts"]["as_of"] == "2023-01-01"
    assert [worker["in_post"] for worker in witness["facts"]["ResidentWorker"]] == [True, True]
    assert shown["unwitnessed"] == [{"rule": "personnel-share", "dossiers": 1}]


def test_the_witness_is_a_file_for_judge(
    diff: Diffed, later: Path, facts: Path, tmp_path: Path
) -> None:
    told = diff("plan", later, "--facts", facts).stdout
    head = told.index("    as_of: 2023-01-01\n")
    lines = told[head:].splitlines()
    count = next(n for n, line in enumerate(lines) if not line.startswith("    "))
    file = tmp_path / "witness.yaml"
    file.write_text("\n".join(line[4:] for line in lines[:count]), encoding="utf-8")
    judged = CliRunner().invoke(cli, ["judge", str(file), "--rule", "staffing"])
    assert judged.exit_code == 0, judged.output
    assert "判定日 2023-01-01" in judged.stdout
    assert "符合" in judged.stdout


def test_everything_wrong_is_told_at_once(diff: Diffed, tmp_path: Path) -> None:
    broken = copied(tmp_path / "broken")
    rule = broken / "rules" / "4-3-staffing.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("Station", "Statoin"), "utf-8")
    result = diff(tmp_path / "nowhere", broken, "--facts", tmp_path / "none.yaml", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / 'nowhere' / 'corpus.yaml'}: there is no such file" in result.stderr
    assert f"{rule}:" in result.stderr
    assert "did you mean 'Station'?" in result.stderr
    assert f"{tmp_path / 'none.yaml'}: there is no such file" in result.stderr


def test_lists_said_to_be_complete_need_facts(diff: Diffed) -> None:
    assert diff("plan", "plan", "--complete", "Station").exit_code == 2


def test_many_changes_are_cut_short_unless_all_are_asked_for(
    diff: Diffed, tmp_path: Path, later: Path
) -> None:
    stations = [f"  - {{id: ST-{n}, established_on: 2023-01-{n:02}}}\n" for n in range(2, 20)]
    file = tmp_path / "many.yaml"
    file.write_text(
        "complete: ResidentWorker\nStation:\n" + "".join(stations) + "ResidentWorker:\n"
        + "".join(
            f"  - {{id: W-{n}-{who}, station: ST-{n}, in_post: 是}}\n"
            for n in range(2, 20)
            for who in "甲乙"
        ),
        encoding="utf-8",
    )  # fmt: skip
    short = diff("plan", later, "--facts", file).stdout
    assert short.count("由 符合 变为 未达标") == 12
    assert "……另有 6 种变化，加 -v 列出\n" in short
    assert diff("plan", later, "--facts", file, "-v").stdout.count("由 符合 变为 未达标") == 18
