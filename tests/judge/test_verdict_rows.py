"""Rows filled in with verdicts say what ``decide`` says, in its order or by the rules' names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from jingmen_facts import Dossier
from jingmen_policy import Policy
from jingmen_policy.judge.verdict_rows import Row, VerdictRows
from jingmen_policy.rule.status import Status
from support.plan_dossiers import AS_OF, plan_dossiers

POLICY = Policy.load()
SOME = frozenset({"worker-age", "staffing", "yearly-assessment"}) & POLICY.corpus.rules.keys()


def spelt(rule: str, kind: str, year: int | None) -> Row:
    after = tuple(f"|{year}|{status.value}\n".encode() for status in Status)
    return Row(f"{rule}|{kind}|".encode(), after)


@pytest.mark.parametrize("rules", [None, SOME])
@pytest.mark.parametrize("by_name", [False, True])
@settings(max_examples=20)
@given(dossier=plan_dossiers(), as_of=AS_OF)
def test_rows_say_what_decide_says(
    dossier: Dossier, as_of: date, rules: frozenset[str] | None, by_name: bool
) -> None:
    rows = VerdictRows(POLICY.asked(as_of, rules=rules), spelt, by_name=by_name)
    subjects = rows.subjects(dossier)
    verdicts = POLICY.verdicts(dossier, as_of, rules=rules)
    found = list(POLICY.decide(dossier, as_of, rules=rules))
    if by_name:
        found.sort(key=lambda one: (one.rule, one.subject, one.year or 0))
    told = rows.filled(subjects.counts, [one.encode() for one in subjects.identities], verdicts)
    assert told.decode() == "".join(
        f"{one.rule}|{one.kind}|{one.subject}|{one.year}|{one.status.value}\n" for one in found
    )


def test_of_no_subject_nothing_is_told() -> None:
    rows = VerdictRows(POLICY.asked(date(2022, 6, 30)), spelt)
    subjects = rows.subjects(POLICY.dossier({}))
    assert sum(subjects.counts) == 0
    assert rows.filled(subjects.counts, [], ()) == b""
