"""All that has been answered, thing by thing, so that any of it can be changed at any time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.problems import Said
from jingmen_policy.compare.facts import spelt
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.docs.deciding import deciding
from jingmen_policy.judge.finding import Thing
from jingmen_policy.judge.show import show_stated
from jingmen_policy.selfcheck.check import Ask, SelfCheck
from jingmen_policy.selfcheck.question import Adding, Form, adding, form_of, members_of
from jingmen_policy.selfcheck.scope import above


@dataclass(frozen=True, slots=True)
class Stated:
    """A field that has been answered; ``value`` is as a file writes it, None where not known."""

    ask: str
    name: str
    form: Form
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of what belongs to a thing; ``whole`` is by which entry it is said to be complete
    (its own, or that of a list it is part of), '' where it is not.
    """

    ask: str
    adding: Adding
    members: tuple[str, ...]
    whole: str
    skipped: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing: what has been said of it, and the lists it has. ``added`` ones may be removed."""

    about: Thing
    label: Said
    added: bool
    said: tuple[Stated, ...]
    lists: tuple[Listed, ...]


def sheets(check: SelfCheck) -> tuple[Sheet, ...]:
    """The things of whoever answers, in the order stated; without those of which there is nothing
    to show.
    """
    found = (_sheet(check, about, fact) for about, fact in check.facts.items())
    return tuple(sheet for sheet in found if sheet.added or sheet.said or sheet.lists)


def _sheet(check: SelfCheck, about: Thing, fact: Fact) -> Sheet:
    label = check.policy.models.kinds[about.kind].label
    return Sheet(
        about,
        Said(label.zh, label.en),
        (about.kind, about.id) not in check.apart.fixed and about != check.who,
        tuple(_said(check, about, fact)),
        tuple(_lists(check, about, fact)),
    )


def _said(check: SelfCheck, about: Thing, fact: Fact) -> Iterator[Stated]:
    kind = check.policy.models.kinds[about.kind]
    known = check.apart.fixed.get((about.kind, about.id))
    for spec in kind.fields.values():
        ask = Ask(about, spec.name)
        value = getattr(fact, spec.name)
        if spec.required or (value is None and ask.id not in check.skipped):
            continue
        if value is not None and value == getattr(known, spec.name, None):
            continue
        form = form_of(check, ask)
        if value is None:
            yield Stated(ask.id, spec.name, form, None, "")
        else:
            yield Stated(ask.id, spec.name, form, spelt(value, spec), show_stated(value, spec.unit))


def _lists(check: SelfCheck, about: Thing, fact: Fact) -> Iterator[Listed]:
    """The lists that rules look at, those of a closed background apart; each kind once.

    Of whoever answers also the lists of all there is under them, where those were spoken of.
    """
    wanted = _looked_at(check.policy.corpus)
    relations = check.policy.models.relations[about.kind].values()
    kinds = dict.fromkeys(
        relation.target
        for relation in relations
        if relation.many and (about.kind, relation.name) in wanted
    )
    if about == check.who:
        spoken = check.dossier.complete | check.skipped
        kinds.update(
            (kind, None) for kind in check.policy.models.kinds if f"{kind}@{about.id}" in spoken
        )
    covering = (about.id, *(one.identity for one in above(check.dossier, fact)))
    for kind in kinds:
        if kind in check.apart.closed:
            continue
        ask = Ask(about, kind, listing=True)
        entries = (*(f"{kind}@{identity}" for identity in covering), kind)
        yield Listed(
            ask.id,
            adding(check, ask),
            members_of(check, ask),
            next((entry for entry in entries if entry in check.dossier.complete), ""),
            ask.id in check.skipped,
        )


@lru_cache(maxsize=8)
def _looked_at(corpus: Corpus) -> frozenset[tuple[str, str]]:
    """The lists that some rule reads, and those of things that rules are about."""
    read = {
        (one.kind, one.name)
        for rule in corpus.rules.values()
        for one in deciding(corpus, rule)
        if one.listing
    }
    subjects = {rule.subject for rule in corpus.rules.values()}
    return frozenset(read) | {
        (kind, relation.name)
        for kind, relations in corpus.models.relations.items()
        for relation in relations.values()
        if relation.many and relation.target in subjects
    }
