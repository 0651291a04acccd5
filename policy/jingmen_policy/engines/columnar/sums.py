"""What is gathered from members, worked out apart and from some of them at a time.

A sum or a maximum over all members is that over the sums or maxima of parts of them. So members
need be read once however many parts the owners are cut into, and by many processes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jingmen_policy.engines.columnar.tables import Tables

_WORD = re.compile(r"\w+")
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Names:
    """A step of a statement that gathers: for each owner, or for all members together."""

    columns: tuple[tuple[str, str], ...]
    """Each column and how it is put together: ``sum`` or ``max``."""
    members: str
    """The kind of the members."""
    owner: str = ""
    """The kind of the owners; '' where there is one row for all."""
    reference: str = ""
    """The field of the members that names the owners: these are then all that it names."""


@dataclass(frozen=True, slots=True)
class Sums:
    """One such step by itself: ``text`` works it out from the members that were asked for."""

    name: str
    text: str
    names: Names


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the result of such a step is: something to select from.

    ``whole`` where it is of all members; else it holds what was gathered from parts of them.
    """

    source: str
    whole: bool

    def select(self, names: Names, condition: str) -> str:
        """The step itself, for owners of whom a condition holds."""
        where = "" if condition == "TRUE" else f" WHERE {condition}"
        if self.whole:
            return f"SELECT * FROM {self.source}{where}"
        columns = ", ".join(f"{how}({name}) AS {name}" for name, how in names.columns)
        if not names.owner:
            return f"SELECT {columns} FROM {self.source}"
        return f"SELECT {OWNER}, {columns} FROM {self.source}{where} GROUP BY {OWNER}"


def alone(tables: Tables) -> Iterator[Sums]:
    """The gathering steps of a statement that need no other such step."""
    written = dict(tables.written())
    gathering = {stage.name: stage.names for stage in tables.stages if stage.names is not None}
    needs = {name: _WORD.findall(text) for name, text in written.items()}
    for name, names in gathering.items():
        found = _all_needed(name, needs)
        if not (found - {name}) & gathering.keys():
            steps = ((one, text) for one, text in written.items() if one in found)
            before = ",\n".join(f"{one} AS (\n  {text}\n)" for one, text in steps)
            yield Sums(name, f"WITH\n{before}\nSELECT * FROM {name}\n", names())


def _all_needed(name: str, needs: dict[str, list[str]]) -> set[str]:
    """The steps that one mentions, or that those do, itself included."""
    found = {name}
    waiting = [name]
    while waiting:
        new = {word for word in needs[waiting.pop()] if word in needs} - found
        found |= new
        waiting.extend(new)
    return found
