"""Receipts and what became of a log as JSON, so that schema and output cannot differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_policy.log.receipt import Receipt
from jingmen_policy.log.verify import Verified

RECEIPTS_FORMAT: Literal["jingmen-receipts/1"] = "jingmen-receipts/1"
VERIFY_FORMAT: Literal["jingmen-log-verify/1"] = "jingmen-log-verify/1"


@dataclass(frozen=True, slots=True)
class Receipts:
    """Receipts of one log, in order."""

    format: Literal["jingmen-receipts/1"]
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """``whole`` where nothing is wrong. ``more``: how many problems are not in ``broken``."""

    format: Literal["jingmen-log-verify/1"]
    whole: bool
    verified: Verified


RECEIPTS = TypeAdapter(Receipts)
REPORT = TypeAdapter(Report)


def receipts_json(receipts: Iterable[Receipt]) -> dict[str, Any]:
    """What ``jingmen log list --format json`` prints; its schema is ``receipts.schema.json``."""
    shown: dict[str, Any] = RECEIPTS.dump_python(
        Receipts(RECEIPTS_FORMAT, tuple(receipts)), mode="json"
    )
    return shown


def verify_json(verified: Verified) -> dict[str, Any]:
    """What ``jingmen log verify --format json`` prints: ``log-verify.schema.json``."""
    shown: dict[str, Any] = REPORT.dump_python(
        Report(VERIFY_FORMAT, verified.whole, verified), mode="json"
    )
    return shown
