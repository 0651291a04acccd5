"""Terms in words: what is compared, counted, added up or looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import (
    Arithmetic,
    Calendar,
    Call,
    Const,
    Count,
    Field,
    Flag,
    Formula,
    Lookup,
    Members,
    Of,
    Param,
    Path,
    Size,
    Sum,
    Term,
)
from jingmen_policy.judge.show import show
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.parameter import Let, read_let
from jingmen_policy.wording.labels import Labels
from jingmen_policy.wording.phrases import Phrases
from jingmen_policy.wording.spans import Span, Text, text

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Place:
    """Where an expression stands: whose it is, with which parameters, inside which loops."""

    corpus: Corpus
    kind: str
    lets: Mapping[str, Let]
    due: Due | None
    labels: Labels
    phrases: Phrases
    loops: tuple[tuple[str, str], ...] = ()
    """Variables with their kinds, the innermost last."""

    def inside(self, var: str, kind: str) -> Place:
        return replace(self, loops=(*self.loops, (var, kind)))

    def owner(self, path: Path) -> str:
        """Whose fact a path leads to; '' for that which everything here is about."""
        owner = self._root(path.root)
        for step in path.steps:
            owner = self.phrases.step(owner, self.labels.step(step), many=False)
        return owner

    def members(self, members: Members) -> str:
        owner = self.owner(members.start)
        for step in members.steps:
            owner = self.phrases.step(owner, self.labels.step(step), step.many)
        return owner

    def unit(self, kind: str) -> str:
        return self.corpus.models.kinds[kind].unit

    def due_day(self) -> str:
        if self.due is None:
            return ""
        if self.due.day is not None:
            return self.due.day.isoformat()
        return "" if self.due.month_day is None else "{:02}-{:02}".format(*self.due.month_day)

    def _root(self, root: str) -> str:
        if root == "":
            return self.phrases.subject(self.labels.kind(self.kind)) if self.loops else ""
        depth = next(n for n, (var, _) in enumerate(self.loops) if var == root)
        if depth == len(self.loops) - 1:
            return ""
        return self.phrases.outer(self.labels.kind(self.loops[depth][1]), depth + 1)


@dataclass(frozen=True)
class TermTeller:
    """Says terms; ``formula`` says the conditions inside them."""

    formula: Callable[[Formula, Place], Text]

    def term(self, term: Term, at: Place) -> Text:
        phrases = at.phrases
        match term:
            case Const(value):
                return text(_const(value, at))
            case Param(name):
                return (Span(printed(at.lets[name], at), name),)
            case Field(path, spec):
                owner = at.owner(path)
                if term.type.of is Of.FLAG:
                    return phrases.holds(owner, at.labels.flag(spec))
                return text(phrases.of(owner, at.labels.field(spec)))
            case Calendar(name):
                return text(self._calendar(name, at))
            case Arithmetic():
                return self._arithmetic(term, at)
            case Lookup(column, key):
                let = at.lets[column]
                title = at.corpus.tables[let.table].title
                shown = (Span(phrases.quoted(let.column), column),)
                return phrases.cell(title, shown, self.whole(key, at))
            case Call(function, (first, second)):
                said = phrases.age if function == "age" else phrases.years_after
                return said(self.whole(first, at), self.whole(second, at))
            case Call():
                raise AssertionError("both functions take two arguments")
            case Count(members, var, condition):
                return self._count(members, var, condition, at)
            case Sum(members, var, inner, condition):
                loop = at.inside(var, members.kind)
                which = None if condition is None else self.formula(condition, loop)
                return phrases.sum(at.members(members), self.term(inner, loop), which)
            case Size(texts):
                return phrases.size(self.whole(texts, at))
            case _:
                assert_never(term)

    def whole(self, term: Term, at: Place) -> Text:
        """A term that stands inside another: in brackets where it has parts."""
        said = self.term(term, at)
        inner = isinstance(term, Arithmetic) and term.type.of is not Of.TEXT
        return at.phrases.bracket(said) if inner or isinstance(term, Call) else said

    def _calendar(self, name: str, at: Place) -> str:
        if name == "as_of":
            return at.phrases.as_of
        if name == "year":
            return at.phrases.year
        return at.phrases.due(at.due_day()) if name == "due" else at.phrases.by(at.due_day())

    def _arithmetic(self, term: Arithmetic, at: Place) -> Text:
        left, right = term.left, term.right
        if term.op == "*":
            ratio, base = (left, right) if left.type.of is Of.RATIO else (right, left)
            return at.phrases.scaled(self.whole(base, at), self.whole(ratio, at))
        if term.type.of is Of.TEXT:
            return at.phrases.in_a_row(tuple(self.term(part, at) for part in _row(term)))
        plain = isinstance(left, Arithmetic) and left.op != "*"
        first = self.term(left, at) if plain else self.whole(left, at)
        said = at.phrases.added if term.op == "+" else at.phrases.less
        return said(first, self.whole(right, at))

    def _count(self, members: Members, var: str, condition: Formula | None, at: Place) -> Text:
        named, unit = at.members(members), at.unit(members.kind)
        if condition is None:
            return at.phrases.count(named, unit, None)
        match condition:
            case Flag(Field(Path(root, _, ()), spec)) if root == var:
                short = at.phrases.count_short(named, unit, at.labels.flag(spec))
                if short is not None:
                    return short
            case _:
                pass
        loop = at.inside(var, members.kind)
        return at.phrases.count(named, unit, self.formula(condition, loop))


def printed(let: Let, at: Place) -> str:
    """A parameter as the text prints it; by its value where that is another than the printed."""
    value = let.value
    if isinstance(value, tuple):
        return at.phrases.listed(value)
    if isinstance(value, str):
        return at.phrases.quoted(value)
    assert value is not None, "a table column is looked up, not named by itself"
    [as_printed] = let.printed
    known = read_let(let.name, as_printed, {let.type.unit}).value
    shown = show(value, let.type)
    return at.phrases.amount(as_printed if known == value else shown, shown)


def _row(term: Term) -> tuple[Term, ...]:
    """The texts that are joined, from left to right."""
    if isinstance(term, Arithmetic):
        return (*_row(term.left), *_row(term.right))
    return (term,)


def _const(value: int | str | bool | tuple[str, ...], at: Place) -> str:
    if isinstance(value, bool):
        return at.phrases.always if value else at.phrases.never
    if isinstance(value, str):
        return at.phrases.quoted(value)
    if isinstance(value, int):
        return str(value) if value else at.phrases.zero
    return at.phrases.listed(value)
