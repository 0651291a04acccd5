"""How far each rule is reviewed, as the exports show it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.exports.edition import Review
from jingmen_policy.review.content import digest, meaning_of, readings_of, words_of
from jingmen_policy.rule.model import Rule

UNSIGNED = Said("未签署", "not signed")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A rule's content, and who signed it."""

    content: str
    state: Said = UNSIGNED
    signed: bool = False
    reviewers: tuple[str, ...] = ()
    signed_on: date | None = None


def unsigned(corpus: Corpus) -> Mapping[str, Review]:
    """Every rule as nobody has signed it."""
    return {name: Reviewed(content_hash(corpus, rule)) for name, rule in corpus.rules.items()}


def content_hash(corpus: Corpus, rule: Rule) -> str:
    """SHA-256 over the hashes of a rule's words, meaning and readings, as a signature has them."""
    parts = (
        digest("words", words_of(corpus, rule)),
        digest("meaning", meaning_of(corpus, rule)),
        digest("readings", readings_of(corpus, rule)),
    )
    return hashlib.sha256("".join(parts).encode()).hexdigest()
