"""A restored text as passages with stable ids and human addresses.

source.md is Markdown in a fixed shape: ``# 导语`` (optional, binds nobody), then ``# title``, the
preamble, ``## 一、…`` sections, ``### （一）…。`` items of one paragraph each, ``## 附件：`` with a
title and a table. ``# 导语`` and Markdown's signs are ours; every other character is the text's.

Ids follow the Akoma Ntoso naming convention: ``sec_4__item_4__s_2`` is 四（四）第2句, the second
sentence after the item's heading words. A paragraph before a section's items is its 首段
(``chapeau``), one after them its 尾段 (``tail``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from jingmen_facts.problems import nearest

Kind = Literal[
    "lede", "title", "preamble", "section", "heading", "paragraph", "item", "sentence", "annex"
]
_NUMERALS = "一二三四五六七八九十"
_SECTION = re.compile(rf"([{_NUMERALS}]+)、")
_ITEM = re.compile(rf"（([{_NUMERALS}]+)）")
_SENTENCE = re.compile(r"[^。]+。?")
LEDE = "# 导语"


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of the text: ``text == source.plain[start:end]``."""

    id: str
    address: str
    kind: Kind
    parent: str
    start: int
    end: int
    text: str
    normative: bool


class NoPassage(LookupError):
    """An address the text does not have; its message names the nearest one."""


@dataclass(frozen=True)
class SourceText:
    """``plain`` is the text without Markdown; passages stand in its order, outer before inner."""

    plain: str
    passages: tuple[Passage, ...]

    @cached_property
    def _known(self) -> dict[str, Passage]:
        return {
            name: passage for passage in self.passages for name in (passage.id, passage.address)
        }

    @cached_property
    def _children(self) -> dict[str, list[Passage]]:
        children: dict[str, list[Passage]] = {}
        for passage in self.passages:
            children.setdefault(passage.parent, []).append(passage)
        return children

    def passage(self, name: str) -> Passage:
        """The passage at an id or an address. Raises NoPassage."""
        found = self._known.get(name.strip())
        if found is None:
            near = nearest(name, self._known)
            raise NoPassage(f"{name} → {near}?" if near else name)
        return found

    def within(self, name: str) -> Iterator[Passage]:
        """Every passage inside another, in order."""
        for child in self._children.get(self.passage(name).id, ()):
            yield child
            yield from self.within(child.id)

    def sentences(self, name: str | None = None) -> Iterator[Passage]:
        """The sentences of a passage, or of the whole text."""
        inside = self.passages if name is None else self.within(name)
        return (passage for passage in inside if passage.kind == "sentence")

    def occurrences(self, quote: str, name: str) -> list[tuple[int, int]]:
        """Where an exact string stands inside a passage, as offsets into ``plain``."""
        passage = self.passage(name)
        found, at = [], passage.text.find(quote)
        while at >= 0 and quote:
            found.append((passage.start + at, passage.start + at + len(quote)))
            at = passage.text.find(quote, at + 1)
        return found


@dataclass
class _Reader:
    """Reads source.md line by line into passages."""

    plain: str = ""
    passages: list[Passage] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def add(self, text: str, *, joined: bool = False) -> int:
        """Put text behind what there is, on a line of its own unless ``joined``."""
        if self.plain and not joined:
            self.plain += "\n"
        start = len(self.plain)
        self.plain += text
        return start

    def passage(self, id: str, address: str, kind: Kind, parent: str, start: int) -> None:
        normative = not id.startswith("lede")
        text = self.plain[start:]
        end = len(self.plain)
        self.passages.append(Passage(id, address, kind, parent, start, end, text, normative))

    def begin(self, id: str, address: str, kind: Kind, parent: str) -> None:
        """Open a passage that what follows belongs to."""
        start = len(self.plain) + (1 if self.plain else 0)
        self.open.append(id)
        self.passages.append(Passage(id, address, kind, parent, start, start, "", True))

    def close(self, depth: int) -> None:
        """Close the passages opened deeper than ``depth``, now that their ends are known."""
        while len(self.open) > depth:
            id = self.open.pop()
            place = next(i for i, passage in enumerate(self.passages) if passage.id == id)
            begun = self.passages[place]
            self.passages[place] = replace(
                begun,
                end=len(self.plain),
                text=self.plain[begun.start :],
                normative=not id.startswith("lede"),
            )

    def sentences(self, text: str, id: str, address: str, *, joined: bool = False) -> None:
        """A paragraph's sentences, numbered from 1."""
        for number, match in enumerate(_SENTENCE.finditer(text), 1):
            start = self.add(match[0], joined=joined or number > 1)
            self.passage(f"{id}__s_{number}", f"{address}第{number}句", "sentence", id, start)


def parse_source(text: str, _source: str = "source.md") -> SourceText:
    """The passages of a source.md. Raises ValueError where it is not of the fixed shape."""
    reader = _Reader()
    lines = [line for line in text.split("\n") if line.strip()]
    titles = [i for i, line in enumerate(lines) if line.startswith("# ") and line != LEDE]
    if len(titles) != 1:
        raise ValueError("expected one '# ' heading with the title")
    if lines[0] == LEDE:
        _lede(reader, lines[1 : titles[0]])
    start = reader.add(lines[titles[0]][2:])
    reader.passage("title", "标题", "title", "", start)
    _body(reader, lines[titles[0] + 1 :])
    reader.close(0)
    return SourceText(reader.plain, tuple(reader.passages))


def _lede(reader: _Reader, lines: list[str]) -> None:
    reader.begin("lede", "导语", "lede", "")
    start = reader.add(lines[0])
    reader.passage("lede__title", "导语标题", "heading", "lede", start)
    for number, line in enumerate(lines[1:], 1):
        id, address = f"lede__p_{number}", f"导语第{number}段"
        reader.begin(id, address, "paragraph", "lede")
        reader.sentences(line, id, address)
        reader.close(1)
    reader.close(0)


def _body(reader: _Reader, lines: list[str]) -> None:
    section = item = ("", "")
    for line in lines:
        if line.startswith("## "):
            reader.close(0)
            section, item = _heading(reader, line[3:]), ("", "")
        elif line.startswith("### ") and section[0] != "annex":
            reader.close(1)
            item = _item(reader, line[4:], *section)
        elif section[0] == "annex":
            _annex_line(reader, line)
        elif not section[0]:
            reader.begin("preamble", "序言", "preamble", "")
            reader.sentences(line, "preamble", "序言")
            reader.close(0)
        elif item[0] and len(reader.open) == 2:
            reader.sentences(line, *item, joined=True)
            reader.close(1)
        else:
            _paragraph(reader, line, section, after_items=bool(item[0]), last=lines)


def _heading(reader: _Reader, heading: str) -> tuple[str, str]:
    match = _SECTION.match(heading)
    number = _NUMERALS.index(match[1]) + 1 if match else 0
    names = (f"sec_{number}", match[1]) if match else ("annex", "附件")
    reader.begin(*names, "section" if match else "annex", "")
    start = reader.add(heading)
    reader.passage(f"{names[0]}__heading", f"{names[1]}标题", "heading", names[0], start)
    return names


def _item(reader: _Reader, heading: str, section: str, numeral: str) -> tuple[str, str]:
    match = _ITEM.match(heading)
    if match is None or not section:
        raise ValueError(f"expected a numbered item heading inside a section: {heading}")
    id = f"{section}__item_{_NUMERALS.index(match[1]) + 1}"
    address = f"{numeral}（{match[1]}）"
    reader.begin(id, address, "item", section)
    start = reader.add(heading)
    reader.passage(f"{id}__heading", f"{address}标题", "heading", id, start)
    return id, address


def _paragraph(
    reader: _Reader,
    line: str,
    section: tuple[str, str],
    *,
    after_items: bool,
    last: list[str],
) -> None:
    """A section's own paragraph: all there is, its 首段 before items, or its 尾段 after them."""
    place = last.index(line)
    rest = next((text for text in last[place + 1 :] if text.startswith("#")), "")
    if not after_items and not rest.startswith("### "):
        reader.sentences(line, *section)
        return
    part, zh = ("tail", "尾段") if after_items else ("chapeau", "首段")
    id, address = f"{section[0]}__{part}", f"{section[1]}·{zh}"
    reader.begin(id, address, "paragraph", section[0])
    reader.sentences(line, id, address)
    reader.close(1)


def _annex_line(reader: _Reader, line: str) -> None:
    if line.startswith("### "):
        start = reader.add(line[4:])
        reader.passage("annex__title", "附件标题行", "heading", "annex", start)
    elif line.startswith("|") and not set(line) <= set("|- "):
        number = sum(passage.id.startswith("annex__r_") for passage in reader.passages)
        start = reader.add("\t".join(cell.strip() for cell in line.strip("|").split("|")))
        address = "附件表头" if number == 0 else f"附件第{number}行"
        reader.passage(f"annex__r_{number}", address, "paragraph", "annex", start)
