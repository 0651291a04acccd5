"""A checklist for each station: what is asked of it, its township and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jingmen_facts.base import Fact
from jingmen_facts.dossier import Dossier
from jingmen_policy.judge.finding import Finding, Thing
from jingmen_policy.office.belonging import belongs, owner
from jingmen_policy.office.bulletin.model import Check, Checklist
from jingmen_policy.office.bulletin.sections import tally
from jingmen_policy.office.kinds import COUNTY, STATION, TOWNSHIP
from jingmen_policy.office.order import FIRST

LISTED = frozenset(FIRST)


def checklists(
    dossier: Dossier, findings: Sequence[Finding], counties: Sequence[str], only: str | None = None
) -> Iterator[Checklist]:
    """Stations by county in the order given, as stated within one; ``only`` keeps one county's."""
    if STATION not in dossier.models.kinds:
        return
    found = _by_station(dossier, findings)
    placed = {
        identity: _of(dossier, station, COUNTY)
        for identity, station in dossier.of_kind(STATION).items()
    }
    order = {name: place for place, name in enumerate(counties)}
    for identity in sorted(placed, key=lambda one: order.get(placed[one] or "", len(order))):
        if only is None or placed[identity] == only:
            yield _checklist(dossier, identity, placed[identity], found.get(identity, []))


def _checklist(
    dossier: Dossier, identity: str, county: str | None, found: Sequence[Finding]
) -> Checklist:
    station = dossier.of_kind(STATION)[identity]
    told = sorted(
        (one for one in found if one.status in LISTED), key=lambda one: FIRST.index(one.status)
    )
    return Checklist(
        station=Thing(STATION, identity),
        name=getattr(station, "name", None),
        township=_of(dossier, station, TOWNSHIP),
        county=county,
        established_on=getattr(station, "established_on", None),
        counts=tally(told),
        checks=tuple(_check(one) for one in told),
        rest=tally(one for one in found if one.status not in LISTED),
    )


def _check(finding: Finding) -> Check:
    return Check(
        rule=finding.rule,
        title=finding.title,
        modality=finding.modality,
        status=finding.status,
        about=finding.subject,
        year=finding.year,
        bearer=finding.bearer,
        due=finding.due,
        due_kind=finding.due_kind,
        clauses=finding.clauses,
        missing=finding.missing,
        otherwise=finding.otherwise,
    )


def _by_station(dossier: Dossier, findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """The findings of each station: about it, about what refers to it, about its township."""
    townships: dict[str, list[str]] = {}
    for identity, station in dossier.of_kind(STATION).items():
        if (township := _of(dossier, station, TOWNSHIP)) is not None:
            townships.setdefault(township, []).append(identity)
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.subject.kind == TOWNSHIP:
            stations = townships.get(finding.subject.id, [])
        else:
            whose = owner(dossier, finding.subject, STATION)
            stations = [] if whose is None else [whose]
        for one in stations:
            found.setdefault(one, []).append(finding)
    return found


def _of(dossier: Dossier, fact: Fact, kind: str) -> str | None:
    above = belongs(dossier, fact, kind)
    return None if above is None else above.identity
