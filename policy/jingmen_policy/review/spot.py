"""Where an expression is to be made true: whose it is, with which parameters, on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from jingmen_facts.kinds import Relation
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.reference import Walk
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.nodes import Formula, Path, Term
from jingmen_policy.expression.terms import value
from jingmen_policy.expression.values import FALSE, Bounds, Trace, Truth, Unknown
from jingmen_policy.review.world import SUBJECT, Ref, World
from jingmen_policy.rule.model import Dated


@dataclass(frozen=True)
class Spot:
    """``things`` are those of the loop variables."""

    corpus: Corpus
    version: Dated
    as_of: date
    due: date | None = None
    year: int | None = None
    subject: int = SUBJECT
    things: Mapping[str, int] = field(default_factory=dict)

    @property
    def by(self) -> date:
        return self.as_of if self.due is None else min(self.as_of, self.due)

    def inside(self, var: str, thing: int) -> Spot:
        return replace(self, things={**self.things, var: thing})

    def of(self, version: Dated, subject: int, due: date | None) -> Spot:
        """Where another expression about one of the things stands: a derived fact, another rule."""
        return Spot(self.corpus, version, self.as_of, due, subject=subject)

    def reach(self, path: Path, world: World) -> tuple[World, int]:
        """The thing a path leads to, made up where there is none yet."""
        thing = self.things[path.root] if path.root else self.subject
        for step in path.steps:
            world, thing = self.referred(step, thing, world)
        return world, thing

    def referred(self, step: Relation, thing: int, world: World) -> tuple[World, int]:
        """What a thing refers to, made up where it does not say."""
        known = world.get(thing, step.field)
        if known is not None:
            return world, known.thing
        world, made = world.add(step.target, self.as_of)
        return world.put(thing, step.field, Ref(made)), made

    def within(self, world: World) -> bool:
        """Whether everything it is about is there."""
        return {self.subject, *self.things.values()} <= world.things.keys()

    def worth(self, term: Term, world: World) -> Any:
        """The value of a term; None where it is not known to the full, or the facts are none."""
        frame = self._frame(world)
        if frame is None:
            return None
        try:
            found = value(term, frame, Trace(), evaluate)
        except ValueError:  # a day that the calendar does not have
            return None
        return None if isinstance(found, Unknown | Bounds) else found

    def holds(self, formula: Formula, world: World) -> bool | None:
        """Whether a formula without exceptions holds; None where that is not known."""
        frame = self._frame(world)
        if frame is None:
            return None
        truth = evaluate(formula, frame).truth
        return None if truth is Truth.UNKNOWN else truth is Truth.TRUE

    def _frame(self, world: World) -> Frame | None:
        made = world.dossier
        if made is None:
            return None
        dossier, facts = made
        walk = Walk(self.corpus, dossier, self.as_of)
        return Frame(
            dossier,
            facts[self.subject],
            self.as_of,
            self.due,
            self.year,
            self.version.params,
            self.version.columns,
            walk.derived,
            lambda _rule: FALSE,
            {name: facts[thing] for name, thing in self.things.items()},
        )
