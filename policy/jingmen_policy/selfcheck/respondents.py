"""Who may answer for a dossier: everyone to whom something belongs, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_facts.problems import Said
from jingmen_policy.compare.facts import apart
from jingmen_policy.judge.finding import Thing, thing_of
from jingmen_policy.judge.policy import Policy
from jingmen_policy.rule.status import Status
from jingmen_policy.selfcheck.keep import opened
from jingmen_policy.selfcheck.scope import above, belonging, owners


@dataclass(frozen=True, slots=True)
class Respondent:
    """One who may answer; ``above`` is to whom they belong, the nearest first."""

    who: Thing
    above: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a self-check may begin with: facts as a file has them, and who may answer.

    ``suggested`` is the one with the fewest facts to whom all that is stated belongs.
    """

    facts: Mapping[str, Any]
    as_of: date | None
    respondents: tuple[Respondent, ...]
    suggested: Thing | None


@dataclass(frozen=True, slots=True)
class Names:
    """What things and statuses are called."""

    title: Said
    kinds: Mapping[str, Said]
    statuses: Mapping[str, Said]


def names(policy: Policy) -> Names:
    return Names(
        policy.corpus.title,
        {name: Said(kind.label.zh, kind.label.en) for name, kind in policy.models.kinds.items()},
        {status.value: status.label for status in Status},
    )


def beginning(policy: Policy) -> Beginning:
    """From nothing but the first background there is: the register of townships."""
    use = list(policy.backgrounds)[:1]
    return _beginning(policy, policy.dossier({}, use=use), None)


def from_file(policy: Policy, name: str, text: str) -> Beginning:
    """From a file of facts. Raises Refused with everything wrong in it."""
    read = opened(policy, name, text)
    return _beginning(policy, read.dossier, read.as_of)


def _beginning(policy: Policy, dossier: Dossier, as_of: date | None) -> Beginning:
    kinds = owners(policy.models)
    found = [
        Respondent(thing_of(fact), tuple(map(thing_of, above(dossier, fact))))
        for kind in kinds
        for fact in dossier.of_kind(kind).values()
    ]
    pieces = list(apart(dossier, policy.backgrounds))[-1]
    stated = [fact for key, fact in pieces.facts.items() if pieces.fixed.get(key) != fact]
    return Beginning(
        pieces.written(pieces.atoms),
        as_of,
        tuple(found),
        _suggested(dossier, [one.who for one in found], stated),
    )


def _suggested(dossier: Dossier, respondents: list[Thing], stated: list[Fact]) -> Thing | None:
    fewest: tuple[int, Thing] | None = None
    for who in respondents if stated else ():
        theirs = {thing_of(fact) for fact in belonging(dossier, who)}
        if all(thing_of(fact) in theirs for fact in stated) and (
            fewest is None or len(theirs) < fewest[0]
        ):
            fewest = len(theirs), who
    return None if fewest is None else fewest[1]
