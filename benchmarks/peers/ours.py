"""The same facts as a dossier, and our answers to the twelve rules."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from benchmarks.peers.workload import RULES, Answers, Facts, worst
from jingmen_facts import (
    MODELS,
    City,
    County,
    Dossier,
    Fact,
    ResidentWorker,
    ServiceAgreement,
    ServiceProject,
    Station,
    Township,
    VolunteerTeam,
)
from jingmen_policy import Policy

LISTS: dict[str, tuple[type[Fact], str | None]] = {
    "workers": (ResidentWorker, "more_workers"),
    "projects": (ServiceProject, None),
    "agreements": (ServiceAgreement, "more_agreements"),
    "teams": (VolunteerTeam, "more_teams"),
}
_APART = {"day", "county", "township", "has_conditions", *LISTS} | {
    more for _, more in LISTS.values() if more
}
_MONEY = ("total_cost", "personnel_cost")


def dossier(facts: Facts) -> Dossier:
    """One station's facts, checked."""
    where = f"{facts['county']}/{facts['township']}"
    stated: list[Fact] = [
        City(name="荆门市"),
        County(name=facts["county"], city="荆门市"),
        _fact(
            Township,
            division=facts["county"],
            name=facts["township"],
            county=facts["county"],
            has_conditions=facts["has_conditions"],
        ),
        _fact(
            Station,
            id="ST",
            township=where,
            **{name: value for name, value in facts.items() if name not in _APART},
        ),
    ]
    complete = []
    for name, (kind, more) in LISTS.items():
        stated.extend(
            _fact(kind, id=f"{name}-{number}", station="ST", **_priced(item))
            for number, item in enumerate(facts[name])
        )
        if more is None or facts[more] is False:
            complete.append(kind.__name__)
    return Dossier(stated, models=MODELS, complete=complete)


def _priced(item: Facts) -> dict[str, Any]:
    return {k: f"{v}分" if k in _MONEY and v is not None else v for k, v in item.items()}


def _fact(kind: type[Fact], **values: Any) -> Fact:
    return kind.model_validate(
        {name: str(v) if isinstance(v, float) else v for name, v in values.items()}
    )


def reference(policy: Policy, facts: Facts) -> Answers:
    """The definition's answers: what every peer is held against."""
    return judged(policy, facts, "reference")


def judged(policy: Policy, facts: Facts, engine: str) -> Answers:
    """The answers of ``judge`` by one of its engines."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    found = policy.judge(
        dossier(facts), date.fromisoformat(facts["day"]), rules=RULES, engine=engine
    )
    for finding in found:
        said[finding.rule].append(finding.status.value)
    return tuple(worst(said[rule]) for rule in RULES)


def decided(policy: Policy, facts: Facts) -> Answers:
    """The answers by generated code; it runs the whole corpus, of which these are picked."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for one in policy.decide(dossier(facts), date.fromisoformat(facts["day"])):
        said[one.rule].append(one.status.value)
    return tuple(worst(said[rule]) for rule in RULES)
