"""Several files are put together or not at all, whatever goes wrong while they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_facts.problems import Refused
from jingmen_policy.review.store import Put, installed, put_all


def held(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(directory.iterdir())}


def test_files_are_put_and_nothing_else_is_left(tmp_path: Path) -> None:
    put_all(tmp_path / "new" / "er", {"a.yaml": Put("甲", None), "b.yaml": Put("乙", None)})
    assert held(tmp_path / "new" / "er") == {"a.yaml": "甲", "b.yaml": "乙"}


def test_a_file_that_changed_meanwhile_stops_them_all(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("别人所写", encoding="utf-8")
    with pytest.raises(Refused, match=r"b\.yaml"):
        put_all(tmp_path, {"a.yaml": Put("甲", None), "b.yaml": Put("乙", None)})
    assert held(tmp_path) == {"b.yaml": "别人所写"}


def test_what_is_already_put_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.yaml").write_text("旧", encoding="utf-8")
    files = {
        "a.yaml": Put("甲", None),
        "b.yaml": Put("新", "旧".encode()),
        "c.yaml": Put("丙", None),
    }
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "c.yaml":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        put_all(tmp_path, files)
    assert held(tmp_path) == {"b.yaml": "旧"}


def test_what_is_installed_is_known_by_its_place() -> None:
    assert installed(Path("/x/lib/python3.12/site-packages/jingmen_policy/plan/signatures"))
    assert not installed(Path("/home/x/checkout/policy/jingmen_policy/plan/signatures"))
