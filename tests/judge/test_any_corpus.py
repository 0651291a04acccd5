"""The engine knows nothing of Jingmen: a library's rules, with its own facts, run the same way."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Refused
from jingmen_policy import Policy, Status
from support.library import DIRECTORY, LIBRARY, Branch, Library, Loan, Stocktaking, library

ENGINES = ("reference", "durable")
DAY = date(2024, 6, 30)


def statuses(dossier: Dossier, rule: str, engine: str, day: date = DAY) -> list[Status]:
    return [
        finding.status for finding in library().judge(dossier, day, rules=[rule], engine=engine)
    ]


def loans(**fields: object) -> Dossier:
    return Dossier([Loan.model_validate({"id": "L1", **fields})], models=LIBRARY)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("fee", "status"), [("2.00", Status.MET), ("2.01", Status.BREACHED), (None, Status.UNPROVEN)]
)
def test_a_ratio_of_money_is_exact(engine: str, fee: str | None, status: Status) -> None:
    dossier = loans(overdue=True, price="10.00", late_fee=fee)
    assert statuses(dossier, "late-fee", engine) == [status]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("volumes", "status"), [("5册", Status.MET), ("6册", Status.BREACHED), (None, Status.UNPROVEN)]
)
def test_units_are_the_corpus_s_own(engine: str, volumes: str | None, status: Status) -> None:
    assert statuses(loans(volumes=volumes), "loan-limit", engine) == [status]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("community_run", "status"),
    [(True, Status.NOT_APPLICABLE), (False, Status.BREACHED), (None, Status.UNDETERMINED)],
)
def test_a_rule_yields_to_its_exception(
    engine: str, community_run: bool | None, status: Status
) -> None:
    branch = Branch(id="B1", weekly_hours=39, community_run=community_run)
    assert statuses(Dossier([branch], models=LIBRARY), "opening-hours", engine) == [status]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("open_enough", "status"), [(4, Status.MET), (3, Status.BREACHED)])
def test_a_share_of_what_belongs_to_a_subject_counts_derived_facts(
    engine: str, open_enough: int, status: Status
) -> None:
    branches = [
        Branch(id=f"B{n}", library="市图书馆", weekly_hours=40 if n < open_enough else 39)
        for n in range(5)
    ]
    dossier = Dossier([Library(name="市图书馆"), *branches], models=LIBRARY, complete=["Branch"])
    assert statuses(dossier, "share-open", engine, date(2024, 12, 31)) == [status]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_yearly_duty_is_judged_year_by_year(engine: str) -> None:
    facts = [
        Branch(id="B1"),
        Stocktaking(branch="B1", year=2022, done_on=date(2022, 12, 31)),
        Stocktaking(branch="B1", year=2023, done_on=date(2024, 1, 1)),
    ]
    dossier = Dossier(facts, models=LIBRARY, complete=["Stocktaking"])
    found = library().judge(dossier, DAY, rules=["stocktaking"], engine=engine)
    assert [(finding.year, finding.status) for finding in found] == [
        (2022, Status.MET),
        (2023, Status.BREACHED),
        (2024, Status.PENDING),
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("used", "status"),
    [(True, Status.BREACHED), (False, Status.AVAILABLE), (None, Status.UNDETERMINED)],
)
def test_the_threshold_of_an_option_binds_only_where_it_is_used(
    engine: str, used: bool | None, status: Status
) -> None:
    dossier = Dossier([Branch(id="B1", study_room=used, seats=29)], models=LIBRARY)
    assert statuses(dossier, "study-room", engine) == [status]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("reason", "status"), [("只有一间房", Status.NOTED), (None, Status.DEPARTED)]
)
def test_a_default_may_be_departed_from_for_a_reason(
    engine: str, reason: str | None, status: Status
) -> None:
    branch = Branch(id="B1", suggestion_box=False, no_box_reason=reason)
    assert statuses(Dossier([branch], models=LIBRARY), "suggestion-box", engine) == [status]


def test_a_corpus_of_one_s_own_needs_its_fact_models() -> None:
    with pytest.raises(TypeError, match="facts"):
        Policy.load(DIRECTORY)


def test_a_directory_that_holds_no_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="corpus"):
        Policy.load(tmp_path, facts=LIBRARY)


def test_loading_it_reads_nothing_of_the_plan() -> None:
    program = (
        "import pathlib\n"
        "from support.library import DIRECTORY, LIBRARY\n"
        "from jingmen_policy import Policy\n"
        "from jingmen_policy.corpus.load import PLAN\n"
        "opened = []\n"
        "read = pathlib.Path.read_bytes\n"
        "pathlib.Path.read_bytes = lambda path: (opened.append(path), read(path))[1]\n"
        "Policy.load(DIRECTORY, facts=LIBRARY)\n"
        "assert opened and not any(PLAN in path.parents for path in opened), opened\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
