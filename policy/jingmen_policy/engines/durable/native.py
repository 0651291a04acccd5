"""Driving the C core of durable_rules: one session at a time, drained to its end, cleaned up.

The core has no threads of its own; its Host is never made. Every ruleset holds a sentinel rule
that fires last: a drain that ends without it is an error, never a silent half-answer. The sentinel
also sees to it that a rule has fired in every session that is deleted; the core crashes otherwise.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import durable_rules_engine as core

from jingmen_policy.engines.durable.notimpl import FACTS, MAX_FACTS, MAX_RULES, RULES

SENTINEL = "~end"
_SESSION = "x"
_ORDINALS = count()
Fact = dict[str, Any]
Activation = tuple[str, Mapping[str, Fact]]


class EngineFailed(RuntimeError):
    """The core stopped short or answered with an error code; nothing it said is used."""


class Ruleset:
    """Compiled engine rules. ``session`` gives an empty working memory, one at a time."""

    def __init__(self, rules: Mapping[str, list[Mapping[str, Any]]]) -> None:
        self._lock = threading.Lock()
        definition: dict[str, Any] = {
            name: {"all": conditions, "pri": 0, "dist": 0} for name, conditions in rules.items()
        }
        definition[SENTINEL] = {"all": [{"a0": {"$ex": {SENTINEL: 1}}}], "pri": 60_000, "dist": 0}
        if len(definition) > MAX_RULES:
            raise EngineFailed(RULES.what.en)
        self._handle = core.create_ruleset(f"r{next(_ORDINALS)}", _text(definition))
        with self.session() as session:  # the first session of a ruleset also warms it up
            session.run([])

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self._lock:
            session = Session(self._handle)
            try:
                yield session
            finally:
                if session.used:
                    core.delete_state(self._handle, _SESSION)

    def close(self) -> None:
        """Free the compiled rules; no session may be open."""
        with self._lock:
            core.delete_ruleset(self._handle)


class Session:
    """The working memory of one evaluation."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._ids = count()
        self.used = False

    def new_id(self) -> str:
        """An id for a fact to be asserted in this session."""
        number = next(self._ids)
        if number > MAX_FACTS:
            raise EngineFailed(FACTS.what.en)
        return str(number)

    def run(self, facts: Sequence[Fact]) -> list[Activation]:
        """Assert facts (each with its ``id``) and return every activation they lead to."""
        batch = [*facts, {"id": self.new_id(), SENTINEL: 1}]
        for fact in batch:
            fact["sid"] = _SESSION
        self.used = True
        code, offset = core.assert_facts(self._handle, _text(batch))
        if code not in (0, 1):
            raise EngineFailed(f"durable_rules answered {code} to {len(batch)} facts")
        messages: list[str] = []
        started = core.start_action_for_state(self._handle, offset)
        message = started[1] if started else None
        while message:
            messages.append(message)
            message = core.complete_and_start_action(self._handle, offset)
        found: list[Activation] = [
            activation
            for activated in json.loads(f"[{','.join(messages)}]")
            for activation in activated.items()
        ]
        if not found or found.pop()[0] != SENTINEL:
            raise EngineFailed("durable_rules stopped before the end of its agenda")
        return found


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
