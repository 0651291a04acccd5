"""The dossier in a mapping with which nothing is wrong, read in one go.

Most are. Whatever might be wrong is put to ``assemble``, which tells where and what was meant; so
nothing is refused here, and nothing is taken that would be refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Refused
from jingmen_facts.reading.names import Names, names_of


def plainly(part: Mapping[str, Any], models: FactModels) -> Dossier | None:
    """The dossier a mapping states; None where it says more than kinds with their facts and
    ``complete``, or where anything is doubtful.
    """
    names, readers = names_of(models), _readers(models)
    facts: list[Fact] = []
    complete: list[str] = []
    kinds: set[str] = set()
    try:
        for key, value in part.items():
            stated = [value] if isinstance(value, dict) else value
            if not isinstance(stated, list):
                return None
            if key == "complete":
                complete = [_listed(names, entry) for entry in stated]
                continue
            kind = names.kind(key)
            if kind is None or kind in kinds:
                return None
            kinds.add(kind)
            facts += readers[kind].validate_python(_spelt(names.fields(kind), stated))
        return Dossier(facts, models=models, complete=complete)
    except (LookupError, TypeError, ValidationError, Refused):
        return None


def _spelt(known: Mapping[str, str], facts: list[Any]) -> list[dict[str, Any]]:
    """Facts with their fields as in the code. Raises LookupError, TypeError for what is none."""
    found: list[dict[str, Any]] = []
    for fact in facts:
        if not isinstance(fact, dict):
            raise TypeError
        fields = {known[name]: given for name, given in fact.items()}
        if len(fields) != len(fact):
            raise LookupError  # one of them is written twice, spelt differently
        found.append(fields)
    return found


def _listed(names: Names, entry: Any) -> str:
    """An entry of ``complete`` as in the code. Raises LookupError, and TypeError for no text."""
    if not isinstance(entry, str):
        raise TypeError
    found = names.listed(entry.strip())
    if found is None:
        raise LookupError
    return found


@lru_cache(maxsize=8)
def _readers(models: FactModels) -> dict[str, TypeAdapter[list[Fact]]]:
    return {
        kind.name: TypeAdapter(list[kind.model])  # type: ignore[name-defined]
        for kind in models.kinds.values()
    }
