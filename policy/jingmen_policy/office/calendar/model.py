"""An entry of the calendar, and the whole of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Literal

EntryKind = Literal["plan", "obligation", "planned", "expiry", "renewal"]
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """``key`` says what it is about and never how it stands: the same matter keeps its identity,
    so that importing again updates it.
    """

    kind: EntryKind
    key: tuple[str, ...]
    day: date
    summary: str
    description: str
    categories: tuple[str, ...]

    def uid(self, corpus: str) -> str:
        """Unique among all corpora; letters and digits only, whatever the key holds."""
        told = "\x1f".join((corpus, self.kind_of_key, *self.key))
        return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@jingmen-policy"

    @property
    def kind_of_key(self) -> str:
        """What is only planned becomes an obligation when its year has come: one matter."""
        return "obligation" if self.kind == "planned" else self.kind


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An entry of an earlier calendar that there is no reason for any more."""

    uid: str
    day: date
    summary: str


@dataclass(frozen=True, slots=True)
class Diary:
    """Entries by day. ``undated`` and ``standing`` count what has no day and so no entry.

    ``sequence`` grows from one calendar to the next, so that importing the later one updates.
    """

    corpus: str
    name: str
    as_of: date
    sequence: int
    entries: tuple[Entry, ...]
    undated: int
    standing: int
    cancelled: tuple[Cancelled, ...] = ()


def weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
