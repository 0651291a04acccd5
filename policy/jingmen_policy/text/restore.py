"""Restoring the text from what was received: an explicit list of repairs, applied in order.

What happened to the text, as far as the received bytes show: it was turned into traditional
characters and encoded in GBK; the readings of some characters and stray commas were put in by
searching for bytes, so now and then across the border of two characters; it was decoded with loss,
a pair of bytes that is no character becoming one ``?``; and NFKC made wide marks half-width. Run
forward, that turns every line of prose restored here into the line received. How far the choices
go that it leaves open is listed in ``judgements.py``.

source.md adds nothing to the words, figures and marks but ``# 导语`` and Markdown's own signs. An
item's heading words, 。 included, are its heading, and the paragraph below continues their line:
``### （一）坚持党的领导。`` and ``在各级党委…`` are （一）坚持党的领导。在各级党委… in the plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from jingmen_policy.text.characters import TO_SIMPLIFIED

_READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]+\)")
_STRAY_COMMA = re.compile(r",(?=[,。、])")
_WIDE = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "："})
_FURNITURE = re.compile(r"\n扫一扫在手机端打开当前页\n\|\n【大 中 小】 【打印】 \|\s*$")


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair: its name, why it is right, what it does; ``apply`` says how often it acted."""

    id: str
    why: str
    apply: Callable[[str], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class AppliedRepair:
    """How often a repair acted."""

    id: str
    count: int


@dataclass(frozen=True, slots=True)
class Restored:
    """``text`` is the Markdown of source.md; ``repairs`` the log, in the order applied."""

    text: str
    repairs: tuple[AppliedRepair, ...]


def _replacing(*pairs: tuple[str, str]) -> Callable[[str], tuple[str, int]]:
    def apply(text: str) -> tuple[str, int]:
        count = 0
        for old, new in pairs:
            count += text.count(old)
            text = text.replace(old, new)
        return text, count

    return apply


def _matching(pattern: re.Pattern[str], new: str) -> Callable[[str], tuple[str, int]]:
    return lambda text: pattern.subn(new, text)


def _simplify(text: str) -> tuple[str, int]:
    changed = sum(char in TO_SIMPLIFIED for char in text)
    return "".join(TO_SIMPLIFIED.get(char, char) for char in text), changed


def _widen(text: str) -> tuple[str, int]:
    return text.translate(_WIDE), sum(ord(char) in _WIDE for char in text)


REPAIRS: tuple[Repair, ...] = (
    Repair(
        "garbled-county",
        "。縣 is A1A3 BF68. A3BF across the border is ？, which drew a stray comma: A1,A3BF68. The "
        "pair 'A1,' is no character, A3BF is ？, 68 is h: ??h.",
        _replacing((",??h(", ",。县(")),
    ),
    Repair(
        "garbled-plan-title",
        "。《 is A1A3 A1B6. A3A1 across the border is ！, which drew a stray comma; 'A1,' is lost, "
        "and ！斗桨浮方 and y (79, the end of 統) are the bytes of 。《方案》統 read one off.",
        _replacing((",?!斗桨浮方y(tǒng)", ",。《方案》统")),
    ),
    Repair(
        "garbled-existing",
        "或對現 is BBF2 8CA6 AC46. F28C across the border is 驅, whose reading qū was put in after "
        "it; '8C(' is no character, A6AC is Μ, 46 is F, and 現 has its reading xiàn.",
        _replacing(("或?qū)ΜF(xiàn)有", "或对现有")),
    ),
    Repair(
        "garbled-within",
        "以內 is D2D4 83C8. 內 got its reading nèi, then D483 across the border, 詢, its own, xún: "
        "'83(' and 'C8(' are no characters.",
        _replacing(("以?xún)?nèi)", "以内")),
    ),
    Repair(
        "garbled-special",
        "或專項 is BBF2 8CA3 ED97. F28C across the border is 驅, reading qū; '8C(' is no "
        "character, A3ED is ｍ, '97(' is no character, and 項 keeps its reading xiàng.",
        _replacing(("或?qū)m?xiàng)", "或专项")),
    ),
    Repair(
        "readings",
        "A reading in brackets stands after the traditional character it is the reading of, and no "
        "bracket of the plan holds Latin letters.",
        _matching(_READING, ""),
    ),
    Repair(
        "simplified",
        "The plan is a mainland document; OpenCC's table turns each character back alone.",
        _simplify,
    ),
    Repair(
        "stray-commas",
        "No comma stands before 、 。 or another comma in Chinese: of the two marks the first was "
        "put in.",
        _matching(_STRAY_COMMA, ""),
    ),
    Repair(
        "full-width",
        "NFKC made these marks half-width; Chinese text has them wide, and nothing here is Latin.",
        _widen,
    ),
    Repair(
        "title-space",
        "Judgement: the plan writes 乡镇（街道）社会工作站 without a space elsewhere.",
        _replacing(("乡镇（街道） 社会工作站建设", "乡镇（街道）社会工作站建设")),
    ),
    Repair(
        "spaced-headings",
        "Judgement: 年 度 and 总 计 are spaced out in the table for looks.",
        _replacing(("年 度", "年度"), ("总 计", "总计")),
    ),
    Repair(
        "page-furniture",
        "Judgement: the code to scan and the buttons for type size and print are the web page's.",
        _matching(_FURNITURE, "\n"),
    ),
)


def restore(received: str) -> Restored:
    """The Markdown of source.md from the text as received."""
    text, log = received, []
    for repair in REPAIRS:
        text, count = repair.apply(text)
        log.append(AppliedRepair(repair.id, count))
    return Restored(_laid_out(text), tuple(log))


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
