"""docs/double-coding.md: two independent codings of the plan compared, field by field.

``--write`` makes the page anew from docs/double-coding/second.yaml (the second coding, as handed
in) and adjudicated.yaml (which rule each statement is, and what was decided where they differ);
``--check`` fails where the page is stale. A difference without a decision, or a decision without a
difference, is an error.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy import Policy
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Compare, Formula, Of, Operator, Param, Term
from jingmen_policy.expression.walk import nodes, nodes_of
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import Rule, Version

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "double-coding"
PAGE = ROOT / "docs" / "double-coding.md"
FIELDS = ("modality", "bearer", "threshold", "deadline")
SIGNS: dict[Operator, str] = {
    "<=": "<=", ">=": ">=", "==": "=", "<": "<", ">": ">", "!=": "!=",
}  # fmt: skip
TURNED: dict[Operator, Operator] = {
    "<=": ">=", ">=": "<=", "==": "==", "<": ">", ">": "<", "!=": "!=",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A statement of the second coding and the rule it is."""

    number: str
    rule: Rule
    theirs: dict[str, str]
    ours: dict[str, str]

    def differs(self, field: str) -> bool:
        return self.ours[field] != self.theirs[field]


def ours(corpus: Corpus, rule: Rule) -> dict[str, str]:
    """A rule as the second coder's form has it."""
    version = rule.versions[0]
    idle = rule.modality.force in {Force.STATED, Force.OPTIONAL, Force.SOFT}
    named = bool(version.words["bearer"].words)
    nobody = rule.modality.force is Force.STATED and not named
    return {
        "modality": rule.modality.value,
        "bearer": "none" if nobody else rule.bearer.role.zh,
        "threshold": threshold(corpus, version),
        "deadline": "none" if idle else deadline(version),
    }


def deadline(version: Version) -> str:
    if version.due.day is not None:
        return version.due.day.isoformat()
    if version.due.month_day is not None:
        return "yearly {:02}-{:02}".format(*version.due.month_day)
    return version.due.kind


def threshold(corpus: Corpus, version: Version) -> str:
    """The numbers of the text a rule compares with, in the second coder's notation."""
    if version.lets and all(
        let.table and let.column != corpus.tables[let.table].total_label for let in version.lets
    ):
        totals = Counter[str]()
        for column in version.columns.values():
            totals.update(column)
        return "; ".join(f"{row}>={count}" for row, count in totals.items())
    printed = {let.name: let.printed[0].removesuffix("个") for let in version.lets if let.printed}
    limits = list(_limits(version.require, printed))
    least, most = (next((v for s, v in limits if s == sign), "") for sign in (">=", "<="))
    if least and most and least[-1] == most[-1]:
        return f"{least[:-1]}..{most}"
    return next((f"{sign}{value}" for sign, value in limits), "none")


def _limits(formula: Formula | None, printed: dict[str, str]) -> Iterator[tuple[str, str]]:
    for node in nodes_of(formula) if formula is not None else ():
        if isinstance(node, Compare) and (ranked(node.op) or _numeric(node)):
            sides: tuple[tuple[Term, Operator], ...] = (
                (node.right, node.op),
                (node.left, TURNED[node.op]),
            )
            for term, op in sides:
                yield from ((SIGNS[op], printed[name]) for name in _named(term) if name in printed)


def ranked(op: Operator) -> bool:
    return op not in {"==", "!="}


def _numeric(node: Compare) -> bool:
    return any(
        isinstance(part, Param) and part.type.of in {Of.NUMBER, Of.MONEY, Of.RATIO}
        for part in nodes(node)
    )


def _named(term: Term) -> Iterator[str]:
    for node in nodes(term):
        if isinstance(node, Param):
            yield node.name


def pairs(corpus: Corpus) -> list[Pair]:
    """Every statement that is a rule, in the order of the second coding."""
    matches = _read("adjudicated.yaml")["matches"]
    found = []
    for statement in _read("second.yaml"):
        name = matches[statement["n"]]
        if name is not None:
            rule = corpus.rules[name]
            found.append(Pair(statement["n"], rule, statement, ours(corpus, rule)))
    return found


def _read(name: str) -> Any:
    return read_yaml((FOLDER / name).read_text(encoding="utf-8"), name).value


def kappa(found: list[Pair], field: str) -> float:
    """Cohen's kappa: agreement beyond what the two marginal distributions give by chance."""
    total = len(found)
    agreed = sum(not pair.differs(field) for pair in found) / total
    mine, other = (
        Counter(side)
        for side in zip(*((pair.ours[field], pair.theirs[field]) for pair in found), strict=True)
    )
    chance = sum(mine[value] * other[value] for value in mine) / total**2
    return (agreed - chance) / (1 - chance)


def page(corpus: Corpus) -> str:
    """The whole page. Raises ValueError where decisions and differences do not match."""
    found = pairs(corpus)
    adjudicated = _read("adjudicated.yaml")
    parts = [INTRODUCTION, *_agreement(corpus, found, adjudicated)]
    parts += ["## Where they differ", *_differences(found, adjudicated["differences"])]
    parts += ["## Statements that are no rule of their own", *_alone(adjudicated)]
    coded = {pair.rule.id for pair in found}
    others = [rule for rule in corpus.rules.values() if rule.id not in coded]
    parts += [
        "## Rules the second coding has no statement for",
        *_uncoded(others, adjudicated["rules_alone"]),
    ]
    return "\n\n".join(parts) + "\n"


INTRODUCTION = """\
# Double coding

The plan was coded twice. The rules are the first coding. The second is the work of a reader who was
given the text and a form (statement, modality, bearer, threshold, deadline) and saw no rule, no
reading and no register; it is kept as handed in, in [second.yaml](double-coding/second.yaml).

Each of its statements is matched to the rule that rests on the same words; several may be one rule,
because the second coding splits lists more finely. Matches and decisions stand in
[adjudicated.yaml](double-coding/adjudicated.yaml). `tools/double_coding.py` makes this page from
the three and refuses a difference without a decision, and a decision without a difference.

An earlier blind reading of part of the text, made before any rule was written, lists what can be
read in two ways: [first-pass.md](double-coding/first-pass.md)."""


def _agreement(corpus: Corpus, found: list[Pair], adjudicated: Any) -> Iterator[str]:
    statements = _read("second.yaml")
    coded = {pair.rule.id for pair in found}
    yield (
        f"{len(statements)} statements in the second coding, {len(corpus.rules)} rules;"
        f" {len(found)} statements are matched to {len(coded)} rules."
    )
    rows = [
        "| field | compared | agreed at first | κ | agree now | κ |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    first = {one["field"]: one for one in adjudicated["first_compared"]}
    for field in FIELDS:
        agree = sum(not pair.differs(field) for pair in found)
        was = first[field]
        share = int(was["agree"]) / int(was["compared"])
        rows.append(
            f"| {field} | {len(found)} | {was['agree']} ({share:.0%}) | {float(was['kappa']):.2f} |"
            f" {agree} ({agree / len(found):.0%}) | {kappa(found, field):.2f} |"
        )
    yield "\n".join(rows)
    yield "κ is Cohen's: agreement beyond what the two distributions give by chance."
    yield "## What the second coding changed in the rules"
    yield "\n".join(
        f"- Statement {', '.join(one['n'])}: {one['reason']}" for one in adjudicated["changed"]
    )


def _differences(found: list[Pair], decisions: list[Any]) -> Iterator[str]:
    """Each decision with the differences it settles; all must be settled, and no other."""
    by_number = {pair.number: pair for pair in found}
    differing = {(pair.number, field) for pair in found for field in FIELDS if pair.differs(field)}
    settled: set[tuple[str, str]] = set()
    for decision in decisions:
        field = decision["field"]
        for number in decision["n"]:
            if (number, field) not in differing or (number, field) in settled:
                raise ValueError(f"statement {number}: no open difference in {field}")
            settled.add((number, field))
        rows = ["| statement | rule | rules say | second coding says |", "|---|---|---|---|"]
        for number in decision["n"]:
            pair = by_number[number]
            where = f"{pair.theirs['at']} {number}"
            rows.append(
                f"| {where} | `{pair.rule.id}` | {pair.ours[field]} | {pair.theirs[field]} |"
            )
        yield f"### {field.capitalize()}: {decision['about']} — {decision['decision']}"
        yield decision["reason"]
        yield "\n".join(rows)
    if differing - settled:
        left = ", ".join(f"{number} {field}" for number, field in sorted(differing - settled))
        raise ValueError(f"differences without a decision: {left}")


def _alone(adjudicated: Any) -> Iterator[str]:
    statements = {one["n"]: one for one in _read("second.yaml")}
    unmatched = {number for number, name in adjudicated["matches"].items() if name is None}
    for item in adjudicated["statements_alone"]:
        for number in item["n"]:
            unmatched.remove(number)
        quotes = "; ".join(f"{number} “{statements[number]['quote']}”" for number in item["n"])
        yield f"- {quotes.replace('|', ' ')}: {item['reason']}"
    if unmatched:
        raise ValueError(f"statements without a rule or a reason: {sorted(unmatched)}")


def _uncoded(rules: list[Rule], reasons: list[Any]) -> Iterator[str]:
    left = {rule.id for rule in rules}
    for item in reasons:
        for name in item["rules"]:
            left.remove(name)
        names = ", ".join(f"`{name}`" for name in item["rules"])
        yield f"- {names}: {item['reason']}"
    if left:
        raise ValueError(f"rules without a statement or a reason: {sorted(left)}")


def main(arguments: list[str]) -> int:
    made = page(Policy.load().corpus)
    if arguments == ["--write"]:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != made:
        print("docs/double-coding.md is stale; run tools/double_coding.py --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
