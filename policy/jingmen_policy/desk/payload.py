"""What the page's script needs to know: the facts of cards and of proofs, and how to name them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.outcomes import as_shown
from jingmen_policy.desk.proofs import registered
from jingmen_policy.prove.model import ProofNote, Proofs, Witness
from jingmen_policy.review.card import Card
from jingmen_policy.review.ticks import cards_digest
from jingmen_policy.rule.status import Status
from jingmen_policy.wording.units import COUNTERS, UNITS

_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
COMPLETE = "complete"
Numbers = list[Any]
"""Numbers, and lists of them: places in the shared lists."""


@dataclass
class Shared:
    """What many cards and proofs have, each once; they say by number which they mean.

    ``pool`` is of facts: the number of its fields in ``shapes``, then those of what they hold.
    """

    names: dict[str, int] = field(default_factory=dict)
    shapes: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    pool: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def stated(self, facts: Mapping[str, Any]) -> Numbers:
        """By turns a kind, or ``complete``, and where what is stated of it is: one, or a list."""
        return [
            number
            for name, said in facts.items()
            for number in (_place(self.names, name), self.places(name, said))
        ]

    def places(self, name: str, said: Any) -> Any:
        if name == COMPLETE:
            return _place(self.values, list(said))
        if not isinstance(said, Mapping):
            return [self.places(name, one) for one in said]
        shape = _place(self.shapes, list(said))
        held = (_place(self.values, value) for value in said.values())
        return _place(self.pool, [shape, *held])

    def asking(self, *what: Any) -> int:
        return _place(self.asked, list(what))

    def lists(self) -> dict[str, list[Any]]:
        return {name: [json.loads(one) for one in made] for name, made in vars(self).items()}


def _place(known: dict[str, int], what: Any) -> int:
    return known.setdefault(json.dumps(what, ensure_ascii=False), len(known))


def payload(
    corpus: Corpus, as_of: date, cards: Mapping[str, tuple[Card, ...]], proofs: Proofs | None
) -> str:
    """JSON that may stand inside a script element."""
    shared = Shared()
    statuses = [status.value for status in Status]
    dealt = {
        rule: [
            [
                shared.stated(card.facts),
                shared.asking(card.as_of.isoformat(), card.subject, card.year),
                statuses.index(card.status.value),
            ]
            for card in as_shown(found)
        ]
        for rule, found in cards.items()
    }
    rules = list(corpus.rules)
    texts: dict[str, int] = {}
    notes = [_note(one, shared, rules, texts) for one in (proofs.notes if proofs else ())]
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
        "kinds": kinds,
        "statuses": [[status.value, status.label.zh, status.label.en] for status in Status],
        "cards": dealt,
        "units": UNITS | dict.fromkeys(sorted(COUNTERS), ("", "")),
        "rules": rules,
        "texts": [json.loads(text) for text in texts],
        "notes": notes,
        **shared.lists(),
    }
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_ESCAPED)


def _note(note: ProofNote, shared: Shared, rules: list[str], texts: dict[str, int]) -> list[Any]:
    """What was proved, of which rules, and facts that show it; -1 where the markup tells what."""
    said = note.text
    return [
        -1 if registered(note) else _place(texts, [said.zh, said.en]),
        [rules.index(rule) for rule in note.rules],
        [_witness(one, shared, rules) for one in note.witnesses],
    ]


def _witness(witness: Witness, shared: Shared, rules: list[str]) -> list[Any]:
    statuses = list(Status)
    stated = {name: said for name, said in witness.facts.items() if name != "as_of"}
    return [
        shared.stated(stated),
        shared.asking(witness.as_of.isoformat()),
        [
            [rules.index(one.rule), shared.asking(one.subject.id), statuses.index(one.status)]
            for one in witness.outcomes
        ],
    ]
