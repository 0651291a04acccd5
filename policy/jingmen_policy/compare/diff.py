"""Two policies compared: what they say otherwise, and which findings that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from jingmen_policy.compare.affected import affected
from jingmen_policy.compare.findings import Comparing, Key, grouped
from jingmen_policy.compare.model import (
    FORMAT,
    Asked,
    Changed,
    Diff,
    Spell,
    Unwitnessed,
    Witness,
)
from jingmen_policy.compare.parts import parts
from jingmen_policy.compare.witness import witness
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.policy import Policy

Found = tuple[Asked, Mapping[Key, Sequence[Spell]]]


def compare(
    before: Policy,
    after: Policy,
    dossiers: Iterable[Asked] = (),
    days: Iterable[date] = (),
    *,
    engine: str | None = None,
) -> Diff:
    """In what two corpora, or two readings of one, differ, and for whom of some dossiers.

    Findings are compared on ``days``; where none are given, on every day on which one may change.
    """
    changed = parts(before.corpus, after.corpus)
    rules = affected(before.corpus, after.corpus, changed)
    comparing = Comparing(before, after, rules, engine)
    asked = tuple(dossiers)
    on = tuple(sorted(set(days)))
    found: list[Found] = []
    if rules:
        found = [(one, comparing.on(one, on) if on else comparing.spells(one)) for one in asked]
    findings = grouped(found, {**after.corpus.rules, **before.corpus.rules})
    witnesses = tuple(_witnesses(comparing, found))
    return Diff(
        FORMAT,
        _mark(before),
        _mark(after),
        on,
        len(asked),
        changed,
        tuple(findings),
        witnesses,
        tuple(_unwitnessed(changed, rules, asked, {one.rule for one in witnesses})),
    )


def _mark(policy: Policy) -> CorpusMark:
    return CorpusMark(policy.corpus.id, policy.corpus.digest)


def _witnesses(comparing: Comparing, found: Iterable[Found]) -> Iterator[Witness]:
    """For each rule the clearest changes there are, one witness of each kind."""
    chosen: dict[tuple[str, object], tuple[int, Asked, Key, Spell]] = {}
    for one, changed in found:
        for key, spells in changed.items():
            for spell in spells:
                kind = (key[0], _statuses(spell))
                if kind not in chosen:
                    chosen[kind] = (_clear(spell), one, key, spell)
    best: dict[str, int] = {}
    for clear, _, key, _ in chosen.values():
        best[key[0]] = min(clear, best.get(key[0], clear))
    for clear, one, key, spell in chosen.values():
        if clear == best[key[0]]:
            yield witness(comparing, one, key, spell)


def _statuses(spell: Spell) -> tuple[object, object]:
    one, other = spell.before, spell.after
    return one and one.status, other and other.status


def _clear(spell: Spell) -> int:
    """0 where something decided comes to be decided otherwise, 2 where the status stays."""
    one, other = spell.before, spell.after
    if one is not None and other is not None and one.status is other.status:
        return 2
    sides = [side for side in (one, other) if side is not None]
    return 0 if all(side.status.decided for side in sides) else 1


def _unwitnessed(
    changed: Iterable[Changed],
    rules: frozenset[str],
    asked: Sequence[Asked],
    witnessed: set[str],
) -> Iterator[Unwitnessed]:
    """The rules that were changed in what decides, and for which no finding differed."""
    for change in changed:
        if change.sort == "rule" and change.decides and change.id in rules - witnessed:
            tried = [one for one in asked if one.rules is None or change.id in one.rules]
            yield Unwitnessed(change.id, len(tried))
