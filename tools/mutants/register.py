"""Mutants on record as saying the same, in every case there can be, as the rule they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jingmen_facts.problems import Said
from jingmen_facts.reading.yaml_text import read_yaml
from tools.mutants.kill import Tried

FILE = Path(__file__).with_name("equivalent.yaml")


def on_record(file: Path = FILE) -> dict[str, Said]:
    """The reasons by the mutant's key. ValueError for an entry without one."""
    entries: list[dict[str, Any]] = read_yaml(file.read_text(encoding="utf-8"), file.name).value
    found: dict[str, Said] = {}
    for entry in entries:
        reason = Said(entry["reason"]["zh"], entry["reason"]["en"])
        for key in entry["mutants"]:
            if key in found:
                raise ValueError(f"{file.name}: twice on record: {key}")
            found[key] = reason
    return found


def stale(reasons: Iterable[str], tried: Iterable[Tried], owners: Iterable[str]) -> Iterator[str]:
    """Reasons of these owners for what is no mutant any more, or is killed after all."""
    surviving = {one.key for one in tried if not one.killed_by}
    asked = tuple(f"{owner} · " for owner in owners)
    yield from (key for key in reasons if key.startswith(asked) and key not in surviving)
