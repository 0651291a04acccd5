"""The state of review in words: the counts, the signatures, and of void ones what changed."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_facts.problems import Said
from jingmen_policy.compare.model import FieldChange
from jingmen_policy.compare.words import NONE, field_name, field_value
from jingmen_policy.judge.text import Teller
from jingmen_policy.review.changes import PartChange
from jingmen_policy.review.content import LABELS
from jingmen_policy.review.outcomes import NONE as NO_FINDING
from jingmen_policy.review.outcomes import UNPUT
from jingmen_policy.review.state import STATE_LABELS, STATES, RuleState, Signature
from jingmen_policy.review.status import ReviewStatus
from jingmen_policy.rule.status import Status

_STEPS = {
    "cites": Said("引文", "quotes"),
    "rests_on": Said("依据", "rests on"),
    "exceptions": Said("例外", "exceptions"),
    "applies": Said("适用", "applies"),
    "derived": Said("推定事实", "derived facts"),
    "tables": Said("表", "tables"),
    "fields": Said("字段", "fields"),
    "question": Said("问", "question"),
    "reading": Said("取", "reading"),
    "until": Said("截止", "until"),
    "judged_at": Said("判定时刻", "judged at"),
}
_OUTCOMES = {
    UNPUT: Said("事实已不能这样填写", "such facts are no longer taken"),
    NO_FINDING: Said("没有结论", "no finding"),
    **{status.value: status.label for status in Status},
}


def status_text(status: ReviewStatus, teller: Teller, *, verbose: bool = False) -> str:
    """Every rule that has been signed; where ``verbose``, those that have not as well."""
    lines: list[str] = []
    for one in status.rules:
        if verbose or one.state != "unreviewed" or one.signatures:
            lines.extend(state_lines(one, teller))
    for stray in status.strays:
        lines.append(stray.to(teller.lang))
    lines.append(_counts(status, teller))
    lines.append(f"{teller.say('签字存于', 'signatures in')} {status.signatures}")
    return "\n".join(lines) + "\n"


def state_lines(state: RuleState, teller: Teller) -> Iterator[str]:
    """One rule: its state, what is wrong or changed, and who signed."""
    say, lang = teller.say, teller.lang
    label = STATE_LABELS[state.state].to(lang)
    parts = say("、", ", ").join(LABELS[part].to(lang) for part in state.voided)
    why = say(f"（{parts}有改动）", f" ({parts} changed)") if parts else ""
    yield f"{state.rule} {state.title.to(lang)}{say('：', ': ')}{label}{why}"
    for problem in state.wrong:
        yield f"  {problem.to(lang)}"
    for one in state.signatures:
        yield f"  {_signature(one, teller)}"
    for change in state.changed:
        yield from _change(change, teller)
    if state.wording:
        yield f"  {say('读作', 'it reads')}"
        for read in state.wording:
            yield from _before_after(way(read.field, teller), "", read, teller)
    if state.context:
        yield "  " + say(
            "所引之外，原句有改动（不影响签字）", "changed outside the quotes; voids nothing"
        )
        for sentence in state.context:
            yield from _before_after(sentence.field, "", sentence, teller)
    if state.history:
        count = sum(len(past.signatures) for past in state.history)
        yield "  " + say(f"此前签字 {count} 次，已被取代", f"superseded signatures: {count}")


def _signature(one: Signature, teller: Teller) -> str:
    role = teller.say(f"（{one.role}）", f" ({one.role})")
    note = f"{teller.say('：', ': ')}{one.note}" if one.note else ""
    why = f" [{one.uncounted.to(teller.lang)}]" if one.uncounted else ""
    return f"{one.on} {one.by}{role}{note}{why}"


def _change(change: PartChange, teller: Teller) -> Iterator[str]:
    lang = teller.lang
    yield f"  {LABELS[change.part].to(lang)}"
    for one in change.changes:
        if change.part == "outcomes":
            where, name = one.field, "outcome"
        else:
            where, name = way(one.field, teller), field_of(one.field)
        yield from _before_after(where, name, one, teller)


def _before_after(where: str, name: str, one: FieldChange, teller: Teller) -> Iterator[str]:
    yield f"    {where}"
    yield f"      {teller.say('前', 'before')} {value(name, one.before, teller)}"
    yield f"      {teller.say('后', 'after')} {value(name, one.after, teller)}"


def way(field: str, teller: Teller) -> str:
    """The way to a value that changed, in words."""
    return teller.say("·", " · ").join(
        _STEPS[step].to(teller.lang) if step in _STEPS else field_name(step, teller)
        for step in field.split(" / ")
    )


def field_of(way: str) -> str:
    """The field that the value at the end of a way is of; ``words.`` where it tells the basis."""
    *before, last = way.split(" / ")
    return f"words.{last}" if "rests_on" in before else last


def value(name: str, given: str | None, teller: Teller) -> str:
    """A value of a field, in words; ``outcome`` is the name of how a rule stands for a card."""
    if given is None:
        return NONE.to(teller.lang)
    if name == "outcome":
        return _OUTCOMES[given].to(teller.lang) if given in _OUTCOMES else given
    if name.startswith("words."):
        given = given.partition(" ← ")[2]
    return field_value(name, given, teller).replace("\n", " ")


def _counts(status: ReviewStatus, teller: Teller) -> str:
    lang = teller.lang
    told = [
        f"{STATE_LABELS[state].to(lang)} {status.counts[state]}"
        for state in STATES
        if status.counts[state] or state in {"reviewed", "unreviewed", "suspect"}
    ]
    total = len(status.rules)
    need = teller.say(
        f"；每条须 {status.required} 人审核" if status.required > 1 else "",
        f"; {status.required} reviewers each" if status.required > 1 else "",
    )
    return teller.say(
        f"共 {total} 条规则：{'，'.join(told)}{need}", f"{total} rules: {', '.join(told)}{need}"
    )
