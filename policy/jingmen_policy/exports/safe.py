"""Texts of a corpus in files that would take some characters for more than text."""

from __future__ import annotations

import re

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the characters around it, and shows nothing itself."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML does not hold, and DEL."""
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PICTURES = 0x2400
_DEL, _DEL_PICTURE, _REPLACEMENT = 0x7F, "\u2421", "\ufffd"


def xml_text(text: str) -> str:
    r"""A text that XML can hold: control characters as their pictures.

    >>> xml_text("a\x07b")
    'a␇b'
    """
    return _UNFIT.sub(lambda match: _picture(ord(match[0])), text)


def shown(text: str) -> str:
    r"""A text as people are to see it: nothing in it hides or turns what stands beside it.

    >>> shown("a\u202eb")
    'a[U+202E]b'
    """
    return _TURNING.sub(lambda match: f"[U+{ord(match[0]):04X}]", xml_text(text))


def formula_like(text: str) -> bool:
    """Whether a spreadsheet would take a typed text for a formula."""
    return text.startswith(_TRIGGERS)


def csv_cell(text: str) -> str:
    """A cell of a CSV file: what a spreadsheet would run stands after an apostrophe.

    >>> csv_cell("=1+1"), csv_cell("1=1")
    ("'=1+1", '1=1')
    """
    seen = shown(text)
    return f"'{seen}" if formula_like(seen) else seen


def _picture(code: int) -> str:
    if code == _DEL:
        return _DEL_PICTURE
    return chr(_PICTURES + code) if code < 0x20 else _REPLACEMENT
