"""Texts: one of the choices of a field, free text, or a constant; and lists of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import z3

from jingmen_facts.problems import Said
from jingmen_policy.prove.logic import Bit, Whole, all_of, any_of, no, total


class Unsayable(Exception):
    """Something of the rule language that has no encoding: what rests on it is not proven."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.en)


@dataclass(frozen=True, slots=True)
class Text:
    """A constant (``free`` is then a str), free text, or the place of a choice among choices."""

    known: Bit
    free: Any = None
    code: Whole = None
    choices: tuple[str, ...] = ()

    def where(self, text: str) -> Bit:
        """Whether it is this text."""
        if self.choices:
            return self.code == self.choices.index(text) if text in self.choices else False
        return self.free == text if isinstance(self.free, str) else self.free == z3.StringVal(text)

    def rank(self, choices: tuple[str, ...]) -> Whole:
        """Its place among ordered choices."""
        if self.choices == choices:
            return self.code
        if isinstance(self.free, str):
            return choices.index(self.free)
        if self.choices:
            return total(
                z3.If(self.code == n, choices.index(c), 0) for n, c in enumerate(self.choices)
            )
        raise Unsayable(Said("自由文字没有次序", "free text has no rank"))


def constant(text: str) -> Text:
    return Text(True, text)


def equal(left: Text, right: Text) -> Bit:
    """Whether two known texts are the same."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one.free, str):
            return other.where(one.free)
    if left.choices and left.choices == right.choices:
        return left.code == right.code
    for one, other in ((left, right), (right, left)):
        if one.choices:
            return any_of(
                all_of([one.code == place, other.where(choice)])
                for place, choice in enumerate(one.choices)
            )
    return left.free == right.free


def joined(left: Text, right: Text) -> Text:
    """One text after the other."""
    known = all_of([left.known, right.known])
    if isinstance(left.free, str) and isinstance(right.free, str):
        return Text(known, left.free + right.free)
    return Text(known, z3.Concat(_string(left), _string(right)))


def _string(text: Text) -> Any:
    if not text.choices:
        return z3.StringVal(text.free) if isinstance(text.free, str) else text.free
    made = z3.StringVal(text.choices[-1])
    for place, choice in reversed(list(enumerate(text.choices[:-1]))):
        made = z3.If(text.code == place, z3.StringVal(choice), made)
    return made


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts: whether each of ``listed`` is in it, and how many there are.

    ``among`` tells of any other text, where the list is of free texts.
    """

    known: Bit
    listed: dict[str, Bit]
    size: Whole
    among: Callable[[str], Bit] | None = None

    def holds(self, text: str) -> Bit:
        if text in self.listed:
            return self.listed[text]
        return self.among(text) if self.among is not None else False


def constants(texts: Iterable[str]) -> Texts:
    given = tuple(texts)
    return Texts(True, dict.fromkeys(given, True), len(given))


def contains(texts: Texts, elements: Text | Texts) -> Bit:
    """Whether every element is in the list."""
    if isinstance(elements, Texts):
        if elements.among is not None:
            raise Unsayable(Said("自由文字列表不能作元素", "lists of free text cannot be sought"))
        return all_of(
            any_of([no(there), texts.holds(text)]) for text, there in elements.listed.items()
        )
    if isinstance(elements.free, str):
        return texts.holds(elements.free)
    if texts.among is not None and not elements.choices:
        raise Unsayable(Said("自由文字不能在自由文字列表中查找", "free text cannot be sought so"))
    candidates = elements.choices or tuple(texts.listed)
    return any_of(all_of([elements.where(text), texts.holds(text)]) for text in candidates)
