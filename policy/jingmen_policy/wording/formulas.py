"""Formulas in words: comparisons, what must hold together or one of it, and of how many things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from jingmen_policy.expression.nodes import (
    And,
    Calendar,
    Compare,
    Const,
    Derived,
    Field,
    Flag,
    Formula,
    Lookup,
    Not,
    Of,
    Operator,
    Or,
    Param,
    Quantified,
    Term,
    Within,
    Yields,
)
from jingmen_policy.wording.phrases import MIRRORED, scale_of
from jingmen_policy.wording.spans import Text
from jingmen_policy.wording.terms import Place, TermTeller

Side = tuple[Term, Operator, Term]


def said(formula: Formula, at: Place) -> Text:
    """A formula; parts that hold together are told in one sentence where they bound one thing."""
    phrases = at.phrases
    match formula:
        case And():
            parts = list(_together(flat(formula), at))
            return phrases.both(parts) if len(parts) > 1 else parts[0]
        case Or():
            return phrases.either([_part(part, at) for part in flat(formula)])
        case Not(Yields(rule)):
            return _yields(rule, False, at)
        case Not(part):
            return phrases.denied(said(part, at))
        case Compare():
            return _compared(_turned(formula), at)
        case Within(elements, texts):
            return _within(elements, texts, at)
        case Flag(term):
            return TERMS.term(term, at)
        case Derived(name, path):
            return phrases.derived(at.owner(path), _title(path.kind, name, at))
        case Quantified(op, members, var, body, condition):
            loop = at.inside(var, members.kind)
            which = None if condition is None else said(condition, loop)
            tell = phrases.some if op == "some" else phrases.every
            return tell(at.members(members), at.unit(members.kind), said(body, loop), which)
        case Yields(rule):
            return _yields(rule, True, at)
        case _:
            assert_never(formula)


TERMS = TermTeller(said)


def flat(formula: And | Or) -> tuple[Formula, ...]:
    """The parts, those of a part of the same sort among them."""
    found: list[Formula] = []
    for part in formula.parts:
        found.extend(flat(part) if isinstance(part, type(formula)) else (part,))
    return tuple(found)


def _together(parts: tuple[Formula, ...], at: Place) -> Iterator[Text]:
    place = 0
    while place < len(parts):
        first, second = parts[place], parts[place + 1] if place + 1 < len(parts) else None
        pair = _bounds(first, second)
        if pair is not None:
            (term, low, a), (_, high, b) = pair
            told = TERMS.term
            scale = scale_of(term.type, a.type)
            yield at.phrases.between(told(term, at), (low, told(a, at)), (high, told(b, at)), scale)
            place += 2
        else:
            yield _part(first, at)
            place += 1


def _part(formula: Formula, at: Place) -> Text:
    """A part of what holds together or of a choice: in brackets where it has parts itself."""
    told = said(formula, at)
    return at.phrases.bracket(told) if isinstance(formula, And | Or) else told


def _bounds(first: Formula, second: Formula | None) -> tuple[Side, Side] | None:
    """Two comparisons that bound one term from both sides, that term first in both."""
    if not (isinstance(first, Compare) and isinstance(second, Compare)):
        return None
    if any(_is_zero(term) for c in (first, second) for term in (c.left, c.right)):
        return None
    for one in (_turned(first), _mirrored(_turned(first))):
        for other in (_turned(second), _mirrored(_turned(second))):
            opposite = {one[1][0], other[1][0]} == {"<", ">"}
            if one[0] == other[0] and opposite and not _fixed(one[0]):
                return one, other
    return None


def _turned(compare: Compare) -> Side:
    """With what the facts say on the left, so that the sentence is about that."""
    side = (compare.left, compare.op, compare.right)
    return _mirrored(side) if _fixed(compare.left) and not _fixed(compare.right) else side


def _mirrored(side: Side) -> Side:
    return side[2], MIRRORED[side[1]], side[0]


def _fixed(term: Term) -> bool:
    return isinstance(term, Const | Param | Calendar | Lookup)


def _compared(side: Side, at: Place) -> Text:
    left, op, right = side
    if _is_zero(right):
        return at.phrases.with_zero(TERMS.term(left, at), op)
    told = at.phrases.compared
    return told(TERMS.term(left, at), op, TERMS.term(right, at), scale_of(left.type, right.type))


def _is_zero(term: Term) -> bool:
    return isinstance(term, Const) and term.type.of is Of.NUMBER and term.value == 0


def _within(elements: Term, texts: Term, at: Place) -> Text:
    phrases = at.phrases
    sought, held = TERMS.term(elements, at), TERMS.term(texts, at)
    listed = isinstance(texts, Const | Param)
    if elements.type.of is Of.TEXT:
        return phrases.among(sought, held) if listed else phrases.holds_text(held, sought)
    if listed or isinstance(elements, Field):
        return phrases.all_within(sought, held)
    return phrases.holds_all(held, sought)


def _title(kind: str, name: str, at: Place) -> str:
    """A derived fact's title, with its name where another of the kind is called the same."""
    lang = at.labels.lang
    titles = [fact.title.to(lang) for (of, _), fact in at.corpus.derived.items() if of == kind]
    title = at.corpus.derived[kind, name].title.to(lang)
    return title if titles.count(title) == 1 else f"{title}（{name}）"


def _yields(rule: str, applies: bool, at: Place) -> Text:
    title = at.corpus.rules[rule].title.to(at.labels.lang)
    return at.phrases.other_rule(title, rule, applies)
