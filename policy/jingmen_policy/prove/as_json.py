"""Proofs as JSON: the dataclasses as they are."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from jingmen_policy.prove.model import Proofs

PROOFS = TypeAdapter(Proofs)


def proofs_json(proofs: Proofs) -> dict[str, Any]:
    """What ``jingmen prove --format json`` prints."""
    shown: dict[str, Any] = PROOFS.dump_python(proofs, mode="json")
    return shown
