"""Amounts with their units in English; in Chinese they are as the text prints them."""

from __future__ import annotations

import re

UNITS = {
    "人": ("person", "people"),
    "平方米": ("square metre", "square metres"),
    "岁": ("year", "years"),
    "年": ("year", "years"),
    "月": ("month", "months"),
    "日": ("day", "days"),
    "天": ("day", "days"),
    "元": ("yuan", "yuan"),
}
COUNTERS = frozenset("个份支次条名项所")
"""Words that count things and have no counterpart."""
_AMOUNT = re.compile(r"(-?[0-9][0-9./]*)(\D+)")


def in_english(shown: str) -> str:
    """A value as ``judge.show`` writes it; a name of the plan's, or another unit, as it is.

    >>> [in_english(one) for one in ("2人", "1年", "7175.01元", "3个", "70%", "办公用房")]
    ['2 people', '1 year', '7175.01 yuan', '3', '70%', '办公用房']
    """
    if shown == "（空）":
        return "(none)"
    match = _AMOUNT.fullmatch(shown)
    if match is None:
        return shown
    number, unit = match.groups()
    if unit in COUNTERS:
        return number
    if unit not in UNITS:
        return shown
    return f"{number} {UNITS[unit][number != '1']}"
