"""The policies a service answers from: by name, and under other readings, so many of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.corpus.load import load_corpus
from jingmen_policy.judge.policy import Policy
from jingmen_policy.service.settings import PLAN

DAYS = 32
"""Days of each policy whose code is kept: some 100 KB to 4 MB each, more the later they are."""
Readings = tuple[tuple[str, str], ...]


class Corpora:
    """Safe to share between threads. The first policy is the one meant where none is named."""

    def __init__(self, policies: Mapping[str, Policy], kept: int) -> None:
        self.policies = dict(policies)
        for policy in self.policies.values():
            policy.days = DAYS
        self.default = next(iter(self.policies))
        self._kept = kept
        self._switched: OrderedDict[tuple[str, Readings], Policy] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, folders: Mapping[str, Path], kept: int, plan: Policy | None = None) -> Corpora:
        """The shipped plan and the corpora in folders. Raises Refused with all problems."""
        shipped = plan or Policy.load()
        policies = {PLAN: shipped}
        problems: list[Problem] = []
        for name, folder in folders.items():
            try:
                corpus = load_corpus(folder, shipped.models)
            except Refused as refused:
                problems.extend(
                    replace(one, source=f"{folder}/{one.source}") for one in refused.problems
                )
                continue
            policies[name] = Policy(corpus, backgrounds=shipped.backgrounds)
        if problems:
            raise Refused(problems)
        return cls(policies, kept)

    def named(self, name: str | None) -> Policy:
        """Raises Refused for a name there is no corpus of."""
        wanted = self.default if name is None else name
        if wanted not in self.policies:
            said = unknown_name(Said("规则库", "corpus"), wanted, list(self.policies))
            raise Refused([Problem(said, path=("corpus",))])
        return self.policies[wanted]

    def policy(self, name: str | None, readings: Mapping[str, str]) -> Policy:
        """A corpus by name, with other readings in force. Raises Refused.

        Loading one takes a while: one is loaded at a time, and so many are kept.
        """
        base = self.named(name)
        if not readings:
            return base
        key = (name or self.default, tuple(sorted(readings.items())))
        with self._lock:
            known = self._switched.get(key)
            if known is None:
                known = self._switched[key] = base.under(readings)
                known.days = DAYS
                if len(self._switched) > self._kept:
                    self._switched.popitem(last=False)
            else:
                self._switched.move_to_end(key)
            return known
