"""The text and its rules as an OSCAL catalog, and the mapping between them.

In the catalog each sentence that binds and each rule is a control. The mapping says for each rule
and each sentence it quotes how their words stand to each other, as sets of characters: that is what
OSCAL calls a syntactic mapping, and all that can be read off the quotes. Sentences that no rule
rests on are its gap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from jingmen_facts.problems import Said
from jingmen_policy.corpus.ledger import PUNCTUATION
from jingmen_policy.docs.coverage import Traced, trace
from jingmen_policy.docs.rule_text import RuleTeller
from jingmen_policy.exports.edition import NAMESPACE, Edition
from jingmen_policy.exports.matrix import Matrix
from jingmen_policy.rule.model import Rule
from jingmen_policy.text.passages import Passage

VERSION = "1.2.1"
MAPPING = "mapping"
"""What is put before the suffix of the file that has the mapping."""
RELATIONSHIPS = frozenset(
    {"equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with", "no-relationship"}
)
_SPACE = UUID("6f6a4a0e-3c63-5f0c-9a36-6a696e676d65")
_ABOUT = Said(
    "条文的字与规则引用的字相比：相同、多出、不足或者相交；标点不计。",
    "The words of a sentence against those a rule quotes, punctuation aside.",
)
_OURS = "\n\t "
Json = dict[str, Any]


def export(edition: Edition, name: str) -> Mapping[str, bytes]:
    """The catalog as ``name``, and the mapping, which refers to it, as a file beside it."""
    stem, dot, suffix = name.rpartition(".")
    beside = f"{stem}.{MAPPING}{dot}{suffix}" if dot else f"{name}.{MAPPING}"
    return {name: _written(catalog(edition)), beside: _written(mapping(edition, name))}


def catalog(edition: Edition) -> Json:
    source = edition.corpus.source
    found = trace(edition.corpus)
    groups: list[Json] = []
    for one in found:
        outer = _outermost(edition, one.passage)
        if not groups or groups[-1]["id"] != f"text-{outer.id}":
            groups.append(_group(f"text-{outer.id}", outer.heading or outer.address))
        groups[-1]["controls"].append(_clause(edition, one))
    groups.append({**_group("rules", edition.say("规则", "rules")), "class": "rules"})
    rules = edition.corpus.rules.values()
    groups[-1]["controls"].extend(_rule(edition, rule) for rule in rules)
    resources = [
        {
            "uuid": _uuid(edition, "text"),
            "title": _line(edition.corpus.title.to(edition.lang)),
            "props": [_prop("characters", str(len(source.plain)))],
        }
    ]
    return {
        "catalog": {
            "uuid": _uuid(edition, "catalog"),
            "metadata": _metadata(edition, edition.corpus.title.to(edition.lang)),
            "groups": groups,
            "back-matter": {"resources": resources},
        }
    }


def mapping(edition: Edition, href: str) -> Json:
    found, title = trace(edition.corpus), edition.corpus.title
    resource = {"type": "catalog", "href": href}
    one: Json = {
        "uuid": _uuid(edition, "mapping", "rules"),
        "source-resource": resource,
        "target-resource": resource,
        "maps": list(_maps(edition, found)),
    }
    gaps = [_clause_id(one.passage) for one in found if not one.rules]
    if gaps:
        one["source-gap-summary"] = {
            "uuid": _uuid(edition, "gap"),
            "unmapped-controls": [{"with-ids": gaps}],
        }
    return {
        "mapping-collection": {
            "uuid": _uuid(edition, "mapping"),
            "metadata": _metadata(
                edition,
                edition.say(f"{title.zh}：条文与规则", f"{title.en}: the text and its rules"),
            ),
            "provenance": {
                "method": "hybrid",
                "matching-rationale": "syntactic",
                "status": "complete" if edition.reviewed else "draft",
                "mapping-description": _ABOUT.to(edition.lang),
            },
            "mappings": [one],
        }
    }


def relationship(clause: frozenset[int], quoted: frozenset[int]) -> str:
    """How a sentence stands to what a rule quotes, both as the places of their characters.

    >>> relationship(frozenset({1, 2}), frozenset({2}))
    'superset-of'
    """
    if clause == quoted:
        return "equal-to"
    if quoted < clause:
        return "superset-of"
    if clause < quoted:
        return "subset-of"
    return "intersects-with" if clause & quoted else "no-relationship"


def _maps(edition: Edition, found: Iterable[Traced]) -> Iterator[Json]:
    """Row by row; where a rule only looks up a row of a table, its words are not compared."""
    counted = partial(_counted, edition)
    for one in found:
        clause = counted([(one.passage.start, one.passage.end)])
        for name in one.rules:
            rule = edition.corpus.rules[name]
            quoted = counted([(c.start, c.end) for c in rule.cited if not c.text])
            looked_up = not clause & quoted
            made: Json = {
                "uuid": _uuid(edition, "map", one.passage.id, name),
                "relationship": "intersects-with" if looked_up else relationship(clause, quoted),
                "sources": [{"type": "control", "id-ref": _clause_id(one.passage)}],
                "targets": [{"type": "control", "id-ref": _rule_id(name)}],
                "props": [_prop("content", edition.reviews[name].content)],
            }
            if looked_up:
                made["matching-rationale"] = "functional"
                made["remarks"] = edition.say(
                    "规则查此行的数。", "The rule looks up this row's cells."
                )
            yield made


def _counted(edition: Edition, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    plain = edition.corpus.source.plain
    skipped = PUNCTUATION | set(_OURS)
    return frozenset(
        at for start, end in spans for at in range(start, end) if plain[at] not in skipped
    )


def _clause(edition: Edition, one: Traced) -> Json:
    passage = one.passage
    props = [
        _prop("label", passage.address, ours=False),
        _prop("passage", passage.id),
        _prop("characters-quoted", str(one.quoted)),
    ]
    text = passage.text.replace("\t", " · ")
    statement = {"id": f"{_clause_id(passage)}-smt", "name": "statement", "prose": text}
    return {
        "id": _clause_id(passage),
        "class": "clause",
        "title": passage.address,
        "props": props,
        "parts": [statement],
    }


def _rule(edition: Edition, rule: Rule) -> Json:
    teller, version = RuleTeller(edition.corpus, edition.lang), edition.version(rule)
    review = edition.reviews[rule.id]
    until = "" if version.until is None else version.until.isoformat()
    props = [
        _prop("label", rule.id, ours=False),
        _prop("modality", rule.modality.value),
        _prop("bearer", rule.bearer.role.to(edition.lang)),
        _prop(
            "counterparty",
            "" if rule.counterparty is None else rule.counterparty.role.to(edition.lang),
        ),
        _prop("subject", rule.subject),
        _prop("due", teller.due(version.due)),
        _prop("since", version.since.isoformat()),
        _prop("until", until),
        _prop("review", review.state),
        *(_prop("reviewer", name) for name in review.reviewers),
        _prop("content", review.content),
    ]
    parts: list[Json] = [
        {
            "id": f"{_rule_id(rule.id)}-cite-{number}",
            "name": "statement",
            "prose": cite.quote,
            "props": _present([_prop("passage", cite.passage), _prop("text", cite.text)]),
        }
        for number, cite in enumerate(version.cites, 1)
    ]
    prose = Matrix(edition).requires(rule)
    if prose:
        parts.append({"id": f"{_rule_id(rule.id)}-gdn", "name": "guidance", "prose": prose})
    links = [
        {
            "href": f"#{_rule_id(other)}",
            "rel": "related",
            "text": edition.say("让位于", "yields to"),
        }
        for other in rule.yields_to
    ]
    made: Json = {
        "id": _rule_id(rule.id),
        "class": "rule",
        "title": _line(rule.title.to(edition.lang)),
        "props": _present(props),
        "parts": parts,
    }
    return {**made, "links": links} if links else made


def _metadata(edition: Edition, title: str) -> Json:
    corpus = edition.corpus
    return {
        "title": _line(title),
        "last-modified": edition.moment.isoformat(),
        "version": corpus.digest[:16],
        "oscal-version": VERSION,
        "props": [
            _prop("corpus", corpus.id),
            _prop("digest", corpus.digest),
            _prop("as-of", edition.as_of.isoformat()),
            *(_prop("switched", f"{name}={other}") for name, other in corpus.switched.items()),
        ],
    }


def _prop(name: str, value: str, *, ours: bool = True) -> Json:
    """A property; ours are in a namespace of our own."""
    shown = _line(value)
    return (
        {"name": name, "ns": NAMESPACE, "value": shown} if ours else {"name": name, "value": shown}
    )


def _present(props: Iterable[Json]) -> list[Json]:
    """Those that have a value."""
    return [prop for prop in props if prop["value"]]


def _line(text: str) -> str:
    """A text on one line without space around it, as titles and values have to be."""
    return " ".join(text.split())


def _group(id: str, title: str) -> Json:
    return {"id": id, "title": _line(title), "controls": []}


def _outermost(edition: Edition, passage: Passage) -> Passage:
    while passage.parent:
        passage = edition.corpus.source.passage(passage.parent)
    return passage


def _clause_id(passage: Passage) -> str:
    return f"text-{passage.id}"


def _rule_id(name: str) -> str:
    return f"rule-{name}"


def _uuid(edition: Edition, *names: str) -> str:
    """The same for the same corpus on the same day, another for any other."""
    parts = (edition.corpus.id, edition.corpus.digest, edition.as_of.isoformat(), *names)
    return str(uuid5(_SPACE, "\n".join(parts)))


def _written(document: Json) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
