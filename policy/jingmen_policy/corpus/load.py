"""Loading a corpus from its directory: everything read, everything checked, or refused whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.located import Located
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
from jingmen_policy.corpus.kept import Kept
from jingmen_policy.corpus.place import Place
from jingmen_policy.corpus.switch import assumed, switch
from jingmen_policy.corpus.written import (
    DerivedFile,
    Discrepancies,
    Discrepancy,
    Interpretation,
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


@lru_cache(maxsize=1024)
def _written(text: str, name: str, model: type[Model]) -> tuple[Model, Located]:
    """What is written in a file, and where. The same text again, as under another reading, is not
    read again: it gives the same object, which nobody changes. Raises Refused.
    """
    located = read_yaml(text, name)
    try:
        return model.model_validate(located.value), located
    except ValidationError as error:
        raise Refused(problems_of(error, located, model)) from None


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
            written, located = _written(text, name, model)
        except Refused as refused:
            self.problems.extend(refused.problems)
            return None
        return written, Place(located, self.problems)

    def place_of(self, name: str) -> Place:
        return self.places[name]

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise Refused(self.problems)


def load_corpus(
    directory: Path,
    models: FactModels,
    readings: Mapping[str, str] | None = None,
    like: Corpus | None = None,
) -> Corpus:
    """The corpus in a directory, for facts of some models. Raises Refused with all problems.

    ``readings`` puts alternatives into force, by interpretation. Rules that come out as in the
    corpus ``like`` are taken from it.
    """
    chosen = dict(readings or {})
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
    texts = {
        amendment.id: text
        for amendment in manifest.amendments
        if (text := _parsed(reading, amendment.source, parse_source)) is not None
    }
    if source is None or len(tables) != len(manifest.tables):
        raise Refused(reading.problems)
    register, readings_at = _interpretations(reading, manifest.interpretations, source)
    gaps, gaps_place = _register(reading, manifest.discrepancies, Discrepancies, "discrepancies")
    gaps_at = [] if gaps_place is None else [gaps_place / n for n in range(len(gaps))]
    switched = switch(chosen, register, manifest.readings, reading.problems)
    written_rules = [
        (name, reduce(lambda rule, one: one.rule(rule), switched, rule), place)
        for name, rule, place in _folder(reading, "rules", RuleFile, reading.places)
    ]
    written_derived = [
        (name, reduce(lambda fact, one: one.derived(fact), switched, fact), place)
        for name, fact, place in _folder(reading, "derived", DerivedFile, reading.places)
    ]
    names: dict[str, set[str]] = {kind: set() for kind in models.kinds}
    for _, derived, _ in written_derived:
        names.setdefault(derived.subject, set()).add(derived.id)
    builder = Builder(
        models,
        {"": source, **texts},
        tables,
        {kind: frozenset(found) for kind, found in names.items()},
        None if manifest.interpretations and not readings_at else frozenset(register),
        manifest.words,
        {one.id: one.since for one in manifest.amendments},
        frozenset(assumed(switched, [rule for _, rule, _ in written_rules])),
    )
    builder.known_readings(manifest.readings, manifest_at / "readings")
    kept: dict[str, Rule] = {}
    if like is not None and like.kept is not None:
        kept = like.kept.rules(builder, {name: rule for name, rule, _ in written_rules})
    rules: dict[str, Rule] = {}
    made: dict[str, tuple[RuleFile, Rule]] = {}
    for name, written, place in written_rules:
        rule = kept.get(name) or builder.rule(written, name, place)
        if rule is not None:
            rules[rule.id] = rule
            made[name] = written, rule
    derived_facts: dict[tuple[str, str], DerivedFact] = {}
    for name, derived, place in written_derived:
        fact = builder.derived_fact(derived, name, place)
        if fact is not None:
            derived_facts[fact.subject, fact.id] = fact
    _check_amendments(manifest, rules.values(), manifest_at / "amendments")
    _check_quotes(builder, register, readings_at)
    _check_quotes(builder, gaps, gaps_at)
    if len(rules) == sum(name.startswith("rules/") for name in reading.files):
        _check_changes(register, rules, derived_facts, readings_at)
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
        interpretations=register,
        readings=manifest.readings,
        discrepancies=gaps,
        digest=_digest({**reading.files, **{f"={name}": alt for name, alt in chosen.items()}}),
        directory=directory,
        ledger=manifest.ledger,
        lede=manifest.lede,
        amendments={one.id: one for one in manifest.amendments},
        texts=texts,
        switched=chosen,
        opening=any(one.change.as_of == "opening" for one in switched),
        kept=Kept(builder, made),
    )


def _in_text_order(rule: Rule) -> tuple[str, int, int, str]:
    first = rule.cites[0]
    return first.text, first.start, first.end, rule.id


def _interpretations(
    reading: _Reading, name: str | None, source: SourceText
) -> tuple[dict[str, Interpretation], list[Place]]:
    """The readings on record, from a file of all or a folder with a file each, and their places."""
    if name is None or not (reading.directory / name).is_dir():
        found, place = _register(reading, name, Interpretations, "interpretations")
        return found, [] if place is None else [place / n for n in range(len(found))]
    opened = _folder(reading, name, Interpretation, {})
    opened.sort(key=lambda item: _first(source, item[1]))
    return {one.id: one for _, one, _ in opened}, [place for _, _, place in opened]


def _first(source: SourceText, item: Interpretation) -> tuple[int, str]:
    """Where the text first speaks of what an interpretation is about."""
    places = (source.passage(cite.at).start for cite in item.cites[:1] if source.has(cite.at))
    return next(places, 0), item.id


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


def _folder(
    reading: _Reading, folder: str, model: type[Model], taken: dict[str, Place]
) -> list[tuple[str, Model, Place]]:
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
        if identity in taken:
            (place / "id").wrong(f"编号“{identity}”已被使用", f"the id '{identity}' is taken")
            continue
        taken[identity] = place
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


def _check_amendments(manifest: Manifest, rules: Iterable[Rule], place: Place) -> None:
    """Amendments have ids and days of their own, and each is cited by some version."""
    cited = {cite.text for rule in rules for cite in rule.cited}
    seen: set[str] = set()
    for position, one in enumerate(manifest.amendments):
        at = place / position
        if one.id in seen:
            (at / "id").wrong(f"编号“{one.id}”已被使用", f"the id '{one.id}' is taken")
        seen.add(one.id)
        if one.since < manifest.since:
            (at / "since").wrong("早于方案施行日", "before the plan itself is in force")
        if one.id not in cited:
            at.wrong("没有规则引用这一修订", "no rule cites this amendment")


def _check_quotes(builder: Builder, register: Mapping[str, Any], places: Sequence[Place]) -> None:
    """The quotes of a register stand in the text, the news lede included."""
    for item, place in zip(register.values(), places, strict=False):
        for number, cite in enumerate(item.cites):
            builder.cite(cite, place / "cites" / number, normative=False)


def _check_changes(
    register: Mapping[str, Interpretation],
    rules: Mapping[str, Rule],
    derived: Mapping[tuple[str, str], DerivedFact],
    places: Sequence[Place],
) -> None:
    """What an alternative changes is there to be changed; one that changes nothing says why."""
    facts = {name for _, name in derived}
    for item, place in zip(register.values(), places, strict=False):
        for number, other in enumerate(item.alternatives):
            at = place / "alternatives" / number
            if other.change is not None and other.apart is not None:
                at.wrong("change 与 apart 只写一个", "either change or apart")
            for name in () if other.change is None else other.change.rules.keys() - rules.keys():
                if name != "*":
                    said = unknown_name(Said("规则", "rule"), name, list(rules))
                    (at / "change" / "rules" / name).say(said)
            for name in () if other.change is None else other.change.derived.keys() - facts:
                said = unknown_name(Said("推定事实", "derived fact"), name, sorted(facts))
                (at / "change" / "derived" / name).say(said)
        can = [other.id for other in item.alternatives if other.change is not None]
        for name in () if item.witness.case is None else item.witness.case.instead:
            if name not in can:
                said = unknown_name(
                    Said("可以启用的另一解释", "alternative with a change"), name, can
                )
                (place / "witness" / "case" / "instead" / name).say(said)


def _check_touched(
    register: Mapping[str, Discrepancy], rules: Mapping[str, Rule], places: Sequence[Place]
) -> None:
    for item, place in zip(register.values(), places, strict=False):
        for number, name in enumerate(item.rules):
            if name not in rules:
                known = unknown_name(Said("规则", "rule"), name, sorted(rules))
                (place / "rules" / number).say(known)


def _digest(files: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            raw = part.encode()
            digest.update(len(raw).to_bytes(8, "big"))
            digest.update(raw)
    return digest.hexdigest()
