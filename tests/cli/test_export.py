"""``jingmen export``: what it writes, what it refuses, and that it writes all or nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from jingmen_policy.exports.formats import FORMATS

Jingmen = Callable[..., Result]
DAY = ("--as-of", "2026-11-28")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written(jingmen: Jingmen, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"rules{FORMATS[name].suffixes[0]}"
    result = jingmen("export", name, "--out", file, *DAY)
    assert result.exit_code == 0
    assert f"已写出 {file}" in result.stdout
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == (["rules.json", "rules.mapping.json"] if name == "oscal" else [file.name])


def test_a_day_is_today_unless_named(jingmen: Jingmen, tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    assert jingmen("export", "akn", "--out", file, "--as-of", "2022-06-30").exit_code == 0
    assert b'asOf="2022-06-30"' in file.read_bytes()


def test_an_unknown_format_is_refused_with_the_nearest(jingmen: Jingmen, tmp_path: Path) -> None:
    result = jingmen("export", "matrix-xls", "--out", tmp_path / "a.xlsx", "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown format 'matrix-xls'; did you mean 'matrix-xlsx'?" in result.stderr


def test_a_file_that_would_not_open_is_refused(jingmen: Jingmen, tmp_path: Path) -> None:
    result = jingmen("export", "docx", "--out", tmp_path / "a.pdf")
    assert (result.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "文件名应以 .docx 结尾" in result.stderr


def test_a_folder_that_is_not_there_is_refused(jingmen: Jingmen, tmp_path: Path) -> None:
    result = jingmen("export", "akn", "--out", tmp_path / "none" / "a.xml", "--lang", "en")
    assert result.exit_code == 2
    assert "no such folder" in result.stderr


def test_what_somebody_wrote_in_is_kept_unless_forced(jingmen: Jingmen, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("mine", encoding="utf-8")
    result = jingmen("export", "matrix-csv", "--out", file, *DAY)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert jingmen("export", "matrix-csv", "--out", file, *DAY, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_same_again_is_no_conflict(jingmen: Jingmen, tmp_path: Path) -> None:
    runs = [jingmen("export", "akn", "--out", tmp_path / "a.xml", *DAY) for _ in range(2)]
    assert [run.exit_code for run in runs] == [0, 0]


def test_two_files_are_written_both_or_neither(jingmen: Jingmen, tmp_path: Path) -> None:
    (tmp_path / "a.mapping.json").write_text("mine", encoding="utf-8")
    result = jingmen("export", "oscal", "--out", tmp_path / "a.json", *DAY)
    assert result.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.mapping.json"]


def test_what_is_not_installed_is_named(
    jingmen: Jingmen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "jingmen_policy.exports.matrix_xlsx", raising=False)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = jingmen("export", "matrix-xlsx", "--out", tmp_path / "a.xlsx", "--lang", "en")
    assert result.exit_code == 2
    assert "exports need openpyxl: pip install 'jingmen-policy[exports]'" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_another_corpus_and_its_signatures(jingmen: Jingmen, tmp_path: Path) -> None:
    result = jingmen("export", "akn", "--out", tmp_path / "a.xml", "--corpus", tmp_path / "none")
    assert result.exit_code == 2
    assert "none" in result.stderr
