"""Findings told to people and to programs."""

from __future__ import annotations

from datetime import date

import pytest

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Lang
from jingmen_policy.judge.as_json import finding_json
from jingmen_policy.judge.finding import Finding
from jingmen_policy.judge.layout import table, width
from jingmen_policy.judge.text import Teller, missing_id
from support.library import LIBRARY, Branch, Library, Loan, library

DAY = date(2024, 6, 30)


def finding(rule: str, *facts: Branch | Loan | Library, complete: tuple[str, ...] = ()) -> Finding:
    dossier = Dossier(facts, models=LIBRARY, complete=complete)
    return library().judge(dossier, DAY, rules=[rule])[0]


def explained(found: Finding, lang: Lang = "zh") -> str:
    return "\n".join(Teller(LIBRARY, lang).explained(found, DAY))


def test_a_breach_shows_the_values_compared_and_the_words() -> None:
    loan = Loan.model_validate({"id": "L1", "overdue": True, "price": "10", "late_fee": "2.01"})
    told = explained(finding("late-fee", loan))
    assert "late_fee <= ceiling * price → 2.01元 ≤ 2.00元 → 不成立" in told
    assert "三第2句“逾期费不得超过书价的20%”" in told
    assert "借阅 L1 逾期费（late_fee） = 2.01元" in told
    assert "day-of-return" in told
    assert "逾期费超过书价的20%" in told


def test_it_is_told_in_english_too() -> None:
    told = explained(finding("opening-hours", Branch(id="B1", weekly_hours=39)), "en")
    assert "missing (what would still decide it)" in told
    assert "branch B1 run by a community [Branch/B1.community_run]" in told


def test_why_not_names_the_exception() -> None:
    told = explained(finding("opening-hours", Branch(id="B1", community_run=True)))
    assert "例外 community-hours" in told
    assert "适用条件不成立" in told


def test_a_derived_fact_is_a_step_of_the_derivation() -> None:
    told = explained(
        finding("opening-hours", Branch(id="B1", community_run=False, weekly_hours=40))
    )
    assert "推定 well_open 开放时间达到要求: 分馆 B1 → 成立" in told


def test_facts_that_say_the_same_of_many_are_told_together() -> None:
    branches = [Branch(id=f"B{n}", library="市图书馆", weekly_hours=40) for n in range(5)]
    found = finding("share-open", Library(name="市图书馆"), *branches, complete=("Branch",))
    assert "分馆 ×5 每周开放时间（weekly_hours） = 40小时：B0、B1、B2、B3、B4" in explained(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bearer_of_whom_it_is_not_known_where_says_so(lang: Lang) -> None:
    loan = Loan.model_validate({"id": "L1", "overdue": True})
    told = Teller(LIBRARY, lang).role(finding("late-fee", loan).bearer)
    assert told == {"zh": "分馆（何处不详）", "en": "branch (not known of where)"}[lang]


def test_missing_facts_have_the_names_scenarios_use() -> None:
    found = finding("stocktaking", Branch(id="B1"))
    assert found.year == 2022
    assert [missing_id(missing) for missing in found.missing] == ["Branch/B1.stocktakings"]


def test_json_is_the_finding_as_it_is() -> None:
    shown = finding_json(finding("loan-limit", Loan.model_validate({"id": "L1", "volumes": 6})))
    assert shown["status"] == "breached"
    assert shown["subject"] == {"kind": "Loan", "id": "L1"}
    assert shown["version"] == "2022-01-01"
    assert shown["compared"] == [
        {"test": "volumes <= most", "left": "6册", "op": "<=", "right": "5册", "truth": "false"}
    ]


def test_columns_line_up_whatever_the_script() -> None:
    lines = table([("社工站", "符合"), ("S1", "未达标"), ("station", "é")])
    second = [width(line[: line.rindex("  ") + 2]) for line in lines]
    assert len(set(second)) == 1
