"""The sentences in Chinese."""

from __future__ import annotations

from jingmen_policy.expression.nodes import Operator
from jingmen_policy.wording.phrases import Scale, inclusive, operator
from jingmen_policy.wording.spans import Text, joined, text

_OPERATORS: dict[Scale, dict[Operator, str]] = {
    Scale.AMOUNT: {
        ">=": "不少于",
        "<=": "不超过",
        ">": "超过",
        "<": "少于",
        "==": "等于",
        "!=": "不等于",
    },
    Scale.DAY: {
        ">=": "不早于",
        "<=": "不晚于",
        ">": "晚于",
        "<": "早于",
        "==": "为",
        "!=": "不为",
    },
    Scale.RANK: {
        ">=": "不低于",
        "<=": "不高于",
        ">": "高于",
        "<": "低于",
        "==": "为",
        "!=": "不为",
    },
    Scale.NAME: {"==": "为", "!=": "不为"},
}
_ZERO: dict[Operator, str] = {
    ">": "大于零",
    ">=": "不小于零",
    "<": "小于零",
    "<=": "不大于零",
    "==": "为零",
    "!=": "不为零",
}
_BOUND = {Scale.AMOUNT: "本数", Scale.DAY: "当日", Scale.RANK: "本级"}
SHORT = 2
"""Up to how many characters a statement stands before a noun without 的: 在岗驻站社工."""


class Zh:
    zero = "零"
    as_of = "判定日"
    year = "所判年度"
    always = "恒成立"
    never = "恒不成立"

    def quoted(self, words: str) -> str:
        return "一个空格" if words == " " else f"“{words.replace('”', '””')}”"

    def listed(self, texts: tuple[str, ...]) -> str:
        return "、".join(map(self.quoted, texts)) or "（无一项）"

    def amount(self, as_printed: str, shown: str) -> str:
        return as_printed

    def bracket(self, inner: Text) -> Text:
        return text("〔", inner, "〕")

    def day(self, iso: str) -> str:
        return iso

    def due(self, day: str) -> str:
        return f"期限日（{day}）" if day else "期限日"

    def by(self, day: str) -> str:
        return f"判定日与期限日（{day}）中较早之日" if day else "判定日（未定期限日）"

    def of(self, owner: str, name: str) -> str:
        return f"{owner}的{name}" if owner else name

    def subject(self, kind: str) -> str:
        return f"本{kind}"

    def outer(self, kind: str, depth: int) -> str:
        return f"前述第{depth}层{kind}"

    def step(self, owner: str, step: str, many: bool) -> str:
        return self.of(owner, step)

    def holds(self, owner: str, statement: str) -> Text:
        return text(f"{owner}{statement}")

    def derived(self, owner: str, title: str) -> Text:
        return text(f"{self.of(owner, self.quoted(title))}成立")

    def scaled(self, base: Text, ratio: Text) -> Text:
        return text(base, " 的 ", ratio)

    def added(self, left: Text, right: Text) -> Text:
        return text(left, " 加 ", right)

    def less(self, left: Text, right: Text) -> Text:
        return text(left, " 减 ", right)

    def in_a_row(self, parts: tuple[Text, ...]) -> Text:
        return text("〔", joined("＋", parts), "〕")

    def cell(self, table: str, column: Text, key: Text) -> Text:
        return text(f"《{table}》", column, "列中 ", key, " 所在行的数")

    def age(self, born: Text, on: Text) -> Text:
        return text("自 ", born, " 至 ", on, " 的周岁年龄")

    def years_after(self, day: Text, years: Text) -> Text:
        return text("自 ", day, " 起满 ", years, " 的对应日")

    def count(self, members: str, unit: str, condition: Text | None) -> Text:
        which = "" if condition is None else text("符合〔", condition, "〕的")
        return text(which, f"{members}{unit}数")

    def count_short(self, members: str, unit: str, statement: str) -> Text | None:
        of = "" if len(statement) <= SHORT else "的"
        return text(f"{statement}{of}{members}{unit}数")

    def sum(self, members: str, value: Text, condition: Text | None) -> Text:
        which = "" if condition is None else text("符合〔", condition, "〕的")
        return text(which, f"各{members}〔", value, "〕之和")

    def size(self, texts: Text) -> Text:
        return text(texts, " 的项数")

    def both(self, parts: list[Text]) -> Text:
        return joined("，并且", parts)

    def either(self, parts: list[Text]) -> Text:
        return joined("，或者", parts)

    def denied(self, part: Text) -> Text:
        return text("并非〔", part, "〕")

    def compared(self, left: Text, op: Operator, right: Text, scale: Scale) -> Text:
        words = operator(_OPERATORS[scale][op])
        return text(left, " ", words, " ", right, self._note(op, scale))

    def with_zero(self, left: Text, op: Operator) -> Text:
        return text(left, " ", operator(_ZERO[op]))

    def between(
        self, left: Text, first: tuple[Operator, Text], second: tuple[Operator, Text], scale: Scale
    ) -> Text:
        alike = inclusive(first[0]) is inclusive(second[0])
        parts = [
            text(
                operator(_OPERATORS[scale][op]), " ", right, "" if alike else self._note(op, scale)
            )
            for op, right in (first, second)
        ]
        both = text("（均", self._note(first[0], scale)[0].text[1:]) if alike else ""
        return text(left, " ", joined(" 且 ", parts), both)

    def among(self, element: Text, texts: Text) -> Text:
        return text(element, " ", operator("为下列之一"), "：", texts)

    def holds_text(self, texts: Text, element: Text) -> Text:
        return text(texts, " ", operator("包括"), " ", element)

    def holds_all(self, texts: Text, elements: Text) -> Text:
        return text(texts, " ", operator("包括下列各项"), "：", elements)

    def all_within(self, elements: Text, texts: Text) -> Text:
        return text(elements, " ", operator("各项均在其列"), "：", texts)

    def some(self, members: str, unit: str, body: Text, condition: Text | None) -> Text:
        if condition is None:
            return text(f"至少有一{unit}{members}符合〔", body, "〕")
        return text("在符合〔", condition, f"〕的{members}中，至少有一{unit}符合〔", body, "〕")

    def every(self, members: str, unit: str, body: Text, condition: Text | None) -> Text:
        if condition is None:
            return text(f"每一{unit}{members}均符合〔", body, "〕")
        return text("凡符合〔", condition, f"〕的{members}，每一{unit}均符合〔", body, "〕")

    def other_rule(self, title: str, rule: str, applies: bool) -> Text:
        verb = "适用" if applies else "不适用"
        return text(f"{verb}另一规则{self.quoted(title)}（{rule}）")

    def _note(self, op: Operator, scale: Scale) -> Text:
        bound = inclusive(op)
        if bound is None:
            return ()
        return text(f"（{'含' if bound else '不含'}{_BOUND[scale]}）")
