"""Restoring: what comes out is source.md, and nothing of the damage is left."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest

import jingmen_policy.text
from jingmen_policy.text.characters import TO_SIMPLIFIED, TRADITIONAL
from jingmen_policy.text.judgements import JUDGEMENTS, Judgement
from jingmen_policy.text.restore import REPAIRS, restore
from jingmen_policy.text.structure import parse_source

PLAN = Path(jingmen_policy.text.__file__).parent.parent / "plan"
RECEIVED = (PLAN / "received.txt").read_bytes().decode()
RESTORED = restore(RECEIVED)
PLAIN = parse_source(RESTORED.text).plain
READING = re.compile(r"\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+)\)")
WIDE = "full-width"


def through(last: str) -> str:
    """The received text after the repairs up to and including one."""
    text = RECEIVED
    for repair in REPAIRS:
        text, _ = repair.apply(text)
        if repair.id == last:
            break
    return text


def test_the_received_text_is_the_one_that_was_restored() -> None:
    digest = hashlib.sha256(RECEIVED.encode()).hexdigest()
    assert digest == "a3cee02b5a18704b4d040eb6024c16918a7a9060c288c4da570a6f0f2fc0db7d"


def test_source_md_is_what_restoring_gives_byte_for_byte() -> None:
    assert (PLAN / "source.md").read_bytes() == RESTORED.text.encode()


def test_every_repair_acts_exactly_as_often_as_is_known() -> None:
    assert [(repair.id, repair.count) for repair in RESTORED.repairs] == [
        ("garbled-county", 3),
        ("garbled-plan-title", 1),
        ("garbled-existing", 2),
        ("garbled-within", 2),
        ("garbled-special", 1),
        ("readings", 850),
        ("simplified", 1208),
        ("stray-commas", 202),
        (WIDE, 290),
        ("title-space", 2),
        ("spaced-headings", 2),
        ("page-furniture", 1),
    ]


def test_every_repair_says_why() -> None:
    assert all(len(repair.why) > 20 for repair in REPAIRS)
    assert len({repair.id for repair in REPAIRS}) == len(REPAIRS)


@pytest.mark.parametrize(
    "residue",
    [
        r"[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùΑ-Ω]",
        r"[\ufffd?!;]",
        r"[(),:]",
        r"[，。、：；]{2}",
        r"[，。、：]\s*[）》”]",
        r"（[，。、：）]",
        r"[斗桨浮]",
        r"[^\S\n\t]$",
    ],
)
def test_nothing_of_the_damage_is_left(residue: str) -> None:
    assert re.findall(residue, PLAIN, re.MULTILINE) == []


def test_brackets_and_quotes_are_paired() -> None:
    for opening, closing in ("（）", "《》", "“”", "〔〕"):
        for line in PLAIN.split("\n"):
            assert line.count(opening) == line.count(closing), line


def test_only_these_marks_stand_in_the_text() -> None:
    marks = {char for char in PLAIN if unicodedata.category(char) not in {"Lo", "Nd"}}
    assert marks == set("，。、：（）《》“”〔〕×%- \n\t")


def test_a_reading_stands_after_a_traditional_character_and_always_the_same() -> None:
    readings: dict[str, set[str]] = {}
    text = RECEIVED.replace("方y(tǒng)", "方")
    for garbled in ("或?qū)ΜF(xiàn)有", "以?xún)?nèi)", "或?qū)m?xiàng)"):
        text = text.replace(garbled, "")
    for match in READING.finditer(text):
        readings.setdefault(text[match.start() - 1], set()).add(match[1])
    assert set(readings) <= set(TRADITIONAL)
    assert all(len(said) == 1 for said in readings.values())


def test_every_pair_of_characters_is_used_and_none_survives() -> None:
    assert all(char in RECEIVED for char in TRADITIONAL)
    assert not set(TRADITIONAL) & set(RESTORED.text)
    assert list(TRADITIONAL) == sorted(set(TRADITIONAL))
    assert len(TO_SIMPLIFIED) == 190
    assert not set(TO_SIMPLIFIED) & set(TO_SIMPLIFIED.values())


def test_no_two_traditional_characters_share_a_simplified_one() -> None:
    assert len(set(TO_SIMPLIFIED.values())) == len(TO_SIMPLIFIED)
    assert not set(TO_SIMPLIFIED.values()) & set(RECEIVED)


@pytest.mark.parametrize("judgement", JUDGEMENTS, ids=lambda judgement: judgement.words)
def test_a_judgement_is_about_words_received_and_is_carried_out(judgement: Judgement) -> None:
    assert judgement.words in through(WIDE)
    assert (judgement.words in PLAIN) == (judgement.choice == "kept")
    assert len(judgement.why) > 20


def test_every_space_is_a_judgement() -> None:
    judged = "".join(judgement.words for judgement in JUDGEMENTS)
    text = through(WIDE).replace(" |", "")
    around = [text[at.start() - 1 : at.end() + 1] for at in re.finditer(" ", text)]
    assert len(around) == 10
    assert all(seen in judged for seen in around)


def test_the_repairs_that_rest_on_judgement_say_so() -> None:
    judged = [repair.id for repair in REPAIRS if repair.why.startswith("Judgement:")]
    assert judged == ["title-space", "spaced-headings", "page-furniture"]
