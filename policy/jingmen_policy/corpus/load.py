"""Loading a corpus from its directory: everything read, everything checked, or refused whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.reading.yaml_text import read_yaml
from jingmen_policy.corpus.build import Builder, said
from jingmen_policy.corpus.checks import (
    check_coverage,
    check_exceptions,
    check_shapes,
    order_derived,
)
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.place import Place
from jingmen_policy.corpus.written import (
    DerivedFile,
    Discrepancies,
    Discrepancy,
    Interpretations,
    Manifest,
    RuleFile,
)
from jingmen_policy.rule.model import DerivedFact, Rule
from jingmen_policy.text.structure import SourceText, parse_source
from jingmen_policy.text.table import Table, read_table

Model = TypeVar("Model", bound=BaseModel)
Parsed = TypeVar("Parsed", SourceText, Table)
PLAN = Path(__file__).parent.parent / "plan"


@dataclass
class _Reading:
    """One load: the files seen so far and everything found wrong with them."""

    directory: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def text(self, name: str) -> str:
        try:
            text, _ = read_text(self.directory / name)
        except Refused as refused:
            self.problems.extend(refused.problems)
            return ""
        self.files[name] = text
        return text

    def written(self, name: str, model: type[Model]) -> tuple[Model, Place] | None:
        before = len(self.problems)
        text = self.text(name)
        if len(self.problems) > before:
            return None
        try:
            located = read_yaml(text, name)
        except Refused as refused:
            self.problems.extend(refused.problems)
            return None
        try:
            return model.model_validate(located.value), Place(located, self.problems)
        except ValidationError as error:
            self.problems.extend(problems_of(error, located, model))
            return None

    def place_of(self, name: str) -> Place:
        return self.places[name]

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise Refused(self.problems)


def load_corpus(directory: Path, models: FactModels) -> Corpus:
    """The corpus in a directory, for facts of some models. Raises Refused with all problems."""
    reading = _Reading(directory)
    opened = reading.written("corpus.yaml", Manifest)
    if opened is None:
        raise Refused(reading.problems)
    manifest, manifest_at = opened
    source = _parsed(reading, manifest.source, parse_source)
    tables = {
        Path(name).stem: table
        for name in manifest.tables
        if (table := _parsed(reading, name, read_table)) is not None
    }
    if source is None or len(tables) != len(manifest.tables):
        raise Refused(reading.problems)
    readings, readings_at = _register(
        reading, manifest.interpretations, Interpretations, "interpretations"
    )
    gaps, gaps_at = _register(reading, manifest.discrepancies, Discrepancies, "discrepancies")
    written_rules = _folder(reading, "rules", RuleFile)
    written_derived = _folder(reading, "derived", DerivedFile)
    names: dict[str, set[str]] = {kind: set() for kind in models.kinds}
    for _, derived, _ in written_derived:
        names.setdefault(derived.subject, set()).add(derived.id)
    builder = Builder(
        models,
        source,
        tables,
        {kind: frozenset(found) for kind, found in names.items()},
        None if manifest.interpretations and readings_at is None else frozenset(readings),
    )
    builder.known_readings(manifest.readings, manifest_at / "readings")
    rules: dict[str, Rule] = {}
    for name, written, place in written_rules:
        rule = builder.rule(written, name, place)
        if rule is not None:
            rules[rule.id] = rule
    derived_facts: dict[tuple[str, str], DerivedFact] = {}
    for name, derived, place in written_derived:
        fact = builder.derived_fact(derived, name, place)
        if fact is not None:
            derived_facts[fact.subject, fact.id] = fact
    _check_quotes(builder, readings, readings_at)
    _check_quotes(builder, gaps, gaps_at)
    if len(rules) == sum(name.startswith("rules/") for name in reading.files):
        _check_touched(gaps, rules, gaps_at)
    reading.stop_if_wrong()
    check_exceptions(rules, reading.place_of)
    check_shapes(rules, reading.place_of)
    order = order_derived(derived_facts, reading.place_of)
    reading.stop_if_wrong()
    check_coverage(rules, derived_facts, reading.place_of)
    reading.stop_if_wrong()
    return Corpus(
        id=manifest.id,
        title=said(manifest.title),
        since=manifest.since,
        models=models,
        source=source,
        tables=tables,
        rules=dict(sorted(rules.items(), key=lambda item: _in_text_order(item[1]))),
        derived={key: derived_facts[key] for key in order},
        interpretations=readings,
        readings=manifest.readings,
        discrepancies=gaps,
        digest=_digest(reading.files),
    )


def _in_text_order(rule: Rule) -> tuple[int, int, str]:
    first = rule.cites[0]
    return first.start, first.end, rule.id


def _parsed(reading: _Reading, name: str, parse: Callable[[str, str], Parsed]) -> Parsed | None:
    before = len(reading.problems)
    text = reading.text(name)
    if len(reading.problems) > before:
        return None
    try:
        return parse(text, name)
    except Refused as refused:
        reading.problems.extend(refused.problems)
    except ValueError as error:
        reading.problems.append(Problem(Said(f"无法解析：{error}", f"cannot parse: {error}"), name))
    return None


def _folder(reading: _Reading, folder: str, model: type[Model]) -> list[tuple[str, Model, Place]]:
    """Every file of a folder; a file's name ends in the id it holds, and no id occurs twice."""
    found: list[tuple[str, Model, Place]] = []
    directory = reading.directory / folder
    names = sorted(path.name for path in directory.glob("*.yaml")) if directory.is_dir() else []
    for file in names:
        name = f"{folder}/{file}"
        opened = reading.written(name, model)
        if opened is None:
            continue
        written, place = opened
        identity: str = written.id  # type: ignore[attr-defined]
        if not (file == f"{identity}.yaml" or file.endswith(f"-{identity}.yaml")):
            (place / "id").wrong(
                f"文件名应以“{identity}.yaml”结尾",
                f"the file's name should end in '{identity}.yaml'",
            )
        if identity in reading.places:
            (place / "id").wrong(f"编号“{identity}”已被使用", f"the id '{identity}' is taken")
            continue
        reading.places[identity] = place
        found.append((name, written, place))
    return found


def _register(
    reading: _Reading, name: str | None, model: type[Model], items: str
) -> tuple[dict[str, Any], Place | None]:
    """A register's items by id, in order; a second item with an id is refused."""
    opened = None if name is None else reading.written(name, model)
    if opened is None:
        return {}, None
    register, top = opened
    place = top / items
    found: dict[str, Any] = {}
    for position, item in enumerate(getattr(register, items)):
        if item.id in found:
            (place / position / "id").wrong(
                f"编号“{item.id}”已被使用", f"the id '{item.id}' is taken"
            )
        found[item.id] = item
    return found, place


def _check_quotes(builder: Builder, register: Mapping[str, Any], place: Place | None) -> None:
    """The quotes of a register stand in the text, the news lede included."""
    if place is None:
        return
    for position, item in enumerate(register.values()):
        for number, cite in enumerate(item.cites):
            builder.cite(cite, place / position / "cites" / number, normative=False)


def _check_touched(
    register: Mapping[str, Discrepancy], rules: Mapping[str, Rule], place: Place | None
) -> None:
    if place is None:
        return
    for position, item in enumerate(register.values()):
        for number, name in enumerate(item.rules):
            if name not in rules:
                known = unknown_name(Said("规则", "rule"), name, sorted(rules))
                (place / position / "rules" / number).say(known)


def _digest(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            raw = part.encode()
            digest.update(len(raw).to_bytes(8, "big"))
            digest.update(raw)
    return digest.hexdigest()
