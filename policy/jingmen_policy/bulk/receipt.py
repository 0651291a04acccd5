"""What a run was made of and what it made, so that it can be told from any other."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

FORMAT: Literal["jingmen-bulk/1"] = "jingmen-bulk/1"
RECEIPT_NAME = "receipt.json"
PLAN_NAME = "plan.json"


@dataclass(frozen=True, slots=True)
class InputFile:
    file: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that decides what a run finds. Two runs with one plan find the same."""

    format: Literal["jingmen-bulk/1"]
    corpus: str
    corpus_sha256: str
    readings: dict[str, str]
    as_of: date
    use: tuple[str, ...]
    complete: tuple[str, ...]
    rules: tuple[str, ...] | None
    inputs: tuple[InputFile, ...]
    versions: dict[str, str]
    part_rows: int


@dataclass(frozen=True, slots=True)
class OutputFile:
    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """``findings``: for each rule (``rule@year``) how often each status was found."""

    plan: Plan
    outputs: tuple[OutputFile, ...]
    findings: dict[str, dict[str, int]]
    violations: int


RECEIPT = TypeAdapter(Receipt)
PLAN = TypeAdapter(Plan)


def put(path: Path, document: Any) -> None:
    """Writes a document beside its place, then puts it there."""
    beside = path.with_name(f".{path.name}.partial")
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
