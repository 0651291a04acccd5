"""What depends on what: an order in which to work things out, or the cycle that forbids one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def ordered(needs: Mapping[Node, Iterable[Node]]) -> tuple[list[Node], list[Node]]:
    """The nodes, each after what it needs, and no cycle; or no order and the nodes of one cycle.

    >>> ordered({"b": ["a"], "a": []})
    (['a', 'b'], [])
    >>> ordered({"b": ["a"], "a": ["b"]})[1]
    ['a', 'b', 'a']
    """
    try:
        return list(TopologicalSorter(needs).static_order()), []
    except CycleError as error:
        cycle = list(error.args[1])
        least = min(range(len(cycle) - 1), key=lambda i: str(cycle[i]))
        turned = cycle[least:-1] + cycle[:least]
        return [], [*turned, turned[0]]
