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


def as_shown(cards: Iterable[Card]) -> list[Card]:
    """In the order they have on the page, where the script counts them."""
    order = list(GROUPS)
    return sorted(cards, key=lambda card: order.index(card.group))


def card_groups(cards: Iterable[Card]) -> tuple[CardGroup, ...]:
    alike = (list(run) for _, run in groupby(as_shown(cards), key=lambda card: card.group))
    return tuple(
        CardGroup(GROUPS[run[0].group], tuple(_view(card) for card in run)) for run in alike
    )


def card_key(card: Card) -> str:
    """What its id ends in."""
    return card.id.removeprefix(f"{card.rule}.")


def _view(card: Card) -> CardView:
    return CardView(card_key(card), card.label, card.status.label, _TONE.get(card.status, "none"))
