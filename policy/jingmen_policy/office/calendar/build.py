"""The calendar of a dossier: the plan's days, obligations by holder, agreements."""

from __future__ import annotations

from datetime import date

from jingmen_facts.dossier import Dossier
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.calendar.agreements import agreements
from jingmen_policy.office.calendar.bearers import Bearers
from jingmen_policy.office.calendar.model import Diary, Entry
from jingmen_policy.office.calendar.obligations import SHOWN, Obligations
from jingmen_policy.office.calendar.plan_days import plan_days
from jingmen_policy.office.calendar.words import Words

AHEAD = 1
"""How many years after the one judged have what comes every year."""


def diary(
    policy: Policy,
    dossier: Dossier,
    as_of: date,
    teller: Teller,
    *,
    bearer: str | None = None,
    engine: str | None = None,
) -> Diary:
    """Entries by day. ``bearer`` keeps to what one bears; the plan's own days are then left out.

    Raises Refused for a bearer there is none of.
    """
    corpus = policy.corpus
    closed = corpus.closed(as_of)
    found = policy.judge(dossier, as_of, engine=engine)
    bearers, words = Bearers(dossier, bearer), Words(teller, as_of)
    bearers.check(finding.bearer for finding in found)
    making = Obligations(corpus, bearers, words)
    last = closed.year + AHEAD
    entries: list[Entry] = [
        *making.judged(found),
        *making.planned(range(closed.year + 1, last + 1)),
        *agreements(policy, bearers, words),
    ]
    if bearer is None:
        entries.extend(plan_days(corpus, words, last))
    open_ones = [
        finding
        for finding in found
        if finding.due is None and finding.status in SHOWN and bearers.wanted(finding.bearer)
    ]
    title = corpus.title.to(teller.lang)
    return Diary(
        corpus=corpus.id,
        name=f"{title} · {bearer}" if bearer else title,
        as_of=as_of,
        sequence=max(0, (as_of - corpus.since).days),
        entries=tuple(sorted(entries, key=lambda entry: (entry.day, entry.kind, entry.key))),
        undated=sum(finding.due_kind == "unstated" for finding in open_ones),
        standing=sum(finding.due_kind == "standing" for finding in open_ones),
    )
