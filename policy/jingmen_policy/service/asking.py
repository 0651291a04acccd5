"""The next question to somebody who answers one at a time."""

from __future__ import annotations

from jingmen_facts.problems import Problem, Refused
from jingmen_policy.judge.finding import Thing
from jingmen_policy.selfcheck import next_question, self_check
from jingmen_policy.service.answers import NextAsked
from jingmen_policy.service.judging import dossier_of, mark_of, policy_of, value_of
from jingmen_policy.service.problems import Trouble
from jingmen_policy.service.requests import NextQuestion, day, read
from jingmen_policy.service.state import State


def asked_next(state: State, raw: bytes) -> bytes:
    """The fact that settles most of what is open for whoever answers. Raises Trouble."""
    asked = read(NextQuestion, value_of(raw))
    policy = policy_of(state, asked)
    stated = dossier_of(policy, asked.dossier, state.settings.limits, "dossier")
    as_of = day(asked.as_of, stated.as_of)
    who = Thing(asked.who.kind, asked.who.id)
    try:
        check = self_check(policy, stated.dossier, who, as_of, frozenset(asked.skipped))
    except Refused as error:
        problems = [Problem(one.said, path=("who",)) for one in error.problems]
        raise Trouble("refused", problems=problems) from None
    answer = NextAsked(
        corpus=mark_of(policy),
        as_of=as_of,
        who=who,
        open=len(check.open),
        question=next_question(check),
    )
    return answer.model_dump_json().encode()
