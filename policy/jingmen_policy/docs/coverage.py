"""How much of the text the rules quote, passage by passage, and which table rows they look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.rule.model import Citation, Rule
from jingmen_policy.text.structure import Passage

_UNQUOTED = ("title", "heading")


@dataclass(frozen=True, slots=True)
class Traced:
    """A passage that binds: how many of its characters are quoted, and which rules rest on it.

    A rule rests on what it quotes and on the rows of the tables it looks up.
    """

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
    resting: list[str] = []
    quoting: list[Citation] = []
    for rule in corpus.rules.values():
        touching = [
            c for c in rule.cited if not c.text and c.start < passage.end and passage.start < c.end
        ]
        quoting.extend(touching)
        if touching or _looks_up(corpus, rule, passage):
            resting.append(rule.id)
    return Traced(passage, _quoted(passage, quoting), tuple(resting))


def _looks_up(corpus: Corpus, rule: Rule, passage: Passage) -> bool:
    """Whether a passage is a row of a table in which a rule looks up cells."""
    table = corpus.tables.get(passage.parent)
    if table is None or passage.text.partition("\t")[0] not in table.rows:
        return False
    return any(let.table == table.id for version in rule.versions for let in version.lets)


def _quoted(passage: Passage, cites: Iterable[Citation]) -> int:
    """The characters of a passage that at least one quote holds."""
    held: set[int] = set()
    for cite in cites:
        held.update(range(max(cite.start, passage.start), min(cite.end, passage.end)))
    return len(held)
