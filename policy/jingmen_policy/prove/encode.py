"""Formulas over slots: what the reference works out for one dossier, said of all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from jingmen_facts.kinds import Sort
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import Case
from jingmen_policy.expression.frame import Parameter
from jingmen_policy.expression.nodes import (
    And,
    Arithmetic,
    Calendar,
    Call,
    Compare,
    Const,
    Count,
    Derived,
    Field,
    Flag,
    Formula,
    Lookup,
    Members,
    Not,
    Or,
    Param,
    Path,
    Quantified,
    Size,
    Sum,
    Term,
    Within,
    Yields,
)
from jingmen_policy.expression.terms import may_be_negative
from jingmen_policy.prove import almanac
from jingmen_policy.prove.amounts import (
    NOTHING,
    Amount,
    End,
    added,
    compared,
    exactly,
    pick,
    stated,
    summed,
    taken,
    times,
)
from jingmen_policy.prove.logic import (
    FALSE,
    TRUE,
    Bit,
    Tri,
    all_of,
    any_of,
    both,
    choose,
    either,
    no,
    total,
)
from jingmen_policy.prove.texts import (
    Text,
    Texts,
    Unsayable,
    constant,
    constants,
    contains,
    equal,
    joined,
)
from jingmen_policy.prove.world import Slot, World
from jingmen_policy.rule.model import Rule, Version

Value = Amount | Text | Texts | Tri
Member = tuple[Slot, Bit, Bit]
"""A slot, whether its fact surely is a member, and whether it may be one without saying so."""


@dataclass(frozen=True)
class Place:
    """Where a formula stands: as ``Frame``, with slots for facts."""

    subject: Slot
    as_of: date
    due: date | None = None
    year: int | None = None
    params: Mapping[str, Parameter] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    variables: Mapping[str, Slot] = field(default_factory=dict)

    @property
    def by(self) -> date:
        return self.as_of if self.due is None else min(self.as_of, self.due)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A rule put to a slot on a day. ``used`` and ``holds`` are None where it has none."""

    rule: Rule
    version: Version
    slot: Slot
    day: date
    due: date | None
    year: int | None
    applies: Tri
    used: Tri | None
    holds: Tri | None


class Encoder:
    """Encodes the rules of one corpus over one world."""

    def __init__(self, corpus: Corpus, world: World) -> None:
        self.corpus = corpus
        self.world = world

    def rule(self, case: Case, slot: Slot, day: date) -> Encoded:
        """A case about a slot; ``case.subject`` is not looked at."""
        rule, version = case.rule, case.version
        place = Place(slot, day, case.due, case.year, version.params, version.columns)
        return Encoded(
            rule,
            version,
            slot,
            day,
            case.due,
            case.year,
            self.optional(rule.applies(version), place) or TRUE,
            self.optional(version.used, place),
            self.optional(version.require, place),
        )

    def optional(self, formula: Formula | None, place: Place) -> Tri | None:
        return None if formula is None else self.formula(formula, place)

    def formula(self, formula: Formula, place: Place) -> Tri:
        match formula:
            case And(parts):
                return both([self.formula(part, place) for part in parts])
            case Or(parts):
                return either([self.formula(part, place) for part in parts])
            case Not(part):
                return ~self.formula(part, place)
            case _:
                found = self._leaf(formula, place)
                return Tri.of(found.true) if self.world.known else found

    def _leaf(self, leaf: Any, place: Place) -> Tri:
        match leaf:
            case Compare(op, left, right):
                return self._compare(leaf, op, left, right, place)
            case Within(elements, texts):
                sought, held = self.term(elements, place), self.term(texts, place)
                assert isinstance(held, Texts)
                assert isinstance(sought, Text | Texts)
                return Tri.known(all_of([sought.known, held.known]), contains(held, sought))
            case Flag(term):
                found = self.term(term, place)
                assert isinstance(found, Tri)
                return found
            case Derived(name, path):
                return self._derived(name, path, place)
            case Quantified():
                return self._quantified(leaf, place)
            case Yields(rule):
                return self._exception(rule, place)
            case _:
                raise AssertionError(leaf)

    def _compare(self, leaf: Compare, op: str, left: Term, right: Term, place: Place) -> Tri:
        a, b = self.term(left, place), self.term(right, place)
        if isinstance(a, Amount) and isinstance(b, Amount):
            return compared(op, a, b)
        if isinstance(a, Text) and isinstance(b, Text):
            known = all_of([a.known, b.known])
            for term in (left, right):
                if not isinstance(term, Param) and term.type.ordered:
                    ranks = [one.rank(term.type.choices) for one in (a, b)]
                    return compared(op, stated(known, ranks[0]), stated(known, ranks[1]))
            same = Tri.known(known, equal(a, b))
            return same if op == "==" else ~same
        if isinstance(a, Tri) and isinstance(b, Tri):
            known = all_of([any_of([a.true, a.false]), any_of([b.true, b.false])])
            alike = any_of([all_of([a.true, b.true]), all_of([a.false, b.false])])
            same = Tri.known(known, alike)
            return same if op == "==" else ~same
        raise Unsayable(Said(f"不能编码的比较：{leaf.source}", f"cannot encode: {leaf.source}"))

    def _derived(self, name: str, path: Path, place: Place) -> Tri:
        slot, sure = self.follow(path, place)
        version = self.corpus.derived[slot.kind.name, name].version_on(place.as_of)
        assert version is not None, "a rule in force mentions only derived facts in force"
        inner = Place(slot, place.as_of, params=version.params, columns=version.columns)
        found = self.formula(version.means, inner)
        return Tri(all_of([sure, found.true]), all_of([sure, found.false]))

    def _exception(self, rule_id: str, place: Place) -> Tri:
        rule = self.corpus.rules[rule_id]
        version = rule.version_on(place.as_of)
        if version is None:
            return FALSE
        inner = Place(
            place.subject, place.as_of, version.due.day, None, version.params, version.columns
        )
        return self.optional(rule.applies(version), inner) or TRUE

    def _quantified(self, leaf: Quantified, place: Place) -> Tri:
        members, whole = self.members(leaf.members, place)
        some = leaf.op == "some"
        parts: list[Tri] = []
        for slot, sure, doubted in members:
            inside = self._inside(leaf.var, slot, place)
            body = self.formula(leaf.body, inside)
            if leaf.condition is not None:
                admitted = self.formula(leaf.condition, inside)
                body = both([admitted, body]) if some else either([~admitted, body])
            if some:
                out = all_of([no(sure), no(doubted)])
                parts.append(Tri(all_of([sure, body.true]), any_of([out, body.false])))
            else:
                out = all_of([no(sure), no(doubted)])
                parts.append(Tri(any_of([out, body.true]), all_of([sure, body.false])))
        found = either(parts) if some else both(parts)
        if some:
            return Tri(found.true, all_of([whole, found.false]))
        return Tri(all_of([whole, found.true]), found.false)

    def term(self, term: Term, place: Place) -> Value:
        match term:
            case Field(path, spec):
                slot, sure = self.follow(path, place)
                return self._read(slot, spec, sure)
            case Const(constant_):
                return _constant(constant_)
            case Param(name):
                return _constant(place.params[name])
            case Calendar(name):
                found = getattr(place, name)
                assert found is not None, f"{name} is not set where the rule was allowed to use it"
                return _constant(found)
            case Arithmetic(op, left, right):
                return self._arithmetic(op, self.term(left, place), self.term(right, place))
            case Lookup(column, key):
                return self._lookup(place.columns[column], self.term(key, place))
            case Call(function, arguments):
                return self._call(function, [self.term(one, place) for one in arguments])
            case Count(members, var, condition):
                return self._count(members, var, condition, place)
            case Sum():
                return self._sum(term, place)
            case Size(texts):
                held = self.term(texts, place)
                assert isinstance(held, Texts)
                return stated(held.known, held.size)

    def _read(self, slot: Slot, spec: Any, sure: Bit) -> Value:
        known = all_of([sure, slot.known(spec)])
        match spec.sort:
            case Sort.FLAG:
                return Tri.known(known, slot.flag(spec))
            case Sort.TEXT if spec.refers is not None:
                raise Unsayable(Said(f"引用 {spec.name} 不作文字", f"{spec.name} is a reference"))
            case Sort.TEXT:
                return replace(slot.text(spec), known=known)
            case Sort.TEXTS:
                return replace(slot.listing(spec), known=known)
            case _:
                end = replace(slot.number(spec).low, there=known)
                return Amount(end, end)

    def _arithmetic(self, op: str, left: Value, right: Value) -> Value:
        if isinstance(left, Text) and isinstance(right, Text):
            return joined(left, right)
        assert isinstance(left, Amount)
        assert isinstance(right, Amount)
        return {"+": added, "-": taken, "*": times}[op](left, right)

    def _lookup(self, cells: Mapping[str, int], key: Value) -> Amount:
        assert isinstance(key, Text)
        found = NOTHING
        for row, cell in cells.items():
            found = pick(key.where(row), exactly(cell), found)
        if self.world.known:
            self.world.rule(_expression(any_of(key.where(row) for row in cells)))
        end = replace(found.low, there=all_of([key.known, found.low.there]))
        return Amount(end, end)

    def _call(self, function: str, values: list[Value]) -> Amount:
        first, second = values
        assert isinstance(first, Amount)
        assert isinstance(second, Amount)
        known = all_of([first.exact, second.exact])
        born = self.world.parts(first.low.number)
        if function == "age":
            on = self.world.parts(second.low.number)
            return stated(known, almanac.age(born, on))
        years = second.low.number
        if not isinstance(years, int) or not 0 <= years <= almanac.MOST_YEARS:
            raise Unsayable(
                Said("期限须为不长的定数", "a term must be a constant and not too long")
            )
        return stated(known, almanac.years_after(born, years))

    def _count(self, members: Members, var: str, condition: Formula | None, place: Place) -> Amount:
        found, whole = self.members(members, place)
        least, most = [], []
        for slot, sure, doubted in found:
            admitted = (
                TRUE
                if condition is None
                else self.formula(condition, self._inside(var, slot, place))
            )
            surely = all_of([sure, admitted.true])
            least.append(choose(surely, 1, 0))
            if not self.world.known:
                may = all_of([any_of([sure, doubted]), no(admitted.false)])
                most.append(choose(may, 1, 0))
        low = End(True, total(least))
        return Amount(low, low if self.world.known else End(whole, total(most)))

    def _sum(self, term: Sum, place: Place) -> Amount:
        found, whole = self.members(term.members, place)
        signed = may_be_negative(term.value)
        zero = End(True, 0)
        lows, highs = [End(any_of([not signed, whole]), 0)], [End(whole, 0)]
        for slot, sure, doubted in found:
            inside = self._inside(term.var, slot, place)
            admitted = TRUE if term.condition is None else self.formula(term.condition, inside)
            amount = self.term(term.value, inside)
            assert isinstance(amount, Amount)
            out = any_of([all_of([no(sure), no(doubted)]), admitted.false])
            wavering = any_of([doubted, no(admitted.true)])
            low = amount.low
            if not signed:
                # What is never negative can only add, however little is known of it.
                known = pick(low.there, Amount(low, low), Amount(zero, zero)).low
                low = replace(known, there=True)
            for ends, end, down in ((lows, low, True), (highs, amount.high, False)):
                inward = (end.number < 0) if down else (end.number > 0)
                kept = choose(any_of([no(wavering), inward]), end.number, 0)
                number = choose(out, 0, kept)
                ends.append(End(any_of([out, end.there]), number, end.scale))
        return Amount(summed(lows), summed(highs))

    def follow(self, path: Path, place: Place) -> tuple[Slot, Bit]:
        """The slot a path leads to, and whether every reference on the way is known."""
        slot = place.variables[path.root] if path.root else place.subject
        sure: Bit = True
        for step in path.steps:
            sure = all_of([sure, slot.refers(step.field)])
            slot = slot.one(step)
        return slot, sure

    def members(self, members: Members, place: Place) -> tuple[list[Member], Bit]:
        """The slots of a collection, and whether there can be no members beside."""
        start, sure = self.follow(members.start, place)
        whole: Bit = sure
        reached: list[Member] = [(start, sure, False)]
        for step in members.steps:
            possible = [(slot, any_of([sure, doubt])) for slot, sure, doubt in reached]
            if step.many:
                whole = all_of(
                    [whole, *(any_of([no(may), slot.lists_all(step)]) for slot, may in possible)]
                )
                reached = self._members(step, reached)
            else:
                whole = all_of(
                    [whole, *(any_of([no(may), slot.refers(step.field)]) for slot, may in possible)]
                )
                reached = self._referred(step, reached)
        return reached, whole

    def _members(self, step: Any, owners: list[Member]) -> list[Member]:
        found: dict[str, Member] = {}
        for owner, sure, doubt in owners:
            for slot in owner.many(step):
                there = all_of([slot.present, slot.refers(step.field)])
                found[slot.name] = (slot, all_of([sure, there]), all_of([doubt, there]))
        anybody = any_of(any_of([sure, doubt]) for _, sure, doubt in owners)
        for slot, lost in self.world.astray(step):
            before = found.get(slot.name, (slot, False, False))
            stray = all_of([anybody, lost])
            found[slot.name] = (slot, before[1], any_of([before[2], stray]))
        return list(found.values())

    def _referred(self, step: Any, owners: list[Member]) -> list[Member]:
        found: dict[str, Member] = {}
        for owner, sure, doubt in owners:
            slot, there = owner.one(step), owner.refers(step.field)
            _, before, doubted = found.get(slot.name, (slot, False, False))
            now = any_of([before, all_of([sure, there])])
            maybe = any_of([doubted, all_of([doubt, there])])
            found[slot.name] = (slot, now, all_of([no(now), maybe]))
        return list(found.values())

    def _inside(self, var: str, slot: Slot, place: Place) -> Place:
        return replace(place, variables={**place.variables, var: slot})


def _constant(value: object) -> Value:
    match value:
        case bool():
            return Tri.of(value)
        case int() | Fraction():
            return exactly(value)
        case date():
            return exactly(value.toordinal())
        case str():
            return constant(value)
        case tuple():
            return constants(value)
        case _:
            raise AssertionError(value)


def _expression(bit: Bit) -> Any:
    from jingmen_policy.prove.logic import expression

    return expression(bit)
