"""Every question as a request: the same for both clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeAlias, TypeVar
from urllib.parse import quote

from jingmen_policy.client.types import (
    Batch,
    ClauseList,
    CorpusAt,
    CorpusList,
    DiscrepancyList,
    Dossier,
    NextAsked,
    ReadingList,
    ReadingTold,
    Receipt,
    RuleList,
    RuleTold,
    Who,
)

Answer = TypeVar("Answer")
Facts: TypeAlias = Dossier | Mapping[str, Any]
"""A dossier; as a plain mapping its members may have their Chinese names."""
Day: TypeAlias = date | str | None
Detail = Literal["brief", "full"]
Readings: TypeAlias = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Call(Generic[Answer]):
    """A request, and by its type what is answered."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None


def judge(
    dossier: Facts,
    as_of: Day,
    rules: Iterable[str] | None,
    readings: Readings,
    corpus: str | None,
    detail: Detail,
) -> Call[Any]:
    asked = _asked(as_of, readings, corpus, rules=_listed(rules), detail=detail)
    return Call("POST", "/v1/judge", body={"dossier": dossier, **asked})


def judge_batch(
    dossiers: Iterable[Facts],
    as_of: Day,
    rules: Iterable[str] | None,
    readings: Readings,
    corpus: str | None,
    detail: Detail,
) -> Call[Batch]:
    asked = _asked(as_of, readings, corpus, rules=_listed(rules), detail=detail)
    return Call("POST", "/v1/judge/batch", body={"dossiers": list(dossiers), **asked})


def explain(
    dossier: Facts, rule: str, subject: str, as_of: Day, readings: Readings, corpus: str | None
) -> Call[Any]:
    asked = _asked(as_of, readings, corpus, rule=rule, subject=subject)
    return Call("POST", "/v1/explain", body={"dossier": dossier, **asked})


def next_question(
    dossier: Facts,
    who: Who,
    as_of: Day,
    skipped: Iterable[str],
    readings: Readings,
    corpus: str | None,
) -> Call[NextAsked]:
    asked = _asked(as_of, readings, corpus, who=who, skipped=list(skipped))
    return Call("POST", "/v1/next-question", body={"dossier": dossier, **asked})


def rules(as_of: Day, corpus: str | None, section: str | None) -> Call[RuleList]:
    return Call("GET", "/v1/rules", _query(as_of=_day(as_of), corpus=corpus, section=section))


def rule(name: str, as_of: Day, corpus: str | None) -> Call[RuleTold]:
    return Call("GET", f"/v1/rules/{_part(name)}", _query(as_of=_day(as_of), corpus=corpus))


def clauses(address: str | None, corpus: str | None) -> Call[ClauseList]:
    path = "/v1/clauses" if address is None else f"/v1/clauses/{_part(address)}"
    return Call("GET", path, _query(corpus=corpus))


def readings(corpus: str | None) -> Call[ReadingList]:
    return Call("GET", "/v1/readings", _query(corpus=corpus))


def reading(name: str, corpus: str | None) -> Call[ReadingTold]:
    return Call("GET", f"/v1/readings/{_part(name)}", _query(corpus=corpus))


def discrepancies(corpus: str | None) -> Call[DiscrepancyList]:
    return Call("GET", "/v1/discrepancies", _query(corpus=corpus))


def corpora() -> Call[CorpusList]:
    return Call("GET", "/v1/corpora")


def corpus_at(name: str, as_of: Day) -> Call[CorpusAt]:
    return Call("GET", f"/v1/corpora/{_part(name)}", _query(as_of=_day(as_of)))


def receipt(identity: str) -> Call[Receipt]:
    return Call("GET", f"/v1/receipts/{_part(identity)}")


def _asked(as_of: Day, readings: Readings, corpus: str | None, **more: Any) -> dict[str, Any]:
    """The members of a body that say something."""
    given = {
        "as_of": _day(as_of),
        "readings": None if readings is None else dict(readings),
        "corpus": corpus,
        **more,
    }
    return {name: value for name, value in given.items() if value is not None}


def _query(**given: str | None) -> dict[str, str]:
    return {name: value for name, value in given.items() if value is not None}


def _listed(rules: Iterable[str] | None) -> list[str] | None:
    return None if rules is None else list(rules)


def _day(day: Day) -> str | None:
    return day.isoformat() if isinstance(day, date) else day


def _part(name: str) -> str:
    """One part of a path, slashes and all."""
    return quote(name, safe="")
