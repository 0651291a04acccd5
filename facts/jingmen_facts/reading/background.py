"""Facts that hold behind every file that asks for them by name, such as the register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jingmen_facts.base import Fact


@dataclass(frozen=True, slots=True)
class Background:
    """Known facts; of the kinds in ``complete`` they are all there are."""

    facts: tuple[Fact, ...]
    complete: frozenset[str] = frozenset()


Backgrounds = Mapping[str, Callable[[], Background]]
