"""How far the rules of a corpus are reviewed, all together: what ``jingmen status`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from jingmen_facts.problems import Problem
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.policy import Policy
from jingmen_policy.review.config import read_config
from jingmen_policy.review.signatures import strays
from jingmen_policy.review.state import STATES, RuleState, State, review_states
from jingmen_policy.review.store import signatures_directory

FORMAT: Literal["jingmen-status/1"] = "jingmen-status/1"


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """``signatures`` is the folder looked into; ``strays`` the files in it that are of no rule."""

    format: Literal["jingmen-status/1"]
    corpus: CorpusMark
    signatures: str
    required: int
    counts: Mapping[State, int]
    rules: tuple[RuleState, ...]
    strays: tuple[Problem, ...]

    @property
    def reviewed(self) -> bool:
        """Whether every rule asked about is."""
        return all(one.state == "reviewed" for one in self.rules)


STATUS = TypeAdapter(ReviewStatus)


def review_status(
    policy: Policy,
    signatures_dir: Path | str | None = None,
    rules: Iterable[str] | None = None,
) -> ReviewStatus:
    """The states of the rules named, or of all, and how many there are of each."""
    corpus = policy.corpus
    directory = signatures_directory(corpus, signatures_dir)
    states = tuple(review_states(policy, directory, rules).values())
    found = Counter(one.state for one in states)
    return ReviewStatus(
        FORMAT,
        CorpusMark(corpus.id, corpus.digest, dict(corpus.switched)),
        str(directory),
        read_config(corpus).required,
        {state: found[state] for state in STATES},
        states,
        tuple(strays(directory, corpus.rules)),
    )


def status_json(status: ReviewStatus) -> dict[str, Any]:
    """What ``jingmen status --format json`` prints; its schema is ``status.schema.json``."""
    shown: dict[str, Any] = STATUS.dump_python(status, mode="json")
    return shown
