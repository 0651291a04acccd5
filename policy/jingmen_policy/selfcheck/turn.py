"""One turn: the answers so far and one more come in, all there is to show goes out.

Nothing is kept between turns: what has been answered is in every request, and in every view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from jingmen_policy.judge.finding import Thing
from jingmen_policy.judge.policy import Policy
from jingmen_policy.selfcheck.answer import Answer, answered
from jingmen_policy.selfcheck.change import Change, changes
from jingmen_policy.selfcheck.check import SelfCheck, self_check
from jingmen_policy.selfcheck.keep import facts_of
from jingmen_policy.selfcheck.next import next_question, the_question
from jingmen_policy.selfcheck.obligations import Standing, standings
from jingmen_policy.selfcheck.question import Question
from jingmen_policy.selfcheck.sheet import Sheet, sheets

One = Annotated[Answer, Field(discriminator="act")]
MOST_ANSWERS = 100


@dataclass(frozen=True, slots=True)
class State:
    """All that a page keeps of a self-check; ``facts`` as a file of facts has them."""

    who: Thing
    as_of: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """``answers`` are given now; ``since`` is what the changes are told against, if not ``state``;
    ``ask`` names a question to be put instead of the best.
    """

    state: State
    answers: Annotated[tuple[One, ...], Field(max_length=MOST_ANSWERS)] = ()
    since: State | None = None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What is to be shown; ``opened`` counts the findings whose status waits for a fact."""

    state: State
    opened: int
    total: int
    question: Question | None
    standings: tuple[Standing, ...]
    sheets: tuple[Sheet, ...]
    changes: tuple[Change, ...]
    settled: int


@dataclass(frozen=True, slots=True)
class Supposed:
    """What would come out otherwise, and how many findings would be settled by it."""

    changes: tuple[Change, ...]
    settled: int


def take(policy: Policy, turn: Turn) -> View:
    """The view after a turn. Raises Refused with everything wrong in what came in."""
    before = check_of(policy, turn.state)
    after = _answered(before, turn)
    since = before if turn.since is None else check_of(policy, turn.since)
    changed = changes(since, after)
    question = the_question(after, turn.ask) if turn.ask else next_question(after)
    return View(
        state_of(after),
        len(after.open),
        len(after.findings),
        question,
        standings(after),
        sheets(after),
        changed,
        sum(change.settled for change in changed),
    )


def suppose(policy: Policy, turn: Turn) -> Supposed:
    """What the answers of a turn would change, were they given."""
    before = check_of(policy, turn.state)
    changed = changes(before, _answered(before, turn))
    return Supposed(changed, sum(change.settled for change in changed))


def check_of(policy: Policy, state: State) -> SelfCheck:
    dossier = policy.dossier(state.facts)
    return self_check(policy, dossier, state.who, state.as_of, frozenset(state.skipped))


def state_of(check: SelfCheck) -> State:
    return State(check.who, check.as_of, facts_of(check), tuple(sorted(check.skipped)))


def _answered(check: SelfCheck, turn: Turn) -> SelfCheck:
    for answer in turn.answers:
        check = answered(check, answer)
    return check
