"""Parsing: a closed subset of Python's expression syntax into typed nodes; the rest is refused."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import NoReturn

from jingmen_facts.problems import Said
from jingmen_policy.expression.check import (
    arithmetic_type,
    check_comparable,
    check_elements,
    check_same,
    named,
)
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
    Type,
    Within,
)
from jingmen_policy.expression.scope import CALENDAR, ExpressionError, Scope, type_of

MAX_LENGTH = 2_000
MAX_DEPTH = 40

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def parse_formula(text: str, scope: Scope) -> Formula:
    """Parse a yes-or-no expression. Raises ExpressionError with the place of what is wrong."""
    return _Parser(text, scope).formula_of_text()


class _Parser:
    def __init__(self, text: str, scope: Scope) -> None:
        self.text = text
        self.scope = scope

    def formula_of_text(self) -> Formula:
        if len(self.text) > MAX_LENGTH:
            raise ExpressionError(Said("表达式过长", "expression too long"), MAX_LENGTH)
        try:
            tree = ast.parse(f"({self.text}\n)", mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            column = max((getattr(error, "offset", None) or 1) - 2, 0)
            raise ExpressionError(
                Said("表达式不完整或有语法错误", "not an expression"), column
            ) from None
        bracketed = isinstance(tree, ast.Tuple | ast.GeneratorExp)
        if (tree.lineno, tree.col_offset) == (1, 0) and not bracketed:
            # It begins before the text: a bracket of the text closed ours, as in 'open) and (open'.
            raise ExpressionError(Said("括号不配对", "brackets do not match"), 0)
        if _depth(tree) > MAX_DEPTH:
            raise ExpressionError(Said("表达式嵌套过深", "expression nested too deep"), 0)
        return self.formula(tree, self.scope)

    def formula(self, node: ast.expr, scope: Scope) -> Formula:
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return And(tuple(self.formula(value, scope) for value in values))
            case ast.BoolOp(values=values):
                return Or(tuple(self.formula(value, scope) for value in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.formula(operand, scope))
            case ast.Compare():
                return self.comparison(node, scope)
            case ast.Call(func=ast.Name(id="every" | "some")):
                return self.quantified(node, scope)
            case ast.Name() | ast.Attribute():
                derived = self.derived(node, scope)
                if derived is not None:
                    return derived
            case _:
                pass
        term = self.term(node, scope)
        if term.type.of is not Of.FLAG:
            self.wrong(node, "此处应为是非判断", "a yes-or-no expression belongs here")
        return Flag(term, self.source(node))

    def comparison(self, node: ast.Compare, scope: Scope) -> Formula:
        parts: list[Formula] = []
        left_node = node.left
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            source = (
                f"{self.source(left_node)} {_SPELT[type(op)]} {self.source(right_node)}"
                if type(op) in _SPELT
                else self.source(node)
            )
            if isinstance(op, ast.In | ast.NotIn):
                left, right = self.term(left_node, scope), self.term(right_node, scope)
                check_elements(left, right, self.column(right_node))
                within = Within(left, right, source)
                parts.append(Not(within) if isinstance(op, ast.NotIn) else within)
            elif type(op) in _OPERATORS:
                spelt = _OPERATORS[type(op)]
                left, right = self.term(left_node, scope), self.term(right_node, scope)
                check_comparable(spelt, left, right, self.column(right_node))
                parts.append(Compare(spelt, left, right, source))
            else:
                self.wrong(node, "不支持 is", "'is' is not of the language")
            left_node = right_node
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def term(self, node: ast.expr, scope: Scope) -> Term:
        match node:
            case ast.Constant(value=bool() as flag):
                return Const(flag, Type(Of.FLAG))
            case ast.Constant(value=str() as text):
                if self.source(node)[1:-1] != text:
                    self.wrong(
                        node,
                        "文字须照写，不用转义、前缀或拼接",
                        "text is written as it is: no escapes, prefixes or joined pieces",
                    )
                return Const(text, Type(Of.TEXT))
            case ast.Constant(value=int(0)):
                return Const(0, Type(Of.NUMBER))
            case ast.Constant():
                self.wrong(
                    node,
                    "数字须写在 let 中并与引文一致，表达式里只可用 0",
                    "numbers belong in 'let', as the quote states them; only 0 may be written here",
                )
            case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
                texts = [self.term(element, scope) for element in elements]
                if not all(isinstance(t, Const) and isinstance(t.value, str) for t in texts):
                    self.wrong(node, "列表中只能是文字", "a list holds texts only")
                return Const(
                    tuple(str(t.value) for t in texts if isinstance(t, Const)), Type(Of.TEXTS)
                )
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult()):
                return self.arithmetic(node, scope)
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod()):
                self.wrong(
                    node, "不支持除法；请改写为乘法比较", "no division: compare products instead"
                )
            case ast.Call(func=ast.Name(id=name)) if name in self.calls():
                return self.calls()[name](node, scope)
            case ast.Name() | ast.Attribute():
                return self.named(node, scope)
            case _:
                pass
        raise self.error(node, "不支持的写法", "not of the language")

    def calls(self) -> dict[str, Callable[[ast.Call, Scope], Term]]:
        return {
            "count": self.count,
            "sum": self.sum,
            "lookup": self.lookup,
            "age": self.age,
            "years_after": self.years_after,
        }

    def arithmetic(self, node: ast.BinOp, scope: Scope) -> Term:
        left, right = self.term(node.left, scope), self.term(node.right, scope)
        op = "+" if isinstance(node.op, ast.Add) else "-" if isinstance(node.op, ast.Sub) else "*"
        made = arithmetic_type(op, left.type, right.type)
        if made is None:
            self.wrong(
                node,
                f"{named(left.type).zh} {op} {named(right.type).zh} 没有意义",
                f"{named(left.type).en} {op} {named(right.type).en} has no meaning",
            )
        return Arithmetic(op, left, right, made)  # type: ignore[arg-type]

    def count(self, node: ast.Call, scope: Scope) -> Term:
        [argument] = self.arguments(node, 1)
        if isinstance(argument, ast.GeneratorExp):
            members, var, _, condition = self.loop(argument, scope)
            if not (isinstance(argument.elt, ast.Name) and argument.elt.id == var):
                self.wrong(argument.elt, f"此处应为“{var}”", f"'{var}' belongs here")
        else:
            found = self.members(argument, scope)
            if found is None:
                term = self.term(argument, scope)
                if term.type.of is not Of.TEXTS:
                    self.wrong(argument, "count 需要一个集合", "count needs a collection")
                return Size(term, Type(Of.NUMBER, "项"))
            members, var, condition = found, "", None
        unit = scope.models.kinds[members.kind].unit
        return Count(members, var, condition, Type(Of.NUMBER, unit))

    def sum(self, node: ast.Call, scope: Scope) -> Term:
        [argument] = self.arguments(node, 1)
        if not isinstance(argument, ast.GeneratorExp):
            self.wrong(argument, "sum 需要逐项求和", "sum needs 'x.field for x in ...'")
        members, var, inner, condition = self.loop(argument, scope)
        value = self.term(argument.elt, inner)
        if value.type.of not in {Of.NUMBER, Of.MONEY}:
            self.wrong(argument.elt, "只能对数或金额求和", "only numbers and money add up")
        return Sum(members, var, value, condition, value.type)

    def quantified(self, node: ast.Call, scope: Scope) -> Formula:
        assert isinstance(node.func, ast.Name)
        [argument] = self.arguments(node, 1)
        if not isinstance(argument, ast.GeneratorExp):
            self.wrong(argument, "此处需要 “… for x in …”", "'... for x in ...' belongs here")
        members, var, inner, condition = self.loop(argument, scope)
        body = self.formula(argument.elt, inner)
        op = "every" if node.func.id == "every" else "some"
        return Quantified(op, members, var, body, condition, self.source(node))  # type: ignore[arg-type]

    def lookup(self, node: ast.Call, scope: Scope) -> Term:
        column, key_node = self.arguments(node, 2)
        if not (isinstance(column, ast.Name) and column.id in scope.columns):
            self.wrong(column, "此处应为 let 中的表列", "a table column from 'let' belongs here")
        key = self.term(key_node, scope)
        if key.type.of is not Of.TEXT:
            self.wrong(key_node, "表的行以文字查找", "rows are looked up by text")
        return Lookup(column.id, key, scope.columns[column.id])

    def age(self, node: ast.Call, scope: Scope) -> Term:
        born, on = (self.term(part, scope) for part in self.arguments(node, 2))
        for term, part in zip((born, on), node.args, strict=True):
            check_same(term.type, Type(Of.DAY), self.column(part))
        return Call("age", (born, on), Type(Of.NUMBER, "岁"))

    def years_after(self, node: ast.Call, scope: Scope) -> Term:
        day, years = (self.term(part, scope) for part in self.arguments(node, 2))
        check_same(day.type, Type(Of.DAY), self.column(node.args[0]))
        check_same(years.type, Type(Of.NUMBER, "年"), self.column(node.args[1]))
        return Call("years_after", (day, years), Type(Of.DAY))

    def loop(
        self, node: ast.GeneratorExp, scope: Scope
    ) -> tuple[Members, str, Scope, Formula | None]:
        if len(node.generators) != 1:
            self.wrong(node, "只能有一个 for", "one 'for' only")
        [generator] = node.generators
        if not isinstance(generator.target, ast.Name) or generator.is_async:
            self.wrong(generator.target, "循环变量应为一个名称", "the loop variable is one name")
        members = self.members(generator.iter, scope)
        if members is None:
            self.wrong(generator.iter, "in 之后应为一个集合", "a collection belongs after 'in'")
        var = generator.target.id
        inner = scope.with_variable(var, members.kind, self.column(generator.target))
        conditions = tuple(self.formula(test, inner) for test in generator.ifs)
        condition = None
        if conditions:
            condition = conditions[0] if len(conditions) == 1 else And(conditions)
        return members, var, inner, condition

    def members(self, node: ast.expr, scope: Scope) -> Members | None:
        names = self.chain(node)
        if names is None:
            return None
        start, rest = self.root(names, scope)
        steps = []
        kind = start.kind
        for name in rest:
            relation = scope.models.relations[kind].get(name)
            if relation is None:
                return None
            steps.append(relation)
            kind = relation.target
        if not any(step.many for step in steps):
            return None
        return Members(start, tuple(steps), kind)

    def derived(self, node: ast.Name | ast.Attribute, scope: Scope) -> Derived | None:
        names = self.chain(node)
        if names is None:
            return None
        start, rest = self.root(names, scope)
        if not rest:
            return None
        path = self.walk(start, rest[:-1], scope, node)
        if rest[-1] not in scope.derived.get(path.kind, ()):
            return None
        return Derived(rest[-1], path, self.source(node))

    def named(self, node: ast.Name | ast.Attribute, scope: Scope) -> Term:
        names = self.chain(node)
        if names is None:
            self.wrong(node, "不支持的写法", "not of the language")
        if len(names) == 1:
            name = names[0]
            if name in scope.params:
                return Param(name, scope.params[name])
            if name in scope.calendar and name in CALENDAR:
                return Calendar(name, CALENDAR[name])  # type: ignore[arg-type]
            if name in scope.columns:
                self.wrong(
                    node, f"“{name}”是表列，须写 lookup({name}, …)", f"write lookup({name}, ...)"
                )
        start, rest = self.root(names, scope)
        if not rest:
            self.wrong(node, f"“{names[0]}”本身不是值", f"'{names[0]}' is not a value by itself")
        path = self.walk(start, rest[:-1], scope, node)
        spec = scope.models.kinds[path.kind].fields.get(rest[-1])
        if spec is None:
            if rest[-1] in scope.models.relations[path.kind]:
                self.wrong_collection(node, rest[-1])
            if path.root == "" and len(rest) == 1:
                raise scope.unknown(rest[-1], self.column(node))
            raise scope.unknown_on(path.kind, rest[-1], self.column(node))
        return Field(path, spec, type_of(spec))

    def root(self, names: list[str], scope: Scope) -> tuple[Path, list[str]]:
        if names[0] in scope.variables:
            return Path(names[0], scope.variables[names[0]]), names[1:]
        return Path("", scope.kind), names

    def walk(self, start: Path, names: list[str], scope: Scope, node: ast.expr) -> Path:
        steps = list(start.steps)
        kind = start.kind
        for name in names:
            relation = scope.models.relations[kind].get(name)
            if relation is None and name in scope.models.kinds[kind].fields:
                self.wrong(node, f"“{name}”不指向别的事实", f"'{name}' refers to no other fact")
            if relation is None:
                raise scope.unknown_on(kind, name, self.column(node))
            if relation.many:
                self.wrong_collection(node, name)
            steps.append(relation)
            kind = relation.target
        return Path(start.root, kind, tuple(steps))

    def chain(self, node: ast.expr) -> list[str] | None:
        names: list[str] = []
        while isinstance(node, ast.Attribute):
            names.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        return [node.id, *reversed(names)]

    def arguments(self, node: ast.Call, expected: int) -> list[ast.expr]:
        if node.keywords or len(node.args) != expected:
            self.wrong(node, f"需要 {expected} 个参数", f"{expected} argument(s) belong here")
        return node.args

    def source(self, node: ast.expr) -> str:
        """The words of a node as the rule writes them, on one line."""
        written = ast.get_source_segment(f"({self.text}\n)", node) or ast.unparse(node)
        return " ".join(line.strip() for line in written.splitlines())

    def column(self, node: ast.expr) -> int:
        lines = f"({self.text}\n)".split("\n")
        before = lines[node.lineno - 1].encode()[: node.col_offset].decode(errors="ignore")
        return max(sum(len(line) + 1 for line in lines[: node.lineno - 1]) + len(before) - 1, 0)

    def wrong(self, node: ast.expr, zh: str, en: str) -> NoReturn:
        raise self.error(node, zh, en)

    def wrong_collection(self, node: ast.expr, name: str) -> NoReturn:
        self.wrong(node, f"“{name}”是集合，须用 count、some 等", f"'{name}' is a collection")

    def error(self, node: ast.expr, zh: str, en: str) -> ExpressionError:
        spelt = self.source(node)
        return ExpressionError(Said(f"{zh}：{spelt}", f"{en}: {spelt}"), self.column(node))


_SPELT: dict[type[ast.cmpop], str] = {**_OPERATORS, ast.In: "in", ast.NotIn: "not in"}


def _depth(node: ast.AST) -> int:
    deepest, level = 0, [node]
    while level:
        deepest += 1
        level = [child for parent in level for child in ast.iter_child_nodes(parent)]
    return deepest
