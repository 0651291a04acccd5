"""Restoring the text from what was received: an explicit list of repairs, applied in order.

The text went from simplified to traditional characters through GBK, had the readings of characters
added in brackets and stray commas inserted, was decoded with loss, and normalised (NFKC), which
made its brackets, commas and colons half-width. ``restore`` undoes that and lays the text out under
headings. Words, figures and marks are those received: nothing is added but Markdown's own signs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jingmen_policy.text.characters import TO_SIMPLIFIED

_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]+\)")
_STRAY_COMMA = re.compile(r",(?=[,。、:;”])")
_WIDE = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "："})


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: its name, why it is right, what it does; ``apply`` says how often it acted."""

    id: str
    why: str
    apply: Callable[[str], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Restored:
    """``text`` is the Markdown of source.md; ``counts`` how often each repair acted."""

    text: str
    counts: dict[str, int]


def _replacing(old: str, new: str) -> Callable[[str], tuple[str, int]]:
    return lambda text: (text.replace(old, new), text.count(old))


def _matching(pattern: re.Pattern[str], new: str) -> Callable[[str], tuple[str, int]]:
    return lambda text: pattern.subn(new, text)


def _simplify(text: str) -> tuple[str, int]:
    changed = sum(char in TO_SIMPLIFIED for char in text)
    return "".join(TO_SIMPLIFIED.get(char, char) for char in text), changed


def _widen(text: str) -> tuple[str, int]:
    return text.translate(_WIDE), sum(char in "(),:" for char in text)


REPAIRS: tuple[Repair, ...] = (
    Repair(
        "garbled-county",
        "A comma inserted inside the two bytes of a full stop shifted those of 县 after it; the "
        "gloss is lost with it. 县（市、区）民政部门 stands whole in eleven other places.",
        _replacing(",??h(", ",。县("),
    ),
    Repair(
        "garbled-plan-title",
        "The same shift ran through 。《方案》统: 斗桨浮方 are its bytes read one off; the reading "
        "tǒng that follows is that of 统, and 《方案》 opens the paragraph before.",
        _replacing(",?!斗桨浮方y(tǒng)", ",。《方案》统"),
    ),
    Repair(
        "garbled-existing",
        "The gloss of 对 was cut and its bytes run into those of 现, whose reading xiàn follows: "
        "或对现有. The lede and 四（三） carry the same words and the same damage.",
        _replacing("或?qū)ΜF(xiàn)有", "或对现有"),
    ),
    Repair(
        "garbled-within",
        "以 and 内, whose reading nèi follows: 5%以内 after 不高于. Lede and 六（三） alike.",
        _replacing("以?xún)?nèi)", "以内"),
    ),
    Repair(
        "garbled-special",
        "专 and 项, whose reading xiàng follows, before 经费; the sentence has 专项 once more.",
        _replacing("或?qū)m?xiàng)", "或专项"),
    ),
    Repair("readings", "Readings in brackets are no part of the text.", _matching(_READING, "")),
    Repair("simplified", "The document is written in simplified characters.", _simplify),
    Repair(
        "stray-commas",
        "No comma stands before another mark in the original: it was inserted.",
        _matching(_STRAY_COMMA, ""),
    ),
    Repair("full-width", "NFKC made these marks half-width; Chinese text has them wide.", _widen),
    Repair(
        "title-space",
        "Judgement: the space inside the plan's own title is a line break of the page, not a word "
        "space; 一 writes 乡镇（街道）社工站 without it.",
        _replacing("乡镇（街道） 社会工作站建设", "乡镇（街道）社会工作站建设"),
    ),
    Repair(
        "spaced-headings",
        "Judgement: 年 度 and 总 计 are spaced out in the table for looks.",
        lambda text: (
            text.replace("年 度", "年度").replace("总 计", "总计"),
            text.count("年 度") + text.count("总 计"),
        ),
    ),
    Repair(
        "page-furniture",
        "Judgement: the invitation to scan a code and the buttons for type size and printing are "
        "the web page's, not the document's.",
        _matching(
            re.compile(r"\n扫一扫在手机端打开当前页\n\|\n【大 中 小】 【打印】 \|\s*$"), "\n"
        ),
    ),
)

KEPT: tuple[tuple[str, str], ...] = (
    ("中共荆门市委 荆门市人民政府", "Judgement: the space parts two issuing bodies, as is usual."),
    (
        "××县（市、区） ××乡镇（街道）",
        "Judgement: the space stands in a format; a reading covers it.",
    ),
    ("荆民政发〔2021〕号", "The number is missing as received; it stays missing."),
    (
        "县（市、区） 建站个数",
        "Judgement: a slanted table header; its words are kept in their order.",
    ),
)
"""What looks odd and is kept, with the reason."""


def restore(received: str) -> Restored:
    """The Markdown of source.md from the text as received."""
    text, counts = received, {}
    for repair in REPAIRS:
        text, counts[repair.id] = repair.apply(text)
    return Restored(_laid_out(text), counts)


_SECTION = re.compile(r"[一二三四五六]、")
_ITEM = re.compile(r"（[一二三四五六七八九十]）[^。]*。")


def _laid_out(text: str) -> str:
    """Headings for the lede, the plan, its sections and items; the annex as a table."""
    lines = [line for line in text.split("\n") if line]
    start = next(i for i, line in enumerate(lines) if i and line.endswith("建设实施方案"))
    annex = lines.index("附件：")
    out = ["# 导语", "", *_spaced(lines[:start]), f"# {lines[start]}", ""]
    for line in lines[start + 1 : annex]:
        item = _ITEM.match(line)
        if _SECTION.match(line):
            out.extend([f"## {line}", ""])
        elif item:
            out.extend([f"### {item[0]}", "", *_spaced([line[item.end() :]])])
        else:
            out.extend(_spaced([line]))
    return "\n".join([*out, f"## {lines[annex]}", "", *_table(lines[annex + 1 :])]) + "\n"


def _spaced(lines: list[str]) -> list[str]:
    return [part for line in lines for part in (line, "")]


def _table(lines: list[str]) -> list[str]:
    """The annex: its title, its slanted header as received, a row for each county, the total."""
    title, corner, rest = lines[0], f"{lines[1]} {lines[2]}", lines[3:]
    cells = [corner.removesuffix(" |"), *(line.removesuffix(" |") for line in rest)]
    rows = [cells[i : i + 6] for i in range(0, len(cells), 6)]
    marked = [f"| {' | '.join(row)} |" for row in rows]
    return [f"### {title}", "", marked[0], f"|{' --- |' * 6}", *marked[1:]]
