"""A comparison told to people: what the corpora say otherwise, for whom, from when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import indent

from jingmen_facts.problems import Said
from jingmen_policy.compare.facts import as_yaml
from jingmen_policy.compare.model import (
    Changed,
    Diff,
    FieldChange,
    FindingChange,
    Period,
    Spell,
    State,
    Witness,
)
from jingmen_policy.compare.words import NONE, field_name, field_value
from jingmen_policy.judge.finding import Thing
from jingmen_policy.judge.text import Teller

SORTS = {
    "corpus": Said("规则集", "corpus"),
    "text": Said("文本", "text"),
    "rule": Said("规则", "rule"),
    "derived": Said("推定事实", "derived fact"),
    "reading": Said("解释", "reading"),
    "discrepancy": Said("原文的问题", "discrepancy"),
}
CHANGES = {
    "added": Said("新增", "added"),
    "removed": Said("删去", "removed"),
    "changed": Said("有改动", "changed"),
}
MANY = 12
"""How many ways in which a rule's findings change are told unless all are asked for."""
FEW = 3
"""How many missing facts are named."""
NOTHING = Said("无要求", "nothing asked")


def report(diff: Diff, teller: Teller, *, verbose: bool = False) -> str:
    """The whole comparison; one sentence where nothing differs.

    Of a rule's findings the first, all of them where ``verbose``.
    """
    most = None if verbose else MANY
    if diff.empty:
        return teller.say("没有差别。\n", "Nothing differs.\n")
    lines: list[str] = []
    told: set[str] = set()
    for change in diff.changed:
        lines.extend(_part(change, teller))
        if change.sort == "rule":
            told.add(change.id)
            lines.extend(_outcome(change.id, diff, teller, most))
    for rule, title in {one.rule: one.title for one in diff.findings}.items():
        if rule not in told:
            how = teller.say("：所依据的有改动", ": what it rests on was changed")
            lines.append(f"{SORTS['rule'].to(teller.lang)} {rule} {title.to(teller.lang)}{how}")
            lines.extend(_outcome(rule, diff, teller, most))
    lines.append(_total(diff, teller))
    return "\n".join(lines) + "\n"


def _part(change: Changed, teller: Teller) -> Iterator[str]:
    say = teller.say
    how = CHANGES[change.change].to(teller.lang)
    if change.change == "changed" and change.sort in {"rule", "derived"} and not change.decides:
        how += say("，只改文字，不影响结论", ", in words that no finding depends on")
    names = [SORTS[change.sort].to(teller.lang), change.id, change.title.to(teller.lang)]
    yield f"{' '.join(filter(None, names))}{say('：', ': ')}{how}"
    if change.change == "removed":
        return
    yield from _fields(change.fields, teller, "  ")
    for period in change.periods:
        yield f"  {_time(period, teller)}"
        if period.after is not None:
            yield from _fields(period.fields, teller, "    ")


def _time(period: Period, teller: Teller) -> str:
    when = teller.say(f"自 {period.since} 起", f"from {period.since}")
    if period.until is not None:
        when += teller.say(f"，{period.until} 前", f" until {period.until}")
    if period.rewritten:
        when += teller.say("（改写了原有版本）", " (the version was rewritten, not amended)")
    elif period.after is None:
        when += teller.say("不再施行", " no longer in force")
    elif period.before is None:
        when += teller.say("施行", " in force")
    return when


def _fields(fields: Sequence[FieldChange], teller: Teller, margin: str) -> Iterator[str]:
    """The fields that differ; of a sentence in both languages the one that is spoken."""
    names = {change.field for change in fields}
    other = {"zh": "en", "en": "zh"}[teller.lang]
    for change in fields:
        stem, _, last = change.field.rpartition(".")
        if last == other and f"{stem}.{teller.lang}" in names:
            continue
        values = [
            field_value(change.field, value, teller).replace("\n", teller.say("；", "; "))
            for value in (
                (change.after,) if change.before is None else (change.before, change.after)
            )
        ]
        name = field_name(change.field, teller)
        yield f"{margin}{name}{teller.say('：', ': ')}{' → '.join(values)}"


def _outcome(rule: str, diff: Diff, teller: Teller, most: int | None) -> Iterator[str]:
    findings = [one for one in diff.findings if one.rule == rule]
    if findings:
        yield "  " + teller.say("结论", "findings")
        told = _told(findings, teller, on_days=bool(diff.days))
        for line, dossiers in told[:most]:
            yield f"    {line}"
            if diff.dossiers > 1:
                yield f"      {_seen(dossiers, teller)}"
        if more := len(told[most or len(told) :]):
            yield "    " + teller.say(
                f"……另有 {more} 种变化，加 -v 列出", f"... and {more} more; -v lists them"
            )
    for one in diff.witnesses:
        if one.rule == rule:
            yield from _witness(one, teller)
    for none in diff.unwitnessed:
        if none.rule == rule:
            yield "  " + teller.say(
                f"没有找到使结论不同的事实（试过 {none.dossiers} 份）",
                f"no witness found among {none.dossiers} dossiers",
            )


def _told(
    findings: Iterable[FindingChange], teller: Teller, *, on_days: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """The ways in which findings change, and in which dossiers.

    Subjects of one bearer are told together, and so are those that bear it each for itself.
    """
    seen: dict[tuple[str, str, str], dict[str, None]] = {}
    for finding in findings:
        year = "" if finding.year is None else teller.say(f" {finding.year}年", f" {finding.year}")
        for spell in finding.spells:
            who = _who(spell.after or spell.before, finding.subject, teller)
            how = f"{_turn(spell, teller)}{_when(spell, teller, on_days=on_days)}"
            line = (who, f"{year} {how}", finding.subject.id)
            seen.setdefault(line, {}).update(dict.fromkeys(finding.dossiers))
    alike: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (who, how, subject), dossiers in seen.items():
        alike.setdefault((who, how, tuple(dossiers)), []).append(subject)
    return [
        (f"{who} {teller.say('、', ', ').join(subjects)}{how}", dossiers)
        for (who, how, dossiers), subjects in alike.items()
    ]


def _who(state: State | None, subject: Thing, teller: Teller) -> str:
    """The bearer and the kind of subject; the bearer's place only where it says more."""
    kind = teller.kind(subject.kind)
    if state is None:
        return kind
    bearer = state.bearer
    role = bearer.role.to(teller.lang) if bearer.of == subject else teller.role(bearer)
    return f"{role}{teller.say('：', ': ')}{kind}"


def _seen(dossiers: Sequence[str], teller: Teller) -> str:
    more = len(dossiers) - 1
    rest = teller.say(f" 等 {more + 1} 份", f" and {more} more") if more else ""
    return f"{teller.say('见于', 'seen in')} {dossiers[0]}{rest}"


def _turn(spell: Spell, teller: Teller) -> str:
    """From what to what: the status, or what else of the finding differs."""
    before, after = spell.before, spell.after
    say = teller.say
    told: list[str] = []
    old, new = _status(before, teller), _status(after, teller)
    if old != new:
        told.append(say(f"由 {old} 变为 {new}", f"from {old} to {new}"))
    elif after is not None:
        told.append(say(f"仍为 {new}", f"still {new}"))
    if before is not None and after is not None:
        if before.due != after.due:
            told.append(f"{say('期限', 'due')} {before.due or '—'} → {after.due or '—'}")
        if before.bearer != after.bearer:
            bearers = f"{teller.role(before.bearer)} → {teller.role(after.bearer)}"
            told.append(f"{say('责任主体', 'bearer')} {bearers}")
        if before.status is after.status and before.missing != after.missing:
            missing = f"{_listed(before.missing, teller)} → {_listed(after.missing, teller)}"
            told.append(f"{say('缺少的事实', 'missing')} {missing}")
    return say("，", ", ").join(told)


def _listed(missing: Sequence[str], teller: Teller) -> str:
    """The first of the facts missing, and how many there are."""
    shown = teller.say("、", ", ").join(missing[:FEW]) or NONE.to(teller.lang)
    if len(missing) <= FEW:
        return shown
    return teller.say(f"{shown} 等 {len(missing)} 项", f"{shown} and {len(missing) - FEW} more")


def _status(state: State | None, teller: Teller) -> str:
    return (NOTHING if state is None else state.status.label).to(teller.lang)


def _when(spell: Spell, teller: Teller, *, on_days: bool) -> str:
    if on_days:
        return teller.say(f"（{spell.since}）", f" (on {spell.since})")
    if spell.until is None:
        return teller.say(f"，自 {spell.since} 起", f", from {spell.since}")
    return teller.say(
        f"，自 {spell.since} 起，{spell.until} 前", f", from {spell.since} until {spell.until}"
    )


def _witness(witness: Witness, teller: Teller) -> Iterator[str]:
    turn = f"{_status(witness.before, teller)} → {_status(witness.after, teller)}"
    subject = teller.thing(witness.subject)
    yield teller.say(
        f"  最少的事实（{subject} {turn}），可交 jingmen judge 判定：",
        f"  the least facts ({subject} {turn}), as jingmen judge takes them:",
    )
    yield indent(as_yaml(witness.facts), "    ").rstrip()


def _total(diff: Diff, teller: Teller) -> str:
    parts, findings, dossiers = len(diff.changed), len(diff.findings), diff.dossiers
    zh = f"共 {parts} 处改动；{dossiers} 份事实中 {findings} 条结论不同"
    en = f"changes: {parts}; dossiers tried: {dossiers}; findings that differ: {findings}"
    if diff.findings and not diff.days:
        zh += "（每一天都按所写的事实判定）"
        en += " (judged on every day by the facts as they are stated)"
    return teller.say(f"{zh}。", f"{en}.")
