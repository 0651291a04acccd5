"""The inks of the charts: a colour and a pattern each, so that colour alone never tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """``pattern`` is DrawingML's name of the hatching, '' for a solid bar; ``dark`` is the colour
    on a dark page.
    """

    light: str
    dark: str
    pattern: str


INKS = (
    Ink("A3222A", "FF9C98", ""),
    Ink("B26A00", "E8B766", "wdUpDiag"),
    Ink("1A4D87", "92BFF2", "ltHorz"),
    Ink("57606A", "A3A8AE", "smGrid"),
    Ink("8A63A8", "C9A8E3", "wdDnDiag"),
    Ink("1B6A3A", "80CF9B", "pct50"),
)
