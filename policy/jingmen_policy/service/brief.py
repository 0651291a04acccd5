"""How every rule stands, in few words: written straight as JSON, from parts made once for a day.

A dossier comes to some 150 findings that say the same of their rule each time: its address and the
day it falls due. Only the subject and the status are filled in.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from json.encoder import encode_basestring
from typing import Any, Literal, NamedTuple

from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.compiled import Decided
from jingmen_policy.engines.protocol import governing
from jingmen_policy.judge.describe import address_of
from jingmen_policy.rule.due import DueKind
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status
from jingmen_policy.service.problems import written

FORMAT: Literal["jingmen-brief/1"] = "jingmen-brief/1"
KEPT = 64
"""Days whose parts stay in memory."""


class _Part(NamedTuple):
    before: str
    """Up to the subject's identity."""
    after: str
    """Between the identity and the status."""


class Briefs:
    """The brief findings of one corpus. Safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._parts: OrderedDict[date, dict[tuple[str, int | None], _Part]] = OrderedDict()

    def findings(self, decided: Iterable[Decided], closed: date) -> str:
        """What ``decide`` gave for a day that is over, as a JSON list."""
        parts = self._of(closed)
        subjects: dict[str, str] = {}
        rows = []
        for rule, _, subject, year, status in decided:
            quoted = subjects.get(subject)
            if quoted is None:
                quoted = subjects[subject] = encode_basestring(subject)
            before, after = parts[rule, year]
            rows.append(f"{before}{quoted}{after}{_STATUS[status]}")
        return f"[{','.join(rows)}]"

    def _of(self, closed: date) -> dict[tuple[str, int | None], _Part]:
        known = self._parts.get(closed)
        if known is None:
            known = {
                (rule.id, year): self._part(rule, version, due, year)
                for rule in self.corpus.rules.values()
                for version, due, year in [*governing(rule, closed)] or [(None, None, None)]
            }
            self._parts[closed] = known
            while len(self._parts) > KEPT:
                self._parts.pop(next(iter(self._parts)), None)
        return known

    def _part(
        self, rule: Rule, version: Version | None, due: date | None, year: int | None
    ) -> _Part:
        kind: DueKind | None = None if version is None else version.due.kind
        cites = rule.cites if version is None else version.cites
        content: dict[str, Any] = {
            "rule": rule.id,
            "addresses": list(dict.fromkeys(address_of(self.corpus, cite) for cite in cites)),
            "due": None if due is None else due.isoformat(),
            "due_kind": kind,
            "year": year,
            "subject": {"kind": rule.subject},
        }
        return _Part(f'{written(content).decode()[:-2]},"id":', '},"status":"')


_STATUS = {status: f'{status.value}"}}' for status in Status}
