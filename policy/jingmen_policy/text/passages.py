"""Passages of a restored text, found by id or by address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

Kind = Literal[
    "lede", "title", "preamble", "section", "heading", "paragraph", "item", "sentence", "annex"
]


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of the text: ``text == source.plain[start:end]``.

    ``parent`` is an id, or empty at the top; ``heading`` the heading words it stands under, its own
    where it has any.
    """

    id: str
    address: str
    kind: Kind
    parent: str
    start: int
    end: int
    text: str
    normative: bool
    heading: str = ""


class NoPassage(LookupError):
    """An address the text does not have; ``nearest`` holds those most like it."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        self.name, self.nearest = name, nearest
        super().__init__(name, nearest)

    def __str__(self) -> str:
        return f"{self.name} → {' / '.join(self.nearest)}?" if self.nearest else self.name


@dataclass(frozen=True)
class SourceText:
    """``plain`` is the text without Markdown; passages stand in its order, outer before inner."""

    plain: str
    passages: tuple[Passage, ...]

    @cached_property
    def _known(self) -> dict[str, Passage]:
        return {
            name: passage for passage in self.passages for name in (passage.id, passage.address)
        }

    @cached_property
    def _children(self) -> dict[str, list[Passage]]:
        children: dict[str, list[Passage]] = {}
        for passage in self.passages:
            children.setdefault(passage.parent, []).append(passage)
        return children

    def passage(self, name: str) -> Passage:
        """The passage at an id or an address. Raises NoPassage."""
        found = self._known.get(name.strip())
        if found is None:
            raise NoPassage(name, tuple(get_close_matches(name[:200], self._known, cutoff=0.5)))
        return found

    def has(self, name: str) -> bool:
        """Whether there is a passage at an id or an address."""
        return name.strip() in self._known

    def within(self, name: str) -> Iterator[Passage]:
        """Every passage inside another, in order."""
        for child in self._children.get(self.passage(name).id, ()):
            yield child
            yield from self.within(child.id)

    def sentences(self, name: str | None = None) -> Iterator[Passage]:
        """The sentences of a passage, or of the whole text."""
        inside = self.passages if name is None else self.within(name)
        return (passage for passage in inside if passage.kind == "sentence")

    def occurrences(self, quote: str, name: str) -> list[tuple[int, int]]:
        """Where an exact string stands inside a passage, as offsets into ``plain``."""
        passage = self.passage(name)
        found, at = [], passage.text.find(quote)
        while at >= 0 and quote:
            found.append((passage.start + at, passage.start + at + len(quote)))
            at = passage.text.find(quote, at + 1)
        return found
