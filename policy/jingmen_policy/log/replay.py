"""Deciding again what a receipt is of: the same answer, or what exactly is different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Refused, Said
from jingmen_policy.judge.policy import Policy
from jingmen_policy.log.draft import package_version
from jingmen_policy.log.hashes import findings_hash, input_hash
from jingmen_policy.log.receipt import Receipt

FORMAT: Literal["jingmen-replay/1"] = "jingmen-replay/1"
ENGINE = "reference"
"""The engine that defines what the rules mean: another than decided, as a rule."""


@dataclass(frozen=True, slots=True)
class Side:
    """One hash, as the receipt has it and as it is now."""

    receipt: str
    now: str
    same: bool


@dataclass(frozen=True, slots=True)
class Replayed:
    """``same`` where facts, corpus with its readings, and findings all have the receipt's hashes.

    ``findings`` is None where it could not be decided again: ``refused`` says why, such as a rule
    or a reading that the corpus no longer has. ``packages``: jingmen-policy, then and now.
    """

    format: Literal["jingmen-replay/1"]
    receipt: str
    same: bool
    engine: str
    input: Side
    corpus: Side
    findings: Side | None
    refused: tuple[Said, ...]
    packages: tuple[str, str]


REPLAYED = TypeAdapter(Replayed)


def replay(policy: Policy, receipt: Receipt, dossier: Dossier) -> Replayed:
    """Puts a dossier to the rules as a receipt says it was: day, readings and rules.

    ``policy`` is the corpus as it is now; the receipt's readings are put into force on top of it.
    """
    given = _side(receipt.input_sha256, input_hash(dossier))
    findings: Side | None = None
    refused: tuple[Said, ...] = ()
    corpus = policy.corpus
    try:
        then = policy.under(receipt.readings)
        corpus = then.corpus
        found = then.judge(dossier, receipt.as_of, rules=receipt.rules, engine=ENGINE)
        findings = _side(receipt.findings_sha256, findings_hash(found))
    except Refused as error:
        refused = tuple(one.said for one in error.problems)
    law = _side(receipt.corpus_sha256, corpus.digest)
    return Replayed(
        FORMAT,
        receipt.id,
        given.same and law.same and findings is not None and findings.same,
        ENGINE,
        given,
        law,
        findings,
        refused,
        (receipt.package, package_version()),
    )


def replay_json(replayed: Replayed) -> dict[str, Any]:
    """What ``jingmen replay --format json`` prints; its schema is ``replay.schema.json``."""
    shown: dict[str, Any] = REPLAYED.dump_python(replayed, mode="json")
    return shown


def _side(receipt: str, now: str) -> Side:
    return Side(receipt, now, receipt == now)
