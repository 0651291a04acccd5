"""Everything proved of the shipped plan, which takes half a minute: once a run, or once in CI."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from pathlib import Path

import pytest

from jingmen_policy import Policy
from jingmen_policy.desk.proofs import read_proofs
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.prove import BOUND, prove
from jingmen_policy.prove.as_json import proofs_json
from jingmen_policy.prove.model import FORMAT, Proofs
from support.once import once

DAY = date(2022, 12, 31)
MOST = 60
"""Seconds of processor time that all proofs may take."""
KEPT = "JINGMEN_PROOFS"
"""Names a file that keeps them from one run to the next; proofs of other rules are refused."""


def proofs_of_the_plan(factory: pytest.TempPathFactory) -> tuple[Path, Proofs]:
    """The file as ``jingmen prove --format json`` writes it, and what is in it."""
    kept = os.environ.get(KEPT)
    path = once(factory, "proofs.json", lambda to: _write(to, Path(kept) if kept else None))
    return path, read_proofs(path, Policy.load().corpus)


def _write(to: Path, kept: Path | None) -> None:
    if kept is not None and kept.is_file():
        to.write_bytes(kept.read_bytes())
        return
    policy, began = Policy.load(), time.process_time()
    mark = CorpusMark(policy.corpus.id, policy.corpus.digest, {})
    proofs = Proofs(FORMAT, mark, DAY, BOUND, prove(policy, DAY))
    assert time.process_time() - began < MOST, "it takes too long"
    to.write_text(json.dumps(proofs_json(proofs), ensure_ascii=False), encoding="utf-8")
    if kept is not None:
        kept.write_bytes(to.read_bytes())
