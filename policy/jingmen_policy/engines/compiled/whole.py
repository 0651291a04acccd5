"""All rules about a kind of subject as one function: what several of them ask is worked out once.

The functions of single rules say the same and are there to be read, and to be run where only some
rules are asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jingmen_policy.engines.compiled.formulas import Formulas
from jingmen_policy.engines.compiled.lines import CODE, SUBJECT
from jingmen_policy.engines.protocol import governing
from jingmen_policy.expression.nodes import Calendar, Formula, Lookup, Param
from jingmen_policy.expression.walk import nodes_of
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status

if TYPE_CHECKING:
    from jingmen_policy.engines.compiled.module import Writer


@dataclass(frozen=True)
class Asked:
    """One rule in one year, and the variable its status goes to."""

    rule: Rule
    version: Version
    due: date | None
    year: int | None
    name: str


class Whole:
    """Writes the function of one kind."""

    def __init__(self, writer: Writer, kind: str) -> None:
        self.writer = writer
        self.kind = kind
        self.speller: Formulas = writer.speller({}, {}, {})
        self.returned: list[str] = []
        self.groups: dict[object, list[Asked]] = {}

    def lines(self) -> list[str]:
        for rule in self.writer.corpus.rules.values():
            if rule.subject == self.kind:
                self.add(rule)
        for group in self.groups.values():
            self.group(group)
        self.speller.say(f"return ({', '.join(self.returned)},)")
        return self.speller.lines

    def add(self, rule: Rule) -> None:
        """Give each year of a rule its place, and put it where its condition is asked."""
        found = list(governing(rule, self.writer.as_of))
        if not found:
            self.returned.append(str(CODE[Status.NOT_IN_FORCE]))
        for version, due, year in found:
            applies = rule.applies(version)
            if version.require is None and applies is None:
                self.returned.append(str(CODE[self.writer.without(rule)]))
                continue
            one = Asked(rule, version, due, year, f"r{len(self.returned)}")
            self.returned.append(one.name)
            self.groups.setdefault(self.condition(one, applies), []).append(one)

    def condition(self, one: Asked, applies: Formula | None) -> object:
        """What is the same for rules that apply alike."""
        if applies is None or not any(
            isinstance(node, Param | Lookup | Calendar) for node in nodes_of(applies)
        ):
            return applies
        return applies, one.rule.id, one.year

    def group(self, group: list[Asked]) -> None:
        """Whether rules apply, once, and then each of them."""
        first = group[0]
        applies = first.rule.applies(first.version)
        if applies is None:
            truth = "True"
        else:
            self.turn_to(first)
            truth = self.speller._named(self.speller.formula(applies))
        if truth == "True":
            self.bodies(group)
            return
        with self.speller.inside(f"if {truth}:"):
            self.bodies(group)
        self.otherwise(truth, [one.name for one in group], Status.NOT_APPLICABLE)

    def bodies(self, group: list[Asked]) -> None:
        """Each rule of a group, after what several of them look up about the subject itself."""
        for key, (text, name) in self.shared(group):
            self.speller._looked_up(key, text, name=name)
        for one in group:
            self.turn_to(one)
            self.body(one)

    def shared(self, group: list[Asked]) -> list[tuple[object, tuple[str, str | None]]]:
        """What more than one rule of a group looks up with nothing but the subject at hand."""
        if len(group) < 2:
            return []
        asked: Counter[tuple[object, tuple[str, str | None]]] = Counter()
        for one in group:
            alone = Whole(self.writer, self.kind)
            alone.turn_to(one)
            alone.body(one)
            asked.update(alone.speller.direct.items())
        return [found for found, times in asked.items() if times > 1]

    def body(self, one: Asked) -> None:
        if one.version.require is None:
            self.speller.say(f"{one.name} = {CODE[self.writer.without(one.rule)]}")
            return
        if one.version.used is None:
            self.outcome(one)
            return
        used = self.speller._named(self.speller.formula(one.version.used))
        if used == "True":
            self.outcome(one)
            return
        with self.speller.inside(f"if {used}:"):
            self.outcome(one)
        self.otherwise(used, [one.name], Status.AVAILABLE)

    def otherwise(self, truth: str, names: list[str], false: Status) -> None:
        """What rules say where something does not hold, or is not known to."""
        with self.speller.inside("else:"):
            said = f"{CODE[false]} if {truth} is False else {CODE[Status.UNDETERMINED]}"
            self.speller.say(f"{' = '.join(names)} = {said}")

    def outcome(self, one: Asked) -> None:
        assert one.version.require is not None
        truth = self.speller._named(self.speller.formula(one.version.require))
        known, unknown = self.writer.outcomes(one.rule, one.version, one.due)
        said = known if unknown is None else f"{unknown} if {truth} is None else {known}"
        self.speller.say(f"{one.name} = {CODE[Status.MET]} if {truth} else {said}")

    def turn_to(self, one: Asked) -> None:
        """Spell with the numbers and days of this rule; its counts and sums are its own."""
        speller = self.speller
        of = self.writer.version_speller(one.version, one.due, one.year)
        speller.params, speller.columns, speller.calendar = of.params, of.columns, of.calendar
        speller.gathered = [{} for _ in speller.gathered]


def wholes(writer: Writer) -> Iterator[tuple[str, str, list[str]]]:
    """Kind, name of its function, and lines, for each kind there is a rule about."""
    for kind in dict.fromkeys(rule.subject for rule in writer.corpus.rules.values()):
        yield kind, f"every_{kind}", Whole(writer, kind).lines()


def told(kind: str) -> str:
    return f"Every rule about a {kind}, in the order of the text; {SUBJECT} is one."
