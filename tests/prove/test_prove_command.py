"""``jingmen prove`` on the command line: texts, JSON, exit codes, what is refused."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from corpora.amended.built import amended
from jingmen_facts import MODELS, Refused
from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from jingmen_policy.cli.setting import Setting
from jingmen_policy.corpus.load import PLAN
from jingmen_policy.prove import needed, same_versions
from jingmen_policy.prove.accepted import accepted
from jingmen_policy.schemas.generate import DIRECTORY
from support.library import library_setting
from support.tiny import OPEN, load, rule_file, write

DAY = ["--as-of", "2022-12-31"]


def test_one_rule_of_the_plan_is_proved_and_the_json_is_as_published() -> None:
    shown = CliRunner().invoke(cli, ["prove", "staffing", "--format", "json", *DAY])
    assert shown.exit_code == 0
    proofs = json.loads(shown.output)
    schema = json.loads((DIRECTORY / "proofs.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(proofs)
    notes = {note["kind"]: note for note in proofs["notes"]}
    assert {"met", "broken", "decided", "conflict"} <= notes.keys()
    assert notes["met"]["addresses"] == ["四（三）第1句"]
    assert notes["met"]["witnesses"][0]["outcomes"][0]["status"] == "met"


def test_another_corpus_is_proved_with_its_own_facts() -> None:
    shown = CliRunner().invoke(cli, ["prove", "--lang", "en", *DAY], obj=library_setting())
    assert shown.exit_code == 0, shown.output
    assert "can be met: proved" in shown.output


def test_a_refutation_not_on_record_ends_with_one(tmp_path: Path) -> None:
    never = OPEN.replace("open", "open and not open")
    setting = Setting(
        load=lambda: load(tmp_path, {"rules/2-never.yaml": rule_file("never", never)}),
        directory=tmp_path,
        backgrounds={},
    )
    shown = CliRunner().invoke(cli, ["prove", "never", *DAY], obj=setting)
    assert shown.exit_code == 1
    assert "不成立 · 可以做到 · 一第3句（never）" in shown.output


def test_a_rule_misspelt_is_refused() -> None:
    shown = CliRunner().invoke(cli, ["prove", "stafing", *DAY])
    assert shown.exit_code == 2
    assert "staffing" in shown.output


def test_a_record_of_what_is_not_there_is_refused_whole(tmp_path: Path) -> None:
    write(tmp_path)
    one = {
        "kind": "conflict",
        "rules": ["stals"],
        "discrepancy": "two-count",
        "reason": {"zh": "理", "en": "reason"},
    }
    text = yaml.safe_dump({"accepted": [one]}, allow_unicode=True)
    (tmp_path / "proofs.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        accepted(load(tmp_path).corpus)
    told = [problem.to("en") for problem in refused.value.problems]
    assert len(told) == 2
    assert "did you mean 'stalls'" in told[0]
    assert "did you mean 'two-counts'" in told[1]


def test_every_refutation_on_record_of_the_plan_gives_a_reason() -> None:
    [one] = accepted(Policy.load().corpus)
    assert one.discrepancy == "annex-totals"
    assert (PLAN / "proofs.yaml").is_file()


def test_the_plan_means_the_same_as_itself_and_not_as_a_changed_copy(tmp_path: Path) -> None:
    policy = load(tmp_path / "one")
    stalls = (tmp_path / "one/rules/1-stalls.yaml").read_text(encoding="utf-8")
    changed = stalls.replace("count(stalls) >= least", "count(stalls) > least")
    write(tmp_path / "other", {"rules/1-stalls.yaml": changed})
    setting = Setting(load=lambda: policy, directory=tmp_path / "one", backgrounds={})
    run = CliRunner().invoke
    same = run(cli, ["prove", "--same", str(tmp_path / "one"), *DAY], obj=setting)
    assert same.exit_code == 0, same.output
    other = run(cli, ["prove", "--same", str(tmp_path / "other"), *DAY], obj=setting)
    assert other.exit_code == 1
    assert "意思不同" in other.output


def test_without_the_solver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    with pytest.raises(Refused, match="z3-solver"):
        needed()


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a plan that was amended."""
    return str(amended(tmp_path_factory.mktemp("amended") / "plan"))


def test_a_corpus_in_a_folder_is_proved_by_the_version_in_force(later: str) -> None:
    for day, most in (("2022-12-31", 4), ("2023-12-31", 5)):
        given = ["prove", "staffing", "--corpus", later, "--as-of", day, "--format", "json"]
        shown = CliRunner().invoke(cli, given)
        assert shown.exit_code == 0, shown.output
        proofs = json.loads(shown.output)
        assert proofs["corpus"]["digest"] == Policy.load(later, facts=MODELS).corpus.digest
        [broken] = [one for one in proofs["notes"] if one["kind"] == "broken"]
        [witness] = broken["witnesses"]
        workers = witness["facts"].get("ResidentWorker", [])
        count = len(workers) if isinstance(workers, list) else 1
        assert not most - 2 <= count <= most


def test_two_versions_of_a_rule_are_compared_with_facts_that_tell_them_apart(later: str) -> None:
    given = ["prove", "--versions", "--corpus", later, "--lang", "en", *DAY]
    shown = CliRunner().invoke(cli, given)
    assert shown.exit_code == 1
    assert "the same meaning: refuted 2" in shown.output
    assert "since 2021-01-01 and 2023-01-01: they mean different things" in shown.output
    one = CliRunner().invoke(cli, [*given, "worker-age"])
    assert one.exit_code == 0
    assert "refuted" not in one.output


def test_a_version_that_only_says_it_otherwise_means_the_same(tmp_path: Path) -> None:
    twice = """\
  - since: 2021-01-01
    until: 2022-01-01
    require: open
  - since: 2022-01-01
    require: not (not open)
"""
    policy = load(tmp_path, {"rules/2-opened.yaml": rule_file("opened", twice)})
    [note] = same_versions(policy, date(2023, 1, 1))
    assert (note.rules, note.result) == (("opened",), "proved")
    assert "2021-01-01 起与 2022-01-01 起" in note.text.zh


def test_another_reading_in_force_is_proved_as_it_is(later: str) -> None:
    strict = ["--reading", "at-least-inclusive=strictly-more"]
    rules = ["county-share-2022", "annex-task-2022"]
    shown = CliRunner().invoke(cli, ["prove", *rules, *strict, *DAY, "--format", "json"])
    assert shown.exit_code == 1
    proofs = json.loads(shown.output)
    assert proofs["corpus"]["readings"] == {"at-least-inclusive": "strictly-more"}
    bad = {one["kind"] for one in proofs["notes"] if one["result"] == "refuted"}
    assert "annex" in bad


def test_what_does_not_go_together_is_refused(later: str) -> None:
    for given in (["staffing", "--same", later], ["--versions", "--same", later]):
        shown = CliRunner().invoke(cli, ["prove", *given])
        assert shown.exit_code == 2
        assert "--same" in shown.output
    shown = CliRunner().invoke(cli, ["prove", "--corpus", f"{later}-not", *DAY])
    assert shown.exit_code == 2
    assert f"{later}-not" in shown.output
