"""A restored text as passages with stable ids and human addresses.

source.md is Markdown in a fixed shape: ``# 导语`` (optional, binds nobody), then ``# title``, the
preamble, ``## 一、…`` sections, ``### （一）…。`` items of one paragraph each, ``## 附件：`` with a
title and a table. ``# 导语`` and Markdown's signs are ours; every other character is the text's.

Ids follow the Akoma Ntoso naming convention: ``sec_4__item_4__s_2`` is 四（四）第2句, the second
sentence after the item's heading words. A paragraph before a section's items is its 首段
(``chapeau``), one after them its 尾段 (``tail``).

A sentence ends at 。 outside “ ”, or with its paragraph; ； parts the clauses of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.text.passages import Kind, NoPassage, Passage, SourceText

__all__ = ["NoPassage", "Passage", "SourceText", "parse_source"]

LEDE = "导语"
_DIGITS = "一二三四五六七八九"
_NUMERAL = f"[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}]"
_SECTION = re.compile(rf"({_NUMERAL})、.")
_ITEM = re.compile(rf"（({_NUMERAL})）.")
_ANNEX = re.compile(r"附件[：:]?$")
_RULE_LINE = re.compile(r"\|( *:?-+:? *\|)+")
_SENTENCE = re.compile(r"(?:“[^”]*”|[^。])+。?|。")


class _Line(NamedTuple):
    number: int
    text: str


class _Block(NamedTuple):
    """A heading without its signs, and the lines below it."""

    heading: _Line
    lines: list[_Line]


def parse_source(text: str, source: str = "source.md") -> SourceText:
    """The passages of a source.md. Raises Refused where it is not of the fixed shape."""
    lines = [_Line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    reader = _Reader(source)
    reader.whole(lines)
    return SourceText(reader.plain, tuple(reader.passages))


def numeral(zh: str) -> int:
    """A numeral below a hundred.

    >>> [numeral(zh) for zh in ("四", "十", "十二", "二十", "二十三")]
    [4, 10, 12, 20, 23]
    """
    tens, ten, ones = zh.rpartition("十")
    value = _DIGITS.index(ones) + 1 if ones else 0
    return value + (10 * (_DIGITS.index(tens) + 1 if tens else 1) if ten else 0)


def _blocks(lines: Sequence[_Line], sign: str) -> tuple[list[_Line], list[_Block]]:
    """The lines before the first heading of a level, and each heading with those below it."""
    before: list[_Line] = []
    blocks: list[_Block] = []
    for line in lines:
        if line.text.startswith(sign):
            blocks.append(_Block(_Line(line.number, line.text[len(sign) :]), []))
        else:
            (blocks[-1].lines if blocks else before).append(line)
    return before, blocks


class _Reader:
    """Reads a source.md block by block; ``plain`` grows as its passages do."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.plain = ""
        self.passages: list[Passage] = []
        self.open: list[Passage] = []
        self.taken: set[str] = set()

    def whole(self, lines: list[_Line]) -> None:
        before, parts = _blocks(lines, "# ")
        self.nothing(before, "标题前不应有文字", "text before the first heading")
        if parts and parts[0].heading.text == LEDE:
            self.lede(parts.pop(0))
        if len(parts) != 1:
            zh, en = "应恰有一个“# ”标题", "expected one '# ' heading with the title"
            raise self.refused(zh, en, parts[1].heading.number if parts else None)
        [(title, body)] = parts
        self.leaf("title", "标题", "title", title)
        preamble, sections = _blocks(body, "## ")
        if preamble:
            with self.inside("preamble", "序言", "preamble", preamble[0]):
                self.sentences(preamble)
        for section in sections:
            self.section(section)

    def lede(self, block: _Block) -> None:
        if not block.lines:
            zh, en = "导语没有内容", "the lede holds nothing"
            raise self.refused(zh, en, block.heading.number)
        title, *paragraphs = block.lines
        with self.inside("lede", "导语", "lede", title, title.text):
            self.leaf("lede__title", "导语标题", "heading", title)
            for number, line in enumerate(paragraphs, 1):
                with self.inside(f"lede__p_{number}", f"导语第{number}段", "paragraph", line):
                    self.sentences([line])

    def section(self, block: _Block) -> None:
        heading = block.heading
        if match := _SECTION.match(heading.text):
            id, address = f"sec_{numeral(match[1])}", match[1]
            with self.inside(id, address, "section", heading, heading.text):
                self.leaf(f"{id}__heading", f"{address}标题", "heading", heading)
                self.section_body(*_blocks(block.lines, "### "))
        elif _ANNEX.match(heading.text):
            with self.inside("annex", "附件", "annex", heading, heading.text):
                self.leaf("annex__heading", "附件标题", "heading", heading)
                self.annex(*_blocks(block.lines, "### "))
        else:
            zh, en = "标题应为“一、…”或“附件：”", "expected a heading '一、…' or '附件：'"
            raise self.refused(zh, en, heading.number)

    def section_body(self, before: list[_Line], items: list[_Block]) -> None:
        """A section's own paragraphs; or its 首段, its items of one paragraph each, its 尾段."""
        section = self.open[-1]
        if not items:
            self.sentences(before)
            return
        self.paragraph(before, f"{section.id}__chapeau", f"{section.address}·首段")
        for item in items:
            self.item(item, section)
            if item is not items[-1]:
                zh, en = "条目之间不应有段落", "a paragraph between two items"
                self.nothing(item.lines[1:], zh, en)
        tail = items[-1].lines[1:]
        self.paragraph(tail, f"{section.id}__tail", f"{section.address}·尾段")

    def item(self, block: _Block, section: Passage) -> None:
        heading = block.heading
        match = _ITEM.match(heading.text)
        if match is None:
            zh, en = "条目标题应为“（一）…”", "expected a heading '（一）…'"
            raise self.refused(zh, en, heading.number)
        id, address = f"{section.id}__item_{numeral(match[1])}", f"{section.address}（{match[1]}）"
        with self.inside(id, address, "item", heading, heading.text):
            self.leaf(f"{id}__heading", f"{address}标题", "heading", heading)
            self.sentences(block.lines[:1], joined=True)

    def annex(self, before: list[_Line], titles: list[_Block]) -> None:
        for block in [_Block(_Line(0, ""), before), *titles]:
            if block.heading.text:
                self.leaf("annex__title", "附件标题行", "heading", block.heading)
            rows = [line for line in block.lines if not _RULE_LINE.fullmatch(line.text.strip())]
            for number, line in enumerate(rows):
                if not line.text.startswith("|"):
                    zh, en = "附件中应为表格", "expected a table in the annex"
                    raise self.refused(zh, en, line.number)
                cells = line.text.strip().removeprefix("|").removesuffix("|").split("|")
                row = _Line(line.number, "\t".join(cell.strip() for cell in cells))
                address = f"附件第{number}行" if number else "附件表头"
                self.leaf(f"annex__r_{number}", address, "paragraph", row)

    def paragraph(self, lines: list[_Line], id: str, address: str) -> None:
        if lines:
            with self.inside(id, address, "paragraph", lines[0]):
                self.sentences(lines)

    def sentences(self, lines: list[_Line], *, joined: bool = False) -> None:
        """The sentences of the passage that is open, numbered from 1 through its paragraphs."""
        whole, number = self.open[-1], 0
        for line in lines:
            if line.text.startswith("#"):
                raise self.refused("此处不应有这一级标题", "no such heading here", line.number)
            for place, match in enumerate(_SENTENCE.finditer(line.text)):
                number += 1
                self.leaf(
                    f"{whole.id}__s_{number}",
                    f"{whole.address}第{number}句",
                    "sentence",
                    _Line(line.number, match[0]),
                    joined=joined or place > 0,
                )

    def leaf(self, id: str, address: str, kind: Kind, line: _Line, *, joined: bool = False) -> None:
        """A passage of its own text, on a line of its own unless ``joined``."""
        self.claim(id, line.number)
        self.plain += line.text if joined or not self.plain else f"\n{line.text}"
        start = len(self.plain) - len(line.text)
        self.passages.append(self.made(id, address, kind, start, ""))

    @contextmanager
    def inside(
        self, id: str, address: str, kind: Kind, line: _Line, heading: str = ""
    ) -> Iterator[None]:
        """A passage of all that is read inside it."""
        self.claim(id, line.number)
        place, start = len(self.passages), len(self.plain) + bool(self.plain)
        begun = self.made(id, address, kind, start, heading)
        self.passages.append(begun)
        self.open.append(begun)
        yield
        self.open.pop()
        self.passages[place] = self.made(id, address, kind, start, heading)

    def made(self, id: str, address: str, kind: Kind, start: int, heading: str) -> Passage:
        outer = self.open[-1] if self.open else None
        return Passage(
            id=id,
            address=address,
            kind=kind,
            parent=outer.id if outer else "",
            start=start,
            end=len(self.plain),
            text=self.plain[start:],
            normative=id.partition("__")[0] != "lede",
            heading=heading or (outer.heading if outer else ""),
        )

    def claim(self, id: str, line: int) -> None:
        if id in self.taken:
            raise self.refused(f"编号重复：{id}", f"{id} occurs twice", line)
        self.taken.add(id)

    def nothing(self, lines: list[_Line], zh: str, en: str) -> None:
        if lines:
            raise self.refused(zh, en, lines[0].number)

    def refused(self, zh: str, en: str, line: int | None) -> Refused:
        return Refused([Problem(Said(zh, en), self.source, line)])
