"""A bulletin put together from a dossier: everything it says is decided here, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_policy.judge.as_json import CorpusMark
from jingmen_policy.judge.policy import Policy
from jingmen_policy.office.bulletin.checklists import checklists
from jingmen_policy.office.bulletin.model import FORMAT, Bulletin, Oddity
from jingmen_policy.office.bulletin.sections import (
    deadlines,
    sections,
    shortfalls,
    tally,
    undated,
)
from jingmen_policy.office.bulletin.targets import Targets


def bulletin(
    policy: Policy,
    dossier: Dossier,
    as_of: date,
    *,
    county: str | None = None,
    engine: str | None = None,
    notes: Sequence[Said] = (),
) -> Bulletin:
    """How far a dossier's counties and stations are at the close of a day.

    ``county`` keeps to the checklists of that county; the tables stay the whole city's, because
    they rank. Raises Refused where no county is stated, or none of that name.
    """
    corpus = policy.corpus
    stood = Targets(policy, dossier, as_of)
    names = stood.names()
    if not names:
        said = Said(
            "事实中没有县（市、区），无从汇总；可加 --use register",
            "no county is stated, so there is nothing to sum up; --use register has them",
        )
        raise Refused([Problem(said)])
    if county is not None and county not in names:
        raise Refused([Problem(unknown_name(Said("县（市、区）", "county"), county, names))])
    found = policy.judge(dossier, as_of, engine=engine)
    tasks = {target.rule.id for target in stood.tasks}
    return Bulletin(
        format=FORMAT,
        corpus=CorpusMark(corpus.id, corpus.digest, dict(corpus.switched)),
        title=corpus.title,
        as_of=as_of,
        target=stood.next,
        cities=stood.cities(),
        counties=stood.counties(),
        counts=tally(found),
        sections=tuple(sections(corpus, found)),
        deadlines=tuple(deadlines(found, corpus.closed(as_of))),
        undated=undated(found),
        shortfalls=tuple(shortfalls(found)),
        oddities=tuple(
            Oddity(one.id, Said(one.title.zh, one.title.en), Said(one.effect.zh, one.effect.en))
            for one in corpus.discrepancies.values()
            if one.kind == "arithmetic" and tasks & set(one.rules)
        ),
        county=county,
        stations=tuple(checklists(dossier, found, names, county)),
        notes=tuple(notes),
    )
