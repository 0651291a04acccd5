"""How far a rule is reviewed, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable

from jingmen_facts.problems import Problem, Said
from jingmen_policy.compare.model import FieldChange
from jingmen_policy.desk.model import Change, Review, Signed
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.text import Teller
from jingmen_policy.review.content import LABELS
from jingmen_policy.review.state import STATE_LABELS, RuleState
from jingmen_policy.review.status_text import field_of, value, way


def review_of(policy: Policy, state: RuleState) -> Review:
    zh, en = Teller(policy.models, "zh"), Teller(policy.models, "en")

    def change(part: Said, one: FieldChange, *, outcome: bool = False) -> Change:
        name = "outcome" if outcome else field_of(one.field)
        where = (
            Said(one.field, one.field) if outcome else Said(way(one.field, zh), way(one.field, en))
        )
        return Change(
            part,
            where,
            Said(value(name, one.before, zh), value(name, one.before, en)),
            Said(value(name, one.after, zh), value(name, one.after, en)),
        )

    reads = Said("读作", "it reads")
    beside = Said("引文之外", "outside the quotes")
    return Review(
        state=state.state,
        label=STATE_LABELS[state.state],
        why=tuple(LABELS[part] for part in state.voided),
        required=state.required,
        signed=tuple(
            Signed(one.by, one.role, one.on, one.note or "", one.uncounted)
            for one in state.signatures
        ),
        superseded=sum(len(past.signatures) for past in state.history),
        changes=tuple(
            change(LABELS[part.part], one, outcome=part.part == "outcomes")
            for part in state.changed
            for one in part.changes
        )
        + tuple(change(reads, one) for one in state.wording),
        context=tuple(change(beside, one) for one in state.context),
        wrong=tuple(told(state.wrong)),
    )


def told(problems: Iterable[Problem]) -> Iterable[Said]:
    return (Said(problem.to("zh"), problem.to("en")) for problem in problems)
