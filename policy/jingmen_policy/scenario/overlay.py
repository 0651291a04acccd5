"""The facts of a case as they were written: those every case starts from, changed by its own.

A fact of ``with`` lies over the fact of ``given`` that has its identity, field by field. Where
``given`` has exactly one fact of the kind, the key fields may be left out; a blank field becomes
unknown; a fact with another identity is added. ``without`` takes facts away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import getitem
from typing import Annotated, Any, cast

from pydantic import TypeAdapter, ValidationError

from jingmen_facts.base import Fact
from jingmen_facts.kinds import FactModels, Kind
from jingmen_facts.problems import Problem, Said, unknown_name
from jingmen_facts.reading.located import LinedList, LinedMap, Located
from jingmen_facts.reading.names import names_of

LISTS = ("use", "complete")
"""The keys beside the kinds: both are lists, and a case only adds to them."""
Written = Mapping[str, Any]
Key = tuple[str | None, ...]


@dataclass
class Overlay:
    """One case's facts. What is wrong is collected in ``problems``."""

    models: FactModels
    given: Located
    problems: list[Problem]
    lists: dict[str, LinedList] = field(default_factory=dict)
    facts: dict[str, list[Located]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, item in self._items(self.given):
            self.facts.setdefault(key, []).append(item)

    def change(self, changes: Located) -> None:
        """Lay the facts of ``with`` over those given."""
        touched: dict[str, list[int]] = {}
        for key, item in self._items(changes):
            held = self.facts.setdefault(key, [])
            kind = self.models.kinds.get(key)
            if kind is None or not isinstance(item.value, Mapping):
                held.append(item)
                continue
            place = self._place(kind, item, held)
            if place is None:
                held.append(item)
            elif place >= 0:
                if place in touched.setdefault(key, []):
                    label = kind.label
                    said = Said(f"同一{label.zh}写了两次", f"this {label.en} is changed twice")
                    self._say(item, key, said)
                touched[key].append(place)
                held[place] = held[place].overlaid(self._respelt(kind, item, held[place].value))

    def remove(self, without: Located) -> None:
        """Take away facts named as ``Kind/identity``."""
        listed = without.value if isinstance(without.value, list) else []
        for position, name in enumerate(listed):
            at = without.at(position)
            written, _, identity = str(name).partition("/")
            kind = self.models.kinds.get(names_of(self.models).kind(written) or "")
            if kind is None:
                self._say(at, f"without[{position}]", names_of(self.models).unknown_kind(written))
                continue
            held = self.facts.get(kind.name, [])
            known = {self._identity(kind, item.value): place for place, item in enumerate(held)}
            if identity in known:
                del held[known[identity]]
            else:
                label = Said(kind.label.zh, kind.label.en)
                names = [name for name in known if name]
                self._say(at, f"without[{position}]", unknown_name(label, identity, names))

    def stated(self) -> Located:
        """The facts of the case as one mapping, every value on the line it was written on."""
        whole = LinedMap()
        for key, items in self.facts.items():
            listed = LinedList()
            for item in items:
                listed.append(item.value)
                listed.lines.append(item.first or 0)
            whole[key] = listed
            whole.lines[key] = listed.lines[0] if listed.lines else self.given.first or 0
        for key, texts in self.lists.items():
            whole[key] = texts
            whole.lines[key] = texts.lines[0] if texts.lines else self.given.first or 0
        return Located(whole, self.given.source, self.given.first)

    def _items(self, part: Located) -> Iterator[tuple[str, Located]]:
        """Every fact written, with its kind; lists beside the kinds are taken apart."""
        if part.value is None:
            return
        if not isinstance(part.value, Mapping):
            said = Said("应为“事实类型: 事实”", "expected kinds of fact with their facts")
            self._say(part, "", said)
            return
        for key, value in part.value.items():
            at = part.at(key)
            if key in LISTS:
                self._extend(key, at)
                continue
            kind = names_of(self.models).kind(key)
            if kind is None:
                self._say(at, key, names_of(self.models).unknown_kind(key))
            elif isinstance(value, list):
                yield from ((kind, at.at(position)) for position in range(len(value)))
            elif value is not None:
                yield kind, at

    def _extend(self, key: str, at: Located) -> None:
        texts = self.lists.setdefault(key, LinedList())
        items = [at.at(n) for n in range(len(at.value))] if isinstance(at.value, list) else [at]
        for item in items:
            if item.value is not None:
                texts.append(item.value)
                texts.lines.append(item.first or 0)

    def _place(self, kind: Kind, item: Located, held: list[Located]) -> int | None:
        """Which fact an item changes; None where it is another one, -1 where that is unclear."""
        wanted = self._key(kind, item.value)
        like = [
            place
            for place, other in enumerate(held)
            if isinstance(other.value, Mapping) and _agree(wanted, self._key(kind, other.value))
        ]
        whole = None not in wanted
        if len(like) == 1:
            return like[0]
        if whole or not like:
            return like[0] if like else None
        label = kind.label
        keys = "、".join(kind.model.KEY)
        said = Said(
            f"给定的{label.zh}有 {len(like)} 个，须用 {keys} 指明是哪一个",
            f"there are {len(like)} facts of kind {label.en} given; say which one by {keys}",
        )
        self._say(item, kind.name, said)
        return -1

    def _respelt(self, kind: Kind, item: Located, base: Written) -> Located:
        """An item with its fields called as the fact below it calls them."""
        names = names_of(self.models)
        called: dict[str, str] = {names.field(kind.name, name) or name: name for name in base}
        whole = LinedMap()
        written: Mapping[str, Any] = item.value
        for name in written:
            below = called.get(names.field(kind.name, name) or name, name)
            spelling = name if below in written else below
            whole[spelling] = written[name]
            line = item.line((name,))
            if line is not None:
                whole.lines[spelling] = line
        return Located(whole, item.source, item.first)

    def _say(self, at: Located, field: str, said: Said) -> None:
        self.problems.append(Problem(said, at.source, at.first, field))

    def _identity(self, kind: Kind, written: Any) -> str | None:
        """The identity a written fact has; None where a key field is not written."""
        if not isinstance(written, Mapping):
            return None
        parts = self._key(kind, written)
        return None if None in parts else "/".join(part or "" for part in parts)

    def _key(self, kind: Kind, written: Written) -> Key:
        """The key fields of a written fact, spelt as its identity spells them."""
        names = names_of(self.models)
        stated = {names.field(kind.name, str(name)): value for name, value in written.items()}
        return tuple(
            None if stated.get(name) is None else _spelt(kind.model, name, stated[name])
            for name in kind.model.KEY
        )


def _agree(wanted: Key, other: Key) -> bool:
    """Whether a key, so far as it is written, is another's."""
    return all(part in (None, theirs) for part, theirs in zip(wanted, other, strict=True))


def _spelt(model: type[Fact], name: str, written: Any) -> str:
    try:
        return str(_reader(model, name).validate_python(written))
    except ValidationError:
        return str(written)  # not a key: refused with its reason when the fact is read


@lru_cache(maxsize=256)
def _reader(model: type[Fact], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    form: Any = info.annotation
    if info.metadata:
        form = getitem(cast(Any, Annotated), (form, *info.metadata))
    return TypeAdapter(form)
