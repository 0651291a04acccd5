"""Readings not chosen, put into force: rule files as another reading would have them written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jingmen_facts.problems import Problem, Said, unknown_name
from jingmen_policy.corpus.written import (
    Change,
    DerivedChange,
    DerivedFile,
    Interpretation,
    RuleChange,
    RuleFile,
    VersionFile,
    WordsOrReading,
)

_OF_RULE = ("modality", "bearer", "counterparty", "subject", "yields_to")
_OF_VERSION = ("when", "used", "require", "due", "reason", "otherwise")


@dataclass(frozen=True, slots=True)
class Switched:
    """One alternative put into force."""

    reading: str
    change: Change
    everywhere: bool
    """Whether every rule rests on the reading, so that ``*`` stands for all of them."""

    def rule(self, written: RuleFile) -> RuleFile:
        for change in self.changes(written):
            written = _changed(written, change, self.reading)
        return written

    def derived(self, written: DerivedFile) -> DerivedFile:
        change = self.change.derived.get(written.id)
        if change is None:
            return written
        versions = [
            version.model_copy(
                update={
                    "let": _let(version.let, change),
                    "means": change.means or version.means,
                }
            )
            for version in written.versions
        ]
        return written.model_copy(update={"versions": tuple(versions)})

    def changes(self, written: RuleFile) -> Iterator[RuleChange]:
        """What it makes of a rule: what it makes of every rule first."""
        if "*" in self.change.rules and (self.everywhere or relies(written, self.reading)):
            yield self.change.rules["*"]
        if written.id in self.change.rules:
            yield self.change.rules[written.id]


def relies(written: RuleFile, reading: str) -> bool:
    """Whether a rule rests on a reading."""
    return reading in written.readings or any(
        given.reading == reading for given in written.words.values()
    )


def switch(
    chosen: Mapping[str, str],
    register: Mapping[str, Interpretation],
    everywhere: Iterable[str],
    problems: list[Problem],
) -> list[Switched]:
    """The alternatives named, by interpretation; those that are not, or cannot be, are problems."""
    found = []
    for name, wanted in chosen.items():
        reading = register.get(name)
        if reading is None:
            problems.append(Problem(unknown_name(Said("解释", "reading"), name, list(register))))
            continue
        known = {other.id: other for other in reading.alternatives}
        if wanted not in known:
            said = unknown_name(Said("另一解释", "alternative"), wanted, list(known))
            problems.append(Problem(said, field=name))
            continue
        other = known[wanted]
        if other.change is None:
            why = other.apart
            said = Said(
                f"“{wanted}”不能启用：{why.zh if why else '没有写明改动'}",
                f"'{wanted}' cannot be put into force: {why.en if why else 'no change is stated'}",
            )
            problems.append(Problem(said, field=name))
            continue
        found.append(Switched(name, other.change, name in set(everywhere)))
    return found


def assumed(switched: Iterable[Switched], rules: Sequence[RuleFile]) -> Iterator[tuple[str, str]]:
    """The parameters that alternatives bring, by the rule or derived fact they bring them to."""
    for one in switched:
        for written in rules:
            for change in one.changes(written):
                yield from ((written.id, let) for let in change.let)
        for name, fact in one.change.derived.items():
            yield from ((name, let) for let in fact.let)


def _changed(written: RuleFile, change: RuleChange, reading: str) -> RuleFile:
    """The rule as changed; what is changed rests on the reading, whatever it rested on before."""
    stated = change.model_fields_set
    update: dict[str, Any] = {name: getattr(change, name) for name in _OF_RULE if name in stated}
    versions = [_version(version, change) for version in written.versions]
    if "since" in stated:
        versions[0] = versions[0].model_copy(update={"since": change.since})
    if "until" in stated:
        versions[-1] = versions[-1].model_copy(update={"until": change.until})
    words = dict(written.words)
    touched = [name for name in (*_OF_RULE, *_OF_VERSION) if name in stated - {"otherwise"}]
    if {"when", "used", "require"} & stated:
        touched.append("operator")
    for name in (*touched, *change.let):
        words[name] = WordsOrReading(reading=reading)
    update |= {"versions": tuple(versions), "words": words}
    return written.model_copy(update=update)


def _version(version: VersionFile, change: RuleChange) -> VersionFile:
    stated = change.model_fields_set
    update: dict[str, Any] = {name: getattr(change, name) for name in _OF_VERSION if name in stated}
    return version.model_copy(update={**update, "let": _let(version.let, change)})


def _let(let: Mapping[str, Any], change: RuleChange | DerivedChange) -> dict[str, Any]:
    """Parameters with others put in, and those left blank taken away."""
    merged = {**let, **change.let}
    return {name: value for name, value in merged.items() if value is not None}
