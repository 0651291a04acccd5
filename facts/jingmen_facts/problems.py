"""What is wrong with an input: every problem at once, with its place, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal

from pydantic_core import PydanticCustomError

Lang = Literal["zh", "en"]
Path = tuple[str | int, ...]
PRINTED = 50
"""How many problems are printed before the rest are only counted."""

_HINT = re.compile("，是否为“([^“]+)”？$")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in both languages."""

    zh: str
    en: str

    def to(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input.

    ``source`` is the file as the caller named it, ``line`` counts from 1 (None where a file has no
    lines), ``field`` is the path inside it, such as ``Station[2].area``; ``path`` is the same in
    steps where a caller may want to place it. In a workbook ``source`` names the sheet as well,
    ``line`` is its row and ``cell`` the address in it.
    """

    said: Said
    source: str = ""
    line: int | None = None
    field: str = ""
    path: Path = ()
    cell: str = ""

    def at(self, source: str, line: int | None = None, field: str | None = None) -> Problem:
        """The same problem, placed; what is already known stays."""
        return replace(
            self,
            source=self.source or source,
            line=self.line if self.line is not None else line,
            field=self.field or (field or ""),
        )

    def to(self, lang: Lang) -> str:
        """One line for people.

        >>> Problem(Said("未知字段", "unknown field"), "a.yaml", 3, "Station.aera").to("en")
        'a.yaml:3: Station.aera: unknown field'
        """
        place = self.source
        if self.cell:
            place = f"{place}!{self.cell}"
        elif self.line is not None:
            place = f"{place}:{self.line}"
        return ": ".join(part for part in (place, self.field, self.said.to(lang)) if part)


class Refused(ValueError):
    """An input that is refused whole; ``problems`` holds everything wrong with it, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.to("zh"))

    def __reduce__(self) -> tuple[type[Refused], tuple[Any, ...]]:
        return type(self), (self.problems,)

    def to(self, lang: Lang) -> str:
        """One line for each of the first problems, and how many more there are."""
        lines = [problem.to(lang) for problem in self.problems[:PRINTED]]
        more = len(self.problems) - len(lines)
        if more:
            lines.append(Said(f"……另有 {more} 处问题", f"... and {more} more problems").to(lang))
        return "\n".join(lines)


def spelt(path: Iterable[str | int]) -> str:
    """A path as people write it.

    >>> spelt(("Station", 2, "rooms", 0))
    'Station[2].rooms[0]'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def refuse(zh: str, en: str) -> PydanticCustomError:
    """The error a validator raises: pydantic carries both languages to the reader of the file."""
    return PydanticCustomError("refused", "{zh}", {"zh": zh, "en": en})


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like a misspelt one, if any is like it."""
    return _nearest(name[:200], tuple(known))


@lru_cache(maxsize=1024)
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    found = get_close_matches(name, known, n=1, cutoff=0.5)
    return found[0] if found else None


def hint(near: str | None) -> Said:
    """'did you mean', to stand at the end of a sentence; nothing where no name is near."""
    if near is None:
        return Said("", "")
    return Said(f"，是否为“{near}”？", f"; did you mean '{near}'?")


def nearest_named(said: Said) -> str | None:
    """The name a hint at the end of a sentence names.

    >>> nearest_named(unknown_name(Said("字段", "field"), "aera", ["area", "id"]))
    'area'
    """
    found = _HINT.search(said.zh)
    return found[1] if found else None


def unknown_name(what: Said, name: str, known: Sequence[str]) -> Said:
    """'Unknown X', with the nearest known name, or the known names where they are few."""
    near = nearest(name, known)
    if near is not None:
        did = hint(near)
        return Said(f"未知的{what.zh}“{name}”{did.zh}", f"unknown {what.en} '{name}'{did.en}")
    few = sorted(known) if len(known) <= 12 else []
    zh = f"；可用的有：{'、'.join(few)}" if few else ""
    en = f"; known: {', '.join(few)}" if few else ""
    return Said(f"未知的{what.zh}“{name}”{zh}", f"unknown {what.en} '{name}'{en}")
