"""The bodies that are sent: one station each with everything about it, of many."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.dossiers import AS_OF, COMPLETE, stations
from jingmen_facts import Dossier


def dossier(facts: Dossier) -> dict[str, Any]:
    """A dossier as it is sent."""
    stated: dict[str, Any] = {"complete": list(COMPLETE)}
    for fact in facts.facts:
        written = fact.model_dump(mode="json", exclude_none=True)
        stated.setdefault(type(fact).__name__, []).append(written)
    return stated


def one(number: int = 0) -> dict[str, Any]:
    """One station; ``number`` tells it from others."""
    text = json.dumps(dossier(stations(1)), ensure_ascii=False)
    renamed: dict[str, Any] = json.loads(text.replace("ST-0", f"ST-{number}"))
    return renamed


def body(number: int = 0) -> bytes:
    return sent({"dossier": one(number), "as_of": AS_OF.isoformat()})


def batch(size: int) -> bytes:
    return sent({"dossiers": [one(n) for n in range(size)], "as_of": AS_OF.isoformat()})


def sent(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
