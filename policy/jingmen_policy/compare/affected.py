"""Which rules may come to other findings: those that changed, and those that rest on what did."""

from __future__ import annotations

from collections.abc import Iterable

from jingmen_policy.compare.model import Changed
from jingmen_policy.compare.spelling import formulas
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.walk import derived_mentions
from jingmen_policy.rule.model import DerivedFact, Rule


def affected(before: Corpus, after: Corpus, changed: Iterable[Changed]) -> frozenset[str]:
    """The rules of either corpus whose findings may differ; all others come to the same."""
    deciding = [change for change in changed if change.decides]
    rules = {change.id for change in deciding if change.sort == "rule"}
    facts = {change.id for change in deciding if change.sort == "derived"}
    for corpus in (before, after):
        # derived facts come after those they mention, so one pass reaches all
        for (kind, name), fact in corpus.derived.items():
            if mentioned(fact) & facts:
                facts.add(f"{kind}.{name}")
    for corpus in (before, after):
        rules.update(rule.id for rule in corpus.rules.values() if mentioned(rule) & facts)
    while more := {
        rule.id
        for corpus in (before, after)
        for rule in corpus.rules.values()
        if rule.id not in rules and rules & set(rule.yields_to)
    }:
        rules |= more
    return frozenset(rules)


def mentioned(one: Rule | DerivedFact) -> frozenset[str]:
    """The derived facts its expressions name, as ``Station.established``."""
    return frozenset(
        f"{mention.path.kind}.{mention.name}"
        for version in one.versions
        for formula in formulas(version).values()
        if formula is not None
        for mention, _ in derived_mentions(formula)
    )
