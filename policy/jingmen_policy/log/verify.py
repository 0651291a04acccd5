"""Whether a log still says what was put into it: every seal, every link, every number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jingmen_facts.problems import Said
from jingmen_policy.log.receipt import seal

KEPT = 100
"""How many problems are kept; the others are counted."""
What = Literal["changed", "missing", "inserted", "unlinked", "unreadable", "head", "unguarded"]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something wrong with a log, at a number (None: with the whole of it)."""

    number: int | None
    what: What
    said: Said


@dataclass(frozen=True, slots=True)
class Head:
    """The last receipt's number and hash. An empty log's is 0 and its own mark.

    Noted elsewhere, it shows that nothing before it was changed and that the log was not cut: a
    chain alone cannot tell that its last receipts were taken off.
    """

    number: int
    hash: str

    @property
    def text(self) -> str:
        return f"{self.number}-{self.hash}"


@dataclass(frozen=True, slots=True)
class Verified:
    """``after``: how many receipts came after the head that was noted, where one was given."""

    receipts: int
    head: Head
    broken: tuple[Broken, ...]
    more: int
    after: int | None = None

    @property
    def whole(self) -> bool:
        return not self.broken


class Check:
    """Reads the rows of a log once, in order, and keeps no more than the last of them."""

    def __init__(self, origin: str, noted: tuple[int, str] | None = None) -> None:
        self.broken: list[Broken] = []
        self.more = 0
        self.head = Head(0, origin)
        self._count = 0
        self._links: tuple[str, ...] | None = (origin,)
        """What the next row may be chained to; None where that row is missing."""
        self._noted = noted
        self._met = noted is not None and noted[0] == 0 and origin.startswith(noted[1])
        self._last = 0

    def rows(self, rows: Iterable[Sequence[object]]) -> None:
        for row in rows:
            self._row(row)

    def find(self, number: int | None, what: What, zh: str, en: str) -> None:
        if len(self.broken) < KEPT:
            self.broken.append(Broken(number, what, Said(zh, en)))
        else:
            self.more += 1

    def done(self) -> Verified:
        after = None
        if self._noted is not None:
            number, hashed = self._noted
            if not self._met:
                self.find(
                    number,
                    "head",
                    f"记下的末端 {number}-{hashed} 不在其中：尾部被截去，或者被改写",
                    f"the noted head {number}-{hashed} is not in it: the log was cut or rewritten",
                )
            else:
                after = self._last - number
        return Verified(self._count, self.head, tuple(self.broken), self.more, after)

    def _row(self, row: Sequence[object]) -> None:
        number, previous, stored = row[0], _text(row[2]), _text(row[-1])
        self._count += 1
        if type(number) is not int or number <= self._last:
            self.find(
                number if type(number) is int else None,
                "inserted",
                f"第 {number!r} 号是插入的：编号应从 1 起，一号一份",
                f"receipt {number!r} was inserted: numbers start at 1 and are used once",
            )
            return
        if number > self._last + 1:
            self._missing(self._last + 1, number - 1)
        made = _sealed(row[:-1])
        if made != stored:
            self.find(
                number,
                "changed",
                f"第 {number} 号被改动过：内容与其哈希不符",
                f"receipt {number} was changed: it does not agree with its hash",
            )
        if self._links is not None and previous not in self._links:
            before = f"第 {number - 1} 号" if number > 1 else "本记录的标记"
            prior = f"receipt {number - 1}" if number > 1 else "the mark of this log"
            self.find(
                number,
                "unlinked",
                f"第 {number} 号接不上{before}：两者之一被换过",
                f"receipt {number} is not chained to {prior}: one of the two was replaced",
            )
        if self._noted is not None and number == self._noted[0]:
            self._met = made == stored and stored.startswith(self._noted[1])
        # Where a row was changed, the next may be chained to what it said or to what it says.
        self._links = tuple({stored, made})
        self._last = number
        self.head = Head(number, stored)

    def _missing(self, first: int, last: int) -> None:
        which = f"{first}" if first == last else f"{first}–{last}"
        self.find(
            first,
            "missing",
            f"缺第 {which} 号",
            f"receipt {which} is missing" if first == last else f"receipts {which} are missing",
        )
        self._links = None


def _text(value: object) -> str:
    """A column's text, which SQLite is asked for as the bytes it has."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _sealed(row: Sequence[object]) -> str:
    try:
        return seal(row)
    except ValueError:
        return ""
