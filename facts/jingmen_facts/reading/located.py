"""What was read from a file: texts, mappings and lists that know the lines they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jingmen_facts.problems import Path, Problem, Refused, Said, spelt

MAX_DEPTH = 60


class LinedMap(dict[str, Any]):
    """A mapping that knows the line of each of its keys."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class LinedList(list[Any]):
    """A list that knows the line of each of its items."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Cell(NamedTuple):
    """A cell of a sheet, and what it stands under ('' where it stands for its whole row)."""

    address: str
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A value read from ``source``: every scalar is text, or None where nothing is written.

    ``first`` is the line the value starts on; None where a file has no lines. ``cells`` has, for
    what was read from a workbook, the cell in which what is at a path stands.
    """

    value: Any
    source: str = ""
    first: int | None = None
    cells: Mapping[Path, Cell] = field(default_factory=dict)

    def problem(self, said: Said, path: Path) -> Problem:
        """What is wrong with what is at a path."""
        line = self.line(path)
        for end in range(len(path), 0, -1):
            if (cell := self.cells.get(path[:end])) is not None:
                return Problem(said, self.source, line, cell.heading, path, cell.address)
        return Problem(said, self.source, line, spelt(path), path)

    def line(self, path: Iterable[str | int] = ()) -> int | None:
        """The line on which what is at a path stands, or the nearest thing that holds it."""
        line, value = self.first, self.value
        for step in path:
            lines: Any = getattr(value, "lines", None)
            try:
                value = value[step]
            except (LookupError, TypeError):
                return line
            line = lines[step] if lines else line
        return line

    def at(self, *path: str | int) -> Located:
        """The value at a path, with its lines. Raises LookupError where nothing is there."""
        value = self.value
        for step in path:
            value = value[step]
        return Located(value, self.source, self.line(path))

    def overlaid(self, other: Located) -> Located:
        """This value with another laid over it, mapping by mapping; all else is replaced.

        >>> base, more = Located({"a": {"b": "1", "c": "2"}}), Located({"a": {"c": "3"}})
        >>> base.overlaid(more).value
        {'a': {'b': '1', 'c': '3'}}
        """
        if not isinstance(self.value, Mapping) or not isinstance(other.value, Mapping):
            return other
        merged = LinedMap()
        for side in (self, other):
            for key in side.value:
                upper = side.at(key)
                if side is other and key in self.value:
                    upper = self.at(key).overlaid(upper)
                merged[key] = upper.value
                if upper.first is not None:
                    merged.lines[key] = upper.first
        return Located(merged, self.source, self.first)


@dataclass(slots=True)
class _Open:
    """A mapping or list being filled; ``waiting`` while ``key`` has no value yet."""

    holder: LinedMap | LinedList
    key: str = ""
    line: int = 0
    waiting: bool = False

    @property
    def step(self) -> str | int:
        return len(self.holder) - 1 if isinstance(self.holder, LinedList) else self.key


@dataclass(slots=True)
class Growth:
    """Grows a value from a reader's events; duplicate keys are collected in ``problems``.

    ``open`` and ``put`` raise Refused where a key is not text or nesting is too deep.
    """

    source: str
    problems: list[Problem] = field(default_factory=list)
    root: Any = None
    first: int | None = None
    _open: list[_Open] = field(default_factory=list)

    def put(self, value: str | LinedMap | LinedList | None, line: int) -> None:
        """Add a scalar or a holder: as the root, the next item, a key or a key's value."""
        if not self._open:
            self.root, self.first = value, line
            return
        top = self._open[-1]
        if isinstance(top.holder, LinedList):
            top.holder.append(value)
            top.holder.lines.append(line)
        elif top.waiting:
            top.holder[top.key] = value
            top.holder.lines[top.key] = top.line
            top.waiting = False
        elif isinstance(value, str):
            self._put_key(top, top.holder, value, line)
        else:
            raise self.refused(Said("键应为文字", "a key should be text"), line)

    def open(self, holder: LinedMap | LinedList, line: int) -> None:
        """Add a holder and fill it until it is closed."""
        if len(self._open) >= MAX_DEPTH:
            said = Said(f"嵌套超过 {MAX_DEPTH} 层", f"nested deeper than {MAX_DEPTH} levels")
            raise self.refused(said, line)
        self.put(holder, line)
        self._open.append(_Open(holder))

    def close(self) -> None:
        self._open.pop()

    def refused(self, said: Said, line: int | None) -> Refused:
        """Everything wrong so far, and this."""
        return Refused([*self.problems, Problem(said, self.source, line)])

    def grown(self) -> Located:
        """The value, once its last event is in; Refused where keys were duplicate."""
        if self.problems:
            raise Refused(self.problems)
        return Located(self.root, self.source, self.first)

    def _put_key(self, top: _Open, holder: LinedMap, key: str, line: int) -> None:
        if key in holder:
            said = Said(
                f"重复的键“{key}”，第 {holder.lines[key]} 行已有",
                f"duplicate key '{key}', already on line {holder.lines[key]}",
            )
            path = [frame.step for frame in self._open[:-1]]
            self.problems.append(Problem(said, self.source, line, spelt([*path, key])))
        top.key, top.line, top.waiting = key, line, True
