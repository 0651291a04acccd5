"""Only bounded text in a known encoding comes out of a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jingmen_facts import Refused
from jingmen_facts.reading.files import MAX_BYTES, read_text

WORDS = "社工站编号,社工站名称\n示例站,荆门市示例社会工作站\n"


def write(folder: Path, raw: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(raw)
    return path


def refusal(path: Path, *, legacy: bool = False) -> str:
    with pytest.raises(Refused) as caught:
        read_text(path, legacy=legacy)
    [problem] = caught.value.problems
    assert problem.source == str(path)
    assert problem.said.zh
    return f"{problem.line}: {problem.said.en}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_or_without_its_mark(tmp_path: Path, encoding: str) -> None:
    assert read_text(write(tmp_path, WORDS.encode(encoding))) == (WORDS, "utf-8")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_read_only_where_it_may_be(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, WORDS.encode(encoding))
    assert read_text(path, legacy=True) == (WORDS, "gb18030")
    assert refusal(path) == "1: looks like GBK; save it as UTF-8"


@pytest.mark.parametrize("cut", range(1, 6))
def test_truncated_utf8_is_not_taken_for_gbk(tmp_path: Path, cut: int) -> None:
    raw = (WORDS * 3).rstrip().encode()[:-cut]
    path = write(tmp_path, raw)
    if cut % 3 == 0:
        assert read_text(path, legacy=True)[1] == "utf-8"
    else:
        said = "is not whole UTF-8 text; the file may be truncated or damaged"
        assert refusal(path, legacy=True) == f"6: {said}"


def test_a_single_word_cut_in_the_middle_is_not_taken_for_gbk(tmp_path: Path) -> None:
    path = write(tmp_path, "id,name\na,社".encode()[:-1])
    assert refusal(path, legacy=True).startswith("2: is not whole UTF-8 text")


def test_a_damaged_byte_is_not_taken_for_gbk(tmp_path: Path) -> None:
    raw = bytearray(WORDS.encode() * 2)
    raw[-8] = 0xFF
    assert refusal(write(tmp_path, bytes(raw)), legacy=True).startswith("4: is not whole UTF-8")


def test_truncated_gbk_is_refused(tmp_path: Path) -> None:
    raw = WORDS.rstrip().encode("gbk")[:-1]
    assert "is neither UTF-8 nor GBK text" in refusal(write(tmp_path, raw), legacy=True)


def test_utf16_and_binary_are_named(tmp_path: Path) -> None:
    assert "looks like UTF-16" in refusal(write(tmp_path, WORDS.encode("utf-16")))
    assert "NUL byte" in refusal(write(tmp_path, b"PK\x03\x04\0\0"), legacy=True)


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 2**20)
    assert refusal(path) == f"None: the file is larger than {MAX_BYTES // 2**20} MB"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.yaml") == "None: there is no such file"
    assert refusal(tmp_path) == "None: is a folder, not a file"
    assert "cannot be read" in refusal(tmp_path / "a\0b")
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "None: is not a regular file"
