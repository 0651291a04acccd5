"""The answers to a question that are tried: of each sort enough to tell all that it may settle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec, Sort
from jingmen_facts.scalars import Fen
from jingmen_policy.expression.near import stored
from jingmen_policy.selfcheck.candidates import Candidate
from jingmen_policy.selfcheck.check import Ask, SelfCheck
from jingmen_policy.selfcheck.limits import Limits

SOME_TEXT = "示例"


def tried(check: SelfCheck, candidate: Candidate, limits: Limits) -> Iterator[Dossier]:
    """The dossier after each answer that is tried.

    - yes and no; every choice there is; every fact that may be referred to;
    - of a list of named things none, all, all but one, and each alone;
    - numbers, amounts, days and texts at the limits of the rules that look at them and next to
      those; where there are none, any one;
    - of a list of facts that it is complete. That there is one more changes nothing yet, and is
      not among these.

    What contradicts what is stated is no answer.
    """
    ask = candidate.ask
    if ask.listing:
        yield check.dossier.listing(ask.id)
        return
    fact = check.facts.get(ask.about) or check.dossier.of_kind(ask.about.kind)[ask.about.id]
    stated = {name: getattr(fact, name) for name in type(fact).model_fields}
    spec = check.policy.models.kinds[ask.about.kind].fields[ask.name]
    for given in _values(check, candidate, spec, limits):
        try:
            other = type(fact).model_validate({**stated, ask.name: given})
        except ValidationError:
            continue
        yield check.dossier.restated(other)


def referable(check: SelfCheck, ask: Ask) -> tuple[str, ...]:
    """What a reference may lead to: those of whoever answers, where they have any."""
    refers = check.policy.models.kinds[ask.about.kind].fields[ask.name].refers
    assert refers is not None
    own = tuple(thing.id for thing in check.facts if thing.kind == refers.kind)
    return own or tuple(check.dossier.of_kind(refers.kind))


def _values(
    check: SelfCheck, candidate: Candidate, spec: FieldSpec, limits: Limits
) -> Iterator[Any]:
    if spec.refers is not None:
        yield from referable(check, candidate.ask)
        return
    match spec.sort:
        case Sort.FLAG:
            yield from (True, False)
        case Sort.TEXTS:
            yield from _lists(spec.choices or (SOME_TEXT,))
        case Sort.TEXT if spec.choices:
            yield from spec.choices
        case _:
            yield from _at_limits(check, candidate, spec, limits)


def _lists(choices: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    found = [(), choices]
    found.extend(tuple(one for one in choices if one != left) for left in choices)
    found.extend((one,) for one in choices)
    return iter(dict.fromkeys(found))


def _at_limits(
    check: SelfCheck, candidate: Candidate, spec: FieldSpec, limits: Limits
) -> Iterator[Any]:
    about = candidate.ask.about
    fact = check.dossier.of_kind(about.kind)[about.id]
    there = False
    for limit in limits.of(fact, spec, [*candidate.open, *candidate.others]):
        value = stored(limit, spec)
        if value is not None:
            there = True
            yield value
    if not there or spec.sort is Sort.TEXT:
        yield _any(check, spec)


def _any(check: SelfCheck, spec: FieldSpec) -> Any:
    match spec.sort:
        case Sort.DAY:
            return check.as_of
        case Sort.MONEY:
            return Fen(0)
        case Sort.NUMBER:
            return spec.least if spec.least is not None else 0
        case _:
            return SOME_TEXT
