"""The lines of one generated function, its names, and the constants of its module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction

from jingmen_facts.kinds import Relation
from jingmen_policy.expression.frame import Parameter
from jingmen_policy.rule.model import DerivedVersion
from jingmen_policy.rule.status import Status

SUBJECT = "s"
STATUSES = tuple(Status)
CODE = {status: number for number, status in enumerate(STATUSES)}
"""A status as generated code returns it: its place in ``STATUSES``."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """A term: an expression that stands where none of ``guards`` is None; it is unknown elsewhere.

    ``paired``: it is a pair of ends. ``ratio`` is what it still has to be multiplied by. Of a count
    ``counted`` names how many there surely are, how many there may be among those stated, and
    whether there can be no others.
    """

    text: str
    guards: tuple[str, ...] = ()
    paired: bool = False
    ratio: Fraction = Fraction(1)
    counted: tuple[str, str, str] | None = None


@dataclass
class Constants:
    """Values that a module names once."""

    names: dict[tuple[str, object], str] = field(default_factory=dict)

    def name(self, stem: str, value: object, key: object = None) -> str:
        """The name of a value; one name for each value there is."""
        known = (stem, repr(value) if key is None else key)
        if known not in self.names:
            self.names[known] = f"{stem}_{len(self.names)}"
            self.values[self.names[known]] = value
        return self.names[known]

    values: dict[str, object] = field(default_factory=dict)


@dataclass
class Lines:
    """Writes one function. ``calendar`` has the days that are fixed when the module is made."""

    constants: Constants
    params: dict[str, Parameter]
    columns: dict[str, dict[str, int]]
    calendar: dict[str, str]
    always: frozenset[tuple[str, str]] = frozenset()
    """References, by kind and field, that are never unknown."""
    derived: Mapping[tuple[str, str], DerivedVersion] = field(default_factory=dict)
    """What derived facts mean on the day, by kind and name."""
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    count: int = 0
    variables: dict[str, str] = field(default_factory=dict)
    followed: list[dict[object, str]] = field(default_factory=lambda: [{}])
    """What was looked up already, in this block and those around it."""
    direct: dict[object, tuple[str, str | None]] = field(default_factory=dict)
    """What was looked up with nothing but the subject at hand, and its name if it has one."""
    gathered: list[dict[object, Spelt]] = field(default_factory=lambda: [{}])
    """The counts and sums that were worked out already, likewise."""

    def say(self, line: str) -> None:
        self.lines.append("    " * self.depth + line)

    def fresh(self, stem: str = "t") -> str:
        self.count += 1
        return f"{stem}{self.count}"

    @contextmanager
    def inside(self, line: str) -> Iterator[None]:
        """A block; what is looked up in it is not known after it."""
        self.say(line)
        self._deeper()
        yield
        self._back(self.depth - 1)

    def _deeper(self) -> None:
        self.depth += 1
        self.followed.append({})
        self.gathered.append({})

    def _back(self, depth: int) -> None:
        """Out of blocks, and what was looked up in them forgotten."""
        del self.followed[depth - self.depth :]
        del self.gathered[depth - self.depth :]
        self.depth = depth

    def _named(self, text: str) -> str:
        """A text as a name, so that it is worked out once."""
        if text.isidentifier() or text in {"True", "False", "None"}:
            return text
        return self._kept(text)

    def _kept(self, text: str) -> str:
        name = self.fresh()
        self.say(f"{name} = {text}")
        return name

    def _looked_up(
        self, key: object, text: str, *, direct: bool = False, name: str | None = None
    ) -> str:
        """The name of what is looked up, the first time it is in this block or one around it.

        ``direct``: with nothing but the subject at hand.
        """
        if direct:
            self.direct[key] = text, name
        for known in self.followed:
            if key in known:
                return known[key]
        name = name or self.fresh("f")
        self.say(f"{name} = {text}")
        self.followed[-1][key] = name
        return name

    def _known(self, test: str, *terms: Spelt) -> str:
        """A test that is unknown where any of its terms is."""
        guards = dict.fromkeys(guard for term in terms for guard in term.guards)
        if not guards:
            return test
        return f"None if {' or '.join(f'{guard} is None' for guard in guards)} else {test}"

    def _settled(self, term: Spelt) -> str:
        """A term as one expression, None where it is unknown."""
        return term.text if term.guards == (term.text,) else self._known(term.text, term)

    def _pair(self, term: Spelt) -> str:
        """A term as a pair of ends; one that is unknown has none."""
        return term.text if term.paired else f"ends({self._settled(term)})"


def relation_name(relation: Relation) -> str:
    """What generated code calls a relation; it is put in when a module is loaded."""
    return f"RELATION_{relation.source}_{relation.name}"


def ascii_name(text: str) -> str:
    """A rule's id as a name in Python.

    >>> ascii_name("county-share-2022")
    'county_share_2022'
    """
    return text.replace("-", "_")
