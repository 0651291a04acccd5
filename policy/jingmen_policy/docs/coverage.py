"""How much of the text the rules quote, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.rule.model import Citation
from jingmen_policy.text.structure import Passage

_UNQUOTED = ("title", "heading")


@dataclass(frozen=True, slots=True)
class Traced:
    """A passage that binds: how many of its characters are quoted, and by which rules."""

    passage: Passage
    quoted: int
    rules: tuple[str, ...]

    @property
    def characters(self) -> int:
        return self.passage.end - self.passage.start


def trace(corpus: Corpus) -> tuple[Traced, ...]:
    """Every sentence and table row that binds, in the order of the text, headings left out."""
    return tuple(_traced(corpus, passage) for passage in _innermost(corpus))


def _innermost(corpus: Corpus) -> Iterator[Passage]:
    outer = {passage.parent for passage in corpus.source.passages}
    for passage in corpus.source.passages:
        if passage.normative and passage.id not in outer and passage.kind not in _UNQUOTED:
            yield passage


def _traced(corpus: Corpus, passage: Passage) -> Traced:
    quoting: dict[str, list[Citation]] = {}
    for rule in corpus.rules.values():
        touching = [c for c in rule.cites if c.start < passage.end and passage.start < c.end]
        if touching:
            quoting[rule.id] = touching
    cites = (cite for touching in quoting.values() for cite in touching)
    return Traced(passage, _quoted(passage, cites), tuple(quoting))


def _quoted(passage: Passage, cites: Iterable[Citation]) -> int:
    """The characters of a passage that at least one quote holds."""
    held: set[int] = set()
    for cite in cites:
        held.update(range(max(cite.start, passage.start), min(cite.end, passage.end)))
    return len(held)
