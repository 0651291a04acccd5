"""Self-checks to test with: of one station, of a county, and over drawn dossiers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from hypothesis import strategies as st

from jingmen_facts import Dossier
from jingmen_facts.base import Fact
from jingmen_policy import Policy
from jingmen_policy.judge.finding import Thing, thing_of
from jingmen_policy.selfcheck import SelfCheck, self_check
from support.plan_dossiers import AS_OF, plan_dossiers

DAY = date(2026, 11, 28)
TOWN = Thing("Township", "沙洋县/沙洋镇")
COUNTY = Thing("County", "沙洋县")
STATION: dict[str, Any] = {"id": "沙洋镇社工站", "township": TOWN.id}
OWNERS = ("County", "Township", "Station")


@cache
def plan() -> Policy:
    return Policy.load()


def check(
    who: Thing = TOWN,
    *,
    skipped: Iterable[str] = (),
    complete: Iterable[str] = (),
    **facts: Any,
) -> SelfCheck:
    """A self-check over the register and these facts."""
    dossier = plan().dossier(facts, use=["register"], complete=complete)
    return self_check(plan(), dossier, who, DAY, frozenset(skipped))


def told(dossier: Dossier, about: Thing, name: str) -> Any:
    """What a dossier says of a thing."""
    return getattr(dossier.of_kind(about.kind)[about.id], name)


def field(check: SelfCheck, about: Thing, name: str) -> Any:
    return told(check.dossier, about, name)


@st.composite
def self_checks(draw: st.DrawFn) -> SelfCheck:
    """Somebody's self-check in a drawn dossier about the plan."""
    dossier = draw(plan_dossiers())
    asked = [thing_of(fact) for fact in dossier if type(fact).__name__ in OWNERS]
    who = draw(st.sampled_from(asked))
    return self_check(plan(), dossier, who, draw(AS_OF))


def restated(dossier: Dossier, about: Thing, name: str, value: Any) -> Dossier:
    """The dossier made anew with one field said otherwise. Raises where that contradicts it."""
    facts: list[Fact] = []
    for fact in dossier:
        stated = {key: getattr(fact, key) for key in type(fact).model_fields}
        same = thing_of(fact) == about
        facts.append(type(fact).model_validate({**stated, name: value}) if same else fact)
    return Dossier(facts, models=dossier.models, complete=dossier.complete)
