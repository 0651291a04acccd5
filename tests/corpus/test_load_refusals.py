"""Everything wrong in a corpus is found when it is loaded, at once, with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jingmen_facts import MODELS, Refused
from jingmen_policy import Policy
from jingmen_policy.corpus.load import PLAN

STAFFING = "rules/4-3-staffing.yaml"
SHARE = "rules/4-4-personnel-share.yaml"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    copied = tmp_path / "plan"
    shutil.copytree(PLAN, copied)
    return copied


def refused(plan: Path) -> list[str]:
    with pytest.raises(Refused) as found:
        Policy.load(plan, facts=MODELS)
    return [problem.to("en") for problem in found.value.problems]


def change(plan: Path, file: str, old: str, new: str) -> None:
    path = plan / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SHARE, "得超过项目总经费", "能超过项目总经费", "the quote occurs 0 times"),
        (SHARE, "quote: 社工站人员经费不得超过项目总经费的70%", "quote: 经费", "occurs 2 times"),
        (SHARE, "四（四）第2句", "四（四）第9句", "no such address"),
        (SHARE, "四（四）第2句", "导语第3段第1句", "this part of the text binds nobody"),
        (SHARE, "ceiling: 70%\n    require", "ceiling: 7%\n    require", "no quote states '7%'"),
        (SHARE, "ceiling: 70%\n    require", "ceiling: 71%\n    require", "no quote states '71%'"),
        (STAFFING, "least: 2人\n", "least: 3人\n", "no quote states '3人'"),
        (STAFFING, "most: 4人\n", "most: 4岁\n", "no quote states '4岁'"),
        (
            SHARE,
            "require: personnel_cost",
            "require: personel_cost",
            "did you mean 'personnel_cost'",
        ),
        (SHARE, "ceiling * total_cost", "total_cost", "the parameter is never used"),
        (SHARE, "<= ceiling * total_cost", "<= ceiling", "cannot be compared"),
        (STAFFING, "w.in_post", "w.education", "a yes-or-no expression belongs here"),
        (SHARE, "modality: 不得", "modality: 严禁", "no quote holds '严禁'"),
        (SHARE, "  modality: 不得\n", "", "words must say what 'modality' rests on"),
        (SHARE, "cap-per-project", "cap-per-projekt", "did you mean 'cap-per-project'"),
        (
            SHARE,
            "subject: ServiceProject",
            "subject: ServiceProjekt",
            "did you mean 'ServiceProject'",
        ),
        (SHARE, "of: station.township.county", "of: station.towship", "did you mean 'township'"),
        (SHARE, "modality: prohibition", "modality: prohibitoin", "did you mean 'prohibition'"),
        (SHARE, "due: standing", "due: monthly", "due is one of standing"),
        (SHARE, "due: standing", "due: {day: 2021-02-30}", "due is one of standing"),
        (
            SHARE,
            "due: standing",
            "used: total_cost > 0\n    due: standing",
            "say what 'used' rests on",
        ),
        (SHARE, "due: standing", "reason: id\n    due: standing", "only a default may be departed"),
        (SHARE, "id: personnel-share", "id: personnel-part", "should end in 'personnel-part.yaml'"),
        (SHARE, "    let:", "    lets:", "did you mean 'let'"),
        (STAFFING, "let:", "until: 2020-01-01\n    let:", "until must come after since"),
        ("rules/4-3-recruitment.yaml", "[contractor-arranges]", "[staffing]", "is about Station"),
        (
            "rules/4-3-recruitment.yaml",
            "[contractor-arranges]",
            "[no-such]",
            "unknown rule 'no-such'",
        ),
        ("rules/1-county-share-2021.yaml", "table: annex", "table: anex", "did you mean 'annex'"),
        ("rules/1-county-share-2021.yaml", "column: 合计", "column: 总共", "unknown column"),
        (
            "derived/central_district.yaml",
            "means: support_area",
            "means: central_district",
            "each other",
        ),
        (
            "derived/established.yaml",
            "since: 2021-01-01",
            "since: 2021-06-01",
            "not defined throughout",
        ),
        ("discrepancies.yaml", "quote: ", "quote: 不存在的", "the quote occurs 0 times"),
        ("annex.yaml", "2021年: 4", "2021年: 四", "whole number"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    plan: Path, file: str, old: str, new: str, said: str
) -> None:
    change(plan, file, old, new)
    problems = refused(plan)
    matching = [problem for problem in problems if said in problem]
    assert matching, problems
    name, line, *_ = matching[0].split(":")
    assert (plan / name).is_file()
    assert line.isdecimal()


def test_exceptions_in_a_circle_are_refused(plan: Path) -> None:
    change(
        plan,
        "rules/4-3-contractor-arranges.yaml",
        "subject: ResidentWorker\n",
        "subject: ResidentWorker\nyields_to: [recruitment]\n",
    )
    change(
        plan,
        "rules/4-3-contractor-arranges.yaml",
        "words:\n",
        "words:\n  yields_to: {reading: contractor-supply-only}\n",
    )
    [problem] = refused(plan)
    assert "contractor-arranges → recruitment → contractor-arranges" in problem


def test_an_id_stands_for_one_rule_only(plan: Path) -> None:
    shutil.copy(plan / SHARE, plan / "rules/9-9-personnel-share.yaml")
    assert any("the id 'personnel-share' is taken" in problem for problem in refused(plan))


def test_versions_may_not_overlap(plan: Path) -> None:
    text = (plan / SHARE).read_text(encoding="utf-8")
    version = text[text.index("  - since") :]
    (plan / SHARE).write_text(text + version.replace("2021-01-01", "2023-01-01"), encoding="utf-8")
    [problem] = refused(plan)
    assert "the version before must end first" in problem


def test_everything_wrong_in_every_file_is_said_at_once(plan: Path) -> None:
    change(plan, SHARE, "不得超过项目", "不能超过项目")
    change(plan, STAFFING, "least: 2人\n", "least: 3人\n")
    change(plan, "derived/established.yaml", "established_on", "established")
    files = {problem.split(":")[0] for problem in refused(plan)}
    assert files == {SHARE, STAFFING, "derived/established.yaml"}


def test_a_change_of_any_file_changes_the_digest(plan: Path) -> None:
    before = Policy.load(plan, facts=MODELS).corpus.digest
    assert before == Policy.load().corpus.digest
    change(plan, "interpretations/five-haves.yaml", "。", "，")
    assert Policy.load(plan, facts=MODELS).corpus.digest != before
