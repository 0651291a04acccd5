"""Verdicts as rows of text that differ in their subject and status: filled in, not written anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from jingmen_facts.dossier import Dossier

Asked = tuple[tuple[str, str, tuple[int | None, ...]], ...]
"""What verdicts are of: each rule in order, the kind of its subjects, its years (None: once)."""
KEPT = 64
"""For how many numbers of subjects of each kind the rows stay in memory."""


class Subjects(NamedTuple):
    """Of whom verdicts are: how many of each kind, and all their identities."""

    counts: tuple[int, ...]
    identities: tuple[str, ...]


class Row(NamedTuple):
    """A row up to its subject's identity, and what follows, by the verdict."""

    before: bytes
    after: tuple[bytes, ...]


class _Form(NamedTuple):
    """The rows for so many subjects: ``subjects`` and ``verdicts`` put both in the rows' order."""

    before: tuple[bytes, ...]
    after: tuple[tuple[bytes, ...], ...]
    subjects: Callable[[Sequence[bytes]], Sequence[bytes]]
    verdicts: Callable[[Sequence[int]], Sequence[int]]


class VerdictRows:
    """Rows for what ``Policy.verdicts`` gives, in its order, or by the rules' names.

    ``spell`` gives the row of a rule, the kind it is about and a year. Safe to share between
    threads.
    """

    def __init__(
        self, asked: Asked, spell: Callable[[str, str, int | None], Row], *, by_name: bool = False
    ) -> None:
        self.asked = asked
        self.kinds = tuple(dict.fromkeys(kind for _, kind, _ in asked))
        self._by_name = by_name
        self._rows = {
            (rule, year): spell(rule, kind, year) for rule, kind, years in asked for year in years
        }
        self._form = lru_cache(KEPT)(self._formed)

    def subjects(self, dossier: Dossier) -> Subjects:
        """Whom a dossier's verdicts are of."""
        known = [sorted(dossier.of_kind(kind)) for kind in self.kinds]
        return Subjects(tuple(map(len, known)), tuple(chain.from_iterable(known)))

    def filled(
        self, counts: tuple[int, ...], identities: Sequence[bytes], verdicts: Sequence[int]
    ) -> bytes:
        """All rows, one after the other; ``identities`` are those of ``subjects``, as spelt."""
        form = self._form(counts)
        subjects, after = (
            form.subjects(identities),
            map(getitem, form.after, form.verdicts(verdicts)),
        )
        return b"".join(chain.from_iterable(zip(form.before, subjects, after, strict=True)))

    def _formed(self, counts: tuple[int, ...]) -> _Form:
        first = dict(zip(self.kinds, [sum(counts[:n]) for n in range(len(counts))], strict=True))
        many = dict(zip(self.kinds, counts, strict=True))
        cells = [
            (rule, year, subject)
            for rule, kind, years in self.asked
            for subject in range(first[kind], first[kind] + many[kind])
            for year in years
        ]
        places = list(range(len(cells)))
        if self._by_name:
            places.sort(key=lambda place: cells[place][0])
        rows = [self._rows[cells[place][:2]] for place in places]
        return _Form(
            tuple(row.before for row in rows),
            tuple(row.after for row in rows),
            _picking([cells[place][2] for place in places]),
            _picking(places),
        )


def _picking(places: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """What takes from a sequence what stands at some places."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda found: [found[place] for place in places]
