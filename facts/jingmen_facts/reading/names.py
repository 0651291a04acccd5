"""The names by which files call kinds and fields: as in the code, or by their Chinese label."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Said, unknown_name


class Names:
    """Every spelling of the kinds of a set of models, and of their fields.

    Full-width and half-width forms are alike: ``县(市、区)`` is ``县（市、区）``.
    """

    def __init__(self, models: FactModels) -> None:
        self._kinds: dict[str, str] = {}
        self._fields: dict[str, dict[str, str]] = {}
        self._spelt: dict[str, list[str]] = {"": []}
        for kind in models.kinds.values():
            self._add(self._kinds, kind.name, kind.label.zh, "")
            fields = self._fields.setdefault(kind.name, {})
            for spec in kind.fields.values():
                self._add(fields, spec.name, spec.label.zh, kind.name)

    def kind(self, written: str) -> str | None:
        return self._kinds.get(written) or self._kinds.get(_alike(written))

    def listed(self, written: str) -> str | None:
        """What ``complete`` may hold: a kind, or ``kind@identity``, the kind as in the code."""
        name, at, owner = written.partition("@")
        kind = self.kind(name)
        return None if kind is None else f"{kind}{at}{owner.strip()}"

    def field(self, kind: str, written: str) -> str | None:
        known = self._fields[kind]
        return known.get(written) or known.get(_alike(written))

    def fields(self, kind: str) -> Mapping[str, str]:
        """Fields by their usual spellings; ``field`` knows others that are alike."""
        return self._fields[kind]

    def unknown_kind(self, written: str) -> Said:
        return unknown_name(Said("事实类型", "kind of fact"), written, self._spelt[""])

    def unknown_field(self, kind: str, written: str) -> Said:
        return unknown_name(Said("字段", "field"), written, self._spelt[kind])

    def _add(self, found: dict[str, str], name: str, label: str, kind: str) -> None:
        for spelling in dict.fromkeys((name, label)):
            if found.setdefault(_alike(spelling), name) != name:
                where = f" of {kind}" if kind else ""
                raise ValueError(f"two names{where} are both spelt {spelling}")
            self._spelt.setdefault(kind, []).append(spelling)


def _alike(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip()


@lru_cache(maxsize=8)
def names_of(models: FactModels) -> Names:
    """The names of a set of models. Raises ValueError where one spelling means two things."""
    return Names(models)
