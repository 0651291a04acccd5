"""The parts of a corpus field by field, each spelt so that it can be compared and shown.

A field's value is a text, as the files write it wherever people know it so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from jingmen_facts.problems import Said
from jingmen_policy.compare.formulas import meaning
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.expression.nodes import Formula
from jingmen_policy.rule.due import Due
from jingmen_policy.rule.model import (
    Citation,
    Dated,
    DerivedFact,
    DerivedVersion,
    Party,
    Rule,
    Version,
    Words,
)
from jingmen_policy.rule.parameter import Let
from jingmen_policy.text.structure import SourceText

Fields = dict[str, str]
SAYS_ONLY = frozenset(
    {"title", "counterparty", "words", "cites", "readings", "evidence", "otherwise"}
)
"""Fields no finding's status, day, bearer or missing facts depend on."""
FORMULAS = ("when", "used", "require", "means")


def decides(field: str) -> bool:
    """Whether a finding may come out otherwise where this field does."""
    return field.partition(".")[0] not in SAYS_ONLY


def rule_fields(rule: Rule) -> Fields:
    """What a rule says for all time. What it quotes is told with its versions."""
    return _present(
        {
            **_said("title", rule.title),
            "modality": rule.modality.value,
            "subject": rule.subject,
            **_party("bearer", rule.bearer),
            **_party("counterparty", rule.counterparty),
            "yields_to": ", ".join(rule.yields_to),
            "versions": spans(rule.versions),
            **_said("evidence", rule.evidence),
        }
    )


def version_fields(version: Version) -> Fields:
    """What a rule says while one version is in force."""
    return _present(
        {
            "cites": _cites(version.cites),
            **_lets(version),
            **version.written,
            "due": spelt_due(version.due),
            "reason": version.reason,
            **_said("otherwise", version.otherwise),
            "readings": ", ".join(version.readings),
            **{f"words.{name}": _rests(words) for name, words in version.words.items()},
        }
    )


def derived_fields(fact: DerivedFact) -> Fields:
    return _present(
        {
            **_said("title", fact.title),
            "subject": fact.subject,
            "cites": _cites(fact.cites),
            "readings": ", ".join(fact.readings),
            "versions": spans(fact.versions),
        }
    )


def derived_version_fields(version: DerivedVersion) -> Fields:
    return _present({**_lets(version), "means": version.written})


def formulas(version: Version | DerivedVersion) -> Mapping[str, Formula | None]:
    """The expressions of a version, under the names their fields have."""
    if isinstance(version, DerivedVersion):
        return {"means": version.means}
    return {"when": version.when, "used": version.used, "require": version.require}


def meant(version: Version | DerivedVersion | None) -> Mapping[str, object]:
    """What each expression means, to tell a change from another way of writing it."""
    if version is None:
        return {}
    return {name: meaning(formula) for name, formula in formulas(version).items()}


def corpus_fields(corpus: Corpus) -> Fields:
    """What a corpus says of itself."""
    return _present(
        {
            **_said("title", corpus.title),
            "since": corpus.since.isoformat(),
            "readings": ", ".join(corpus.readings),
            **{f"switched.{name}": other for name, other in corpus.switched.items()},
        }
    )


def text_fields(text: SourceText) -> Fields:
    """The sentences of a text, and its other innermost parts, by address."""
    outer = {passage.parent for passage in text.passages}
    return {p.address: p.text for p in text.passages if p.id not in outer}


def written_fields(written: BaseModel) -> Fields:
    """An item of a register as its file writes it, its id apart."""
    return dict(_flat("", written.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)))


def spans(versions: Iterable[Dated]) -> str:
    """The days on which versions begin and end: ``2021-01-01/2023-01-01 2023-01-01/``."""
    return " ".join(f"{v.since}/{v.until or ''}" for v in versions)


def spelt_due(due: Due) -> str:
    """As a rule file has it, without braces: standing, unstated, 2021-12-31, yearly 12-31."""
    if due.day is not None:
        return due.day.isoformat()
    if due.month_day is not None:
        return "yearly {:02}-{:02}".format(*due.month_day)
    return due.kind


def _present(fields: Mapping[str, str]) -> Fields:
    return {name: value for name, value in fields.items() if value}


def _said(name: str, said: Said | None) -> Fields:
    return {} if said is None else {f"{name}.zh": said.zh, f"{name}.en": said.en}


def _party(name: str, party: Party | None) -> Fields:
    if party is None:
        return {}
    way = ".".join(step.name for step in party.of.steps) or "subject"
    return {**_said(name, party.role), f"{name}.of": way}


def _cites(cites: Iterable[Citation]) -> str:
    return "\n".join(
        f"{f'[{cite.text}] ' if cite.text else ''}{cite.address}“{cite.quote}”" for cite in cites
    )


def _rests(words: Words) -> str:
    quoted = "".join(f"“{one}”" for one in words.words)
    return " ".join(part for part in (quoted, words.reading and f"<{words.reading}>") if part)


def _lets(version: Dated) -> Fields:
    """Parameters as printed; of a table column every cell, since the cells decide."""
    found: Fields = {}
    for let in version.lets:
        found[f"let.{let.name}"] = _printed(let)
        for row, cell in version.columns.get(let.name, {}).items():
            found[f"let.{let.name}[{row}]"] = f"{cell}{let.type.unit}"
    return found


def _printed(let: Let) -> str:
    return f"{let.table} “{let.column}”" if let.table else "、".join(let.printed)


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """Everything in a value by its path; entries of a list that have an id go by it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            step = inner.get("id", place) if isinstance(inner, Mapping) else place
            yield from _flat(f"{name}[{step}]", inner)
    elif value is not None:
        yield name, str(value)
