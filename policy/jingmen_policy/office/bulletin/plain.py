"""A bulletin as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingmen_policy.exports.safe import shown
from jingmen_policy.judge.layout import table
from jingmen_policy.office.bulletin.blocks import (
    Block,
    Cell,
    Chart,
    Fold,
    Grid,
    Heading,
    Paragraph,
    Told,
)


def plain(told: Told) -> str:
    """The whole, charts left out: each stands beside the table it is drawn from."""
    lines = [shown(told.title), *map(shown, told.about), *_lines(told.blocks), "", *told.foot]
    return "\n".join(lines)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading():
                yield from ("", shown(block.text))
            case Paragraph():
                yield shown(block.text)
            case Grid():
                yield from ("", *_grid(block))
            case Fold():
                yield from ("", f"{shown(block.text)} | {block.mark}")
                yield from _lines(block.blocks)
            case Chart():
                pass


def _grid(grid: Grid) -> list[str]:
    """In columns; where whole sentences stand in the cells, a line for each row."""
    rows = [grid.head, *(tuple(_text(cell) for cell in row) for row in grid.rows)]
    if grid.key:
        return table(rows)
    return [" | ".join(row).rstrip(" |") for row in rows]


def _text(cell: Cell) -> str:
    return shown(cell.text.replace("\n", " "))
