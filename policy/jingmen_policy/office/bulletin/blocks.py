"""A bulletin as headings, paragraphs, tables and charts: what HTML, Word and text all show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jingmen_policy.rule.status import Status


@dataclass(frozen=True, slots=True)
class Heading:
    level: Literal[1, 2]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``note`` is said in a smaller hand: how something was counted, what the text says of it."""

    text: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``number`` stands to the right, ``status`` is shown in words and by a mark."""

    text: str
    number: bool = False
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``widths`` are shares of its width; ``key`` counts the cells that name a row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    key: int = 1


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, a place of ``ink`` in the row of patterns."""

    name: str
    ink: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of whole numbers, side by side or stacked; ``alt`` says in words what they show."""

    name: str
    title: str
    alt: str
    stacked: bool
    categories: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def most(self) -> int:
        """The longest bar there is."""
        columns = list(zip(*(one.values for one in self.series), strict=True))
        return max([sum(c) if self.stacked else max(c) for c in columns], default=0)


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks under one line; a page folds them away until they are wanted."""

    text: str
    mark: str
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | Grid | Chart | Fold


@dataclass(frozen=True, slots=True)
class Told:
    """The whole: ``about`` says below the title what this paper is."""

    title: str
    about: tuple[str, ...]
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]


def numbers(values: Iterable[object]) -> list[Cell]:
    return [Cell(str(value), number=True) for value in values]


def walk(blocks: Sequence[Block]) -> Iterable[Block]:
    """Every block, those in folds as well."""
    for block in blocks:
        yield block
        if isinstance(block, Fold):
            yield from walk(block.blocks)
