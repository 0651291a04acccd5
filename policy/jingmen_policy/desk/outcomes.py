"""Boundary cards as the page shows them, group by group."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Literal

from jingmen_policy.desk.model import CardGroup, CardView
from jingmen_policy.review.card import GROUPS, Card
from jingmen_policy.rule.status import Status

Tone = Literal["good", "bad", "open", "none"]
_TONE: dict[Status, Tone] = {
    Status.MET: "good",
    Status.AVAILABLE: "good",
    Status.BREACHED: "bad",
    Status.DEPARTED: "bad",
    Status.UNDETERMINED: "open",
    Status.UNPROVEN: "open",
    Status.PENDING: "open",
}


def card_groups(cards: Iterable[Card]) -> tuple[CardGroup, ...]:
    order = list(GROUPS)
    ordered = sorted(cards, key=lambda card: order.index(card.group))
    return tuple(
        CardGroup(GROUPS[alike[0].group], tuple(_view(card) for card in alike))
        for alike in (list(run) for _, run in groupby(ordered, key=lambda card: card.group))
    )


def card_key(card: Card) -> str:
    """What its id ends in."""
    return card.id.removeprefix(f"{card.rule}.")


def _view(card: Card) -> CardView:
    return CardView(card_key(card), card.label, card.status.label, _TONE.get(card.status, "none"))
