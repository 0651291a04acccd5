"""Which characters of a text the fields of rules came from, and the text cut up accordingly."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.model import Mark, Piece, Run, Runs
from jingmen_policy.rule.model import Citation


@dataclass
class Marks:
    """Of every text: the fields that rest on each character, and whether a rule quotes it.

    Fields go by short keys, which are their ids on the page. ``pieces_of`` has, for each of them,
    the pieces its words became, in the order they were cut.
    """

    fields: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    quoted: set[tuple[str, int]] = field(default_factory=set)
    pieces_of: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[tuple[str, int, str], str] = field(default_factory=dict)
    _cut: int = 0

    def key(self, rule: str, version: int, name: str) -> str:
        """The key of a field of a version of a rule, by its place."""
        return self.keys.setdefault((rule, version, name), f"f{len(self.keys)}")

    def of(self, rule: str, version: int) -> frozenset[str]:
        """The keys given out for a version of a rule."""
        found = self.keys.items()
        return frozenset(
            key for (owner, place, _), key in found if (owner, place) == (rule, version)
        )

    def piece(self, words: str, fields: tuple[str, ...], mark: Mark) -> Piece:
        """A run of characters, with an id where fields rest on it."""
        if not fields:
            return Piece(words, mark)
        self._cut += 1
        name = f"w{self._cut}"
        for key in fields:
            self.pieces_of.setdefault(key, []).append(name)
        return Piece(words, "words", name, fields, fields[0])

    def pieces(self, text: str, plain: str, start: int, end: int) -> tuple[Piece, ...]:
        """Characters of a text as runs on which the same fields rest."""

        def state(at: int) -> tuple[tuple[str, ...], bool]:
            return tuple(self.fields.get((text, at), ())), (text, at) in self.quoted

        made: list[Piece] = []
        for (fields, quoted), run in groupby(range(start, end), key=state):
            words = "".join(plain[at] for at in run)
            made.append(self.piece(words, fields, "quoted" if quoted else "gap"))
        return tuple(made)


def marks_of(corpus: Corpus) -> Marks:
    """The marks of every version of every rule."""
    found = Marks()
    for rule in corpus.rules.values():
        for cite in rule.cited:
            found.quoted.update((cite.text, at) for at in range(cite.start, cite.end))
        for number, version in enumerate(rule.versions):
            for name, words in version.words.items():
                key = found.key(rule.id, number, name)
                for text, start, end in words.marks:
                    for at in range(start, end):
                        keys = found.fields.setdefault((text, at), [])
                        if key not in keys:
                            keys.append(key)
    return found


def quote_runs(cite: Citation, marks: Marks, own: frozenset[str]) -> Runs:
    """A quote in runs, each with those of a version's own fields that rest on it."""

    def state(at: int) -> str:
        return " ".join(key for key in marks.fields.get((cite.text, at), ()) if key in own)

    return tuple(
        Run("".join(cite.quote[at - cite.start] for at in run), key)
        for key, run in groupby(range(cite.start, cite.end), key=state)
    )
