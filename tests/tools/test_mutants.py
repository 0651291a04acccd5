"""The mutants: what is changed, what a case must notice, and that what is excused is the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner

from jingmen_facts import MODELS, Dossier, Fact, Station, Township, plan_register
from jingmen_facts.problems import Said
from jingmen_policy import Policy
from tools.mutants import register, report
from tools.mutants.__main__ import main
from tools.mutants.changes import Mutant, mutants, owners
from tools.mutants.kill import Tried, court

SCENARIOS = Path(__file__).parents[2] / "scenarios"
POLICY = Policy.load(engine="reference")
REGISTER = [fact for fact in plan_register() if not isinstance(fact, Station)]
YEAR_END = date(2024, 12, 31)


def changes(owner: str) -> list[str]:
    return [mutant.key.removeprefix(f"{owner} · ") for mutant in mutants(POLICY.corpus, owner)]


def test_every_place_of_a_rule_is_changed_once() -> None:
    found = changes("staffing")
    assert len(found) == len(set(found))
    assert {one.split(" · ")[0] for one in found} == {
        "modality", "bearer", "when", "require", "due", "since", "let least", "let most",
    }  # fmt: skip
    assert {one for one in found if one.startswith("let")} == {
        "let least · 2 ⇒ 1", "let least · 2 ⇒ 3", "let most · 4 ⇒ 3", "let most · 4 ⇒ 5",
    }  # fmt: skip
    assert {one for one in found if one.startswith("since")} == {
        "since · ⇒ 2020-12-31",
        "since · ⇒ 2021-01-02",
    }


def test_each_day_is_shifted_by_one_and_taken_away() -> None:
    assert [one for one in changes("county-plan") if one.startswith("due")] == [
        "due · ⇒ 2021-04-29",
        "due · ⇒ 2021-05-01",
        "due · ⇒ standing",
    ]
    # Its condition names the due day: without one the rule would not load.
    assert [one for one in changes("launch-services") if one.startswith("due")] == [
        "due · ⇒ 2021-07-30",
        "due · ⇒ 2021-08-01",
    ]


def test_a_day_that_decides_nothing_is_no_mutant() -> None:
    assert not [one for one in changes("platform-aim") if one.startswith("due")]


def test_every_rule_and_derived_fact_has_mutants() -> None:
    assert set(POLICY.corpus.rules) <= set(owners(POLICY.corpus))
    assert all(next(mutants(POLICY.corpus, owner), None) for owner in owners(POLICY.corpus))


def test_the_scenarios_kill_a_rule_s_mutants() -> None:
    found = list(court([SCENARIOS / "4-4-personnel-share.yaml"]).tried("personnel-share"))
    assert len(found) > 10
    assert [one.key for one in found if not one.killed_by] == []


def test_fewer_cases_kill_fewer(tmp_path: Path) -> None:
    text = (SCENARIOS / "4-4-personnel-share.yaml").read_text(encoding="utf-8")
    first = text.split("  - name: ")[:2]
    (tmp_path / "4-4-personnel-share.yaml").write_text("  - name: ".join(first), encoding="utf-8")
    found = {one.key: one.killed_by for one in court([tmp_path]).tried("personnel-share")}
    assert found["personnel-share · let ceiling · 7/10 ⇒ 71/100"] == ""
    assert found["personnel-share · let ceiling · 7/10 ⇒ 69/100"].endswith(": 恰好七成")


def test_rules_that_already_fail_are_refused(tmp_path: Path) -> None:
    text = (SCENARIOS / "4-4-personnel-share.yaml").read_text(encoding="utf-8")
    wrong = text.replace("expect: met", "expect: breached", 1)
    (tmp_path / "4-4-personnel-share.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match=r"fail a case already: .*恰好七成"):
        list(court([tmp_path]).tried("personnel-share"))


def test_the_command_tells_what_survived(tmp_path: Path) -> None:
    text = (SCENARIOS / "4-4-personnel-share.yaml").read_text(encoding="utf-8")
    file = tmp_path / "4-4-personnel-share.yaml"
    file.write_text("  - name: ".join(text.split("  - name: ")[:2]), encoding="utf-8")
    asked = ["personnel-share", "--scenarios", str(file), "--processes", "1"]
    told = CliRunner().invoke(main, asked)
    assert told.exit_code == 1
    assert "存活：personnel-share · let ceiling · 7/10 ⇒ 71/100" in told.output
    printed = CliRunner().invoke(main, [*asked, "--format", "json"])
    (rule,) = json.loads(printed.output)["rules"]
    assert rule["mutants"] == rule["killed"] + len(rule["survived"])


def test_a_rule_that_is_not_there_is_named_with_its_nearest() -> None:
    told = CliRunner().invoke(main, ["staffin"])
    assert told.exit_code == 2
    assert "staffing" in told.output


def test_a_reason_for_what_is_killed_or_gone_is_stale() -> None:
    tried = [Tried("a", "a · x", "case"), Tried("a", "a · y", "")]
    reasons = dict.fromkeys(["a · x", "a · y", "a · gone", "b · z"], Said("故", "why"))
    assert list(register.stale(reasons, tried, ["a"])) == ["a · x", "a · gone"]
    assert list(report.survivors(tried, {})) == [tried[1]]
    assert list(report.survivors(tried, reasons)) == []


def stations(counts: int) -> list[Station]:
    """So many stations in every county, or in all its townships where they are fewer."""
    left: dict[str | None, int] = {}
    found = []
    for fact in REGISTER:
        if isinstance(fact, Township) and left.setdefault(fact.county, counts):
            left[fact.county] -= 1
            day = date(2021, 1, 1)
            found.append(Station(id=f"S-{fact.name}", township=fact.identity, established_on=day))
    return found


def spread(total: int) -> list[Station]:
    """So many stations, wherever."""
    return stations(99)[:total]


def same(mutant: Mutant, facts: Sequence[Station]) -> bool:
    everything: list[Fact] = [*REGISTER, *facts]
    dossier = Dossier(everything, models=MODELS, complete=("Station",))
    rules = frozenset([mutant.owner])
    changed = Policy(mutant.corpus, "reference", POLICY.backgrounds)
    before, after = (
        [(one.subject, one.status) for one in policy.judge(dossier, YEAR_END, rules=rules)]
        for policy in (POLICY, changed)
    )
    return before == after


def test_what_is_excused_is_the_same_for_every_number_of_stations() -> None:
    """Every excuse on record is about whole stations: each number there can be is tried."""
    excused = register.on_record()
    chosen = {key.split(" · ")[0] for key in excused}
    assert chosen <= {
        f"{who}-share-{year}" for who, year in product(("city", "county"), (2021, 2022, 2023))
    }
    for owner in chosen:
        numbers = (
            [spread(total) for total in range(61)]
            if owner.startswith("city")
            else [stations(each) for each in range(18)]
        )
        for mutant in mutants(POLICY.corpus, owner):
            if mutant.key in excused:
                assert all(same(mutant, facts) for facts in numbers), mutant.key
