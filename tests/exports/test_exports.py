"""What holds of every export: the same hashes, the same bytes, nothing run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from jingmen_policy import Policy
from jingmen_policy.exports.edition import Edition
from support.editions import edition_of, files_of, plain
from support.hostile import BELL, SCRIPT
from support.library import library

HASH = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture(scope="module")
def made(plan: Edition) -> Mapping[str, bytes]:
    return files_of(plan)


@pytest.fixture(scope="module")
def files(made: Mapping[str, bytes]) -> dict[str, str]:
    return {name: plain(name, content) for name, content in made.items()}


def test_every_file_carries_the_digest_of_the_corpus(files: dict[str, str], plan: Edition) -> None:
    assert len(files) == 7
    assert [name for name, text in files.items() if plan.corpus.digest not in text] == []


def test_every_file_carries_the_same_hash_of_every_rule(
    files: dict[str, str], plan: Edition
) -> None:
    wanted = {review.content for review in plan.reviews.values()}
    assert len(wanted) == len(plan.corpus.rules)
    for name, text in files.items():
        assert wanted <= set(HASH.findall(text)), name


def test_the_same_corpus_and_day_make_the_same_bytes(made: Mapping[str, bytes]) -> None:
    assert files_of(edition_of(Policy.load())) == made


def test_nothing_in_an_office_file_tells_when_it_was_written() -> None:
    for name, content in files_of(edition_of(library())).items():
        if name.endswith((".xlsx", ".docx")):
            with ZipFile(BytesIO(content)) as archive:
                days = {entry.date_time for entry in archive.infolist()}
                stamps = re.findall(rb">(\d{4}-[^<]*Z)<", archive.read("docProps/core.xml"))
            assert days == {(1980, 1, 1, 0, 0, 0)}
            assert stamps == [b"2026-11-27T16:00:00Z"] * 2


def test_another_day_is_another_edition() -> None:
    other = files_of(edition_of(library(), as_of=date(2022, 6, 30)))
    same = files_of(edition_of(library()))
    changed = {name for name in other if other[name] != same[name]}
    assert changed == set(other)


def test_markup_in_a_corpus_is_text_in_every_file(nasty: Edition) -> None:
    for name, content in files_of(nasty).items():
        text = plain(name, content)
        if name.endswith((".xml", ".xlsx", ".docx")):
            assert "<script" not in text, name
            assert "&lt;script&gt;alert(1)" in text, name
        elif name != "oscal.mapping.json":  # it has no words of the corpus but its title
            assert SCRIPT in text, name


def test_control_characters_never_reach_a_file(nasty: Edition) -> None:
    assert "\x07" in BELL
    for name, content in files_of(nasty).items():
        assert "\x07" not in plain(name, content), name


def test_people_see_what_turns_the_direction_of_text(nasty: Edition) -> None:
    for name, content in files_of(nasty).items():
        if name.startswith(("matrix", "docx")):
            text = plain(name, content)
            assert "\u202e" not in text
            assert "[U+202E]70%[U+202C]" in text


def test_a_corpus_without_annex_ledger_or_lede_exports_too() -> None:
    assert len(files_of(edition_of(library()))) == 7
