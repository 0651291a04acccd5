"""``python -m jingmen_policy.text``: checks source.md, or writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_policy.text import __main__ as command


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("received.txt", "source.md"):
        (tmp_path / name).write_bytes((command.PLAN / name).read_bytes())
    monkeypatch.setattr(command, "PLAN", tmp_path)
    return tmp_path


def test_the_shipped_source_is_up_to_date() -> None:
    assert command.main(["--check"]) == 0


def test_a_changed_source_is_found_out_and_written_anew(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (plan / "source.md").read_bytes()
    (plan / "source.md").write_bytes(before.replace(b"70%", b"80%", 1))
    assert command.main(["--check"]) == 1
    assert "source.md" in capsys.readouterr().err
    assert command.main(["--write"]) == 0
    assert (plan / "source.md").read_bytes() == before
    assert command.main(["--check"]) == 0
    assert sorted(path.name for path in plan.iterdir()) == ["received.txt", "source.md"]


def test_a_missing_source_is_found_out(plan: Path) -> None:
    (plan / "source.md").unlink()
    assert command.main(["--check"]) == 1


@pytest.mark.parametrize("arguments", [[], ["--chekc"], ["--check", "--write"]])
def test_anything_else_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(arguments) == 2
    assert "usage" in capsys.readouterr().err
