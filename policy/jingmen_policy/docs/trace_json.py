"""The trace of a text as JSON: the dataclasses as they are, so that schema and output agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.corpus.ledger import Entry, Ledger
from jingmen_policy.docs.coverage import Traced

FORMAT: Literal["jingmen-trace/1"] = "jingmen-trace/1"


@dataclass(frozen=True, slots=True)
class TracedPassage:
    """A sentence or table row, how many of its characters rules quote, and which rules."""

    id: str
    address: str
    text: str
    quoted: int
    characters: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TraceReport:
    """``totals`` are characters by kind over the whole text; without a ledger, none."""

    format: Literal["jingmen-trace/1"]
    corpus: str
    quoted: int
    characters: int
    passages: tuple[TracedPassage, ...]
    ledger: tuple[Entry, ...]
    totals: dict[str, int]
    problems: tuple[str, ...]


REPORT = TypeAdapter(TraceReport)


def trace_json(
    corpus: Corpus, found: Sequence[Traced], ledger: Ledger | None, inside: frozenset[str] | None
) -> dict[str, Any]:
    """What ``jingmen trace --format json`` prints; its schema is ``trace.schema.json``."""
    entries = () if ledger is None else ledger.entries
    report = TraceReport(
        FORMAT,
        corpus.id,
        sum(one.quoted for one in found),
        sum(one.characters for one in found),
        tuple(
            TracedPassage(
                one.passage.id,
                one.passage.address,
                one.passage.text,
                one.quoted,
                one.characters,
                one.rules,
            )
            for one in found
        ),
        tuple(one for one in entries if inside is None or one.address in inside),
        {} if ledger is None else dict(ledger.totals),
        () if ledger is None else tuple(problem.to("zh") for problem in ledger.problems),
    )
    shown: dict[str, Any] = REPORT.dump_python(report, mode="json")
    return shown
