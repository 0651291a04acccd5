"""Verdicts on cards, read back: kept as cases, compared, and everything wrong told at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from jingmen_facts.problems import Refused
from jingmen_policy import Policy
from jingmen_policy.cli.main import cli
from jingmen_policy.review.card import Card, card_id
from jingmen_policy.review.cards import cards
from jingmen_policy.review.tick_cases import apply
from jingmen_policy.review.ticks import cards_digest, read_ticks
from jingmen_policy.schemas.generate import DIRECTORY as SCHEMAS

POLICY = Policy.load(engine="reference")
STAFFING = cards(POLICY, "staffing")
YEARLY = cards(POLICY, "yearly-plan")
OLD = "0" * 64


def tick(card: Card, verdict: str = "right", **more: Any) -> dict[str, Any]:
    return {
        "card": card.id,
        "rule": card.rule,
        "facts": dict(card.facts),
        "as_of": card.as_of.isoformat(),
        "subject": card.subject,
        "year": card.year,
        "shown": card.status.value,
        "verdict": verdict,
        **more,
    }


def exported(ticks: Sequence[Mapping[str, Any]], **corpus: Any) -> dict[str, Any]:
    mark = {"id": POLICY.corpus.id, "digest": POLICY.corpus.digest, **corpus}
    return {"corpus": mark, "by": "审核人", "on": "2026-11-28", "ticks": list(ticks)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ticks.json"


def saved(file: Path, document: object) -> Path:
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


def jingmen(*arguments: object) -> Result:
    result = CliRunner().invoke(cli, [str(one) for one in arguments], env={"JINGMEN_LANG": ""})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(file: Path, document: object) -> list[str]:
    with pytest.raises(Refused) as found:
        read_ticks(saved(file, document), POLICY)
    return [problem.to("zh").partition(":")[2] for problem in found.value.problems]


def test_cards_found_right_become_cases_that_run(file: Path, tmp_path: Path) -> None:
    saved(file, exported([tick(card) for card in (*STAFFING, *YEARLY)]))
    out = tmp_path / "cases"
    done = jingmen("ticks", file, "--out", out)
    assert done.exit_code == 0, done.output
    names = ["4-3-staffing.ticks.yaml", "6-2-yearly-plan.ticks.yaml"]
    assert sorted(path.name for path in out.iterdir()) == names
    ran = jingmen("run", out)
    assert ran.exit_code == 0
    assert f"共 2 个文件、{len(STAFFING) + len(YEARLY)} 个案例" in ran.output
    assert "不一致" not in ran.output


def test_every_card_found_right_agrees_with_the_other_engine(file: Path) -> None:
    names = ("personnel-share", "worker-age", "larger-station", "recruitment", "sign-text")
    dealt = [card for name in names for card in cards(POLICY, name)]
    read = read_ticks(saved(file, exported([tick(card) for card in dealt])), POLICY)
    applied = apply(read, POLICY, "durable")
    assert len(applied.ticks) == len(dealt)
    assert applied.disagreements == ()


def test_a_card_found_wrong_expects_anything_else(file: Path, tmp_path: Path) -> None:
    saved(file, exported([tick(STAFFING[4], "wrong", note="应为三人\n以下")]))
    out = tmp_path / "cases"
    done = jingmen("ticks", file, "--out", out)
    assert done.exit_code == 1
    assert "staffing 社工站1：预期 不是 符合（met），实为 符合（met）" in done.output
    assert "审核人：应为三人 以下" in done.output
    assert "不一致 1 处，涉及规则：staffing。" in done.output
    assert "{not: met}" in (out / "4-3-staffing.ticks.yaml").read_text(encoding="utf-8")
    assert jingmen("run", out).exit_code == 1


def test_a_card_found_wrong_may_say_what_is_right(file: Path) -> None:
    saved(file, exported([tick(STAFFING[5], "wrong", expected="met")]))
    done = jingmen("ticks", file, "--lang", "en")
    assert done.exit_code == 1
    assert "expected met, got breached" in done.output


def test_the_report_and_the_file_agree_with_their_schemas(file: Path) -> None:
    document = exported([tick(STAFFING[0]), tick(STAFFING[5], "wrong", expected="met")])
    assert schema_errors("ticks.schema.json", document) == []
    done = jingmen("ticks", saved(file, document), "--format", "json")
    told = json.loads(done.output)
    assert schema_errors("ticks-report.schema.json", told) == []
    assert (told["right"], told["wrong"], told["older"]) == (1, 1, False)
    [one] = told["disagreements"]
    assert (one["rule"], one["card"]) == ("staffing", STAFFING[5].id)
    assert (one["expected"], one["got"]) == ("met", "breached")


def schema_errors(name: str, value: Any) -> list[str]:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


def test_an_older_file_says_what_changed_and_what_still_holds_is_applied(file: Path) -> None:
    known = {"staffing": cards_digest(STAFFING), "yearly-plan": "1" * 64, "gone-rule": OLD}
    gone = {**tick(STAFFING[1]), "rule": "gone-rule", "card": "gone-rule.0"}
    changed = tick(STAFFING[2], shown="breached")
    saved(file, exported([tick(STAFFING[0]), gone, changed], digest=OLD, cards=known))
    applied = apply(read_ticks(file, POLICY), POLICY)
    assert [one.card for one in applied.ticks] == [STAFFING[0].id, STAFFING[2].id]
    assert [(one.rule, one.card, one.applied) for one in applied.since] == [
        ("yearly-plan", "", True),
        ("gone-rule", "", False),
        ("gone-rule", "gone-rule.0", False),
        ("staffing", STAFFING[2].id, True),
    ]
    assert applied.since[3].said.zh == "当时 未达标，现为 符合"
    assert [one.tick.card for one in applied.disagreements] == [STAFFING[2].id]


def test_facts_of_an_older_file_that_nobody_can_read_any_more_are_left_out(file: Path) -> None:
    card = STAFFING[0]
    facts = {"Stasion": {"id": "S1"}}
    number = card_id("staffing", facts, card.as_of, "S1", None)
    lost = {**tick(card), "card": number, "facts": facts, "subject": "S1"}
    saved(file, exported([lost, tick(STAFFING[1])], digest=OLD))
    applied = apply(read_ticks(file, POLICY), POLICY)
    assert [one.card for one in applied.ticks] == [STAFFING[1].id]
    assert [(one.card, one.applied) for one in applied.since] == [(number, False)] * 2


def test_everything_wrong_is_told_at_once(file: Path) -> None:
    tampered = tick(STAFFING[2])
    tampered["facts"] = {**tampered["facts"], "Station": {"id": "社工站1"}}
    found = refused(
        file,
        exported(
            [
                {**tick(STAFFING[0]), "rule": "stafing"},
                {**tick(STAFFING[1]), "card": f"{STAFFING[1].id[:-1]}z"},
                tampered,
                tick(STAFFING[3], shown="breached"),
                tick(STAFFING[4], "wrong", expected="met"),
                tick(STAFFING[5]),
                tick(STAFFING[5]),
                tick(YEARLY[0], expected="met"),
            ],
            id="荆门",
        ),
    )
    assert len(found) == 8
    assert "未知的规则集“荆门”" in found[0]
    assert "未知的规则“stafing”，是否为“staffing”？" in found[1]
    assert f"是否为“{STAFFING[1].id}”？" in found[2]
    assert "文件被改过" in found[3]
    assert "该案例的结论是 met，不是 breached" in found[4]
    assert "判为错，预期却与结论相同：met" in found[5]
    assert "已判过，见第" in found[6]
    assert "判为对，预期却是 met，不是 breached" in found[7]
    assert all(one.split(":")[0].isdigit() for one in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "rihgt"}, "right"),
        ({"shown": "mett"}, "met"),
        ({"as_of": "2022-13-01"}, "应为存在的日期"),
        ({"facts": []}, "应为“键: 值”"),
        ({"verdct": "right"}, "verdict"),
        ({"year": 21}, "不应小于 2000"),
        ({"note": "x" * 3000}, "超过 2000 个字"),
    ],
)
def test_a_tick_of_another_shape_is_refused_in_its_place(
    file: Path, change: dict[str, Any], said: str
) -> None:
    found = refused(file, exported([{**tick(STAFFING[0]), **change}]))
    assert said in " ".join(found)
    assert "ticks[0]" in found[0]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"corpus": {}}', '{"a": 1, "a": 2}'])
def test_what_is_no_file_of_ticks_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    done = jingmen("ticks", file)
    assert done.exit_code == 2
    assert str(file) in done.output


def test_no_ticks_and_no_file_are_refused(file: Path) -> None:
    assert "至少应有 1 项" in refused(file, exported([]))[0]
    assert jingmen("ticks", file.parent / "none.json").exit_code == 2


def test_another_file_is_not_overwritten_and_nothing_is_half_written(
    file: Path, tmp_path: Path
) -> None:
    saved(file, exported([tick(STAFFING[0]), tick(YEARLY[0])]))
    out = tmp_path / "cases"
    out.mkdir()
    other = out / "6-2-yearly-plan.ticks.yaml"
    other.write_text("rule: yearly-plan\n", encoding="utf-8")
    done = jingmen("ticks", file, "--out", out)
    assert done.exit_code == 2
    assert "已有内容不同的文件" in done.output
    assert [path.name for path in out.iterdir()] == [other.name]
    other.unlink()
    assert jingmen("ticks", file, "--out", out).exit_code == 0
    assert jingmen("ticks", file, "--out", out).exit_code == 0, "the same again is no overwriting"
    assert len(list(out.iterdir())) == 2


def test_names_and_notes_that_look_like_yaml_stay_text(file: Path, tmp_path: Path) -> None:
    document = exported([tick(STAFFING[0], note="a: [b\n# c} <script>alert(1)</script>")])
    document["by"] = "x: {y"
    out = tmp_path / "cases"
    assert jingmen("ticks", saved(file, document), "--out", out).exit_code == 0
    assert jingmen("run", out).exit_code == 0
