"""How every rule stands, in few words: written straight as JSON, from parts made once for a day.

A dossier comes to some 150 findings that say the same of their rule each time: its address and the
day it falls due. Only the subject and the status are filled in.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from json.encoder import encode_basestring
from typing import Any, Literal

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled import Decided
from jingmen_policy.engines.protocol import governing
from jingmen_policy.judge.describe import address_of, spoke_last
from jingmen_policy.rule.due import DueKind
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.service.problems import written

FORMAT: Literal["jingmen-brief/1"] = "jingmen-brief/1"
KEPT = 64
"""Days whose parts stay in memory."""


class Briefs:
    """The brief findings of one corpus. Safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._parts: OrderedDict[date, dict[tuple[str, int | None], str]] = OrderedDict()

    def findings(self, decided: Sequence[Decided], closed: date) -> str:
        """What ``decide`` gave for a day that is over, as a JSON list."""
        parts = self._of(closed)
        quoted = {subject: encode_basestring(subject) for subject in {one[2] for one in decided}}
        rows = [
            f'{parts[rule, year]}{quoted[subject]}}},"status":"{status._value_}"}}'
            for rule, _, subject, year, status in decided
        ]
        return f"[{','.join(rows)}]"

    def _of(self, closed: date) -> dict[tuple[str, int | None], str]:
        known = self._parts.get(closed)
        if known is None:
            known = {}
            for rule in self.corpus.rules.values():
                last = spoke_last(rule, closed)  # where none is in force
                known[rule.id, None] = self._part(rule, last, None, None, None)
                for version, due, year in governing(rule, closed):
                    known[rule.id, year] = self._part(rule, version, version.due.kind, due, year)
            self._parts[closed] = known
            while len(self._parts) > KEPT:
                self._parts.pop(next(iter(self._parts)), None)
        return known

    def _part(
        self,
        rule: Rule,
        version: Version,
        due_kind: DueKind | None,
        due: date | None,
        year: int | None,
    ) -> str:
        """A finding up to its subject's identity."""
        content: dict[str, Any] = {
            "rule": rule.id,
            "addresses": list(
                dict.fromkeys(address_of(self.corpus, cite) for cite in version.cites)
            ),
            "due": None if due is None else due.isoformat(),
            "due_kind": due_kind,
            "year": year,
            "subject": {"kind": rule.subject},
        }
        return f'{written(content).decode()[:-2]},"id":'
