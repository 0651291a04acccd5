"""Bulletins as JSON: the dataclasses as they are."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from jingmen_policy.office.bulletin.model import Bulletin

BULLETIN = TypeAdapter(Bulletin)


def bulletin_json(made: Bulletin) -> dict[str, Any]:
    """What ``jingmen bulletin --format json`` prints; its schema is ``bulletin.schema.json``."""
    shown: dict[str, Any] = BULLETIN.dump_python(made, mode="json")
    return shown
