"""What differs between what was signed and what the rules say now, value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jingmen_policy.compare.model import FieldChange
from jingmen_policy.review.content import Part, Tree


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that is not what was signed, and each value in it that differs.

    ``field`` is the way to the value, its steps parted by `` / ``; of a boundary card, its words.
    """

    part: Part
    changes: tuple[FieldChange, ...]


def differences(before: Tree, after: Tree) -> tuple[FieldChange, ...]:
    """Every value that one side does not have, or has otherwise."""
    old, new = dict(_flat(before)), dict(_flat(after))
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _flat(tree: Tree, way: str = "") -> Iterator[tuple[str, str]]:
    """The texts by their ways."""
    match tree:
        case None:
            return
        case str():
            yield way, tree
        case Mapping():
            for key, one in tree.items():
                yield from _flat(one, f"{way} / {key}" if way else key)
        case _:
            for place, one in enumerate(tree, 1):
                about, arrow, _ = one.partition(" ← ") if isinstance(one, str) else ("", "", "")
                step = f"{way} / {about}" if arrow else f"{way}[{place}]" if len(tree) > 1 else way
                yield from _flat(one, step)
