"""An expression as one text that is the same however the expression is spelt.

Numbers stand in it for the parameters that name them. What may be turned round is put in one order:
the parts of ``and``, ``or``, sums and products, the two sides of a comparison. Loop variables are
numbered, and every bracket is written.

>>> from jingmen_policy import Policy
>>> rules = Policy.load().corpus.rules
>>> version = rules["personnel-share"].versions[0]
>>> normal(version.require, version)
'(personnel_cost <= (70% * total_cost))'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jingmen_policy.expression.nodes import (
    And,
    Arithmetic,
    Calendar,
    Call,
    Compare,
    Const,
    Count,
    Derived,
    Field,
    Flag,
    Formula,
    Lookup,
    Members,
    Not,
    Of,
    Operator,
    Or,
    Param,
    Path,
    Quantified,
    Size,
    Sum,
    Term,
    Within,
    Yields,
)
from jingmen_policy.rule.model import Dated
from jingmen_policy.rule.parameter import Let

_TURNED: Mapping[Operator, Operator] = {">": "<", ">=": "<="}


def normal(formula: Formula, version: Dated) -> str:
    """The one spelling of what a formula means, with the parameters of its version."""
    return _Spelling({let.name: let for let in version.lets}).formula(formula, {})


def value(let: Let) -> str:
    """What a parameter stands for, however it is named or printed: 70%, 2人, 1200000元."""
    if let.table:
        return f"{let.table}[{let.column}]"
    return _value(let.value, let.type.of, let.type.unit)


@dataclass(frozen=True, slots=True)
class _Spelling:
    lets: Mapping[str, Let]

    def formula(self, formula: Formula, names: Mapping[str, str]) -> str:
        match formula:
            case And() | Or():
                sign = "and" if isinstance(formula, And) else "or"
                parts = {self.formula(part, names) for part in _parts(formula)}
                return parts.pop() if len(parts) == 1 else _joined(sign, sorted(parts))
            case Not(Not(part)):
                return self.formula(part, names)
            case Not(part):
                return f"not {self.formula(part, names)}"
            case Compare(op, left, right):
                return self.compare(op, self.term(left, names), self.term(right, names))
            case Within(elements, texts):
                return f"({self.term(elements, names)} in {self.term(texts, names)})"
            case Flag(term):
                return self.term(term, names)
            case Derived(name, path):
                return self.dotted(path, name, names)
            case Quantified(op, members, var, body, condition):
                inside = _with(var, names)
                over = self.over(members, condition, inside, names)
                return f"{op}({self.formula(body, inside)}{over})"
            case Yields(rule):
                return f"applies({rule})"

    def compare(self, op: Operator, left: str, right: str) -> str:
        if op in {"==", "!="}:
            left, right = sorted((left, right))
        elif op in _TURNED:
            op, left, right = _TURNED[op], right, left
        return f"({left} {op} {right})"

    def term(self, term: Term, names: Mapping[str, str]) -> str:
        match term:
            case Const(constant, type_):
                return _value(constant, type_.of, "")
            case Param(name):
                return value(self.lets[name])
            case Field(path, spec):
                return self.dotted(path, spec.name, names)
            case Calendar(name):
                return f"@{name}"
            case Arithmetic():
                return self.arithmetic(term, names)
            case Lookup(column, key):
                return f"{value(self.lets[column])}[{self.term(key, names)}]"
            case Call(function, arguments):
                return f"{function}({', '.join(self.term(one, names) for one in arguments)})"
            case Count(members, var, condition):
                inside = _with(var, names)
                return f"count({inside[var]}{self.over(members, condition, inside, names)})"
            case Sum(members, var, summed, condition):
                inside = _with(var, names)
                over = self.over(members, condition, inside, names)
                return f"sum({self.term(summed, inside)}{over})"
            case Size(texts):
                return f"size({self.term(texts, names)})"

    def arithmetic(self, term: Arithmetic, names: Mapping[str, str]) -> str:
        if term.op == "-" or term.type.of is Of.TEXT:
            return f"({self.term(term.left, names)} {term.op} {self.term(term.right, names)})"
        return _joined(term.op, sorted(self.term(one, names) for one in _operands(term, term.op)))

    def over(
        self,
        members: Members,
        condition: Formula | None,
        inside: Mapping[str, str],
        outside: Mapping[str, str],
    ) -> str:
        var = list(inside.values())[-1]
        steps = ".".join(step.name for step in members.steps)
        way = self.dotted(members.start, steps, outside)
        where = "" if condition is None else f" if {self.formula(condition, inside)}"
        return f" for {var} in {way}{where}"

    def dotted(self, path: Path, last: str, names: Mapping[str, str]) -> str:
        root = [names[path.root]] if path.root else []
        return ".".join([*root, *(step.name for step in path.steps), last])


def _with(var: str, names: Mapping[str, str]) -> dict[str, str]:
    """The names with one more loop variable, the last, numbered by how deep its loop is."""
    inside = {name: number for name, number in names.items() if name != var}
    return {**inside, var: f"${len(names) + 1}"}


def _parts(formula: And | Or) -> Iterable[Formula]:
    for part in formula.parts:
        if isinstance(part, And | Or) and type(part) is type(formula):
            yield from _parts(part)
        else:
            yield part


def _operands(term: Term, op: str) -> Iterable[Term]:
    if isinstance(term, Arithmetic) and term.op == op:
        yield from _operands(term.left, op)
        yield from _operands(term.right, op)
    else:
        yield term


def _joined(sign: str, parts: Iterable[str]) -> str:
    return f"({f' {sign} '.join(parts)})"


def _value(given: object, of: Of, unit: str) -> str:
    """A value by what it is: ratios in percent, money in 分 as 元, texts in quotation marks."""
    match given:
        case bool():
            return "true" if given else "false"
        case tuple():
            return f"[{', '.join(sorted(_quoted(one) for one in given))}]"
        case date():
            return given.isoformat()
        case int() | Fraction() if of is Of.RATIO:
            return f"{_number(Fraction(given) * 100)}%"
        case int() | Fraction() if of is Of.MONEY:
            return f"{_number(Fraction(given, 100))}元" if given else "0"
        case int() | Fraction():
            return f"{_number(Fraction(given))}{unit if given else ''}"
        case _:
            return _quoted(given)


def _number(number: Fraction) -> str:
    """A decimal where there is one, a fraction otherwise; exact either way."""
    for places in range(10):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}}"
            sign = "-" if number < 0 else ""
            whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
            return f"{sign}{whole}{'.' if rest else ''}{rest}"
    return str(number)


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)
