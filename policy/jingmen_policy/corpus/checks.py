"""What must hold between rules: exceptions and derived facts without cycles, shapes that fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from jingmen_facts.problems import Said, unknown_name
from jingmen_policy.corpus.graph import ordered
from jingmen_policy.corpus.place import Place
from jingmen_policy.expression.nodes import Formula
from jingmen_policy.expression.walk import derived_mentions
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import DerivedFact, Rule

Derived = Mapping[tuple[str, str], DerivedFact]
PlaceOf = Callable[[str], Place]


def check_exceptions(rules: Mapping[str, Rule], place_of: PlaceOf) -> None:
    """Every rule yielded to exists, is about the same kind, is not yearly; there is no cycle."""
    for rule in rules.values():
        for position, name in enumerate(rule.yields_to):
            place = place_of(rule.id) / "yields_to" / position
            other = rules.get(name)
            if other is None:
                place.say(unknown_name(Said("规则", "rule"), name, list(rules)))
            elif other.subject != rule.subject:
                place.wrong(
                    f"“{name}”的对象是 {other.subject}，不是 {rule.subject}",
                    f"'{name}' is about {other.subject}, not {rule.subject}",
                )
            elif any(version.due.kind == "yearly" for version in other.versions):
                place.wrong(f"“{name}”逐年适用，不能作例外", f"'{name}' is yearly, no exception")
    needs = {rule.id: [name for name in rule.yields_to if name in rules] for rule in rules.values()}
    _, cycle = ordered(needs)
    if cycle:
        path = " → ".join(cycle)
        (place_of(cycle[0]) / "yields_to").wrong(
            f"例外成环：{path}", f"exceptions in a cycle: {path}"
        )


def check_shapes(rules: Mapping[str, Rule], place_of: PlaceOf) -> None:
    """What a rule requires fits its modality."""
    for rule in rules.values():
        for position, version in enumerate(rule.versions):
            place = place_of(rule.id) / "versions" / position
            force = rule.modality.force
            if force is Force.STATED and version.require is not None:
                (place / "require").wrong(
                    f"{rule.modality.label.zh}不提出要求",
                    f"a {rule.modality.value} requires nothing",
                )
            optional = force is Force.OPTIONAL
            if (version.used is not None) != (optional and version.require is not None):
                place.wrong(
                    "可选事项有要求时须写 used（何时算采用），其他规则不得写",
                    "'used' stands where a permission has requirements, and only there",
                )


def order_derived(derived: Derived, place_of: PlaceOf) -> list[tuple[str, str]]:
    """Derived facts, each after those it mentions; without cycles negation is stratified."""
    needs = {
        key: sorted(
            {
                (mention.path.kind, mention.name)
                for version in fact.versions
                for mention, _ in derived_mentions(version.means)
            }
            & derived.keys()
        )
        for key, fact in sorted(derived.items())
    }
    order, cycle = ordered(needs)
    if cycle:
        path = " → ".join(f"{kind}.{name}" for kind, name in cycle)
        place_of(derived[cycle[0]].id).wrong(
            f"推定事实相互依赖：{path}", f"derived facts depend on each other: {path}"
        )
    return order


def check_coverage(rules: Mapping[str, Rule], derived: Derived, place_of: PlaceOf) -> None:
    """A derived fact is in force throughout whatever mentions it.

    Past years of a yearly duty are still judged once its version has ended, so what that mentions
    may not end at all.
    """
    spans: list[tuple[str, date, date | None, Formula]] = []
    for rule in rules.values():
        for version in rule.versions:
            for formula in (version.when, version.used, version.require):
                if formula is not None:
                    until = None if version.due.kind == "yearly" else version.until
                    spans.append((rule.id, version.since, until, formula))
    for fact in derived.values():
        spans.extend((fact.id, v.since, v.until, v.means) for v in fact.versions)
    for name, since, until, formula in spans:
        for mention, _ in derived_mentions(formula):
            fact = derived[mention.path.kind, mention.name]
            if not _covers(fact, since, until):
                place_of(name).wrong(
                    f"“{mention.name}”在 {since} 起的期间并非始终有定义",
                    f"'{mention.name}' is not defined throughout the time from {since}",
                )


def _covers(fact: DerivedFact, since: date, until: date | None) -> bool:
    reached = since
    for version in fact.versions:
        if version.in_force(reached):
            if version.until is None or (until is not None and until <= version.until):
                return True
            reached = version.until
    return False
