"""A boundary card: facts, a day, and how the rule stands for them, to be found right or wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Literal

from jingmen_facts.problems import Said
from jingmen_policy.rule.status import Status

Group = Literal["threshold", "date", "unknown", "exception", "applicability", "in force"]
GROUPS: dict[Group, Said] = {
    "threshold": Said("界限", "thresholds"),
    "date": Said("日期", "dates"),
    "applicability": Said("适用", "applicability"),
    "exception": Said("例外", "exceptions"),
    "unknown": Said("事实不明", "facts unknown"),
    "in force": Said("施行", "in force"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """``facts`` are as the ``given`` of a scenario has them; ``year`` is None but for yearly rules.

    ``id`` is the same wherever rule, facts, day, subject and year are: it does not depend on the
    label, nor on the status.
    """

    id: str
    rule: str
    group: Group
    label: Said
    facts: Mapping[str, Any]
    as_of: date
    subject: str
    year: int | None
    status: Status


def card_id(
    rule: str, facts: Mapping[str, Any], as_of: date, subject: str, year: int | None
) -> str:
    """The rule's id and twelve digits of what is asked.

    >>> card_id("staffing", {"Station": {"id": "S1"}}, date(2022, 1, 1), "S1", None)
    'staffing.5d5e304f114b'
    """
    asked = [rule, facts, as_of.isoformat(), subject, year]
    written = json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{rule}.{sha256(written.encode()).hexdigest()[:12]}"
