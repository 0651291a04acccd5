"""The least that must be so for a finding to differ: facts left out one by one while it does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TypeVar

from jingmen_policy.compare.facts import Apart, Atom, apart
from jingmen_policy.compare.findings import Comparing, Key, Pair
from jingmen_policy.compare.model import Asked, Spell, Witness

Item = TypeVar("Item")


def least(items: Sequence[Item], holds: Callable[[list[Item]], object]) -> list[Item]:
    """The items, fewer and fewer while something holds (is not None), until none can be spared.

    Halves are tried first, then ever smaller parts.

    >>> least(range(10), lambda kept: {3, 7} <= set(kept) or None)
    [3, 7]
    """
    kept = list(items)
    while True:
        before = len(kept)
        size = max(before // 2, 1)
        while size:
            start = 0
            while start < len(kept):
                rest = kept[:start] + kept[start + size :]
                if holds(rest) is not None:
                    kept = rest
                else:
                    start += size
            size //= 2
        if len(kept) == before:
            return kept


def witness(comparing: Comparing, asked: Asked, key: Key, spell: Spell) -> Witness:
    """The facts of a dossier for which a finding differs as it does in a spell, and no more."""
    day, wanted = spell.since, shape((spell.before, spell.after))

    def differs(whole: Apart, kept: Collection[Atom]) -> Pair | None:
        dossier = whole.dossier(kept)
        if dossier is None:
            return None
        pair = comparing.differing(dossier, day, frozenset({key[0]})).get(key)
        return pair if pair is not None and shape(pair) == wanted else None

    for whole in apart(asked.dossier, comparing.after.backgrounds):
        still = partial(differs, whole)
        if still(whole.atoms) is not None:
            kept = least(whole.atoms, still)
            pair = still(kept)
            assert pair is not None, "what was kept still differs"
            facts = {"as_of": day.isoformat(), **whole.written(kept)}
            return Witness(*key, day, *pair, asked.name, facts)
    raise AssertionError("a dossier taken apart and put together is the same dossier")


def shape(pair: Pair) -> object:
    """In what a finding differs: its status, or else whatever of it does."""
    old, new = pair
    if old is None or new is None or old.status is not new.status:
        return tuple(None if one is None else one.status for one in pair)
    return tuple(
        (name, before, after)
        for name in ("due", "bearer", "missing")
        if (before := getattr(old, name)) != (after := getattr(new, name))
    )
