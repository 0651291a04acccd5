"""Which status a decision comes to: every force, every truth, before, on and after its due day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from jingmen_policy.engines.protocol import Case, Decision
from jingmen_policy.expression.values import Truth, Verdict
from jingmen_policy.judge.status import status_of
from jingmen_policy.rule.due import STANDING, UNSTATED, Due
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status
from support.synthetic import Hall, rule

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
DAY = date(2022, 6, 30)
BINDING = (Modality.DUTY, Modality.PROHIBITION, Modality.COMPETENCE)
SOFT = (Modality.PREFERENCE, Modality.ENCOURAGEMENT)
STATED = (Modality.DEFINITION, Modality.AIM, Modality.PRINCIPLE)


def status(
    modality: Modality,
    holds: Truth | None,
    *,
    applies: Truth = T,
    used: Truth | None = None,
    due: Due = STANDING,
    as_of: date = DAY,
) -> Status:
    made = rule("r", "Hall", modality=modality, due=due)
    case = Case(made, made.versions[0], Hall(id="甲"), due.day)
    decision = Decision(
        case,
        Verdict(applies),
        None if used is None else Verdict(used),
        None if holds is None else Verdict(holds),
    )
    return status_of(decision, as_of)


@pytest.mark.parametrize("modality", Modality)
def test_whether_it_applies_comes_first(modality: Modality) -> None:
    for holds in (T, F, U, None):
        assert status(modality, holds, applies=F) is Status.NOT_APPLICABLE
        assert status(modality, holds, applies=U) is Status.UNDETERMINED


@pytest.mark.parametrize(
    ("modalities", "met", "unmet", "unknown"),
    [
        (BINDING, Status.MET, Status.BREACHED, Status.UNPROVEN),
        ((Modality.DEFAULT,), Status.MET, Status.DEPARTED, Status.UNPROVEN),
        (SOFT, Status.MET, Status.NOTED, Status.UNPROVEN),
    ],
)
def test_each_force_has_its_own_answer_to_a_requirement(
    modalities: tuple[Modality, ...], met: Status, unmet: Status, unknown: Status
) -> None:
    for modality in modalities:
        assert [status(modality, holds) for holds in (T, F, U)] == [met, unmet, unknown]


def test_a_default_departed_from_for_a_reason_is_noted() -> None:
    made = rule("r", "Hall", modality=Modality.DEFAULT)
    version = made.versions[0]
    reasoned = replace(version, reason="colour")
    for colour, expected in (("红", Status.NOTED), (None, Status.DEPARTED)):
        hall = Hall.model_validate({"id": "甲", "colour": colour})
        decision = Decision(Case(made, reasoned, hall), Verdict(T), None, Verdict(F))
        assert status_of(decision, DAY) is expected


@pytest.mark.parametrize("modality", STATED)
def test_what_requires_nothing_is_noted(modality: Modality) -> None:
    assert status(modality, None) is Status.NOTED


@pytest.mark.parametrize(("used", "holds"), list(product([T, F, U], [T, F, U])))
def test_an_option_binds_only_where_it_is_used(used: Truth, holds: Truth) -> None:
    found = status(Modality.PERMISSION, holds, used=used)
    if used is F:
        assert found is Status.AVAILABLE
    elif used is U:
        assert found is Status.UNDETERMINED
    else:
        assert found is {T: Status.MET, F: Status.BREACHED, U: Status.UNPROVEN}[holds]
    assert status(Modality.PERMISSION, None) is Status.AVAILABLE


@pytest.mark.parametrize("modality", [*BINDING, *SOFT, Modality.DEFAULT])
@pytest.mark.parametrize("holds", [F, U])
def test_nothing_is_short_before_its_due_day_has_come(modality: Modality, holds: Truth) -> None:
    due = Due("day", day=DAY)
    late = status(modality, holds)
    assert status(modality, holds, due=due, as_of=DAY - timedelta(days=1)) is Status.PENDING
    assert status(modality, holds, due=due, as_of=DAY) is late  # judged at the close of the day
    assert status(modality, holds, due=due, as_of=DAY + timedelta(days=1)) is late
    assert status(modality, T, due=due, as_of=DAY - timedelta(days=1)) is Status.MET
    assert late is not Status.PENDING


@pytest.mark.parametrize("holds", [F, U])
def test_an_act_for_which_no_day_is_named_is_never_late(holds: Truth) -> None:
    for as_of in (DAY, date(2099, 12, 31)):
        assert status(Modality.DUTY, holds, due=UNSTATED, as_of=as_of) is Status.PENDING
    assert status(Modality.DUTY, T, due=UNSTATED) is Status.MET


def test_there_are_ten_statuses_each_named_in_both_languages() -> None:
    assert len(Status) == 10
    assert len({found.label.zh for found in Status}) == len({s.label.en for s in Status}) == 10
    assert not any("违" in found.label.zh for found in Status)  # no sanction: never 违法


def test_a_decided_status_never_asks_and_an_open_one_never_decides() -> None:
    decided = {found.value for found in Status if found.decided}
    assert decided == {"met", "breached", "not-applicable", "not-in-force"}
    apart = {found.value for found in Status if not found.applies}
    assert apart == {"not-applicable", "not-in-force", "undetermined"}
