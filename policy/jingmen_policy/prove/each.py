"""Each rule by itself: it can be met, it can be broken, and whoever knows the facts can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jingmen_facts.problems import Said
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.encode import Encoded
from jingmen_policy.prove.logic import Bit, all_of, any_of, no
from jingmen_policy.prove.model import Kind, ProofNote
from jingmen_policy.prove.notes import Asking, note
from jingmen_policy.prove.stage import MORE, Stage, day_of
from jingmen_policy.rule.modality import Force
from jingmen_policy.rule.model import Rule
from jingmen_policy.rule.status import Status

_SHORT = {
    Force.BINDING: Status.BREACHED,
    Force.DEFEASIBLE: Status.DEPARTED,
    Force.SOFT: Status.NOTED,
    Force.OPTIONAL: Status.BREACHED,
}


def each(policy: Policy, rule: Rule, as_of: date) -> Iterator[ProofNote]:
    """What is asked of one rule that facts can decide; nothing of any other."""
    day = day_of(rule, as_of)
    version = None if day is None else rule.version_on(day)
    if day is None or version is None:
        return
    if version.require is None:
        if version.when is not None or rule.yields_to:
            yield from _applying(policy, rule, day)
        return
    with Asking([rule], "met") as asking:
        found = _possibilities(Stage(policy, rule.subject, [rule]), rule, day)
        if any(one.result != "proved" for one in found):
            # Perhaps there was no room.
            found = _possibilities(Stage(policy, rule.subject, [rule], more=MORE), rule, day)
        for one in found:
            asking.to(one)
    yield from asking.notes
    with Asking([rule], "decided") as asking:
        asking.to(_decided(policy, rule, day))
    yield from asking.notes


def _possibilities(stage: Stage, rule: Rule, day: date) -> list[ProofNote]:
    """That it can be met, and that it can be broken."""
    one = stage.encoded(rule, day)
    assert one.holds is not None
    used: Bit = True if one.used is None else one.used.true
    short = _SHORT[rule.modality.force]
    if one.version.due.kind == "unstated":
        short = Status.PENDING
    return [
        _possible(stage, one, "met", Status.MET, all_of([used, one.holds.true])),
        _possible(stage, one, "broken", short, all_of([used, one.holds.false])),
    ]


def _possible(stage: Stage, one: Encoded, kind: Kind, status: Status, bit: Bit) -> ProofNote:
    solution = stage.solver.find([one.applies.true, bit])
    label = status.label
    if solution is None:
        return note(
            [one.rule],
            kind,
            "refuted",
            Said(
                f"没有任何事实使结论为“{label.zh}”",
                f"there are no facts for which it is {label.en}",
            ),
        )
    return note(
        [one.rule],
        kind,
        "proved",
        Said(f"有事实使结论为“{label.zh}”", f"there are facts for which it is {label.en}"),
        [stage.witness(solution.rebuilt, [one], [status])],
    )


def _applying(policy: Policy, rule: Rule, day: date) -> Iterator[ProofNote]:
    """A rule that requires nothing: it can apply."""
    with Asking([rule], "met") as asking:
        stage = Stage(policy, rule.subject, [rule])
        one = stage.encoded(rule, day)
        optional = rule.modality.force is Force.OPTIONAL
        asking.to(
            _possible(stage, one, "met", Status.AVAILABLE if optional else Status.NOTED, True)
        )
    yield from asking.notes


def _decided(policy: Policy, rule: Rule, day: date) -> ProofNote:
    """Where every field, reference and list is known, so is the finding.

    Asked of the three-valued encoding with everything set known: met and not met leave no value of
    any fact between them, and none to both. That is so member by member and sum by sum, so how
    many members there is room for makes no difference.
    """
    stage = Stage(policy, rule.subject, [rule], known=False, counting=False)
    one = stage.encoded(rule, day)
    assert one.holds is not None
    truths = [one.applies, *([] if one.used is None else [one.used]), one.holds]
    open_ = any_of(all_of([no(t.true), no(t.false)]) for t in truths)
    twice = any_of(all_of([t.true, t.false]) for t in truths)
    known = stage.everything_known()
    solution = stage.solver.find([*known, any_of([open_, twice])])
    if solution is None:
        return note(
            [rule],
            "decided",
            "proved",
            Said("事实齐备时必有且只有一个结论", "with all facts known there is just one finding"),
        )
    return note(
        [rule],
        "decided",
        "refuted",
        Said("事实齐备仍不能判定", "with all facts known it is still undecided"),
        [stage.seen(solution.rebuilt, [one])],
    )
