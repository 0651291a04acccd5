"""Exceptions and dividing lines: no rule yields in a circle, for every value there is a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import permutations
from typing import Any

import z3

from jingmen_facts.kinds import Sort
from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.graph import ordered
from jingmen_policy.expression.nodes import Compare, Derived, Field, Formula
from jingmen_policy.expression.walk import nodes, nodes_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.encode import Encoded, Place
from jingmen_policy.prove.logic import TRUE, all_of, any_of, expression, no
from jingmen_policy.prove.model import Kind, ProofNote
from jingmen_policy.prove.notes import Asking, note
from jingmen_policy.prove.stage import Stage, day_of
from jingmen_policy.rule.model import Rule

_NUMERIC = {Sort.NUMBER, Sort.MONEY, Sort.DAY}


def cycles(corpus: Corpus, named: frozenset[str]) -> tuple[list[ProofNote], frozenset[str]]:
    """Whether any rules yield to each other in a circle, and the rules that cannot be worked out
    because of it.
    """
    needs = {rule.id: rule.yields_to for rule in corpus.rules.values()}
    _, circle = ordered(needs)
    if not circle:
        rules = [r for r in corpus.rules.values() if r.yields_to and r.id in named]
        text = Said("例外没有循环", "no exception leads back to itself")
        return [note(rules, "cycle", "proved", text)] if rules else [], frozenset()
    text = Said(f"例外循环：{' → '.join(circle)}", f"exceptions in a circle: {' → '.join(circle)}")
    lost = set(circle)
    while more := {name for name, to in needs.items() if name not in lost and lost & set(to)}:
        lost |= more
    found = note((corpus.rules[name] for name in circle[:-1]), "cycle", "refuted", text)
    return [found], frozenset(lost)


def divided(
    policy: Policy, rules: Iterable[Rule], as_of: date, named: frozenset[str]
) -> Iterator[ProofNote]:
    """Rules and their exceptions, and rules that compare the same field to apply."""
    given = [rule for rule in rules if day_of(rule, as_of) is not None]
    for rule in given:
        if rule.yields_to and named & {rule.id, *rule.yields_to}:
            yield from _excepted(policy, rule, as_of)
    for (kind, field), group in _lines(policy.corpus, given, as_of).items():
        if len(group) > 1 and named & {rule.id for rule in group}:
            yield from _line(policy, kind, field, group, as_of)


def _excepted(policy: Policy, rule: Rule, as_of: date) -> Iterator[ProofNote]:
    """Wherever the rule's own condition holds, either it applies or an exception: never both."""
    others = [policy.corpus.rules[name] for name in rule.yields_to]
    involved = [rule, *others]
    with Asking(involved, "gap") as asking:
        day = day_of(rule, as_of)
        assert day is not None
        stage = Stage(policy, rule.subject, involved)
        main = stage.encoded(rule, day)
        version = main.version
        place = Place(main.slot, day, main.due, main.year, version.params, version.columns)
        own = stage.encoder.optional(version.when, place) or TRUE
        excepted = [stage.encoded(o, day) for o in others if o.version_on(day) is not None]
        neither = all_of([own.true, no(any_of(o.applies.true for o in (main, *excepted)))])
        asking.to(_told(stage, "gap", involved, [neither], [main, *excepted]))
        twice = all_of([main.applies.true, any_of(o.applies.true for o in excepted)])
        asking.to(_told(stage, "overlap", involved, [twice], [main, *excepted]))
    yield from asking.notes


def _line(
    policy: Policy, kind: str, field: Field, group: list[Rule], as_of: date
) -> Iterator[ProofNote]:
    """Where one rule applies below and another above, one applies between, and not both."""
    with Asking(group, "gap") as asking:
        stage = Stage(policy, kind, group)
        days = [day for rule in group if (day := day_of(rule, as_of)) is not None]
        here = [rule for rule in group if rule.version_on(max(days)) is not None]
        asked = [stage.encoded(rule, max(days)) for rule in here]
        slot, _ = stage.encoder.follow(field.path, Place(stage.subject, max(days)))
        number = slot.number(field.spec).low.number
        low, high = (z3.Int(f"{number}'{side}") for side in ("low", "high"))
        beside = [low < number, number < high]
        applies = [expression(one.applies.true) for one in asked]
        holds = z3.And(*stage.solver.background(stage.solver.names.of(number))[0])
        beside += [_at(holds, number, low), _at(holds, number, high)]
        between = [
            all_of([_at(applies[i], number, low), _at(applies[j], number, high)])
            for i, j in permutations(range(len(asked)), 2)
        ]
        gap = [*beside, any_of(between), no(any_of(applies))]
        label = field.spec.label
        about = Said(f"（按“{label.zh}”分）", f" (by {label.en})")
        asking.to(_told(stage, "gap", here, gap, asked, about))
        alike: dict[int, int] = {}
        for place, bit in enumerate(applies):
            alike.setdefault(bit.get_id(), place)
        staggered = {
            (i, j): all_of(
                [
                    _at(applies[i], number, low),
                    no(_at(applies[j], number, low)),
                    applies[i],
                    applies[j],
                    _at(applies[j], number, high),
                    no(_at(applies[i], number, high)),
                ]
            )
            for i, j in permutations(alike.values(), 2)
        }
        whole = _told(stage, "overlap", here, [*beside, any_of(staggered.values())], asked, about)
        if whole.result == "proved":
            asking.to(whole)
            staggered.clear()
        for (i, j), bit in staggered.items():
            pair = [asked[i], asked[j]]
            found = _told(stage, "overlap", [here[i], here[j]], [*beside, bit], pair, about)
            if found.result == "refuted":
                asking.to(found)
    yield from asking.notes


def _told(
    stage: Stage,
    kind: Kind,
    rules: list[Rule],
    bits: list[Any],
    asked: list[Encoded],
    about: Said = Said("", ""),  # noqa: B008 - frozen
) -> ProofNote:
    solution = stage.solver.find(bits)
    good, bad = _TEXTS[kind]
    if solution is None:
        return note(rules, kind, "proved", Said(good.zh + about.zh, good.en + about.en))
    text = Said(bad.zh + about.zh, bad.en + about.en)
    return note(rules, kind, "refuted", text, [stage.seen(solution.rebuilt, asked)])


_TEXTS: Mapping[Kind, tuple[Said, Said]] = {
    "gap": (
        Said("之间没有空档", "there is no gap between them"),
        Said("之间有空档：哪一条都不适用", "there is a gap: none of them applies"),
    ),
    "overlap": (
        Said("没有重叠", "they do not overlap"),
        Said("有重叠：同时适用", "they overlap: more than one applies"),
    ),
}


def _at(bit: Any, number: Any, other: Any) -> Any:
    return z3.substitute(expression(bit), (number, other))


def _lines(corpus: Corpus, rules: list[Rule], as_of: date) -> dict[tuple[str, Field], list[Rule]]:
    """Rules about one kind by the fields whose order decides whether they apply."""
    found: dict[tuple[str, Field], list[Rule]] = {}
    for rule in rules:
        day = day_of(rule, as_of)
        version = None if day is None else rule.version_on(day)
        when = None if version is None else version.when
        for field in dict.fromkeys(_ordered_fields(corpus, when)):
            found.setdefault((rule.subject, field), []).append(rule)
    return found


def _ordered_fields(corpus: Corpus, formula: Formula | None) -> Iterator[Field]:
    """Fields compared by order with something that is no field: a number, a day."""
    for node in nodes_of(formula) if formula is not None else ():
        if isinstance(node, Compare) and node.op not in {"==", "!="}:
            for one, other in ((node.left, node.right), (node.right, node.left)):
                number = isinstance(one, Field) and one.spec.sort in _NUMERIC
                if number and not any(isinstance(part, Field) for part in nodes(other)):
                    yield from (one,) if isinstance(one, Field) and not one.path.root else ()
        elif isinstance(node, Derived) and node.path.root == "" and not node.path.steps:
            for version in corpus.derived[node.path.kind, node.name].versions:
                yield from _ordered_fields(corpus, version.means)
