"""The inks of the charts: a colour and a pattern each, so that colour alone never tells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ink:
    """``pattern`` is DrawingML's name of the hatching, '' for a solid bar; ``dark`` is the colour
    on a dark page, ``tint`` the ground of a cell.
    """

    light: str
    dark: str
    pattern: str
    tint: str


INKS = (
    Ink("A3222A", "FF9C98", "diagCross", "FBE3D6"),
    Ink("B26A00", "E8B766", "wdUpDiag", "FFF2CC"),
    Ink("1A4D87", "92BFF2", "narHorz", "DDEBF7"),
    Ink("57606A", "A3A8AE", "pct20", "EDEDED"),
    Ink("8A63A8", "C9A8E3", "wdDnDiag", "EDE4F5"),
    Ink("1B6A3A", "80CF9B", "", "E2EFDA"),
)
