"""A receipt replayed: the same answer, or exactly what is different."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.log.draft import draft
from jingmen_policy.log.receipt import Receipt, Row, Sealed, content, seal
from jingmen_policy.log.replay import Replayed, replay
from support.library import DIRECTORY, LIBRARY, library

DAY = date(2024, 6, 30)
FEE = "2.01"


def loan(fee: str = FEE) -> Dossier:
    stated = {"id": "L1", "overdue": "是", "price": "10元", "late_fee": fee}
    return library().dossier({"Loan": stated, "Branch": {"id": "东馆"}})


def receipt(policy: Policy, dossier: Dossier, rules: list[str] | None = None) -> Receipt:
    found = policy.decide(dossier, DAY, rules=rules)
    made = draft(policy, dossier, DAY, found, rules=rules)
    row = Row(1, datetime.now(UTC).isoformat(), "", *content(made))
    return Receipt.of(Sealed(row, seal(row)))


def told(found: Replayed) -> tuple[bool, bool, bool, bool | None]:
    findings = None if found.findings is None else found.findings.same
    return found.same, found.input.same, found.corpus.same, findings


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], Policy]:
    """The library's rules with something in the late fee's written otherwise."""

    def edit(old: str, new: str) -> Policy:
        folder = tmp_path / "library"
        shutil.copytree(DIRECTORY, folder)
        file = folder / "rules" / "3-late-fee.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        return Policy.load(folder, facts=LIBRARY)

    return edit


@pytest.mark.parametrize("rules", [None, ["late-fee"], []])
def test_the_same_facts_give_the_same_answer(rules: list[str] | None) -> None:
    found = replay(library(), receipt(library(), loan(), rules), loan("201分"))
    assert told(found) == (True, True, True, True)
    assert found.engine == "reference"


def test_another_fact_is_told_with_what_became_of_the_findings() -> None:
    kept = receipt(library(), loan())
    assert told(replay(library(), kept, loan("2.00"))) == (False, False, True, False)
    assert told(replay(library(), kept, loan("2.02"))) == (False, False, True, True)


def test_a_rule_written_otherwise_is_told_though_the_answer_is_the_same(
    edited: Callable[[str, str], Policy],
) -> None:
    found = replay(edited("Cap on the late fee", "The cap"), receipt(library(), loan()), loan())
    assert told(found) == (False, True, False, True)


def test_a_rule_that_means_something_else_is_told(edited: Callable[[str, str], Policy]) -> None:
    policy = edited("since: 2022-01-01", "since: 2025-01-01")
    assert told(replay(policy, receipt(library(), loan()), loan())) == (False, True, False, False)


def forged(kept: Receipt, **columns: str) -> Receipt:
    row = kept.row._replace(**columns)  # type: ignore[arg-type]
    return Receipt.of(Sealed(row, seal(row)))


def test_a_rule_there_is_no_longer_is_told() -> None:
    kept = forged(receipt(library(), loan()), rules='["late-fees"]')
    found = replay(library(), kept, loan())
    assert told(found) == (False, True, True, None)
    assert "未知的规则“late-fees”，是否为“late-fee”？" in found.refused[0].zh


def test_the_readings_of_the_receipt_are_put_into_force_again() -> None:
    shipped = Policy.load()
    strict = shipped.under({"at-most-inclusive": "strictly-less"})
    worker = {"id": "W", "in_post": "是", "born_on": "1981-06-01", "hired_on": "2021-06-01"}
    dossier = shipped.dossier({"ResidentWorker": worker})
    kept = receipt(strict, dossier, ["worker-age"])
    assert kept.findings_sha256 != receipt(shipped, dossier, ["worker-age"]).findings_sha256
    assert told(replay(shipped, kept, dossier)) == (True, True, True, True)


def test_a_reading_there_is_no_longer_is_told() -> None:
    kept = forged(receipt(library(), loan()), readings='{"day-of-return":"day-of-ordering"}')
    found = replay(library(), kept, loan())
    assert told(found)[3] is None
    assert "day-of-ordering" in found.refused[0].zh
