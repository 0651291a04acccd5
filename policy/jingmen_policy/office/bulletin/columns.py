"""How wide the columns of a table are: wide enough for what is not to be parted, else by shares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from jingmen_policy.office.bulletin.blocks import Cell, Grid

CHINESE, LATIN = 1.0, 0.7
"""How wide a character is for its size; a Latin one in any font that may take the place of ours."""
UNPARTED, LEAST = 9.0, 3.0
"""A name or number no wider than this stays on one line; a sentence gets so much at least."""
_WORD = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+|[\u3000-\u9fff\uff00-\uffef]")
"""What no line end comes into: a Latin word or figure, a single Chinese character."""


def fitted(grid: Grid, whole: float, size: float, margin: float) -> list[float] | None:
    """Widths that make up the whole, by the shares of the grid; None where the longest words of
    all columns do not fit beside each other in letters of this size.

    What is too narrow for its longest word takes what it lacks from those that have room.
    """
    shares = [whole * share / sum(grid.widths) for share in grid.widths]
    needs = [need * size + margin for need in _needs(grid)]
    if sum(needs) > whole:
        return None
    pairs = list(zip(needs, shares, strict=True))
    lack = sum(max(0.0, need - share) for need, share in pairs)
    room = sum(max(0.0, share - need) for need, share in pairs)
    part = lack / room if room else 0.0
    return [max(need, share - part * max(0.0, share - need)) for need, share in pairs]


def measure(text: str) -> float:
    """How wide a text is, in widths of a Chinese character.

    >>> measure("已列全"), measure("12")
    (3.0, 1.4)
    """
    wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in text)
    return wide * CHINESE + (len(text) - wide) * LATIN


def _needs(grid: Grid) -> Iterator[float]:
    rows = [[Cell(text) for text in grid.head], *grid.rows]
    for column in range(len(grid.head)):
        yield max(_need(row[column], name=column < grid.key) for row in rows)


def _need(cell: Cell, *, name: bool) -> float:
    whole = max(measure(line) for line in cell.text.split("\n"))
    if cell.status is not None or ((name or cell.number) and whole <= UNPARTED):
        return whole
    longest = max((measure(word) for word in _WORD.findall(cell.text)), default=0.0)
    return max(longest, min(whole, LEAST))
