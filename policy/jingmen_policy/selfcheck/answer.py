"""Answers: a fact said or not known, a list complete, one thing more or less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier, unknown_reference
from jingmen_facts.kinds import Kind
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.refusals import problems_of
from jingmen_policy.judge.finding import Thing, thing_of
from jingmen_policy.selfcheck.check import SelfCheck
from jingmen_policy.selfcheck.scope import above, below


@dataclass(frozen=True, slots=True)
class Say:
    """What a field is, written as a file of facts writes it; None takes back what was said."""

    about: Thing
    name: str
    value: str | bool | int | list[str] | None
    act: Literal["say"] = "say"


@dataclass(frozen=True, slots=True)
class Skip:
    """Not known, or not now: the question does not come again. ``skip`` false asks it again."""

    ask: str
    skip: bool = True
    act: Literal["skip"] = "skip"


@dataclass(frozen=True, slots=True)
class Whole:
    """That every member of a list is stated (``ResidentWorker@S1``), or that this is not said."""

    ask: str
    whole: bool = True
    act: Literal["whole"] = "whole"


@dataclass(frozen=True, slots=True)
class Add:
    """One more thing of a kind, whose it is, and the fields no such thing can lack."""

    kind: str
    owner: Thing
    fields: Mapping[str, str] = field(default_factory=dict)
    act: Literal["add"] = "add"


@dataclass(frozen=True, slots=True)
class Remove:
    """That a thing is not there, nor what belongs to it."""

    about: Thing
    act: Literal["remove"] = "remove"


Answer = Say | Skip | Whole | Add | Remove


def answered(check: SelfCheck, answer: Answer) -> SelfCheck:
    """The check after an answer. Raises Refused, saying why, where it cannot be one."""
    match answer:
        case Say():
            return _said(check, answer)
        case Skip(ask, skip):
            skipped = check.skipped | {ask} if skip else check.skipped - {ask}
            return replace(check, skipped=skipped)
        case Whole():
            return _whole(check, answer)
        case Add():
            return _added(check, answer)
        case Remove(about):
            return _removed(check, about)


def _said(check: SelfCheck, answer: Say) -> SelfCheck:
    about, name = answer.about, answer.name
    kind, fact = _found(check, about)
    place = f"{about.kind}/{about.id}.{name}"
    if name not in kind.fields:
        said = unknown_name(Said("字段", "field"), name, list(kind.fields))
        raise Refused([Problem(said, field=place)])
    if name in kind.model.KEY:
        said = Said("编号不能改，请移除后重新添加", "an identity stays: remove it, add another")
        raise Refused([Problem(said, field=place)])
    known = getattr(check.apart.fixed.get((about.kind, about.id)), name, None)
    if known is not None:
        said = Said(f"已知为“{known}”，不能改", f"known to be '{known}'; it cannot be changed")
        raise Refused([Problem(said, field=place)])
    stated = {key: getattr(fact, key) for key in kind.fields}
    other = _made(kind, {**stated, name: answer.value}, place)
    try:
        dossier = check.dossier.restated(other)
    except LookupError:
        refers = kind.references[name]
        label = check.policy.models.kinds[refers.kind].label
        known_ones = list(check.dossier.of_kind(refers.kind))
        said = unknown_reference(kind.label, label, str(answer.value), known_ones)
        raise Refused([Problem(said, field=place)]) from None
    return replace(check, dossier=dossier, skipped=check.skipped - {place})


def _whole(check: SelfCheck, answer: Whole) -> SelfCheck:
    kept = check.skipped - {answer.ask}
    if answer.whole:
        return replace(check, dossier=check.dossier.listing(answer.ask), skipped=kept)
    complete = check.dossier.complete - {answer.ask}
    dossier = Dossier(check.dossier.facts, models=check.policy.models, complete=complete)
    return replace(check, dossier=dossier, skipped=kept)


def _added(check: SelfCheck, answer: Add) -> SelfCheck:
    kinds = check.policy.models.kinds
    if answer.kind not in kinds:
        said = unknown_name(Said("事实类型", "kind of fact"), answer.kind, list(kinds))
        raise Refused([Problem(said, field="kind")])
    kind = kinds[answer.kind]
    _, owner = _found(check, answer.owner)
    relations = check.policy.models.relations[answer.owner.kind].values()
    way = next((one for one in relations if one.many and one.target == kind.name), None)
    if way is None or kind.name in check.apart.closed:
        of = kinds[answer.owner.kind].label
        said = Said(f"{of.zh}名下不能添加{kind.label.zh}", f"no {kind.label.en} is a {of.en}'s")
        raise Refused([Problem(said, field="owner")])
    fact = _made(kind, {**answer.fields, way.field: owner.identity}, kind.name)
    facts = [*check.dossier.facts, fact]
    dossier = Dossier(facts, models=check.policy.models, complete=check.dossier.complete)
    covering = {f"{kind.name}@{one.identity}" for one in above(dossier, fact)}
    return replace(check, dossier=dossier, skipped=check.skipped - covering)


def _removed(check: SelfCheck, about: Thing) -> SelfCheck:
    _found(check, about)
    if (about.kind, about.id) in check.apart.fixed or about == check.who:
        said = Said("不能移除", "it cannot be removed")
        raise Refused([Problem(said, field=f"{about.kind}/{about.id}")])
    gone = {about, *below(check.dossier, about)}
    facts = [fact for fact in check.dossier.facts if thing_of(fact) not in gone]
    lost = {thing.id for thing in gone}
    complete = {entry for entry in check.dossier.complete if entry.partition("@")[2] not in lost}
    skipped = {
        ask
        for ask in check.skipped
        if ask.partition("@")[2] not in lost
        and not any(ask.startswith(f"{thing.kind}/{thing.id}.") for thing in gone)
    }
    dossier = Dossier(facts, models=check.policy.models, complete=complete)
    return replace(check, dossier=dossier, skipped=frozenset(skipped))


def _found(check: SelfCheck, about: Thing) -> tuple[Kind, Fact]:
    kinds = check.policy.models.kinds
    if about.kind not in kinds:
        said = unknown_name(Said("事实类型", "kind of fact"), about.kind, list(kinds))
        raise Refused([Problem(said, field="about")])
    kind, known = kinds[about.kind], check.dossier.of_kind(about.kind)
    if about.id not in known:
        said = unknown_name(Said(kind.label.zh, kind.label.en), about.id, list(known))
        raise Refused([Problem(said, field="about")])
    return kind, known[about.id]


def _made(kind: Kind, values: Mapping[str, Any], place: str) -> Fact:
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return kind.model.model_validate(given)
    except ValidationError as error:
        problems = problems_of(error, Located(given), kind.model)
        raise Refused(problem.at("", field=place) for problem in problems) from None
