"""Whether two versions of a rule say the same: of known facts, of unknown ones, of open lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.engines.protocol import Case, Decision
from jingmen_policy.engines.reference import Reference
from jingmen_policy.expression.values import Truth
from jingmen_policy.judge.finding import Thing
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.status import status_of
from jingmen_policy.prove.encode import Encoded, Encoder
from jingmen_policy.prove.logic import Bit, Tri, all_of, any_of, no, same
from jingmen_policy.prove.model import Outcome, ProofNote, Witness
from jingmen_policy.prove.notes import Asking, note
from jingmen_policy.prove.solver import Solution
from jingmen_policy.prove.stage import Disagreement, Stage, day_of, governed, smaller
from jingmen_policy.rule.model import Rule, Version

Truths = tuple[Truth | None, ...]


def same_rules(before: Policy, after: Policy, as_of: date) -> Iterator[ProofNote]:
    """Every rule of either corpus, by its id."""
    for name in dict.fromkeys([*before.corpus.rules, *after.corpus.rules]):
        old, new = before.corpus.rules.get(name), after.corpus.rules.get(name)
        if old is not None and new is not None:
            yield same_meaning(before, after, old, new, as_of)
        else:
            one = old or new
            assert one is not None
            yield note([one], "same", "refuted", MISSING[old is None])


def same_versions(
    policy: Policy, as_of: date, named: Collection[str] | None
) -> Iterator[ProofNote]:
    """Every version of a rule but the first against the one before it, each as if in force."""
    for rule in policy.corpus.rules.values():
        if named is not None and rule.id not in named:
            continue
        for old, new in pairwise(rule.versions):
            one, other = (_only(rule, version, as_of) for version in (old, new))
            found = same_meaning(policy, policy, one, other, as_of)
            span = Said(f"{old.since} 起与 {new.since} 起", f"since {old.since} and {new.since}")
            text = Said(f"{span.zh}：{found.text.zh}", f"{span.en}: {found.text.en}")
            yield replace(found, text=text)


def _only(rule: Rule, version: Version, day: date) -> Rule:
    """The rule as if a version were in force on a day and on the day it is due."""
    since = min(day, version.since, version.due.day or date(day.year, 1, 1))
    return replace(rule, versions=(replace(version, since=since, until=None),))


def same_meaning(before: Policy, after: Policy, old: Rule, new: Rule, as_of: date) -> ProofNote:
    """Whether two rules lead to the same decision about every dossier, or one where they do not.

    The day asked about is the one that the old rule is due on.
    """
    with Asking([old], "same") as asking:
        asking.to(_compared(before, after, old, new, as_of))
    [found] = asking.notes
    return found


def _compared(before: Policy, after: Policy, old: Rule, new: Rule, as_of: date) -> ProofNote:
    days = [day_of(rule, as_of) for rule in (old, new)]
    if days == [None, None]:
        return note([old], "same", "proved", Said("两边均未施行", "neither is in force"))
    day = days[0] or days[1]
    assert day is not None
    if any(rule.version_on(day) is None for rule in (old, new)):
        return note([old], "same", "refuted", Said("只有一边施行", "only one is in force"))
    apart = _apart(old, new, day)
    if apart:
        text = Said(
            f"不同：{'、'.join(one.zh for one in apart)}",
            f"they differ in {', '.join(one.en for one in apart)}",
        )
        return note([old], "same", "refuted", text)
    stage = Stage(before, old.subject, [old, new], known=False)
    version, due, year = governed(new, day)
    case = Case(new, version, None, due, year)  # type: ignore[arg-type]
    encoder = Encoder(after.corpus, stage.world)
    while True:
        before_slots = len(stage.world.slots)
        stage.done.clear()
        one = stage.encoded(old, day)
        other = stage.settled(encoder, case, stage.subject, day)
        if len(stage.world.slots) == before_slots:
            break
    solution = stage.solver.find([_differ(one, other)])
    if solution is None:
        text = Said("意思相同，事实未知时也相同", "they mean the same, of unknown facts too")
        return note([old], "same", "proved", text)
    text = Said("意思不同", "they mean different things")
    return note([old], "same", "refuted", text, [_witness(before, after, one, other, solution)])


def _differ(one: Encoded, other: Encoded) -> Bit:
    """Whether anything that decides the finding differs."""
    matters = no(one.applies.false)
    used, holds = _unlike(one.used, other.used), _unlike(one.holds, other.holds)
    return any_of([no(same(one.applies, other.applies)), all_of([matters, any_of([used, holds])])])


def _unlike(one: Tri | None, other: Tri | None) -> Bit:
    if one is None or other is None:
        return one is not other
    return no(same(one, other))


def _witness(
    before: Policy, after: Policy, one: Encoded, other: Encoded, solution: Solution
) -> Witness:
    """Facts for which the reference engine decides otherwise by the other rule."""
    subject = solution.rebuilt.facts[one.slot.name].identity
    asked = ((before, one), (after, other))

    def seen(dossier: Dossier) -> tuple[Truths, ...] | None:
        found = [_decided(policy, encoded, dossier, subject) for policy, encoded in asked]
        return None if None in found else tuple(_truths(d) for d in found if d is not None)

    truths = seen(solution.rebuilt.dossier)
    decisions = [_decided(p, e, solution.rebuilt.dossier, subject) for p, e in asked]
    outcomes = [
        Outcome(encoded.rule.id, Thing(encoded.slot.kind.name, subject), status_of(d, one.day))
        for (_, encoded), d in zip(asked, decisions, strict=True)
        if d is not None
    ]
    if truths is None or truths[0] == truths[1]:
        raise Disagreement([], [outcome.status for outcome in outcomes])
    facts = smaller(solution.rebuilt.dossier, seen)
    return Witness(one.day, tuple(outcomes), {"as_of": one.day.isoformat(), **facts})


def _decided(policy: Policy, one: Encoded, dossier: Dossier, subject: str) -> Decision | None:
    fact = dossier.of_kind(one.slot.kind.name).get(subject)
    if fact is None:
        return None
    case = Case(one.rule, one.version, fact, one.due, one.year)
    [decision] = Reference(policy.corpus).decide([case], dossier, one.day)
    return decision


def _truths(decision: Decision) -> Truths:
    verdicts = (decision.applies, decision.used, decision.holds)
    return tuple(None if verdict is None else verdict.truth for verdict in verdicts)


def _apart(old: Rule, new: Rule, day: date) -> Sequence[Said]:
    """What differs beside the expressions, and decides as well."""
    one, other = old.version_on(day), new.version_on(day)
    assert one is not None
    assert other is not None
    told = [
        (old.subject != new.subject, Said("所判断的对象", "the kind of subject")),
        (old.modality.force is not new.modality.force, Said("约束力", "force")),
        (one.due != other.due, Said("期限", "the due day")),
        (one.reason != other.reason, Said("理由所在字段", "where a reason is recorded")),
    ]
    return [said for differs, said in told if differs]


MISSING = {
    False: Said("另一边没有这条规则", "the other corpus has no such rule"),
    True: Said("这一边没有这条规则", "this corpus has no such rule"),
}
