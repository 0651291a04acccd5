"""A question as it is put: in words, with the choices there are, and why it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jingmen_facts.kinds import FieldSpec, Kind, Sort
from jingmen_facts.problems import Said
from jingmen_policy.judge.finding import Clause, Thing
from jingmen_policy.judge.show import exact
from jingmen_policy.rule.model import Rule
from jingmen_policy.selfcheck.candidates import Candidate
from jingmen_policy.selfcheck.check import Ask, SelfCheck
from jingmen_policy.selfcheck.plausible import referable
from jingmen_policy.selfcheck.scope import below
from jingmen_policy.selfcheck.worth import Worth

Entry = Literal["flag", "choice", "choices", "items", "number", "money", "day", "text"]
_ENTRIES: dict[Sort, Entry] = {
    Sort.FLAG: "flag",
    Sort.NUMBER: "number",
    Sort.MONEY: "money",
    Sort.DAY: "day",
    Sort.TEXT: "text",
    Sort.TEXTS: "items",
}


@dataclass(frozen=True, slots=True)
class Form:
    """How a field is filled in; ``least`` and ``most`` are the limits of a number."""

    name: str
    label: Said
    entry: Entry
    unit: str = ""
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Adding:
    """How one more thing is put on a list: whose it may be, and what has to be said of it.

    ``suggested`` has for each of the owners an id that is free, where things of the kind go by one.
    """

    kind: str
    label: Said
    unit: str
    owners: tuple[Thing, ...]
    suggested: tuple[str, ...]
    fields: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that asks for the fact, and its words."""

    rule: str
    title: Said
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Settles:
    """How many open findings an answer settles; ``average`` over the answers tried, exact."""

    least: int
    most: int
    average: str
    named: int


@dataclass(frozen=True, slots=True)
class Question:
    """``form`` is of a field, ``adding`` of a list, with the members it has so far."""

    id: str
    about: Thing
    name: str
    listing: bool
    prompt: Said
    reasons: tuple[Reason, ...]
    settles: Settles
    form: Form | None = None
    adding: Adding | None = None
    members: tuple[str, ...] = ()


def put(check: SelfCheck, candidate: Candidate, worth: Worth) -> Question:
    """A candidate as a question."""
    ask = candidate.ask
    settles = Settles(worth.least, worth.most, exact(worth.average), worth.named)
    reasons = tuple(_reasons(check, candidate))
    if not ask.listing:
        form = form_of(check, ask)
        about = _named(check, ask.about)
        prompt = Said(f"{about.zh}：{form.label.zh}？", f"{about.en}: {form.label.en}?")
        return Question(ask.id, ask.about, ask.name, False, prompt, reasons, settles, form=form)
    members = members_of(check, ask)
    label = check.policy.models.kinds[ask.name].label
    about = _named(check, ask.about)
    if members:
        zh = f"{about.zh}：以下{len(members)}{_unit(check, ask)}，是否就是全部{label.zh}？"
        en = f"{about.en}: are these {len(members)} every {label.en} there is?"
    else:
        zh = f"{about.zh}：有没有{label.zh}？"
        en = f"{about.en}: is there any {label.en}?"
    return Question(
        ask.id,
        ask.about,
        ask.name,
        True,
        Said(zh, en),
        reasons,
        settles,
        adding=adding(check, ask),
        members=members,
    )


def form_of(check: SelfCheck, ask: Ask) -> Form:
    """How the field asked about is filled in."""
    spec = check.policy.models.kinds[ask.about.kind].fields[ask.name]
    if spec.refers is not None:
        return _form(spec, referable(check, ask))
    return _form(spec, spec.choices)


def adding(check: SelfCheck, ask: Ask) -> Adding:
    """How a list gets one more member."""
    kind = check.policy.models.kinds[ask.name]
    owners = tuple(
        about
        for about in _under(check, ask.about)
        if any(
            relation.many and relation.target == ask.name
            for relation in check.policy.models.relations[about.kind].values()
        )
    )
    fields = tuple(
        _form(spec, spec.choices)
        for spec in kind.fields.values()
        if spec.required and spec.refers is None
    )
    suggested = (
        tuple(_suggested(check, kind, owner) for owner in owners)
        if kind.model.KEY == ("id",)
        else ()
    )
    label = Said(kind.label.zh, kind.label.en)
    return Adding(ask.name, label, kind.model.UNIT, owners, suggested, fields)


def members_of(check: SelfCheck, ask: Ask) -> tuple[str, ...]:
    """The members of a list that are stated, whoever in between they belong to."""
    own = _under(check, ask.about)
    return tuple(thing.id for thing in own if thing.kind == ask.name)


def _under(check: SelfCheck, about: Thing) -> tuple[Thing, ...]:
    if about == check.who:
        return tuple(check.facts)
    return (about, *below(check.dossier, about))


def _form(spec: FieldSpec, choices: tuple[str, ...]) -> Form:
    entry = _ENTRIES[spec.sort]
    if choices:
        entry = "choices" if spec.sort is Sort.TEXTS else "choice"
    label = Said(spec.label.zh, spec.label.en)
    return Form(spec.name, label, entry, spec.unit, choices, spec.least, spec.most)


def _suggested(check: SelfCheck, kind: Kind, owner: Thing) -> str:
    """An identity no fact of the kind has: 沙洋镇社工站, 沙洋镇社工站2."""
    base = f"{owner.id.rpartition('/')[2]}{kind.label.zh}"
    taken = check.dossier.of_kind(kind.name)
    number = 1
    while (name := base if number == 1 else f"{base}{number}") in taken:
        number += 1
    return name


def _named(check: SelfCheck, thing: Thing) -> Said:
    label = check.policy.models.kinds[thing.kind].label
    return Said(f"{label.zh} {thing.id}", f"{label.en} {thing.id}")


def _unit(check: SelfCheck, ask: Ask) -> str:
    return check.policy.models.kinds[ask.name].model.UNIT


def _reasons(check: SelfCheck, candidate: Candidate) -> list[Reason]:
    """The rules whose findings name it; of things not stated yet, the rules about them."""
    found: dict[str, Reason] = {}
    for finding in [*candidate.open, *candidate.others]:
        found.setdefault(finding.rule, Reason(finding.rule, finding.title, finding.clauses))
    if found:
        return list(found.values())
    return [
        Reason(rule.id, rule.title, _clauses(rule))
        for rule in check.policy.corpus.rules.values()
        if rule.subject == candidate.ask.name and rule.version_on(check.as_of) is not None
    ]


def _clauses(rule: Rule) -> tuple[Clause, ...]:
    return tuple(Clause(cite.address, cite.quote) for cite in rule.cites)
