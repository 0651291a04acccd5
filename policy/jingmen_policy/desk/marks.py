"""Which characters of a text the fields of rules came from, and the text cut up accordingly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.model import Mark, Piece, Run, Runs
from jingmen_policy.desk.places import field_id, field_key
from jingmen_policy.rule.model import Citation


@dataclass
class Marks:
    """Of every text: the fields that rest on each character, and whether a rule quotes it.

    ``ids`` has, for each field, the pieces its words became, in the order they were cut.
    """

    fields: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    quoted: set[tuple[str, int]] = field(default_factory=set)
    ids: dict[str, list[str]] = field(default_factory=dict)
    cut: int = 0

    def pieces(self, text: str, plain: str, start: int, end: int) -> tuple[Piece, ...]:
        """Characters of a text as runs on which the same fields rest."""

        def state(at: int) -> tuple[tuple[str, ...], bool]:
            return tuple(self.fields.get((text, at), ())), (text, at) in self.quoted

        made: list[Piece] = []
        for (fields, quoted), run in groupby(range(start, end), key=state):
            words = "".join(plain[at] for at in run)
            name = ""
            if fields:
                self.cut += 1
                name = f"w{self.cut}"
                for key in fields:
                    self.ids.setdefault(key, []).append(name)
            mark: Mark = "words" if fields else "quoted" if quoted else "gap"
            target = field_id(fields[0]) if fields else ""
            made.append(Piece(words, mark, name, fields, target))
        return tuple(made)


def marks_of(corpus: Corpus) -> Marks:
    """The marks of every version of every rule."""
    found = Marks()
    for rule in corpus.rules.values():
        for cite in rule.cited:
            found.quoted.update((cite.text, at) for at in range(cite.start, cite.end))
        for number, version in enumerate(rule.versions):
            for name, words in version.words.items():
                key = field_key(rule.id, number, name)
                for text, start, end in words.marks:
                    for at in range(start, end):
                        keys = found.fields.setdefault((text, at), [])
                        if key not in keys:
                            keys.append(key)
    return found


def quote_runs(cite: Citation, keys: Mapping[tuple[str, int], list[str]], own: str) -> Runs:
    """A quote in runs, each with the fields of one rule's version that rest on it.

    ``own`` is what those fields' keys begin with.
    """

    def state(at: int) -> str:
        here = keys.get((cite.text, at), ())
        return " ".join(key for key in here if key.startswith(own))

    return tuple(
        Run("".join(cite.quote[at - cite.start] for at in run), key)
        for key, run in groupby(range(cite.start, cite.end), key=state)
    )
