"""What became of the mutants: per rule, the survivors one by one, and the totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jingmen_facts.problems import Lang, Said
from jingmen_policy.judge.layout import table
from tools.mutants.kill import Tried

FORMAT = "jingmen-mutants/1"


def as_json(
    tried: Mapping[str, Sequence[Tried]], reasons: Mapping[str, Said], stale: Sequence[str]
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "rules": [
            {
                "rule": owner,
                "mutants": len(found),
                "killed": sum(bool(one.killed_by) for one in found),
                "equivalent": [one.key for one in found if _excused(one, reasons)],
                "survived": [one.key for one in survivors(found, reasons)],
            }
            for owner, found in tried.items()
        ],
        "stale": list(stale),
    }


def as_text(
    tried: Mapping[str, Sequence[Tried]],
    reasons: Mapping[str, Said],
    stale: Sequence[str],
    lang: Lang,
) -> Iterator[str]:
    """Lines for people."""
    heads = Said("规则 变异 杀死 等价 存活", "rule mutants killed equivalent survived")
    rows = [heads.to(lang).split()]
    rows.extend([owner, *map(str, _counts(found, reasons))] for owner, found in tried.items())
    yield from table(rows)
    everything = [one for found in tried.values() for one in found]
    for one in survivors(everything, reasons):
        yield Said(f"存活：{one.key}", f"survived: {one.key}").to(lang)
    for key in stale:
        said = Said(f"登记的等价变异已不存在或已被杀死：{key}", f"stale reason: {key}")
        yield said.to(lang)
    mutants, killed, equivalent, survived = _counts(everything, reasons)
    yield Said(
        f"共 {mutants} 个变异：杀死 {killed}，等价（登记了理由）{equivalent}，存活 {survived}。",
        f"{mutants} mutants: {killed} killed, {equivalent} equivalent by a reason on record, "
        f"{survived} survived.",
    ).to(lang)


def survivors(tried: Sequence[Tried], reasons: Mapping[str, Said]) -> Iterator[Tried]:
    """Those no case killed and no reason excuses."""
    return (one for one in tried if not one.killed_by and one.key not in reasons)


def _excused(one: Tried, reasons: Mapping[str, Said]) -> bool:
    return not one.killed_by and one.key in reasons


def _counts(found: Sequence[Tried], reasons: Mapping[str, Said]) -> tuple[int, int, int, int]:
    killed = sum(bool(one.killed_by) for one in found)
    excused = sum(_excused(one, reasons) for one in found)
    return len(found), killed, excused, len(found) - killed - excused
