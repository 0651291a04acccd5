"""Formulas as lines of Python: what must be looked at, and no more.

A formula becomes a name that holds True, False or None (unknown). Ratios are taken to whole numbers
before they are compared.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from jingmen_policy.engines.compiled.lines import SUBJECT, Spelt, ascii_name
from jingmen_policy.engines.compiled.terms import Terms
from jingmen_policy.expression.nodes import (
    And,
    Compare,
    Const,
    Count,
    Derived,
    Flag,
    Formula,
    Not,
    Of,
    Operator,
    Or,
    Param,
    Path,
    Quantified,
    Sum,
    Term,
    Within,
    Yields,
)
from jingmen_policy.expression.walk import nodes

SHORT = 8
"""Nodes of a derived fact that is written where it is used."""
DEEP = 40
"""Levels of indentation from which on blocks stand one after another; Python takes a hundred."""
_TURNED: dict[Operator, Operator] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}


class Formulas(Terms):
    def formula(self, formula: Formula) -> str:
        """The name, or an expression without effect, that holds its truth."""
        match formula:
            case And(parts):
                return self._joined(parts, decisive="False")
            case Or(parts):
                return self._joined(parts, decisive="True")
            case Not(part):
                truth = self._named(self.formula(part))
                return self._kept(f"None if {truth} is None else not {truth}")
            case Compare():
                return self._kept(self._compare(formula))
            case Within(elements, texts):
                return self._kept(self._within(elements, texts))
            case Flag(term):
                return self._settled(self.term(term))
            case Derived(name, path):
                return self._derived(name, path)
            case Quantified():
                return self._quantified(formula)
            case Yields(rule):
                return self._kept(f"applies_{ascii_name(rule)}({SUBJECT}, d)")

    def _derived(self, name: str, path: Path) -> str:
        """A derived fact: of the subject and short, as it stands; else by its function."""
        key = ("derived", path.root, path.steps, name)
        for known in self.followed:
            if key in known:
                return known[key]
        version = self.derived.get((path.kind, name))
        if path.root or path.steps or version is None or not _short(version.means):
            fact = self.follow(path)
            truth = self._kept(self._known(f"{path.kind}_{name}({fact.text}, d)", fact))
        else:
            outer = self.params, self.columns, self.calendar
            self.params = dict(version.params)
            self.columns = {column: dict(cells) for column, cells in version.columns.items()}
            self.calendar = dict.fromkeys(("as_of", "by"), self.calendar["as_of"])
            truth = self._named(self.formula(version.means))
            self.params, self.columns, self.calendar = outer
        self.followed[-1][key] = truth
        return truth

    def _joined(self, parts: tuple[Formula, ...], decisive: str) -> str:
        truth = self.fresh()
        self.say(f"{truth} = {self.formula(parts[0])}")
        depth = self.depth
        for part in parts[1:]:
            if self.depth > max(depth, DEEP):
                self._back(depth)
            self.say(f"if {truth} is not {decisive}:")
            self._deeper()
            other = self._named(self.formula(part))
            self.say(f"if {other} is {decisive}:")
            self.say(f"    {truth} = {decisive}")
            self.say(f"elif {other} is None:")
            self.say(f"    {truth} = None")
        self._back(depth)
        return truth

    def _quantified(self, leaf: Quantified) -> str:
        some = leaf.op == "some"
        idle, decisive = ("False", "True") if some else ("True", "False")
        truth = self.fresh()
        self.say(f"{truth} = {idle}")
        with self._each(leaf.members, leaf.var) as (sure, whole):
            body = self._guarded(leaf, some)
            if sure is None:
                with self.inside(f"if {body} is {decisive}:"):
                    self.say(f"{truth} = {decisive}")
                    self.say("break")
                with self.inside(f"if {body} is None:"):
                    self.say(f"{truth} = None")
            else:
                with self.inside(f"if {body} is not {idle}:"):
                    with self.inside(f"if {body} is {decisive} and {sure}:"):
                        self.say(f"{truth} = {decisive}")
                        self.say("break")
                    self.say(f"{truth} = None")
        with self.inside(f"if {truth} is {idle} and not {whole}:"):
            self.say(f"{truth} = None")
        return truth

    def _guarded(self, leaf: Quantified, some: bool) -> str:
        """The body where the condition admits it: ``c and body``, or ``not c or body``."""
        if leaf.condition is None:
            return self._named(self.formula(leaf.body))
        parts = (leaf.condition, leaf.body) if some else (Not(leaf.condition), leaf.body)
        return self._joined(parts, decisive="False" if some else "True")

    def _compare(self, leaf: Compare) -> str:
        ranks = _ranks(leaf.left) or _ranks(leaf.right)
        left, right = self.term(leaf.left), self.term(leaf.right)
        if ranks:
            left, right = (
                self._ranked(left, leaf.left, ranks),
                self._ranked(right, leaf.right, ranks),
            )
        left, right = self._whole(left, right)
        if left.counted and not right.paired and not right.guards:
            return _counted(leaf.op, left.counted, right.text)
        if right.counted and not left.paired and not left.guards:
            return _counted(_TURNED[leaf.op], right.counted, left.text)
        if left.paired or right.paired:
            return self._between(leaf.op, left, right)
        test = f"{left.text} {leaf.op} {right.text}"
        return self._known(test, left, right)

    def _between(self, op: str, left: Spelt, right: Spelt) -> str:
        a, b = self._pair(left), self._pair(right)
        calls = {
            "<=": f"at_most({a}, {b})",
            ">=": f"at_most({b}, {a})",
            "<": f"below({a}, {b})",
            ">": f"below({b}, {a})",
            "==": f"equal({a}, {b})",
        }
        if op == "!=":
            same = self._named(f"equal({a}, {b})")
            return f"None if {same} is None else not {same}"
        return calls[op]

    def _ranked(self, spelt: Spelt, term: Term, ranks: tuple[str, ...]) -> Spelt:
        if isinstance(term, Param | Const):
            value = self.params[term.name] if isinstance(term, Param) else term.value
            return Spelt(str(ranks.index(str(value))))
        order = {choice: rank for rank, choice in enumerate(ranks)}
        return Spelt(f"{self.constants.name('RANK', order)}[{spelt.text}]", spelt.guards)

    def _whole(self, left: Spelt, right: Spelt) -> tuple[Spelt, Spelt]:
        """Both sides without ratios: each times what makes the other's denominator whole."""
        if left.ratio == right.ratio == 1:
            return left, right
        scale = left.ratio.denominator * right.ratio.denominator
        return self._scaled(left, left.ratio * scale), self._scaled(right, right.ratio * scale)

    def _scaled(self, term: Spelt, by: Fraction) -> Spelt:
        factor = by.numerator
        assert by.denominator == 1
        if factor == 1:
            return replace(term, ratio=Fraction(1))
        if term.paired:
            return Spelt(f"times({term.text}, ends({factor}))", term.guards, paired=True)
        return Spelt(f"{factor} * {term.text}", term.guards)

    def _within(self, elements: Term, texts: Term) -> str:
        held = self.term(texts)
        if isinstance(elements, Const | Param):
            value = self.params[elements.name] if isinstance(elements, Param) else elements.value
            sought = (value,) if isinstance(value, str) else value
            assert isinstance(sought, tuple)
            test = " and ".join(f"{one!r} in {held.text}" for one in sought) or "True"
            return self._known(test, held)
        one = self.term(elements)
        if elements.type.of is Of.TEXT:
            return self._known(f"{one.text} in {held.text}", one, held)
        return self._known(f"all(x in {held.text} for x in {one.text})", one, held)


def _counted(op: Operator, counted: tuple[str, str, str], other: str) -> str:
    """A count compared with a number that is known."""
    sure, possible, whole = counted
    if op == "==":
        return (
            f"True if {whole} and {sure} == {possible} == {other} else"
            f" False if {sure} > {other} or ({whole} and {possible} < {other}) else None"
        )
    if op == "!=":
        return (
            f"False if {whole} and {sure} == {possible} == {other} else"
            f" True if {sure} > {other} or ({whole} and {possible} < {other}) else None"
        )
    if op in (">=", ">"):
        never = "<" if op == ">=" else "<="
        return (
            f"True if {sure} {op} {other} else"
            f" False if {whole} and {possible} {never} {other} else None"
        )
    never = ">" if op == "<=" else ">="
    return (
        f"True if {whole} and {possible} {op} {other} else"
        f" False if {sure} {never} {other} else None"
    )


def _short(means: Formula) -> bool:
    """Whether a formula goes through no members and stands on few tests."""
    found = list(nodes(means))
    return len(found) <= SHORT and not any(
        isinstance(node, Count | Sum | Quantified | Yields) for node in found
    )


def _ranks(term: Term) -> tuple[str, ...]:
    if isinstance(term, Param) or not term.type.ordered:
        return ()
    return term.type.choices
