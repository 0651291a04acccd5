"""Where in a file something stands, so that what is wrong there is reported there."""

from __future__ import annotations

from dataclasses import dataclass, field

from jingmen_facts.problems import Problem, Said, spelt
from jingmen_facts.reading.yaml_text import Located

Step = str | int


@dataclass(frozen=True, slots=True)
class Place:
    """A path inside a file; problems found at it are collected in ``found``."""

    located: Located
    found: list[Problem] = field(default_factory=list)
    path: tuple[Step, ...] = ()

    def __truediv__(self, step: Step) -> Place:
        return Place(self.located, self.found, (*self.path, step))

    def wrong(self, zh: str, en: str) -> None:
        self.say(Said(zh, en))

    def say(self, said: Said) -> None:
        line = self.located.line(self.path)
        self.found.append(Problem(said, self.located.source, line, spelt(self.path)))
