"""An amendment closes a version and appends the next; what was found before its day stays found."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingmen_facts import BACKGROUNDS, MODELS, Dossier
from jingmen_policy import Policy, Status
from jingmen_policy.corpus.load import PLAN
from support.plan_dossiers import plan_dossiers

DAY = date(2023, 7, 1)
BEFORE = st.dates(date(2020, 12, 1), DAY - timedelta(days=1))
AMENDED = {
    "4-3-staffing": ("most: 4人", "most: 2人"),
    "5-3-self-assessment": ("{yearly: 12-31}", "{yearly: 9-30}"),
    "4-4-personnel-share": ("personnel_cost <= ceiling", "personnel_cost < ceiling"),
}


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The plan with three rules amended from a day on, by appending to their files."""
    plan = tmp_path_factory.mktemp("amended") / "plan"
    shutil.copytree(PLAN, plan)
    for stem, (old, new) in AMENDED.items():
        path = plan / "rules" / f"{stem}.yaml"
        head, version = path.read_text(encoding="utf-8").split("  - since: 2021-01-01\n")
        assert old in version
        # Another day than the text's needs words of its own, or a reading.
        head = head.replace("due: 每年年底前", "due: {reading: yearly-from-2021-no-end}")
        path.write_text(
            f"{head}  - since: 2021-01-01\n    until: {DAY}\n{version}"
            f"  - since: {DAY}\n{version.replace(old, new)}",
            encoding="utf-8",
        )
    return Policy.load(plan, facts=MODELS, backgrounds=BACKGROUNDS)


@given(dossier=plan_dossiers(), day=BEFORE)
@settings(max_examples=40)
def test_an_amended_version_changes_no_finding_before_its_day(
    amended: Policy, dossier: Dossier, day: date
) -> None:
    assert amended.judge(dossier, day) == Policy.load().judge(dossier, day)


def test_from_its_day_on_the_amended_version_governs(amended: Policy) -> None:
    dossier = amended.dossier(
        {
            "Station": {"id": "S", "established_on": "2021-06-01"},
            "ResidentWorker": [{"id": n, "station": "S", "in_post": "是"} for n in "甲乙丙"],
            "complete": ["ResidentWorker"],
        }
    )
    [before] = amended.judge(dossier, DAY - timedelta(days=1), rules=["staffing"])
    [after] = amended.judge(dossier, DAY, rules=["staffing"])
    assert (before.status, before.version) == (Status.MET, date(2021, 1, 1))
    assert (after.status, after.version) == (Status.BREACHED, DAY)


def test_a_year_is_judged_by_the_version_in_force_on_its_due_day(amended: Policy) -> None:
    dossier = amended.dossier({"use": "register"})
    found = amended.explain("self-assessment", "沙洋县", dossier, date(2024, 1, 1))
    assert [(finding.year, finding.due) for finding in found] == [
        (2021, date(2021, 12, 31)),
        (2022, date(2022, 12, 31)),
        (2023, date(2023, 9, 30)),
        (2024, date(2024, 9, 30)),
    ]
