"""What two corpora say otherwise: rules, derived facts, readings and texts, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from jingmen_facts.problems import Said
from jingmen_policy.compare.model import Changed, FieldChange, Period, Sort
from jingmen_policy.compare.spelling import (
    FORMULAS,
    Fields,
    corpus_fields,
    decides,
    derived_fields,
    derived_version_fields,
    meant,
    rule_fields,
    text_fields,
    version_fields,
    written_fields,
)
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.rule.model import DerivedFact, DerivedVersion, Rule, Version, in_force

AnyVersion = TypeVar("AnyVersion", bound=Version | DerivedVersion)
Part = TypeVar("Part")


def parts(before: Corpus, after: Corpus) -> tuple[Changed, ...]:
    """Everything said otherwise: the corpus and its texts, rules, derived facts, the registers."""
    return tuple(
        change
        for found in (
            _corpora(before, after),
            _texts(before, after),
            _rules(before, after),
            _derived(before, after),
            _register("reading", before.interpretations, after.interpretations),
            _register("discrepancy", before.discrepancies, after.discrepancies),
        )
        for change in found
    )


def _corpora(before: Corpus, after: Corpus) -> Iterator[Changed]:
    fields = changes(corpus_fields(before), corpus_fields(after))
    if fields:
        yield Changed("corpus", after.id, after.title, "changed", decides=False, fields=fields)


def _texts(before: Corpus, after: Corpus) -> Iterator[Changed]:
    def texts(corpus: Corpus) -> dict[str, tuple[Said, Fields]]:
        found = {"": (corpus.title, text_fields(corpus.source))}
        for name, one in corpus.amendments.items():
            fields = {**written_fields(one), **text_fields(corpus.texts[name])}
            found[name] = (Said(one.title.zh, one.title.en), fields)
        return found

    yield from _matched(
        "text", texts(before), texts(after), lambda text: text[0], lambda text: text[1]
    )


def _rules(before: Corpus, after: Corpus) -> Iterator[Changed]:
    def timed(one: Rule | None, other: Rule | None) -> Iterator[Period]:
        return periods(
            () if one is None else one.versions,
            () if other is None else other.versions,
            version_fields,
        )

    yield from _matched(
        "rule", before.rules, after.rules, lambda rule: rule.title, rule_fields, timed
    )


def _derived(before: Corpus, after: Corpus) -> Iterator[Changed]:
    def timed(one: DerivedFact | None, other: DerivedFact | None) -> Iterator[Period]:
        return periods(
            () if one is None else one.versions,
            () if other is None else other.versions,
            derived_version_fields,
        )

    def named(corpus: Corpus) -> dict[str, DerivedFact]:
        return {f"{kind}.{name}": fact for (kind, name), fact in sorted(corpus.derived.items())}

    yield from _matched(
        "derived", named(before), named(after), lambda fact: fact.title, derived_fields, timed
    )


def _register(
    sort: Sort, before: Mapping[str, BaseModel], after: Mapping[str, BaseModel]
) -> Iterator[Changed]:
    def title(item: BaseModel) -> Said:
        words = getattr(item, "question", None) or getattr(item, "title", None)
        return Said("", "") if words is None else Said(words.zh, words.en)

    yield from _matched(sort, before, after, title, written_fields)


def _untimed(_one: object, _other: object) -> Iterator[Period]:
    return iter(())


def _matched(
    sort: Sort,
    before: Mapping[str, Part],
    after: Mapping[str, Part],
    title: Callable[[Part], Said],
    spelt: Callable[[Part], Fields],
    timed: Callable[[Part | None, Part | None], Iterator[Period]] = _untimed,
) -> Iterator[Changed]:
    """Parts with the same id compared, in the order of the second corpus; the lost ones last."""
    for name in dict.fromkeys([*after, *before]):
        one, other = before.get(name), after.get(name)
        fields = changes({} if one is None else spelt(one), {} if other is None else spelt(other))
        times = tuple(timed(one, other))
        shown = other if other is not None else one
        if shown is None or not (fields or times):
            continue
        deciding = any(decides(change.field) for change in fields) or any(
            period.before is None or period.after is None or decides(change.field)
            for period in times
            for change in period.fields
        )
        yield Changed(
            sort,
            name,
            title(shown),
            "added" if one is None else "removed" if other is None else "changed",
            deciding and sort in {"rule", "derived"},
            fields,
            times,
        )


def changes(before: Fields, after: Fields) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order they are spelt in.

    >>> changes({"a": "1", "b": "2"}, {"b": "3"})
    (FieldChange(field='a', before='1', after=None), FieldChange(field='b', before='2', after='3'))
    """
    return tuple(
        FieldChange(name, before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    )


def periods(
    before: Sequence[AnyVersion],
    after: Sequence[AnyVersion],
    spelt: Callable[[AnyVersion], Fields],
) -> Iterator[Period]:
    """The times throughout which the two sides differ in the same way, in order."""
    days = sorted({day for v in (*before, *after) for day in (v.since, v.until) if day is not None})
    ends: list[date | None] = [*days[1:], None]
    held: Period | None = None
    for since, until in zip(days, ends, strict=True):
        found = _period(since, until, in_force(before, since), in_force(after, since), spelt)
        if held is not None and found is not None and _alike(held, found):
            held = replace(held, until=found.until)
            continue
        if held is not None:
            yield held
        held = found
    if held is not None:
        yield held


def _period(
    since: date,
    until: date | None,
    one: AnyVersion | None,
    other: AnyVersion | None,
    spelt: Callable[[AnyVersion], Fields],
) -> Period | None:
    """What differs between two versions; an expression only where its meaning does."""
    old = {} if one is None else spelt(one)
    new = {} if other is None else spelt(other)
    meanings = meant(one), meant(other)
    fields = tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in dict.fromkeys([*old, *new])
        if (
            meanings[0].get(name) != meanings[1].get(name)
            if name in FORMULAS
            else old.get(name) != new.get(name)
        )
    )
    if not fields:
        return None
    return Period(
        since,
        until,
        None if one is None else one.since,
        None if other is None else other.since,
        one is not None and other is not None and one.since == other.since,
        fields,
    )


def _alike(one: Period, other: Period) -> bool:
    return one.until == other.since and (one.before, one.after, one.fields) == (
        other.before,
        other.after,
        other.fields,
    )
