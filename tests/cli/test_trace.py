"""``jingmen trace``: the ledger told, in whole and at one place."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from jingmen_policy.cli.setting import Setting
from support.tiny import CORPUS, load

POLICY = Policy.load()


def jingmen(*arguments: str, policy: Policy = POLICY) -> Result:
    result = CliRunner().invoke(cli, list(arguments), obj=Setting(load=lambda: policy))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_every_character_of_the_plan_is_claimed_and_the_totals_say_so() -> None:
    done = jingmen("trace")
    assert done.exit_code == 0
    last = done.stdout.splitlines()[-1]
    assert last.endswith("没有归属 0 字")
    english = jingmen("trace", "--lang", "en").stdout.splitlines()[-1]
    assert english.endswith(" 0 not")


def test_the_totals_add_up() -> None:
    report = json.loads(jingmen("trace", "--format", "json").stdout)
    assert sum(report["totals"].values()) == sum(len(one["text"]) for one in report["ledger"])
    assert report["problems"] == []


def test_one_place_is_told_word_by_word() -> None:
    printed = jingmen("trace", "--at", "四（二）", "-v").stdout
    assert "connective" in printed
    assert "连接提供场地与配备设施" in printed
    assert "四（三）" not in printed


def test_a_place_that_is_not_there_is_refused() -> None:
    refused = jingmen("trace", "--at", "九（九）")
    assert refused.exit_code == 2
    assert "九（九）" in refused.stderr


def test_words_that_nothing_claims_fail(tmp_path: Path) -> None:
    kinds = "kinds: {rule: {zh: 引, en: quoted}, punctuation: {zh: 标点, en: marks}}\n"
    files = {"corpus.yaml": f"{CORPUS}ledger: ledger.yaml\n", "ledger.yaml": kinds}
    failed = jingmen("trace", policy=load(tmp_path, files))
    assert failed.exit_code == 1
    assert "没有归属" in failed.stdout
