"""Columns of text that line up where Chinese and Latin letters stand side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

GAP = "  "


def width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> width("社工站S1")
    8
    """
    return sum(
        0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in text
    )


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def table(rows: Sequence[Sequence[str]], indent: str = "") -> list[str]:
    """Rows of cells as lines, each column as wide as its widest cell; no space at the end.

    >>> table([("规则", "状态"), ("S1", "met")])
    ['规则  状态', 'S1    met']
    """
    widths = (
        [max(width(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    )
    return [
        indent
        + GAP.join(padded(cell, most) for cell, most in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
