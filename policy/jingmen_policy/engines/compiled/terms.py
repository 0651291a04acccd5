"""Terms: an expression that stands where its guards are known; a count or a sum as two ends."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from jingmen_facts.kinds import Sort
from jingmen_policy.engines.compiled.lines import Spelt
from jingmen_policy.engines.compiled.ways import Ways
from jingmen_policy.expression.nodes import (
    Arithmetic,
    Calendar,
    Call,
    Const,
    Count,
    Field,
    Formula,
    Lookup,
    Param,
    Size,
    Sum,
    Term,
)
from jingmen_policy.expression.terms import may_be_negative

RATIO = "1"
"""How a ratio is spelt while what it is multiplied by is not known."""
Kept = TypeVar("Kept", Count, Sum)


class Terms(Ways):
    @abstractmethod
    def formula(self, formula: Formula) -> str:
        """The name, or an expression without effect, that holds a formula's truth."""

    def term(self, term: Term) -> Spelt:
        """A term, with the lines before it that it needs."""
        match term:
            case Const(value):
                return Spelt(repr(value))
            case Param(name):
                return self._param(name)
            case Field(path, spec):
                fact = self.follow(path)
                text = self._known(f"{fact.text}.{spec.name}", fact)
                direct = not path.root and not path.steps
                key = (path.root, path.steps, spec.name)
                name = self._looked_up(key, text, direct=direct)
                return Spelt(name, () if spec.required and not fact.guards else (name,))
            case Calendar(name):
                return Spelt(self.calendar[name])
            case Lookup(column, key):
                cells = self.constants.name("COLUMN", self.columns[column])
                name = self._kept(f"{cells}.get({self._settled(self.term(key))})")
                return Spelt(name, (name,))
            case Arithmetic():
                return self._arithmetic(term)
            case Call(function, arguments):
                given = [self.term(argument) for argument in arguments]
                guards = tuple(guard for one in given for guard in one.guards)
                return Spelt(f"{function}({', '.join(one.text for one in given)})", guards)
            case Size(texts):
                held = self.term(texts)
                return Spelt(f"len({held.text})", held.guards)
            case Count():
                return self._once(term, self._count)
            case Sum():
                return self._once(term, self._sum)

    def _once(self, term: Kept, spell: Callable[[Kept], Spelt]) -> Spelt:
        """A count or a sum: a pair of ends, worked out once in a block."""
        for block in self.gathered:
            if term in block:
                return block[term]
        spelt = self.gathered[-1][term] = spell(term)
        return spelt

    def _param(self, name: str) -> Spelt:
        value = self.params[name]
        if isinstance(value, Fraction):
            return Spelt(RATIO, ratio=value)
        if isinstance(value, date):
            return Spelt(self.constants.name("DAY", value))
        return Spelt(repr(value))

    def _arithmetic(self, term: Arithmetic) -> Spelt:
        left, right = self.term(term.left), self.term(term.right)
        if term.op == "*":
            for ratio, other in ((left, right), (right, left)):
                if ratio.text == RATIO:
                    return replace(other, ratio=ratio.ratio * other.ratio)
        left, right = self._plain(left, term.left), self._plain(right, term.right)
        if left.paired or right.paired:
            function = {"+": "plus", "-": "minus", "*": "times"}[term.op]
            return Spelt(f"{function}({self._pair(left)}, {self._pair(right)})", paired=True)
        return Spelt(f"({left.text} {term.op} {right.text})", (*left.guards, *right.guards))

    def _plain(self, spelt: Spelt, term: Term) -> Spelt:
        """A term to reckon with: no ratio pending, a decimal as a fraction."""
        if isinstance(term, Field) and term.spec.sort is Sort.NUMBER:
            spelt = replace(spelt, text=f"Fraction({spelt.text})")
        if spelt.ratio == 1:
            return spelt
        factor = self.constants.name("RATIO", spelt.ratio)
        if spelt.text == RATIO:
            return Spelt(factor)
        if spelt.paired:
            return Spelt(f"times({spelt.text}, ends({factor}))", paired=True)
        return Spelt(f"({factor} * {spelt.text})", spelt.guards)

    def _count(self, term: Count) -> Spelt:
        sure_count, possible = self.fresh("n"), self.fresh("n")
        self.say(f"{sure_count} = {possible} = 0")
        with self._each(term.members, term.var) as (sure, whole):
            if term.condition is None:
                self.say(f"{possible} += 1")
                if sure is None:
                    self.say(f"{sure_count} += 1")
                else:
                    with self.inside(f"if {sure}:"):
                        self.say(f"{sure_count} += 1")
            else:
                truth = self._named(self.formula(term.condition))
                with self.inside(f"if {truth} is not False:"):
                    self.say(f"{possible} += 1")
                    also = "" if sure is None else f" and {sure}"
                    with self.inside(f"if {truth}{also}:"):
                        self.say(f"{sure_count} += 1")
        pair = f"({sure_count}, {possible} if {whole} else None)"
        return Spelt(pair, paired=True, counted=(sure_count, possible, whole))

    def _sum(self, term: Sum) -> Spelt:
        signed = may_be_negative(term.value)
        low, high = self.fresh("n"), self.fresh("n")
        self.say(f"{low} = {high} = 0")
        with self._each(term.members, term.var) as (sure, whole):
            truth = "True"
            if term.condition is not None:
                truth = self._named(self.formula(term.condition))
                with self.inside(f"if {truth} is False:"):
                    self.say("continue")
            amount = self._plain(self.term(term.value), term.value)
            least, most = self.fresh("a"), self.fresh("a")
            nothing = "None" if signed else "0"
            if amount.paired:
                self.say(f"{least}, {most} = {amount.text}")
            else:
                name = self._kept(self._settled(amount))
                known = f"({name}, {name})"
                self.say(f"{least}, {most} = ({nothing}, None) if {name} is None else {known}")
            doubtful = " or ".join(
                ([f"{truth} is None"] if truth != "True" else [])
                + ([f"not ({sure})"] if sure is not None else [])
            )
            if doubtful:
                with self.inside(f"if {doubtful}:"):
                    self.say(f"{least} = None if {least} is None else min({least}, 0)")
                    self.say(f"{most} = None if {most} is None else max({most}, 0)")
            self.say(f"{low} = None if {low} is None or {least} is None else {low} + {least}")
            self.say(f"{high} = None if {high} is None or {most} is None else {high} + {most}")
        pair = self.fresh("p")
        first = f"{low} if {whole} else None" if signed else low
        self.say(f"{pair} = ({first}, {high} if {whole} else None)")
        return Spelt(pair, paired=True)
