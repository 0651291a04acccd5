"""What each field of a rule rests on: words of its quotes, a reading, and whether they say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jingmen_policy.corpus.place import Place
from jingmen_policy.corpus.written import RuleFile, WordsOf, WordTable
from jingmen_policy.expression.nodes import Compare, Lookup, Of, Operator, Param, Term
from jingmen_policy.expression.walk import nodes, nodes_of
from jingmen_policy.rule.due import due_said
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.model import Citation, Version, Words

_TURNED: Mapping[Operator, Operator] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=",
}  # fmt: skip
_NUMBERS = {Of.NUMBER, Of.MONEY, Of.RATIO}


@dataclass(frozen=True, slots=True)
class Support:
    """Checks the words of one version of a rule. ``table`` is the corpus's table of words."""

    table: WordTable
    rule: RuleFile
    written: WordsOf
    version: Version
    place: Place

    def check(self) -> None:
        for name in self.needed():
            if name not in self.written:
                self.place.wrong(
                    f"words 须指明 {name} 的依据", f"words must say what '{name}' rests on"
                )
        self.modality()
        self.bearer()
        self.due()
        self.operator()

    def needed(self) -> Iterator[str]:
        """The fields that must rest on something."""
        yield from ("modality", "bearer")
        if self.version.due.kind in {"day", "yearly"}:
            yield "due"
        if not self.table.every_field:
            return
        if self.rule.counterparty is not None:
            yield "counterparty"
        yield from self.version.written
        yield from (let.name for let in self.version.lets)
        if self.rule.yields_to:
            yield "yields_to"
        if any(self.limits()):
            yield "operator"

    def modality(self) -> None:
        """Words alone must be words of the modality; of two that overlap the longer one counts."""
        given = self.written.get("modality")
        if given is None or given.reading is not None or not self.table.modality:
            return
        said = modalities_said(self.table, given.words)
        modality = self.rule.modality
        if modality not in said:
            zh = "、".join(sorted(other.label.zh for other in said)) or "没有哪一种性质"
            en = ", ".join(sorted(other.value for other in said)) or "no modality"
            (self.place / "modality").wrong(
                f"“{'”“'.join(given.words)}”表示的是{zh}，不是{modality.label.zh}；否则须有解释依据",
                f"these words say {en}, not {modality.value}; without them a reading must",
            )

    def bearer(self) -> None:
        """Words alone must name the bearer as the rule does."""
        given = self.written.get("bearer")
        if given is None or given.reading is not None or not self.table.every_field:
            return
        role = self.rule.bearer.who.zh
        if "".join(given.words) != role:
            (self.place / "bearer").wrong(
                f"原文写的是“{'”“'.join(given.words)}”，责任主体却是“{role}”",
                f"the words are not those of the bearer, {role}",
            )

    def due(self) -> None:
        """Words that name a day must name the day that is due; others need a reading."""
        given = self.written.get("due")
        if given is None or self.version.due.kind not in {"day", "yearly"}:
            return
        said = [due for words in given.words if (due := due_said(words)) is not None]
        if any(due != self.version.due for due in said):
            (self.place / "due").wrong(
                f"“{'”“'.join(given.words)}”说的不是这一天", "these words name another day"
            )
        elif not said and given.reading is None and self.table.every_field:
            (self.place / "due").wrong(
                "原文没有写明是哪一天，须有解释依据", "the words name no day: a reading must"
            )

    def operator(self) -> None:
        """Words for a limit must point the way the comparison does."""
        given = self.written.get("operator")
        if given is None:
            return
        limits = set(self.limits())
        for sign, words in ((">", self.table.at_least), ("<", self.table.at_most)):
            told = [word for word in given.words if any(one in word for one in words)]
            if told and not any(sign in limit for limit in limits):
                (self.place / "operator").wrong(
                    f"“{told[0]}”与比较的方向不符", f"'{told[0]}' points the other way"
                )

    def limits(self) -> Iterator[Operator]:
        """How values are compared with the numbers of the text: what must be >= a number, say."""
        for formula in (self.version.when, self.version.used, self.version.require):
            for node in nodes_of(formula) if formula is not None else ():
                if isinstance(node, Compare):
                    if _figure(node.right, node.op):
                        yield node.op
                    elif _figure(node.left, node.op):
                        yield _TURNED[node.op]


def _figure(term: Term, op: Operator) -> bool:
    """Whether a number of the text stands in a term, or a rank such as 大专 where ranks count."""
    ranked = op not in {"==", "!="}
    return any(
        isinstance(node, Lookup)
        or (isinstance(node, Param) and (ranked or node.type.of in _NUMBERS))
        for node in nodes(term)
    )


def modalities_said(table: WordTable, words: Sequence[str]) -> frozenset[Modality]:
    """What words say by the table, each part of them taken by the longest entry it is in."""
    entries: dict[str, set[Modality]] = {}
    for modality, listed in table.modality.items():
        for entry in listed:
            entries.setdefault(entry, set()).add(modality)
    found: set[Modality] = set()
    for word in words:
        taken: set[int] = set()
        for entry in sorted(entries, key=len, reverse=True):
            at = word.find(entry)
            span = set(range(at, at + len(entry)))
            if at >= 0 and not span & taken:
                taken |= span
                found |= entries[entry]
    return frozenset(found)


def marked(written: WordsOf, cites: Sequence[Citation]) -> dict[str, Words]:
    """The words of each field with where they stand; the first place where there are several."""
    return {
        name: Words(given.words, given.reading or "", tuple(_marks(given.words, cites)))
        for name, given in written.items()
    }


def _marks(words: Sequence[str], cites: Sequence[Citation]) -> Iterator[tuple[str, int, int]]:
    for word in words:
        for cite in cites:
            at = cite.quote.find(word)
            if at >= 0:
                start = cite.start + at
                yield cite.text, start, start + len(word)
                break
