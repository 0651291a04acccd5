"""What is decided on the event loop itself: so little that handing it to a thread takes longer.

A station with everything about it takes half a millisecond, and as much again to be handed over and
back. Only what is sure to be short is taken: few facts, every name in them known (a misspelt one is
looked for among all others), a day whose rules are code already.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jingmen_facts.kinds import FactModels
from jingmen_policy.service.judging import value_of
from jingmen_policy.service.requests import Judge, day, read
from jingmen_policy.service.state import State

BYTES = 16 * 1024
FACTS = 40
_RESERVED = frozenset({"use", "complete", "as_of"})


def quickly(state: State, raw: bytes) -> Judge | None:
    """What is asked, where it is answered in a moment. Raises Trouble."""
    if len(raw) > BYTES:
        return None
    value = value_of(raw)
    if not isinstance(value, dict) or not value.keys() <= Judge.model_fields.keys():
        return None
    asked = read(Judge, value)
    return asked if _is_quick(state, asked) else None


def _is_quick(state: State, asked: Judge) -> bool:
    dossier = asked.dossier
    if asked.detail != "brief" or asked.readings or not isinstance(dossier, dict):
        return False
    policy = state.corpora.policies.get(asked.corpus or state.corpora.default)
    if policy is None or not _few(policy.models, dossier):
        return False
    if "as_of" in dossier and asked.as_of is None:
        return False
    rules = None if asked.rules is None else frozenset(asked.rules)
    return policy.prepared(day(asked.as_of, None), rules)


def _few(models: FactModels, dossier: dict[str, Any]) -> bool:
    known, left = _spellings(models), FACTS
    for name, part in dossier.items():
        fields = known.get(name)
        if fields is None:
            if name not in _RESERVED:
                return False
            continue
        facts = part if isinstance(part, list) else [part]
        left -= len(facts)
        if left < 0:
            return False
        for fact in facts:
            if not isinstance(fact, dict) or not fact.keys() <= fields:
                return False
    return True


@lru_cache(maxsize=8)
def _spellings(models: FactModels) -> dict[str, frozenset[str]]:
    """For each kind, by its name and its label, the names and labels of its fields."""
    found: dict[str, frozenset[str]] = {}
    for kind in models.kinds.values():
        fields = {name for spec in kind.fields.values() for name in (spec.name, spec.label.zh)}
        found[kind.name] = found[kind.label.zh] = frozenset(fields)
    return found
