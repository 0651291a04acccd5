"""What a proof comes to. The types are those of ``--format json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from jingmen_facts.problems import Said
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.finding import Thing
from jingmen_policy.rule.status import Status

FORMAT: Literal["jingmen-proofs/1"] = "jingmen-proofs/1"
Kind = Literal[
    "met", "broken", "decided", "conflict", "option", "cycle", "gap", "overlap", "annex", "totals",
    "same",
]  # fmt: skip
Result = Literal["proved", "refuted", "failed"]
"""``failed``: the solver could not tell, or the reference did not bear out what it said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one rule stands for one subject, by the reference engine, for the facts of a witness."""

    rule: str
    subject: Thing
    status: Status


@dataclass(frozen=True, slots=True)
class Witness:
    """Facts that show it: what ``Policy.dossier`` and ``jingmen judge`` take, replayed."""

    as_of: date
    outcomes: tuple[Outcome, ...]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ProofNote:
    """One thing proved of some rules, refuted, or neither.

    ``addresses`` are the clauses the rules quote. ``reading`` is the alternative under which it was
    asked (``id=alternative``), '' for the readings in force. ``accepted`` is the discrepancy on
    record that a refutation belongs to, '' where there is none.
    """

    rules: tuple[str, ...]
    kind: Kind
    result: Result
    addresses: tuple[str, ...]
    text: Said
    witnesses: tuple[Witness, ...] = ()
    reading: str = ""
    accepted: str = ""

    @property
    def fine(self) -> bool:
        """Whether nothing is to be done: proved, on record, or asked of a reading not chosen."""
        if self.result == "failed":
            return False
        return self.result == "proved" or bool(self.accepted or self.reading)


@dataclass(frozen=True, slots=True)
class Proofs:
    """Everything proved of a corpus as of a day."""

    format: Literal["jingmen-proofs/1"]
    corpus: CorpusMark
    as_of: date
    bound: Said
    notes: tuple[ProofNote, ...]
