"""The sentences in English. Names of the plan and its texts stay Chinese."""

from __future__ import annotations

from jingmen_policy.expression.nodes import Operator
from jingmen_policy.wording.phrases import Scale, inclusive, operator
from jingmen_policy.wording.spans import Text, joined, text
from jingmen_policy.wording.units import in_english

_OPERATORS: dict[Scale, dict[Operator, str]] = {
    Scale.AMOUNT: {
        ">=": "is at least",
        "<=": "is at most",
        ">": "is more than",
        "<": "is less than",
        "==": "is exactly",
        "!=": "is not exactly",
    },
    Scale.DAY: {
        ">=": "is no earlier than",
        "<=": "is no later than",
        ">": "is after",
        "<": "is before",
        "==": "is",
        "!=": "is not",
    },
    Scale.RANK: {
        ">=": "is no lower than",
        "<=": "is no higher than",
        ">": "is higher than",
        "<": "is lower than",
        "==": "is",
        "!=": "is not",
    },
    Scale.NAME: {"==": "is", "!=": "is not"},
}
_ZERO: dict[Operator, str] = {
    ">": "is above zero",
    ">=": "is not below zero",
    "<": "is below zero",
    "<=": "is not above zero",
    "==": "is zero",
    "!=": "is not zero",
}
_ASKS = ("who ", "what ", "which ", "whether ", "when ", "by ", "with ", "how ")


class En:
    zero = "zero"
    as_of = "the day judged"
    year = "the year judged"
    always = "it always holds"
    never = "it never holds"

    def quoted(self, words: str) -> str:
        return "one space" if words == " " else f"“{words.replace('”', '””')}”"

    def listed(self, texts: tuple[str, ...]) -> str:
        return ", ".join(map(self.quoted, texts)) or "(nothing)"

    def amount(self, as_printed: str, shown: str) -> str:
        return in_english(shown)

    def bracket(self, inner: Text) -> Text:
        return text("[", inner, "]")

    def day(self, iso: str) -> str:
        return iso

    def due(self, day: str) -> str:
        return f"the due day ({day})" if day else "the due day"

    def by(self, day: str) -> str:
        if day:
            return f"the earlier of the day judged and the due day ({day})"
        return "the day judged (no due day)"

    def of(self, owner: str, name: str) -> str:
        apart = name.startswith(_ASKS) or ", " in name
        shown = self.quoted(name) if apart else name
        return f"{shown} of {owner}" if owner else shown

    def subject(self, kind: str) -> str:
        return f"this {kind}"

    def outer(self, kind: str, depth: int) -> str:
        return f"that {kind} (level {depth})"

    def step(self, owner: str, step: str, many: bool) -> str:
        if many:
            return f"{_plural(step)} of {owner}" if owner else _plural(step)
        return f"the {step} of {owner}" if owner else f"its {step}"

    def holds(self, owner: str, statement: str) -> Text:
        of = f"of {owner}, " if owner else ""
        return text(f"{of}{self.quoted(statement)} is true")

    def derived(self, owner: str, title: str) -> Text:
        of = f"of {owner}, " if owner else ""
        return text(f"{of}{self.quoted(title)} holds")

    def scaled(self, base: Text, ratio: Text) -> Text:
        return text(ratio, " of ", base)

    def added(self, left: Text, right: Text) -> Text:
        return text(left, " plus ", right)

    def less(self, left: Text, right: Text) -> Text:
        return text(left, " minus ", right)

    def in_a_row(self, parts: tuple[Text, ...]) -> Text:
        return text("[", joined(" + ", parts), "]")

    def cell(self, table: str, column: Text, key: Text) -> Text:
        return text(f"the number in 《{table}》, column ", column, ", row ", key)

    def age(self, born: Text, on: Text) -> Text:
        return text("the age in whole years from ", born, " to ", on)

    def years_after(self, day: Text, years: Text) -> Text:
        return text("the same day ", years, " after ", day)

    def count(self, members: str, unit: str, condition: Text | None) -> Text:
        which = "" if condition is None else text(" for which [", condition, "]")
        return text(f"the number of {members}", which)

    def count_short(self, members: str, unit: str, statement: str) -> Text | None:
        return None

    def sum(self, members: str, value: Text, condition: Text | None) -> Text:
        which = "" if condition is None else text(" for which [", condition, "]")
        return text("the sum of [", value, f"] over {members}", which)

    def size(self, texts: Text) -> Text:
        return text("the number of items in ", texts)

    def both(self, parts: list[Text]) -> Text:
        return joined(", and ", parts)

    def either(self, parts: list[Text]) -> Text:
        return joined(", or ", parts)

    def denied(self, part: Text) -> Text:
        return text("it is not so that [", part, "]")

    def compared(self, left: Text, op: Operator, right: Text, scale: Scale) -> Text:
        words = operator(_OPERATORS[scale][op])
        return text(left, " ", words, " ", right, _note(op))

    def with_zero(self, left: Text, op: Operator) -> Text:
        return text(left, " ", operator(_ZERO[op]))

    def between(
        self, left: Text, first: tuple[Operator, Text], second: tuple[Operator, Text], scale: Scale
    ) -> Text:
        alike = inclusive(first[0]) is inclusive(second[0])
        parts = [
            text(operator(_OPERATORS[scale][op]), " ", right, "" if alike else _note(op))
            for op, right in (first, second)
        ]
        both = text(" (both ", _note(first[0])[0].text[2:]) if alike else ""
        return text(left, " ", joined(" and ", parts), both)

    def among(self, element: Text, texts: Text) -> Text:
        return text(element, " ", operator("is one of"), ": ", texts)

    def holds_text(self, texts: Text, element: Text) -> Text:
        return text(texts, " ", operator("includes"), " ", element)

    def holds_all(self, texts: Text, elements: Text) -> Text:
        return text(texts, " ", operator("includes all of"), ": ", elements)

    def all_within(self, elements: Text, texts: Text) -> Text:
        return text(elements, " ", operator("has all its items among"), ": ", texts)

    def some(self, members: str, unit: str, body: Text, condition: Text | None) -> Text:
        which = "" if condition is None else text(" for which [", condition, "]")
        return text(f"among the {members}", which, ", at least one is such that [", body, "]")

    def every(self, members: str, unit: str, body: Text, condition: Text | None) -> Text:
        which = "" if condition is None else text(" for which [", condition, "]")
        return text(f"among the {members}", which, ", every one is such that [", body, "]")

    def other_rule(self, title: str, rule: str, applies: bool) -> Text:
        verb = "applies" if applies else "does not apply"
        return text(f"the other rule {self.quoted(title)} ({rule}) {verb}")


def _note(op: Operator) -> Text:
    bound = inclusive(op)
    return () if bound is None else text(" (inclusive)" if bound else " (exclusive)")


def _plural(noun: str) -> str:
    """The plural of a label.

    >>> _plural("county"), _plural("resident worker")
    ('counties', 'resident workers')
    """
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
