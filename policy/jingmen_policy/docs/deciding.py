"""Which facts decide a rule: the fields and lists its expressions read, derived facts included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jingmen_facts.base import Label
from jingmen_facts.kinds import Relation
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Derived, Field, Formula, Members, Path
from jingmen_policy.expression.walk import fields_of, nodes_of
from jingmen_policy.rule.model import Rule


@dataclass(frozen=True, slots=True)
class Deciding:
    """A field of a kind, or (``listing``) the list of its members."""

    kind: str
    name: str
    label: Label
    listing: bool


def deciding(corpus: Corpus, rule: Rule) -> tuple[Deciding, ...]:
    """Every field and list a rule reads, each once, in the order it reads them."""
    found: dict[tuple[str, str], Deciding] = {}
    for formula in _formulas(corpus, rule):
        for one in _read(formula):
            found.setdefault((one.kind, one.name), one)
    return tuple(found.values())


def _formulas(corpus: Corpus, rule: Rule) -> Iterator[Formula]:
    for version in rule.versions:
        for formula in (version.when, version.used, version.require):
            if formula is not None:
                yield formula
    for fact in corpus.derived_of(rule).values():
        for derived in fact.versions:
            yield derived.means


def _read(formula: Formula) -> Iterator[Deciding]:
    for node in nodes_of(formula):
        if isinstance(node, Field):
            yield from _along(node.path)
            yield Deciding(node.spec.kind, node.spec.name, node.spec.label, listing=False)
        elif isinstance(node, Derived):
            yield from _along(node.path)
        for members in fields_of(node, Members):
            yield from _along(members.start)
            yield from map(_step, members.steps)


def _along(path: Path) -> Iterator[Deciding]:
    yield from map(_step, path.steps)


def _step(step: Relation) -> Deciding:
    return Deciding(step.source, step.name, step.label, listing=step.many)
