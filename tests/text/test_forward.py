"""Running the damage forward: every line of prose received arises from the line restored.

Which marks drew a stray comma is left open by the received text and is searched for; everything
else follows from the restored characters.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jingmen_policy.text
from jingmen_policy.text.characters import TO_SIMPLIFIED
from jingmen_policy.text.restore import REPAIRS
from jingmen_policy.text.structure import parse_source

PLAN = Path(jingmen_policy.text.__file__).parent.parent / "plan"
RECEIVED = (PLAN / "received.txt").read_bytes().decode()
PLAIN = parse_source((PLAN / "source.md").read_bytes().decode()).plain
TO_TRADITIONAL = {simplified: char for char, simplified in TO_SIMPLIFIED.items()}
READING = re.compile(r"([\u4e00-\u9fff])(\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\))")
ACROSS_BORDERS = {"驅": "(qū)", "詢": "(xún)"}
"""Characters the plan does not have; their bytes stand across the border of two it has."""
READINGS = ACROSS_BORDERS | {match[1]: match[2] for match in READING.finditer(RECEIVED)}
FIRST = ("驅", "內")
"""Put in before the rest: 驅 before 對 and 專, whose bytes it parts; 內 before 詢 parts its."""
MARK = re.compile(b"(?=" + b"|".join(re.escape(mark.encode("gbk")) for mark in "。，、？！") + b")")
PROSE = PLAIN[: PLAIN.index("\n附件：")].split("\n")


def glossed(line: str) -> bytes:
    """A line in traditional characters, in GBK, readings put in wherever the bytes are found."""
    raw = "".join(TO_TRADITIONAL.get(char, char) for char in line).encode("gbk")
    for char in (*FIRST, *(char for char in READINGS if char not in FIRST)):
        raw = raw.replace(char.encode("gbk"), f"{char}{READINGS[char]}".encode("gbk"))
    return raw


def decoded(raw: bytes) -> str:
    """GBK read with loss, one ``?`` for a pair that is no character; then NFKC."""
    found, at = [], 0
    while at < len(raw):
        width = 1 if raw[at] < 0x80 else 2
        try:
            found.append(raw[at : at + width].decode("gbk"))
        except UnicodeDecodeError:
            found.append("?")
        at += width
    return unicodedata.normalize("NFKC", "".join(found))


def with_commas(raw: bytes, places: list[int]) -> bytes:
    for place in sorted(places, reverse=True):
        raw = raw[:place] + b"," + raw[place:]
    return raw


def commas(line: str, received: str) -> list[int] | None:
    """Where stray commas make a restored line the received one; None where none do."""
    raw = glossed(line)
    places = [match.start() for match in MARK.finditer(raw)]

    def search(nth: int, start: int, before: bytes) -> list[int] | None:
        end = places[nth] if nth < len(places) else len(raw)
        before += raw[start:end]
        if nth == len(places):
            return [] if decoded(before) == received else None
        if not received.startswith(decoded(before)[:-2]):
            return None
        for comma in (b",", b""):
            rest = search(nth + 1, end, before + comma)
            if rest is not None:
                return [end, *rest] if comma else rest
        return None

    return search(0, 0, b"")


def received_prose() -> list[str]:
    """The received lines above the annex, without the space a judgement takes out of the title."""
    return RECEIVED.replace("(街道) 社", "(街道)社").split("\n附件")[0].split("\n")


def test_every_line_of_prose_received_arises_from_the_line_restored() -> None:
    received = received_prose()
    assert len(received) == len(PROSE) == 36
    found = [commas(line, seen) for line, seen in zip(PROSE, received, strict=True)]
    assert [line for line, places in zip(PROSE, found, strict=True) if places is None] == []
    assert sum(len(places or ()) for places in found) == 205


@pytest.mark.parametrize(
    ("restored", "received", "others"),
    [
        (
            "。县（市、区）",
            ",??h(市、區(qū))",
            ["，县（市、区）", "、县（市、区）", "县（市、区）"],
        ),
        ("。《方案》统一", ",?!斗桨浮方y(tǒng)一", ["，《方案》统一", "《方案》统一"]),
        ("或对现有", "或?qū)ΜF(xiàn)有", ["对现有", "或现有", "或者对现有"]),
        ("5%以内", "5%以?xún)?nèi)", ["5%内", "5%以", "5%之内"]),
        ("或专项", "或?qū)m?xiàng)", ["专项", "或项", "或者专项"]),
    ],
)
def test_garbled_words_arise_from_those_restored_and_not_from_others(
    restored: str, received: str, others: list[str]
) -> None:
    assert commas(restored, received) is not None
    assert [other for other in others if commas(other, received) is not None] == []


@given(st.data())
def test_the_repairs_undo_any_choice_of_stray_commas(data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(PROSE))
    raw = glossed(line)
    aligned = [place for place in (m.start() for m in MARK.finditer(raw)) if whole(raw, place)]
    chosen = data.draw(st.lists(st.sampled_from(aligned), unique=True)) if aligned else []
    text = decoded(with_commas(raw, chosen))
    for repair in REPAIRS:
        text, _ = repair.apply(text)
    assert text == line


def whole(raw: bytes, place: int) -> bool:
    """Whether a place in GBK text is a border of two characters."""
    at = 0
    while at < place:
        at += 1 if raw[at] < 0x80 else 2
    return at == place
