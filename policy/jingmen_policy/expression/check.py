"""Types and units: what may be compared with, added to and multiplied by what."""

from __future__ import annotations

from jingmen_facts.problems import Said, unknown_name
from jingmen_policy.expression.nodes import Const, Of, Param, Term, Type
from jingmen_policy.expression.scope import ExpressionError

_ADDABLE = {Of.NUMBER, Of.MONEY}
_ORDERED = {Of.NUMBER, Of.MONEY, Of.DAY, Of.RATIO}
_NAMES = {
    Of.FLAG: Said("是非", "yes or no"),
    Of.NUMBER: Said("数", "a number"),
    Of.MONEY: Said("金额", "money"),
    Of.RATIO: Said("比例", "a ratio"),
    Of.DAY: Said("日期", "a day"),
    Of.TEXT: Said("文字", "text"),
    Of.TEXTS: Said("文字列表", "texts"),
}


def named(type_: Type) -> Said:
    """The type in words, with its unit.

    >>> named(Type(Of.NUMBER, "人")).zh
    '数（人）'
    """
    name = _NAMES[type_.of]
    if not type_.unit:
        return name
    return Said(f"{name.zh}（{type_.unit}）", f"{name.en} in {type_.unit}")


def arithmetic_type(op: str, left: Type, right: Type) -> Type | None:
    """The type of ``left op right``; None where that has no meaning."""
    if op == "*":
        scaled = {left.of, right.of}
        if Of.RATIO in scaled and scaled & _ADDABLE:
            return right if left.of is Of.RATIO else left
        return None
    if left.of is Of.TEXT and right.of is Of.TEXT and op == "+":
        return Type(Of.TEXT)
    if left.of is right.of and left.of in _ADDABLE and _unit_fits(left, right):
        return Type(left.of, left.unit or right.unit)
    return None


def check_same(found: Type, expected: Type, column: int) -> None:
    """Raises ExpressionError unless the two types and their units agree."""
    if found.of is not expected.of or not _unit_fits(found, expected):
        raise ExpressionError(
            Said(
                f"此处应为{named(expected).zh}，不是{named(found).zh}",
                f"{named(expected).en} belongs here, not {named(found).en}",
            ),
            column,
        )


def check_comparable(op: str, left: Term, right: Term, column: int) -> None:
    """Raises ExpressionError where the two sides cannot be compared so."""
    a, b = left.type, right.type
    zero = any(isinstance(term, Const) and term.value == 0 for term in (left, right))
    if zero and {a.of, b.of} <= {Of.NUMBER, Of.MONEY}:
        return
    if a.of is not b.of or not _unit_fits(a, b) or a.of is Of.TEXTS:
        raise ExpressionError(
            Said(
                f"{named(a).zh}不能与{named(b).zh}比较",
                f"{named(a).en} cannot be compared with {named(b).en}",
            ),
            column,
        )
    if op not in {"==", "!="} and a.of not in _ORDERED and not (a.ordered or b.ordered):
        raise ExpressionError(
            Said(f"{named(a).zh}没有大小之分", f"{named(a).en} has no order"), column
        )
    _check_choice(left, b, column)
    _check_choice(right, a, column)
    _check_ranked(left, right, column)


def check_elements(elements: Term, texts: Term, column: int) -> None:
    """Raises ExpressionError unless ``elements in texts`` has a meaning."""
    if elements.type.of not in {Of.TEXT, Of.TEXTS} or texts.type.of is not Of.TEXTS:
        raise ExpressionError(
            Said("in 用于文字与文字列表之间", "'in' stands between text and texts"), column
        )
    _check_choice(elements, texts.type, column)
    _check_choice(texts, elements.type, column)


def _check_choice(term: Term, other: Type, column: int) -> None:
    """A text written in a rule must be one of the choices it is compared with."""
    if not other.choices:
        return
    if isinstance(term, Const):
        written = (term.value,) if isinstance(term.value, str) else term.value
    elif isinstance(term, Param):
        written = term.type.choices
    else:
        return
    for text in written if isinstance(written, tuple) else ():
        if text not in other.choices:
            said = unknown_name(Said("选项", "choice"), text, list(other.choices))
            raise ExpressionError(said, column)


def _check_ranked(left: Term, right: Term, column: int) -> None:
    """Ordered choices have ranks: what they are compared with must be one of them."""
    for term, other in ((left, right), (right, left)):
        if not other.type.ordered or isinstance(term, Const):
            continue
        if not term.type.choices or not set(term.type.choices) <= set(other.type.choices):
            raise ExpressionError(
                Said(
                    "有序的选项只能与同样的选项比较",
                    "ordered choices are compared with the same choices only",
                ),
                column,
            )


def _unit_fits(left: Type, right: Type) -> bool:
    return left.unit == right.unit or not (left.unit and right.unit) or left.of is Of.MONEY
