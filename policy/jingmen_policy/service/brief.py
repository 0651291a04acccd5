"""How every rule stands, in few words: written straight as JSON, from parts made once for a day.

A dossier comes to some 150 findings that say the same of their rule each time: its address and the
day it falls due. Only the subject and the status are filled in.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from json.encoder import encode_basestring
from typing import Any, Literal

from jingmen_facts.dossier import Dossier
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.protocol import governing
from jingmen_policy.judge.describe import address_of, spoke_last
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.verdict_rows import Asked, Row, Subjects, VerdictRows
from jingmen_policy.log.hashes import VerdictsHash
from jingmen_policy.rule.due import DueKind
from jingmen_policy.rule.model import Rule, Version
from jingmen_policy.rule.status import Status
from jingmen_policy.service.problems import written

FORMAT: Literal["jingmen-brief/1"] = "jingmen-brief/1"
ENGINE = "compiled"
KEPT = 64
"""Days, with choices of rules, whose parts stay in memory."""
_AFTER = tuple(f'}},"status":"{status.value}"}}'.encode() for status in Status)
_NAMES = tuple(status.value for status in Status)


class Briefs:
    """The brief findings of one policy, which it does not keep. Safe to share between threads."""

    def __init__(self) -> None:
        self._days: OrderedDict[tuple[date, frozenset[str] | None], Brief] = OrderedDict()

    def on(self, policy: Policy, as_of: date, rules: frozenset[str] | None) -> Brief:
        """How the rules that are asked for are told of on a day."""
        known = self._days.get((as_of, rules))
        if known is None:
            known = self._days[as_of, rules] = Brief(policy, as_of, rules)
            while len(self._days) > KEPT:
                self._days.pop(next(iter(self._days)), None)
        return known


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of a dossier: a verdict for each rule, subject and year."""

    subjects: Subjects
    verdicts: Sequence[int]


class Brief:
    """The answers of a day to some rules, or to all."""

    def __init__(self, policy: Policy, as_of: date, rules: frozenset[str] | None) -> None:
        self._as_of = as_of
        self._rules = rules
        asked = policy.asked(as_of, rules=rules)
        parts = _parts(policy.corpus, asked, policy.corpus.closed(as_of))
        self._rows = VerdictRows(asked, lambda rule, _, year: Row(parts[rule, year], _AFTER))
        self.hash = VerdictsHash(asked)
        corpus = policy.corpus
        mark = {"id": corpus.id, "digest": corpus.digest, "readings": dict(corpus.switched)}
        head = {"format": FORMAT, "corpus": mark, "as_of": as_of.isoformat(), "engine": ENGINE}
        self._head = written(head)[1:-1]

    def decided(self, policy: Policy, dossier: Dossier) -> Told:
        verdicts = policy.verdicts(dossier, self._as_of, rules=self._rules)
        return Told(self._rows.subjects(dossier), verdicts)

    def json(self, told: Told) -> bytes:
        """The answer but for its receipt and the opening brace."""
        counted = Counter(told.verdicts).items()
        counts = ",".join([f'"{_NAMES[verdict]}":{count}' for verdict, count in counted])
        identities = [encode_basestring(one).encode() for one in told.subjects.identities]
        rows = self._rows.filled(told.subjects.counts, identities, told.verdicts)
        return b'%b,"counts":{%b},"findings":[%b]}' % (self._head, counts.encode(), rows[1:])


def _parts(corpus: Corpus, asked: Asked, closed: date) -> dict[tuple[str, int | None], bytes]:
    """For each rule and year a finding up to its subject's identity."""
    found: dict[tuple[str, int | None], bytes] = {}
    for name, _, _ in asked:
        rule = corpus.rules[name]
        # Where none is in force.
        found[name, None] = _part(corpus, rule, spoke_last(rule, closed), None, None, None)
        for version, due, year in governing(rule, closed):
            found[name, year] = _part(corpus, rule, version, version.due.kind, due, year)
    return found


def _part(
    corpus: Corpus,
    rule: Rule,
    version: Version,
    due_kind: DueKind | None,
    due: date | None,
    year: int | None,
) -> bytes:
    content: dict[str, Any] = {
        "rule": rule.id,
        "addresses": list(dict.fromkeys(address_of(corpus, cite) for cite in version.cites)),
        "due": None if due is None else due.isoformat(),
        "due_kind": due_kind,
        "year": year,
        "subject": {"kind": rule.subject},
    }
    return b',%b,"id":' % written(content)[:-2]
