"""Counts without a bound: not which members there are but how many of each sort.

A member counts for some of the conditions and not for others; which combinations can be is asked
once, of one member. How many members there are of each combination is then a whole number, as large
as it likes, and every count is a sum of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import z3

from jingmen_facts.problems import Said
from jingmen_policy.expression.nodes import Formula, Members
from jingmen_policy.prove.amounts import Amount, stated
from jingmen_policy.prove.encode import Encoded, Encoder, Place
from jingmen_policy.prove.logic import TRUE, Bit, all_of, expression, no, total
from jingmen_policy.prove.solver import check
from jingmen_policy.prove.stage import Stage
from jingmen_policy.prove.texts import Unsayable
from jingmen_policy.rule.model import Rule

Key = tuple[object, ...]


class Tally:
    """Some rules about one kind, encoded with their counts as sums of sorts of members."""

    def __init__(self, stage: Stage, rules: Sequence[Rule], day: date) -> None:
        first = stage.like(rules)
        watch = _watched(first, rules, day)
        if any(len(bits) != 1 for bits in watch.seen.values()):
            raise Unsayable(Said("不是逐个计数", "members are not counted one by one"))
        self.sorts = _sorts(first, [bit for [bit] in watch.seen.values()])
        self.numbers = [z3.Int(f"members:{place}") for place in range(len(self.sorts))]
        self.origin = stage
        self.stage = stage.like(rules)
        self.stage.encoder = _Sum(self.stage, list(watch.seen), self.sorts, self.numbers)
        self.encoded: list[Encoded] = [self.stage.encoded(rule, day) for rule in rules]

    def fewest(self, bits: Sequence[Bit]) -> Any:
        """A model of all bits with as few members as will do; None where there is none."""
        found, asked = self.check(bits), total(self.numbers)
        while found is not None:
            fewer = self.check([*bits, asked < found.eval(asked, model_completion=True)])
            if fewer is None:
                break
            found = fewer
        return found

    def spread(self, model: Any, rules: Sequence[Rule], day: date) -> tuple[Stage, list[Bit]]:
        """A stage with room for the members a model counts, and what makes each of them so."""
        numbers = [model.eval(n, model_completion=True).as_long() for n in self.numbers]
        wanted = [
            sort
            for sort, number in zip(self.sorts, numbers, strict=True)
            if any(sort)
            for _ in range(number)
        ]
        stage = self.origin.like(rules, max(len(wanted), 1))
        watch = _watched(stage, rules, day)
        none = (False,) * len(watch.seen)
        room = max(len(bits) for bits in watch.seen.values())
        wanted += [none] * (room - len(wanted))
        return stage, [
            bit if sort[column] else no(bit)
            for column, bits in enumerate(watch.seen.values())
            for sort, bit in zip(wanted, bits, strict=True)
        ]

    def check(self, bits: Sequence[Bit]) -> Any:
        """A model of all bits; None where there is none."""
        asked = [expression(bit) for bit in bits]
        names = self.stage.solver.names.variables(asked)
        rules, _ = self.stage.solver.background(names)
        return check([*rules, *asked, *(number >= 0 for number in self.numbers)])


class _Watch(Encoder):
    """Notes for each count which of the members there is room for are counted."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.corpus, stage.world)
        self.seen: dict[Key, list[Bit]] = {}

    def _count(self, members: Members, var: str, condition: Formula | None, place: Place) -> Amount:
        found, _ = self.members(members, place)
        if place.variables or any(key[0] != members for key in self.seen):
            raise Unsayable(
                Said("计数不是同一种对象", "the rules do not count members of one collection")
            )
        bits = []
        for slot, sure, _ in found:
            inside = self._inside(var, slot, place)
            admitted = TRUE if condition is None else self.formula(condition, inside)
            bits.append(all_of([sure, admitted.true]))
        self.seen[_key(members, var, condition, place)] = bits
        return super()._count(members, var, condition, place)


def _watched(stage: Stage, rules: Sequence[Rule], day: date) -> _Watch:
    """The rules encoded, in this order, with their counts noted."""
    watch = _Watch(stage)
    stage.encoder = watch
    stage.done.clear()
    for rule in rules:
        stage.encoded(rule, day)
    return watch


class _Sum(Encoder):
    """Every count noted is the sum of the sorts that are counted."""

    def __init__(
        self, stage: Stage, keys: list[Key], sorts: list[tuple[bool, ...]], numbers: list[Any]
    ) -> None:
        super().__init__(stage.corpus, stage.world)
        self.columns = {
            key: total(n for n, sort in zip(numbers, sorts, strict=True) if sort[place])
            for place, key in enumerate(keys)
        }

    def _count(self, members: Members, var: str, condition: Formula | None, place: Place) -> Amount:
        key = _key(members, var, condition, place)
        return stated(True, self.columns[key])


def _key(members: Members, var: str, condition: Formula | None, place: Place) -> Key:
    return (members, var, condition, place.by, place.due, place.year, *place.params.items())


def _sorts(stage: Stage, bits: list[Bit]) -> list[tuple[bool, ...]]:
    """The combinations of conditions that one member may meet."""
    asked = [expression(bit) for bit in bits]
    names = stage.solver.names.variables(asked)
    if any(name.count("[") == 0 for name in names):
        raise Unsayable(
            Said("计数的条件还看别的事实", "what is counted depends on other facts too")
        )
    rules, _ = stage.solver.background(names)
    found: list[tuple[bool, ...]] = []
    while True:
        others = [
            z3.Or(*(z3.Not(b) if held else b for b, held in zip(asked, sort, strict=True)))
            for sort in found
        ]
        model = check([*rules, *others])
        if model is None:
            return found
        found.append(tuple(z3.is_true(model.eval(b, model_completion=True)) for b in asked))
