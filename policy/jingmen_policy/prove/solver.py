"""Asking the solver: is there a dossier, and if so which, checked and put together as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import z3

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.prove.encode import Encoder, Place
from jingmen_policy.prove.invariants import invariants
from jingmen_policy.prove.logic import Bit, all_of, expression
from jingmen_policy.prove.rebuild import Crowded, Rebuild, Rebuilt, Unstatable
from jingmen_policy.prove.world import Slot, World

SECONDS = 10
"""How long one question may take; ``unknown`` is then the answer, and nothing is proven."""
TRIES = 40


class Unsettled(Exception):
    """The solver could not tell."""

    def __init__(self, why: Said) -> None:
        self.said = why
        super().__init__(why.en)


@dataclass(frozen=True)
class Solution:
    """A dossier that is as asked, and the solver's model of it."""

    model: Any
    settled: frozenset[str]
    rebuilt: Rebuilt


class Names:
    """The variables of expressions, each expression walked once."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[Any, frozenset[str]]] = {}
        self.called: dict[str, Any] = {}

    def variables(self, bits: Iterable[Bit]) -> dict[str, Any]:
        """The variables of some expressions by name."""
        names = sorted(frozenset().union(*(self.of(bit) for bit in bits)))
        return {name: self.called[name] for name in names}

    def of(self, bit: Bit) -> frozenset[str]:
        if isinstance(bit, bool | int):
            return frozenset()
        key = bit.get_id()
        if key not in self.known:
            found: set[str] = set()
            seen: set[int] = set()
            waiting = [bit]
            while waiting:
                one = waiting.pop()
                here = one.get_id()
                if here in seen:
                    continue
                seen.add(here)
                if here in self.known:
                    found |= self.known[here][1]
                    continue
                parts = one.children()
                if parts:
                    waiting.extend(parts)
                elif z3.is_app(one) and one.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                    name = one.decl().name()
                    self.called[name] = one
                    self.known[here] = (one, frozenset([name]))
                    found.add(name)
            self.known[key] = (bit, frozenset(found))  # holds the expression: ids are reused
        return self.known[key][1]


class Solver:
    """Questions about one world."""

    def __init__(self, corpus: Corpus, world: World, encoder: Encoder) -> None:
        self.corpus = corpus
        self.world = world
        self.encoder = encoder
        self.names = Names()
        self.excluded: list[Any] = []
        self.refused: dict[tuple[str, frozenset[str]], Any] = {}
        self.day = corpus.since

    def background(self, names: Iterable[str]) -> tuple[list[Any], frozenset[str]]:
        """What holds of any dossier and bears on some variables, and all variables involved.

        What shares no variable with them can be made true on its own, whatever they are.
        """
        index: dict[str, list[int]] = {}
        rules = [*self.world.holds(), *self.invariants(), *self.excluded]
        for place, rule in enumerate(rules):
            for name in self.names.of(rule):
                index.setdefault(name, []).append(place)
        involved = set(names)
        waiting, chosen = list(involved), set[int]()
        while waiting:
            for place in index.get(waiting.pop(), ()):
                if place not in chosen:
                    chosen.add(place)
                    more = self.names.of(rules[place]) - involved
                    involved |= more
                    waiting.extend(more)
        return [rules[place] for place in sorted(chosen)], frozenset(involved)

    def invariants(self) -> Iterator[Any]:
        """What the models refuse, where the fields are asked about at all."""
        for slot in list(self.world.slots):
            there = {*slot.flags, *slot.numbers, *slot.texts, *slot.lists}
            for formula, fields in invariants(self.world.models, slot.kind.name):
                if fields <= there:
                    key = (slot.name, fields)
                    if key not in self.refused:
                        found = self.encoder.formula(formula, Place(slot, self.day))
                        self.refused[key] = z3.Not(expression(found.false))
                    yield self.refused[key]

    def find(self, bits: Iterable[Bit], also: Iterable[str] = ()) -> Solution | None:
        """A dossier of which all bits hold; None where there is none. Raises Unsettled."""
        asked = [expression(bit) for bit in bits]
        names = frozenset(also).union(*(self.names.of(bit) for bit in asked))
        for _ in range(TRIES):
            rules, involved = self.background(names)
            model = check([*rules, *asked])
            if model is None:
                return None
            try:
                rebuilt = Rebuild(self.world, model, involved).rebuilt()
            except Unstatable as refused:
                self.exclude(refused, model)
                continue
            except Crowded as crowded:
                label = crowded.kind.label
                why = Said(f"没有那么多{label.zh}可用", f"there is no name for one {label.en} more")
                raise Unsettled(why) from None
            return Solution(model, involved, rebuilt)
        raise Unsettled(
            Said(f"试了{TRIES}次，事实都不能成立", f"no facts could be stated in {TRIES} attempts")
        )

    def exclude(self, refused: Unstatable, model: Any) -> None:
        """No fact of that kind holds these values together."""
        for slot in self.world.slots:
            if slot.kind is refused.slot.kind:
                same = [self.agreeing(slot, refused.slot, name, model) for name in refused.fields]
                if all(bit is not None for bit in same):
                    self.excluded.append(z3.Not(expression(all_of(same))))

    def agreeing(self, slot: Slot, other: Slot, name: str, model: Any) -> Bit | None:
        """Whether a field is known and as a model has it; None where it is not asked about."""
        spec = slot.kind.fields[name]
        if spec.refers is not None:
            return slot.refers(name) if name in slot.above else None
        ours, theirs = _variables(slot, name), _variables(other, name)
        if not ours or len(ours) != len(theirs):
            return None
        values = [model.eval(there, model_completion=True) for there in theirs]
        same = [here == value for here, value in zip(ours, values, strict=True)]
        return all_of([slot.known(spec), *same])


def check(rules: Iterable[Any]) -> Any:
    """A model of all rules; None where there is none. Raises Unsettled."""
    solver = z3.Solver()
    solver.set("timeout", SECONDS * 1000)
    solver.add(*rules)
    answer = solver.check()
    if answer == z3.unknown:
        why = solver.reason_unknown()
        raise Unsettled(Said(f"求解器没有得出结论（{why}）", f"the solver could not tell ({why})"))
    return solver.model() if answer == z3.sat else None


def _variables(slot: Slot, name: str) -> list[Any]:
    if name in slot.texts:
        text = slot.texts[name]
        return [text.code if text.choices else text.free]
    if name in slot.lists:
        return [*slot.lists[name].listed.values(), *slot.others.get(name, {}).values()]
    return [found[name] for found in (slot.flags, slot.numbers) if name in found]
