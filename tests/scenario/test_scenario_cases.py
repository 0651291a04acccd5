"""Scenario files: what a case changes, what it may expect, and how it is compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jingmen_policy.scenario.model import Difference, Ran
from jingmen_policy.scenario.read import read_scenarios
from jingmen_policy.scenario.run import run_scenarios
from support.library import DIRECTORY, library

Run = Callable[..., Ran]
HEAD = "as_of: 2024-06-30\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a scenario written as text."""

    def run(text: str, *, head: str = HEAD, as_of: date | None = None) -> Ran:
        file = tmp_path / "case.yaml"
        file.write_text(head + text, encoding="utf-8")
        policy = library()
        [ran] = run_scenarios(policy, read_scenarios([file], policy.corpus, as_of=as_of))
        return ran

    return run


def found(ran: Ran) -> list[list[Difference]]:
    return [list(outcome.differences) for outcome in ran.outcomes]


def test_the_worked_scenarios_are_as_expected() -> None:
    policy = library()
    for engine in ("durable", "reference"):
        ran = run_scenarios(
            policy, read_scenarios([DIRECTORY / "scenarios"], policy.corpus), engine=engine
        )
        assert [found(one) for one in ran] == [[[]] * 5, [[]] * 3, [[]]]


def test_a_change_lies_over_the_one_fact_given(run: Run) -> None:
    ran = run("""
rule: loan-limit
given: {Loan: {id: L1, volumes: 6}}
cases:
  - {name: as given, expect: breached}
  - {name: changed, with: {Loan: {volumes: 5}}, expect: met}
  - {name: unknown, with: {Loan: {volumes: }}, expect: unproven}
  - {name: in Chinese, with: {借阅: {册数: 5册}}, expect: met}
""")
    assert found(ran) == [[]] * 4


def test_a_change_finds_its_fact_by_identity_however_it_is_spelt(run: Run) -> None:
    ran = run("""
rule: stocktaking
given:
  complete: Stocktaking
  Branch: {id: B1}
  Stocktaking:
    - {branch: B1, year: 2022, done_on: 2022-12-31}
    - {branch: B1, year: 2023, done_on: 2023-12-31}
cases:
  - name: whole key
    with: {Stocktaking: {branch: B1, year: 2023年, done_on: 2024-01-01}}
    expect: {stocktaking: {2022: met, 2023: breached}}
  - name: enough of the key
    with: {Stocktaking: {year: 2023, done_on: }}
    expect: {stocktaking: {B1: {2022: met, 2023: unproven}}}
""")
    assert found(ran) == [[], []]


def test_facts_are_added_and_taken_away(run: Run) -> None:
    ran = run("""
rule: loan-limit
given: {Loan: [{id: L1, volumes: 5}, {id: L2, volumes: 6}]}
cases:
  - name: added
    with: {Loan: [{id: L3, volumes: 7}]}
    expect: {loan-limit: {L1: met, L3: breached}}
  - {name: taken away, without: [Loan/L2], expect: met}
  - {name: then there is one, without: [借阅/L2], with: {Loan: {volumes: 9}}, expect: breached}
""")
    assert found(ran) == [[]] * 3


def test_every_case_starts_from_what_is_given(run: Run) -> None:
    ran = run("""
rule: loan-limit
given: {Loan: {id: L1}}
cases:
  - {name: one, with: {Loan: {volumes: 6}}, expect: breached}
  - {name: two, expect: unproven}
""")
    assert found(ran) == [[], []]


def test_a_difference_says_what_was_expected_what_was_found_and_where(run: Run) -> None:
    ran = run("""
rule: loan-limit
given: {Loan: [{id: L1, volumes: 5}, {id: L2, volumes: 6}]}
cases:
  - name: both met
    expect: met
""")
    assert found(ran) == [
        [Difference("loan-limit", "L2", None, "status", "met", "breached", line=7)]
    ]


def test_the_due_day_and_the_missing_facts_are_compared_where_stated(run: Run) -> None:
    ran = run("""
given: {Branch: {id: B1}}
cases:
  - name: right
    expect:
      stocktaking:
        2022: {status: unproven, due: 2022-12-31, missing: [Branch/B1.stocktakings]}
  - name: wrong
    expect:
      stocktaking:
        2022: {status: unproven, due: 2022-12-30, missing: []}
""")
    right, wrong = found(ran)
    assert right == []
    assert [(d.aspect, d.expected, d.got) for d in wrong] == [
        ("due", "2022-12-30", "2022-12-31"),
        ("missing", "", "Branch/B1.stocktakings"),
    ]


def test_a_year_that_is_not_judged_is_a_difference(run: Run) -> None:
    ran = run("""
given: {Branch: {id: B1}}
cases:
  - {name: too late, expect: {stocktaking: {2025: pending}}}
""")
    assert [[(d.aspect, d.year) for d in case] for case in found(ran)] == [[("absent", 2025)]]


def test_exhaustive_a_rule_nobody_expects_must_not_apply(run: Run) -> None:
    text = """
exhaustive: {all}
given: {{Loan: {{id: L1, volumes: 5, overdue: {overdue}}}}}
cases:
  - {{name: one, {own} expect: {{loan-limit: met}}}}
"""
    assert found(run(text.format(all="true", overdue="no", own=""))) == [[]]
    [[unexpected]] = found(run(text.format(all="true", overdue="yes", own="")))
    assert (unexpected.rule, unexpected.aspect, unexpected.got) == (
        "late-fee",
        "unexpected",
        "unproven",
    )
    [[undetermined]] = found(run(text.format(all="true", overdue="", own="")))
    assert undetermined.got == "undetermined"
    assert found(run(text.format(all="true", overdue="yes", own="exhaustive: no,"))) == [[]]
    assert found(run(text.format(all="false", overdue="yes", own=""))) == [[]]


def test_exhaustive_goes_for_every_subject_and_year(run: Run) -> None:
    ran = run("""
exhaustive: true
given: {Loan: [{id: L1, volumes: 5, overdue: no}, {id: L2, volumes: 6, overdue: no}]}
cases:
  - {name: one, expect: {loan-limit: {L1: met}}}
""")
    assert [[(d.subject, d.aspect) for d in case] for case in found(ran)] == [
        [("L2", "unexpected")]
    ]


def test_a_file_about_one_rule_judges_the_rules_it_names(run: Run) -> None:
    text = (
        "given: {Branch: {id: B1}}\ncases: [{name: one, expect: {opening-hours: undetermined}}]\n"
    )
    one = run(f"rule: suggestion-box\n{text}").outcomes[0]
    assert {finding.rule for finding in one.findings} == {"suggestion-box", "opening-hours"}
    assert len({finding.rule for finding in run(text).outcomes[0].findings}) > 2


def test_chinese_statuses_are_understood(run: Run) -> None:
    ran = run("rule: loan-limit\ngiven: {Loan: {id: L1}}\ncases: [{name: 一, expect: 无法判定}]\n")
    assert found(ran) == [[]]


def test_any_status_but_one_may_be_expected(run: Run) -> None:
    ran = run("""\
rule: loan-limit
given: {Loan: {id: L1, volumes: 5}}
cases:
  - {name: it is that one, expect: {loan-limit: {not: met}}}
  - {name: it is another, expect: {loan-limit: {L1: {not: 未达标}}}}
""")
    [first, second] = ran.outcomes
    assert [(one.aspect, one.expected, one.got) for one in first.differences] == [
        ("status", "not met", "met")
    ]
    assert second.result == "as-expected"


def test_a_case_without_expectations_is_only_shown(run: Run) -> None:
    ran = run("rule: loan-limit\ngiven: {Loan: {id: L1}}\ncases: [{name: 一}]\n")
    assert [outcome.result for outcome in ran.outcomes] == ["shown"]


def test_on_another_day_than_its_own_a_case_is_not_compared(run: Run) -> None:
    text = "rule: loan-limit\ngiven: {Loan: {id: L1}}\ncases: [{name: 一, expect: unproven}]\n"
    early = date(2021, 12, 31)
    assert [o.result for o in run(text, as_of=early).outcomes] == ["shown"]
    assert [o.result for o in run(text, as_of=date(2024, 6, 30)).outcomes] == ["as-expected"]
    assert [o.result for o in run(text, head="", as_of=early).outcomes] == ["different"]
