"""The anchors of the rules as W3C Web Annotations: which words each rule and field rests on.

One annotation for each quote and one for each run of words that gave a field: both by its words,
with what stands around them, and by its place. Places count Unicode characters of the plain text,
which the collection carries: every anchor can be set again, and a text that changed is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from jingmen_policy.exports.edition import NAMESPACE, Edition
from jingmen_policy.rule.model import Citation, Rule, Version
from jingmen_policy.text.passages import SourceText

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"jm": f"{NAMESPACE}#"}]
AROUND = 32
"""Characters before and after, where so many tell one occurrence from another."""


def export(edition: Edition) -> bytes:
    corpus = edition.corpus
    items = list(_items(edition))
    named = f"urn:jingmen-policy:{corpus.id}:annotations"
    document = {
        "@context": CONTEXT,
        "id": named,
        "type": "AnnotationCollection",
        "label": f"{corpus.title.zh} / {corpus.title.en}",
        "generator": {"id": "urn:jingmen-policy", "type": "Software", "name": "jingmen-policy"},
        "generated": edition.moment.isoformat(),
        "jm:corpus": corpus.id,
        "jm:digest": corpus.digest,
        "jm:switched": dict(corpus.switched),
        "jm:texts": [
            {"id": _source(edition, name), "type": "Text", "format": "text/plain", "language": "zh"}
            | {"jm:sha256": hashlib.sha256(text.plain.encode()).hexdigest(), "value": text.plain}
            for name, text in _texts(edition).items()
        ],
        "total": len(items),
        "first": {
            "id": f"{named}:1",
            "type": "AnnotationPage",
            "partOf": named,
            "startIndex": 0,
            "items": items,
        },
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _texts(edition: Edition) -> dict[str, SourceText]:
    return {"": edition.corpus.source, **edition.corpus.texts}


def _source(edition: Edition, text: str) -> str:
    return f"urn:jingmen-policy:{edition.corpus.id}:text{f':{text}' if text else ''}"


def _items(edition: Edition) -> Iterator[dict[str, Any]]:
    for rule, version in edition.versioned():
        for number, cite in enumerate(version.cites, 1):
            yield _annotation(edition, rule, version, f"cites:{number}", "linking", _quoted(cite))
        for field, words in version.words.items():
            for number, (text, start, end) in enumerate(words.marks, 1):
                at = (text, _passage(version, text, start), start, end)
                name = f"{field}:{number}"
                yield _annotation(edition, rule, version, name, "classifying", at, field)


def _room(plain: str, start: int, end: int) -> int:
    """How many characters around words it takes for them to be found once."""
    room = AROUND
    while plain.count(plain[max(0, start - room) : end + room]) > 1:
        room *= 2
    return room


Anchor = tuple[str, str, int, int]
"""The text, the passage, from where to where."""


def _quoted(cite: Citation) -> Anchor:
    return cite.text, cite.passage, cite.start, cite.end


def _passage(version: Version, text: str, start: int) -> str:
    """The passage quoted in which words stand: marks are inside quotes."""
    return next(c.passage for c in version.cites if c.text == text and c.start <= start < c.end)


def _annotation(
    edition: Edition,
    rule: Rule,
    version: Version,
    name: str,
    motivation: str,
    anchor: Anchor,
    field: str = "",
) -> dict[str, Any]:
    text, passage, start, end = anchor
    plain = _texts(edition)[text].plain
    room = _room(plain, start, end)
    about = f"urn:jingmen-policy:{edition.corpus.id}:rule:{rule.id}"
    body: list[dict[str, Any]] = [
        {"type": "SpecificResource", "source": about, "purpose": "linking"},
        {"type": "TextualBody", "purpose": "describing", "format": "text/plain"}
        | {"language": "zh", "value": rule.title.zh},
    ]
    if field:
        body.append(
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": field}
        )
    return {
        "id": f"{about}:{version.since}:{name}",
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": {
            "type": "SpecificResource",
            "source": _source(edition, text),
            "jm:passage": passage,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": plain[start:end],
                    "prefix": plain[max(0, start - room) : start],
                    "suffix": plain[end : end + room],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
        "jm:rule": rule.id,
        "jm:field": field or "cites",
        "jm:content": edition.reviews[rule.id].content,
    }
