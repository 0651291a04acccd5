"""Boundary cards as they were signed, and how the rule stands for them now.

The cards signed are put to the rules again, whatever cards would be dealt today: another way of
dealing them voids no signature, another outcome does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from jingmen_facts.problems import Refused
from jingmen_facts.scalars import Day
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.card import Card
from jingmen_policy.review.content import Tree

ENGINE = "reference"
UNPUT = "cannot-be-put"
"""The outcome of a card whose facts the fact models no longer take."""
NONE = "no-finding"


class CardFile(BaseModel):
    """A card as a signature file holds it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    as_of: Day
    subject: str
    year: int | None = None
    facts: dict[str, Any]
    outcome: str


def outcomes_of(cards: Iterable[Card]) -> dict[str, Tree]:
    """The cards dealt, as they are signed."""
    found: dict[str, Tree] = {}
    for card in cards:
        asked: dict[str, Tree] = {
            "case": card.label.zh,
            "as_of": card.as_of.isoformat(),
            "subject": card.subject,
        }
        if card.year is not None:
            asked["year"] = str(card.year)
        found[card.id] = {**asked, "facts": _texts(card.facts), "outcome": card.status.value}
    return found


def outcome_now(policy: Policy, rule: str, card: CardFile) -> str:
    """How the rule stands today for the facts of a card that was signed."""
    try:
        dossier = policy.dossier(card.facts)
    except Refused:
        return UNPUT
    for finding in policy.judge(dossier, card.as_of, rules=[rule], engine=ENGINE):
        if finding.subject.id == card.subject and finding.year == card.year:
            return finding.status.value
    return NONE


def changed(policy: Policy, rule: str, signed: Mapping[str, CardFile]) -> dict[str, str]:
    """The outcomes that are no longer those signed, by card."""
    now = {name: outcome_now(policy, rule, card) for name, card in signed.items()}
    return {name: outcome for name, outcome in now.items() if outcome != signed[name].outcome}


def _texts(value: Any) -> Tree:
    """Facts as a file states them: texts, lists and mappings."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _texts(one) for key, one in value.items()}
        case list() | tuple():
            return [_texts(one) for one in value]
        case _:
            return str(value)
