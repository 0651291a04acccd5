"""The values of a field at which what a rule says changes, the rest being as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.reference import Walk
from jingmen_policy.expression.evaluate import evaluate
from jingmen_policy.expression.frame import Frame
from jingmen_policy.expression.near import around, years_before
from jingmen_policy.expression.nodes import (
    Arithmetic,
    Call,
    Compare,
    Count,
    Field,
    Formula,
    Members,
    Path,
    Quantified,
    Sum,
    Term,
    Yields,
)
from jingmen_policy.expression.terms import value, years_after
from jingmen_policy.expression.values import Bounds, Trace, Unknown
from jingmen_policy.expression.walk import fields_of, nodes, nodes_of
from jingmen_policy.judge.finding import Finding
from jingmen_policy.rule.model import Dated, Rule


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison that reads a field: the side it stands on, the other, and where it is said.

    ``kind`` is what the formula is about.
    """

    field: Field
    side: Term
    other: Term
    kind: str
    said: Dated


Tests = Mapping[tuple[str, str], tuple[Test, ...]]
"""By the kind and the name of the field."""


class Limits:
    """Limits on one day, in one dossier."""

    def __init__(self, corpus: Corpus, dossier: Dossier, as_of: date) -> None:
        self.corpus = corpus
        self.dossier = dossier
        self.as_of = as_of
        self.walk = Walk(corpus, dossier, as_of)

    def of(self, fact: Fact, spec: FieldSpec, findings: list[Finding]) -> list[Any]:
        """The limits, and the values next to them, that these findings look at; each once."""
        found: dict[Any, None] = {}
        for finding in findings:
            for test in tests_of(self.corpus)[finding.rule].get((spec.kind, spec.name), ()):
                if finding.version is None or not test.said.since <= self.as_of:
                    continue
                for limit in self._limits(test, fact, finding):
                    if not isinstance(limit, date) or date.min < limit < date.max:
                        found.update(dict.fromkeys(around(limit, test.field)))
        return list(found)

    def _limits(self, test: Test, fact: Fact, finding: Finding) -> Iterator[Any]:
        frame = self._frame(test, fact, finding)
        if frame is None:
            return

        def worth(term: Term) -> Any:
            if not _readable(term, frame):
                return None
            found = value(term, frame, Trace(), evaluate)
            return None if isinstance(found, Unknown | Bounds) else found

        target = worth(test.other)
        if target is not None:
            yield from _solved(test.side, test.field, target, worth)

    def _frame(self, test: Test, fact: Fact, finding: Finding) -> Frame | None:
        """Where the comparison is looked at; its own loop stands at the fact asked about."""
        subject = self.dossier.of_kind(finding.subject.kind)[finding.subject.id]
        if test.kind != finding.subject.kind:
            if test.kind != type(fact).__name__ and not test.field.path.root:
                return None
            subject = fact
        frame = Frame(
            self.dossier,
            subject,
            self.as_of,
            due=finding.due,
            year=finding.year,
            params=test.said.params,
            columns=test.said.columns,
            derived=self.walk.derived,
        )
        root = test.field.path.root
        return frame.binding(root, fact) if root and not test.field.path.steps else frame


def _solved(term: Term, wanted: Field, target: Any, worth: Any) -> Iterator[Any]:
    """The values of a field for which a term comes to a target."""
    match term:
        case Field() if term == wanted:
            yield target
        case Arithmetic(op, left, right):
            inside, rest, turned = (
                (left, right, False) if wanted in nodes(left) else (right, left, True)
            )
            by = worth(rest)
            if by is None or isinstance(by, str):
                return
            if op == "*":
                if by:
                    yield from _solved(inside, wanted, Fraction(target) / Fraction(by), worth)
            elif op == "+":
                yield from _solved(inside, wanted, target - by, worth)
            else:
                yield from _solved(inside, wanted, by - target if turned else target + by, worth)
        case Call("age", (born, on)):
            inside, rest = (born, on) if wanted in nodes(born) else (on, born)
            day = worth(rest)
            for years in (target, target + 1):
                if day is not None and years >= 0:
                    yield from _solved(inside, wanted, _moved(day, years, inside is born), worth)
        case Call("years_after", (day, years)):
            count = worth(years)
            if count is not None:
                yield from _solved(day, wanted, _moved(target, count, back=True), worth)
        case _:
            return


def _moved(day: date, years: int, back: bool) -> date:
    """So many years earlier or later, within the years there are."""
    if back:
        return date.min if day.year <= years + 1 else years_before(day, years)
    return date.max if day.year + years > date.max.year else years_after(day, years)


def _readable(term: Term, frame: Frame) -> bool:
    """Whether all that a term reads can be found from where the frame stands."""
    bound = {""} | frame.variables.keys()
    roots: set[str] = set()
    for node in nodes(term):
        if isinstance(node, Count | Sum | Quantified):
            bound.add(node.var)
        roots.update(path.root for path in fields_of(node, Path))
        roots.update(members.start.root for members in fields_of(node, Members))
    return roots <= bound


@lru_cache(maxsize=8)
def tests_of(corpus: Corpus) -> Mapping[str, Tests]:
    """Of every rule the comparisons that decide it, derived facts and exceptions included."""
    found: dict[str, Tests] = {}
    for rule in corpus.rules.values():
        tests: dict[tuple[str, str], list[Test]] = {}
        for kind, said, formula in _formulas(corpus, rule, set()):
            for test in _tests(kind, said, formula):
                spec = test.field.spec
                tests.setdefault((spec.kind, spec.name), []).append(test)
        found[rule.id] = {key: tuple(kept) for key, kept in tests.items()}
    return found


def _formulas(corpus: Corpus, rule: Rule, seen: set[str]) -> Iterator[tuple[str, Dated, Formula]]:
    seen.add(rule.id)
    for version in rule.versions:
        for formula in (rule.applies(version), version.used, version.require):
            if formula is None:
                continue
            yield rule.subject, version, formula
            for node in nodes_of(formula):
                if isinstance(node, Yields) and node.rule not in seen:
                    yield from _formulas(corpus, corpus.rules[node.rule], seen)
    for derived in corpus.derived_of(rule).values():
        for means in derived.versions:
            yield derived.subject, means, means.means


def _tests(kind: str, said: Dated, formula: Formula) -> Iterator[Test]:
    for node in nodes_of(formula):
        if isinstance(node, Compare):
            for side, other in ((node.left, node.right), (node.right, node.left)):
                for inner in nodes(side):
                    if isinstance(inner, Field):
                        yield Test(inner, side, other, kind, said)
