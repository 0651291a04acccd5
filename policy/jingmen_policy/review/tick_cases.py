"""Ticks as scenario files, one for each rule, and what judging them comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.compare.facts import as_yaml
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.ticks import Since, Tick, Ticks
from jingmen_policy.scenario.model import Difference, Scenario
from jingmen_policy.scenario.read import read_scenario
from jingmen_policy.scenario.run import run_case

SUFFIX = ".ticks.yaml"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the rules say something else than the officer does."""

    tick: Tick
    difference: Difference


@dataclass(frozen=True)
class Applied:
    """``files`` are the scenario files, by name; ``ticks`` those they are of."""

    ticks: tuple[Tick, ...]
    files: Mapping[str, str]
    disagreements: tuple[Disagreement, ...]
    since: tuple[Since, ...]


def apply(read: Ticks, policy: Policy, engine: str | None = None) -> Applied:
    """The ticks judged by the rules as they are now, and the files that say what was expected.

    Facts of an older corpus that can no longer be read are told of, and left out.
    """
    since, kept = list(read.since), []
    disagreements: list[Disagreement] = []
    for tick in read.ticks:
        try:
            scenario = _read(policy, tick.rule, _file(tick.rule, [tick], read))
        except Refused as refused:
            if not read.older:
                raise
            since.append(Since(tick.rule, tick.card, refused.problems[0].said, False))
            continue
        kept.append(tick)
        outcome = run_case(policy, scenario, scenario.cases[0], engine)
        disagreements.extend(Disagreement(tick, one) for one in outcome.differences)
    files = {}
    for rule in dict.fromkeys(tick.rule for tick in kept):
        own = [tick for tick in kept if tick.rule == rule]
        stem = Path(policy.corpus.rules[rule].file).stem
        files[f"{stem}{SUFFIX}"] = _file(rule, own, read)
    gone = {one.card for one in since if one.card and not one.applied}
    told = [replace(one, applied=False) if one.card in gone else one for one in since]
    return Applied(tuple(kept), files, tuple(disagreements), tuple(told))


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files, all or none. Raises Refused where another text is there already."""
    problems = []
    for name, text in files.items():
        there = folder / name
        if there.exists() and not (there.is_file() and there.read_bytes() == text.encode()):
            said = Said(
                "已有内容不同的文件，未写出任何文件；请另选文件夹或先移走它",
                "another file is there, nothing was written: choose a folder or move it away",
            )
            problems.append(Problem(said, str(there)))
    if folder.exists() and not folder.is_dir():
        problems.append(Problem(Said("不是文件夹", "is not a folder"), str(folder)))
    if problems:
        raise Refused(problems)
    folder.mkdir(parents=True, exist_ok=True)
    beside = {folder / name: folder / f".{name}.part" for name in files}
    try:
        for (place, part), text in zip(beside.items(), files.values(), strict=True):
            assert place.parent == part.parent
            part.write_text(text, encoding="utf-8", newline="\n")
        for place, part in beside.items():
            part.replace(place)
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def _file(rule: str, ticks: Sequence[Tick], read: Ticks) -> str:
    by = " ".join(read.by.split())  # no separator of lines ends the comment
    heading = f"# {by}于 {read.on} 对边界案例所作的判断，由 jingmen ticks 写出。\n"
    return heading + as_yaml({"rule": rule, "cases": [_case(tick) for tick in ticks]})


def _case(tick: Tick) -> dict[str, Any]:
    label = "" if tick.now is None else f"{tick.now.label.zh}，"
    found = "判为对" if tick.verdict == "right" else "判为错"
    note = f"：{tick.note}" if tick.note else ""
    answer: Any = {"not": tick.status.value} if tick.denied else tick.status.value
    if tick.year is not None:
        answer = {str(tick.year): answer}
    if tick.subject is not None:
        answer = {tick.subject: answer}
    return {
        "name": f"{label}{found}{note}（{tick.card}）",
        "as_of": tick.as_of.isoformat(),
        "with": dict(tick.facts),
        "expect": {tick.rule: answer},
    }


def _read(policy: Policy, rule: str, text: str) -> Scenario:
    return read_scenario(read_yaml(text, rule), policy.corpus, policy.backgrounds)
