"""Saying more than a dossier says: blanks filled in, references made, facts added, lists closed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from hypothesis import strategies as st

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FieldSpec

Values = Callable[[FieldSpec], st.SearchStrategy[Any]]
"""What a field that leads nowhere else may hold once it is known."""
Draw = Callable[[st.SearchStrategy[Any]], Any]
"""``draw`` of a composite strategy, or of ``st.data()``."""


def stated(fact: Fact) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in type(fact).model_fields}


def refined(
    draw: Draw,
    dossier: Dossier,
    values: Values,
    *,
    keep: Collection[tuple[str, str, str]] = (),
    sure: bool = False,
) -> Dossier:
    """The dossier with more known; what is in ``keep`` (kind, identity, field) stays blank.

    ``sure`` fills in every other blank, otherwise some of them.
    """
    models = dossier.models
    facts: list[Fact] = []
    for fact in dossier:
        kind = models.kinds[type(fact).__name__]
        given = stated(fact)
        for name, spec in kind.fields.items():
            if given[name] is not None or (kind.name, fact.identity, name) in keep:
                continue
            if spec.refers is not None:
                others = sorted(dossier.of_kind(spec.refers.kind))
                drawn = st.sampled_from(others) if others else st.none()
            else:
                drawn = values(spec)
            given[name] = draw(drawn if sure else st.none() | drawn)
        try:
            facts.append(kind.model.model_validate(given))
        except ValueError:
            facts.append(fact)  # what was drawn contradicts what was known
    return Dossier(facts, models=models, complete=dossier.complete)


def with_more(
    draw: Draw, dossier: Dossier, kind: str, made: Callable[[int], st.SearchStrategy[Fact]]
) -> Dossier:
    """The dossier with further facts of a kind, unless it says that it holds them all.

    What is added may not belong to anything whose members are said to be all there.
    """
    if any(entry.partition("@")[0] == kind for entry in dossier.complete):
        return dossier
    added = [draw(made(number)) for number in range(draw(st.integers(0, 2)))]
    return Dossier([*dossier, *added], models=dossier.models, complete=dossier.complete)


def closed(draw: Draw, dossier: Dossier, kinds: Collection[str]) -> Dossier:
    """The dossier with some more kinds said to be complete."""
    more = draw(st.sets(st.sampled_from(sorted(kinds))))
    return Dossier(dossier.facts, models=dossier.models, complete=dossier.complete | more)
