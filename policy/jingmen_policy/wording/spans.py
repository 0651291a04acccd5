"""Text in pieces, each with the field of the rule it comes from, so that a page can show both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Span:
    """``field`` is the rule's field, as ``words`` has it: a parameter, 'operator', 'require'."""

    text: str
    field: str = ""


Text = tuple[Span, ...]
Piece = str | Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """What ``str`` gives, in spans; no two neighbours have the same field."""

    spans: Text

    def __str__(self) -> str:
        return "".join(span.text for span in self.spans)


def text(*pieces: Piece) -> Text:
    """Pieces one after another."""
    return tuple(_spans(pieces))


def joined(separator: str, pieces: Iterable[Text]) -> Text:
    made: Text = ()
    for place, piece in enumerate(pieces):
        made = text(made, separator if place else "", piece)
    return made


def sentence(pieces: Text, field_of: Callable[[str], str]) -> Sentence:
    """The pieces as a sentence; ``field_of`` says which field a piece's own name stands for."""
    placed = [(field_of(span.field), span.text) for span in pieces]
    merged = groupby(placed, key=lambda one: one[0])
    return Sentence(
        tuple(Span("".join(words for _, words in group), field) for field, group in merged)
    )


def _spans(pieces: Iterable[Piece]) -> Iterator[Span]:
    for piece in pieces:
        if isinstance(piece, str):
            if piece:
                yield Span(piece)
        else:
            yield from piece
