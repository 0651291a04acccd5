"""A comparison as JSON: the dataclasses as they are."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from jingmen_policy.compare.model import Diff

DIFF = TypeAdapter(Diff)


def diff_json(diff: Diff) -> dict[str, Any]:
    """What ``jingmen diff --format json`` prints."""
    shown: dict[str, Any] = DIFF.dump_python(diff, mode="json")
    return shown
