"""Findings told to people, in Chinese or English: who, what, by when, where it says so, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Lang, Said
from jingmen_policy.expression.values import Truth
from jingmen_policy.judge.finding import (
    Clause,
    Comparison,
    FactMissing,
    FactUsed,
    Finding,
    Role,
    Step,
    Thing,
)

TRUTH = {
    Truth.TRUE: Said("成立", "holds"),
    Truth.FALSE: Said("不成立", "does not hold"),
    Truth.UNKNOWN: Said("不知道", "unknown"),
}
SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
ALIKE = 4
"""From how many facts on those that say the same are told together."""
Branch = tuple[str, Sequence[str] | None]
"""A heading and what stands under it: None for a sentence that stands alone."""


def missing_id(missing: FactMissing) -> str:
    """A missing fact as scenarios name it: ``Station/S1.area``, or ``Station/S1.workers`` for a
    list that nothing says is complete.
    """
    about = f"{missing.about.kind}/{missing.about.id}"
    return f"{about}.{missing.name}" if missing.name else about


@dataclass(frozen=True, slots=True)
class Teller:
    """Says the parts of a finding in one language, things by the labels of their kinds."""

    models: FactModels
    lang: Lang = "zh"

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def thing(self, thing: Thing) -> str:
        return f"{self.kind(thing.kind)} {thing.id}"

    def kind(self, name: str) -> str:
        label = self.models.kinds[name].label
        return self.say(label.zh, label.en)

    def role(self, role: Role) -> str:
        """The role, and whose it is: ``县（市、区）民政部门（东宝区）``."""
        words = role.role.to(self.lang)
        if role.of is None:
            return self.say(f"{words}（何处不详）", f"{words} (not known of where)")
        return self.say(f"{words}（{role.of.id}）", f"{words} ({role.of.id})")

    def due(self, finding: Finding) -> str:
        if finding.due is not None:
            return self.say(f"截至 {finding.due}", f"by {finding.due}")
        if finding.due_kind is None:
            return self.say("—", "-")
        if finding.due_kind == "standing":
            return self.say("持续", "always")
        return self.say("未定期限", "no day stated")

    def status(self, finding: Finding) -> str:
        return finding.status.label.to(self.lang)

    def clause(self, clause: Clause) -> str:
        return self.say(f"{clause.address}“{clause.quote}”", f'{clause.address} "{clause.quote}"')

    def where(self, finding: Finding) -> str:
        """The addresses it rests on, without the words."""
        return self.say("、", ", ").join(dict.fromkeys(c.address for c in finding.clauses))

    def whom(self, finding: Finding) -> str:
        """The subject, and the year where the rule is judged year by year."""
        year = "" if finding.year is None else self.say(f" {finding.year}年", f" in {finding.year}")
        return f"{self.thing(finding.subject)}{year}"

    def compared(self, comparison: Comparison) -> str:
        sign = SIGNS.get(comparison.op, comparison.op)
        values = f"{comparison.left} {sign} {comparison.right}"
        return f"{comparison.test} → {values} → {TRUTH[comparison.truth].to(self.lang)}"

    def used(self, fact: FactUsed) -> str:
        name = f"（{fact.name}）" if self.lang == "zh" else f" ({fact.name})"
        label = f"{fact.label.to(self.lang)}{name if fact.name else ''}"
        return f"{self.thing(fact.about)} {label} = {fact.value}"

    def all_used(self, facts: Sequence[FactUsed]) -> Iterator[str]:
        """Facts used, those that say the same of many things told together."""
        alike: dict[tuple[str, str, str], list[FactUsed]] = {}
        for fact in facts:
            alike.setdefault((fact.about.kind, fact.name, fact.value), []).append(fact)
        for told in alike.values():
            if len(told) < ALIKE or not told[0].name:
                yield from map(self.used, told)
            else:
                names = self.say("、", ", ").join(fact.about.id for fact in told)
                first = replace(told[0], about=Thing(told[0].about.kind, f"×{len(told)}"))
                yield f"{self.used(first)}{self.say('：', ': ')}{names}"

    def step(self, step: Step) -> str:
        about = "" if step.about is None else f"{self.thing(step.about)} "
        what = (
            self.say("推定", "derived") if step.kind == "derived" else self.say("例外", "exception")
        )
        truth = TRUTH[step.truth].to(self.lang)
        return f"{what} {step.name} {step.title.to(self.lang)}: {about}→ {truth}"

    def missing(self, missing: FactMissing) -> str:
        return f"{self.thing(missing.about)} {missing.label.to(self.lang)} [{missing_id(missing)}]"

    def heading(self, finding: Finding) -> str:
        title = finding.title.to(self.lang)
        return f"{finding.rule} {title} | {self.whom(finding)} | {self.status(finding)}"

    def explained(self, finding: Finding, as_of: date) -> list[str]:
        """A finding as a tree: what it rests on, down to the facts and the words."""
        return [self.heading(finding), *tree(self.branches(finding, as_of))]

    def branches(self, finding: Finding, as_of: date) -> Iterator[Branch]:
        say = self.say
        yield self.because(finding), None
        yield say("依据", "clause"), [self.clause(clause) for clause in finding.clauses]
        modality = finding.modality.label.to(self.lang)
        who = [f"{say('性质', 'modality')}: {modality}"]
        who.append(f"{say('责任主体', 'bearer')}: {self.role(finding.bearer)}")
        if finding.counterparty is not None:
            who.append(f"{say('相对方', 'owed to')}: {self.role(finding.counterparty)}")
        who.append(f"{say('期限', 'due')}: {self.due(finding)}")
        if finding.version is not None:
            who.append(f"{say('所用版本自', 'version since')}: {finding.version}")
        who.append(f"{say('判定日', 'as of')}: {as_of}")
        yield say("谁、何时", "who and when"), who
        yield say("比较", "compared"), [self.compared(c) for c in finding.compared]
        yield say("推导", "derivation"), [self.step(step) for step in finding.steps]
        yield say("所用事实", "facts used"), list(self.all_used(finding.facts))
        yield (
            say("缺少的事实（补上才能判定）", "missing (what would still decide it)"),
            [self.missing(missing) for missing in finding.missing],
        )
        if finding.evidence is not None:
            yield (
                f"{say('可作佐证', 'what could support it')}: {finding.evidence.to(self.lang)}",
                None,
            )
        yield say("所取解释", "readings relied on"), list(finding.readings)

    def because(self, finding: Finding) -> str:
        """The conclusion in a sentence."""
        sentence = _BECAUSE[finding.status.value].to(self.lang)
        if finding.reason:
            sentence += self.say(f"所记理由：{finding.reason}。", f" Recorded: {finding.reason}.")
        if finding.otherwise is not None:
            sentence += self.say("", " ") + finding.otherwise.to(self.lang)
        return sentence


def tree(branches: Iterable[Branch]) -> list[str]:
    """Branches with their leaves, drawn; a heading with nothing under it is left out.

    >>> tree([("结论", None), ("缺少", []), ("依据", ["四（四）", "附件"])])
    ['├─ 结论', '└─ 依据', '   ├─ 四（四）', '   └─ 附件']
    """
    kept = [(head, under or ()) for head, under in branches if under is None or under]
    lines: list[str] = []
    for place, (head, leaves) in enumerate(kept, 1):
        last = place == len(kept)
        lines.append(f"{'└─' if last else '├─'} {head}")
        rail = "   " if last else "│  "
        lines.extend(
            f"{rail}{'└─' if n == len(leaves) else '├─'} {leaf}" for n, leaf in enumerate(leaves, 1)
        )
    return lines


_BECAUSE = {
    "not-in-force": Said("判定日没有施行中的版本。", "No version is in force on that day."),
    "not-applicable": Said("适用条件不成立。", "It does not apply."),
    "undetermined": Said(
        "缺少事实，不能确定是否适用。", "Whether it applies cannot be told without more facts."
    ),
    "pending": Said("适用，尚未到期。", "It applies and is not yet due."),
    "met": Said("达到要求。", "What it requires holds."),
    "breached": Said("没有达到要求。", "What it requires does not hold."),
    "departed": Said(
        "未照一般要求办理，也没有记录理由。", "The default is not followed; no reason is on record."
    ),
    "unproven": Said("适用，但缺少事实，无法判定。", "It applies; facts to decide it are missing."),
    "available": Said("可以选用，没有选用不算未达标。", "An option; not using it is no shortfall."),
    "noted": Said("照录，不作达标与否的判定。", "Noted; it is not judged as met or not."),
}
