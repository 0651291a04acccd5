"""Formulas as SQL, whose TRUE, FALSE and NULL are the three truths and join as they do."""

from __future__ import annotations

from jingmen_policy.engines.columnar.gather import Measure
from jingmen_policy.engines.columnar.terms import Spelt, Terms, exactly, scaled
from jingmen_policy.expression.nodes import (
    And,
    Compare,
    Const,
    Derived,
    Flag,
    Formula,
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

_UNEQUAL = "<>"


class Formulas(Terms):
    def formula(self, formula: Formula) -> tuple[str, int]:
        """Its text and the layer its columns stand in."""
        match formula:
            case And(parts) | Or(parts):
                word = " AND " if isinstance(formula, And) else " OR "
                spelt = [self.formula(part) for part in parts]
                return f"({word.join(text for text, _ in spelt)})", max(at for _, at in spelt)
            case Not(part):
                text, layer = self.formula(part)
                return f"(NOT {text})", layer
            case Compare():
                return self._compare(formula)
            case Within(elements, texts):
                return self._within(elements, texts)
            case Flag(term):
                found = self.term(term)
                return found.low, found.layer
            case Derived(name, path):
                return self.column(path, lambda table: self.scope.derived(table, name))
            case Quantified():
                return self._quantified(formula)
            case Yields(rule):
                return self.scope.exception(rule, self.rows)

    def _compare(self, leaf: Compare) -> tuple[str, int]:
        ranks = _ranks(leaf.left) or _ranks(leaf.right)
        left, right = self.term(leaf.left), self.term(leaf.right)
        if ranks:
            left, right = (
                self._ranked(left, leaf.left, ranks),
                self._ranked(right, leaf.right, ranks),
            )
        left, right = _whole(left, right)
        layer = max(left.layer, right.layer)
        if left.exact and right.exact:
            op = {"==": "=", "!=": _UNEQUAL}.get(leaf.op, leaf.op)
            return f"({left.low} {op} {right.low})", layer
        return _between(leaf.op, left, right), layer

    def _ranked(self, spelt: Spelt, term: Term, ranks: tuple[str, ...]) -> Spelt:
        if isinstance(term, Param | Const):
            value = self.scope.params[term.name] if isinstance(term, Param) else term.value
            return exactly(str(ranks.index(str(value))))
        cases = " ".join(
            f"WHEN {self.tables.dialect.text(one)} THEN {rank}" for rank, one in enumerate(ranks)
        )
        return exactly(f"CASE {spelt.low} {cases} END", spelt.layer)

    def _within(self, elements: Term, texts: Term) -> tuple[str, int]:
        dialect = self.tables.dialect
        held = self.term(texts)
        one = self.term(elements)
        layer = max(held.layer, one.layer)
        fixed = self._texts(texts)
        if elements.type.of is Of.TEXT:
            if fixed is not None:
                inner = ", ".join(dialect.text(text) for text in fixed)
                return f"({one.low} IN ({inner}))" if fixed else "FALSE", layer
            return self._kept(dialect.holds(held.low, one.low), layer)
        values = self._texts(elements)
        if not values:
            return self._kept(dialect.holds_all(held.low, one.low), layer)
        each = [self._kept(dialect.holds(held.low, dialect.text(one)), layer) for one in values]
        return f"({' AND '.join(text for text, _ in each)})", max(at for _, at in each)

    def _kept(self, text: str, layer: int) -> tuple[str, int]:
        """What is costly to look at, as a column of the row at hand, looked at once."""
        if [alias for alias, _ in self.rows.values()] != ["s"]:
            return text, layer
        [(_, table)] = self.rows.values()
        column = table.made(text, layer)
        return f"s.{table.quoted(column.name)}", column.layer

    def _texts(self, term: Term) -> tuple[str, ...] | None:
        """The texts a term always stands for."""
        value: object = None
        if isinstance(term, Param):
            value = self.scope.params[term.name]
        elif isinstance(term, Const):
            value = term.value
        if isinstance(value, str):
            return (value,)
        return tuple(map(str, value)) if isinstance(value, tuple) else None

    def _quantified(self, leaf: Quantified) -> tuple[str, int]:
        """2 where a member decides, 1 where one may, else 0: the greatest over all members."""
        some = leaf.op == "some"
        inner, gather = self.gathering(leaf.members, leaf.var, [leaf.condition, leaf.body])
        body, layer = inner.formula(leaf.body)
        if leaf.condition is not None:
            admitted, at = inner.formula(leaf.condition)
            layer = max(layer, at)
            body = f"({admitted} AND {body})" if some else f"((NOT {admitted}) OR {body})"
        decides, idle = (body, f"NOT {body}") if some else (f"NOT {body}", body)
        code = gather.one(
            Measure(
                "max",
                f"CASE WHEN {decides} THEN 2 WHEN {idle} THEN 0 ELSE 1 END",
                f"CASE WHEN {idle} THEN 0 ELSE 1 END",
            ),
            layer,
        )
        whole, at = gather.whole()
        found, otherwise = ("TRUE", "FALSE") if some else ("FALSE", "TRUE")
        decided = f"CASE WHEN {code[0]} = 2 THEN {found}"
        if whole != "FALSE":
            known = f"{code[0]} = 0" if whole == "TRUE" else f"{code[0]} = 0 AND {whole}"
            decided += f" WHEN {known} THEN {otherwise}"
        return f"{decided} END", max(code[1], at)


def _between(op: Operator, left: Spelt, right: Spelt) -> str:
    """A comparison of what is only known to lie between two ends."""
    if op in (">", ">="):
        return _between("<" if op == ">" else "<=", right, left)
    if op in ("<", "<="):
        never = ">=" if op == "<" else ">"
        return (
            f"CASE WHEN {left.high} {op} {right.low} THEN TRUE"
            f" WHEN {left.low} {never} {right.high} THEN FALSE END"
        )
    same, apart = ("TRUE", "FALSE") if op == "==" else ("FALSE", "TRUE")
    return (
        f"CASE WHEN {left.low} = {left.high} AND {right.low} = {right.high}"
        f" AND {left.low} = {right.low} THEN {same}"
        f" WHEN {left.high} < {right.low} OR {right.high} < {left.low} THEN {apart} END"
    )


def _whole(left: Spelt, right: Spelt) -> tuple[Spelt, Spelt]:
    """Both sides without ratios: each times what makes the other's denominator whole."""
    if left.ratio == right.ratio == 1:
        return left, right
    scale = left.ratio.denominator * right.ratio.denominator
    return scaled(left, scale), scaled(right, scale)


def _ranks(term: Term) -> tuple[str, ...]:
    return () if isinstance(term, Param) or not term.type.ordered else term.type.choices
