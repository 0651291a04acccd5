"""What the page's script needs to know: the facts of the cards, and how to name them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.outcomes import card_key
from jingmen_policy.review.card import Card
from jingmen_policy.review.ticks import cards_digest
from jingmen_policy.rule.status import Status

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def payload(corpus: Corpus, as_of: date, cards: Mapping[str, tuple[Card, ...]]) -> str:
    """JSON that may stand inside a script element.

    A fact that many cards have is written once, in ``pool``, and the cards say which it is.
    """
    pool: dict[str, int] = {}

    def pooled(value: Any) -> Any:
        if isinstance(value, Mapping):
            return pool.setdefault(json.dumps(value, ensure_ascii=False), len(pool))
        return [pooled(one) for one in value]

    def facts(card: Card) -> dict[str, Any]:
        return {
            kind: list(stated) if kind == "complete" else pooled(stated)
            for kind, stated in card.facts.items()
        }

    dealt = {
        rule: {
            card_key(card): [
                facts(card),
                card.as_of.isoformat(),
                card.subject,
                card.year,
                card.status.value,
            ]
            for card in found
        }
        for rule, found in cards.items()
    }
    kinds = {
        name: {
            "label": [kind.label.zh, kind.label.en],
            "fields": {
                field.name: [field.label.zh, field.label.en] for field in kind.fields.values()
            },
        }
        for name, kind in corpus.models.kinds.items()
    }
    document = {
        "corpus": {
            "id": corpus.id,
            "digest": corpus.digest,
            "cards": {rule: cards_digest(found) for rule, found in cards.items()},
        },
        "as_of": as_of.isoformat(),
        "pool": [json.loads(fact) for fact in pool],
        "kinds": kinds,
        "statuses": {status.value: [status.label.zh, status.label.en] for status in Status},
        "cards": dealt,
    }
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_ESCAPED)
