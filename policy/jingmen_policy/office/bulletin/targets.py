"""Counties and city against the shares and the annex, all by what the rules themselves count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from jingmen_facts.dossier import Dossier
from jingmen_policy.judge.describe import Describer
from jingmen_policy.judge.policy import Policy
from jingmen_policy.judge.progress import (
    Counted,
    Progress,
    Target,
    counted_on,
    progress,
    short,
    targets,
)
from jingmen_policy.judge.show import exact
from jingmen_policy.office.bulletin.model import (
    City,
    CityYear,
    County,
    CountyYear,
    Measure,
    Reading,
)
from jingmen_policy.office.kinds import CITY, COUNTY, STATION, TOWNSHIP
from jingmen_policy.text.table import Table

NONE_STATED = Counted(0, None)


class Targets:
    """The targets of one dossier on one day."""

    def __init__(self, policy: Policy, dossier: Dossier, as_of: date) -> None:
        self.policy, self.dossier, self.as_of = policy, dossier, as_of
        self.describer = Describer(policy.corpus, dossier, as_of)
        self.of_county = targets(policy, COUNTY, as_of)
        self.of_city = targets(policy, CITY, as_of)
        self.days = tuple(dict.fromkeys(target.due for target in self.of_county + self.of_city))
        self.stands = progress(policy, dossier, as_of, self.of_county + self.of_city)

    @property
    def tasks(self) -> tuple[Target, ...]:
        """The targets that break a table down, rather than ask for a share of its totals."""
        return tuple(target for target in self.of_county if self.table_of(target) is not None)

    @property
    def shares(self) -> tuple[Target, ...]:
        return tuple(target for target in self.of_county if target not in self.tasks)

    @property
    def next(self) -> date | None:
        """The first day not yet past, or the last."""
        ahead = [day for day in self.days if day >= self.as_of]
        return ahead[0] if ahead else self.days[-1] if self.days else None

    def table_of(self, target: Target) -> Table | None:
        table = self.policy.corpus.tables.get(target.table)
        cells = table is not None and not {table.total_label} & {*target.columns}
        return table if cells and target.columns else None

    def measure(self, target: Target | None, subject: str) -> Measure | None:
        stands = None if target is None else self.stands.get((target.rule.id, subject))
        if target is None or stands is None:
            return None
        return Measure(
            target.rule.id,
            self.describer.clauses(target.version.cites),
            stands.count,
            None if stands.wanted is None else exact(stands.wanted),
            stands.least,
            stands.short,
            stands.status,
        )

    def now(self, asked: Sequence[Target]) -> Mapping[str, Counted]:
        """What the last of some targets counts on the day itself."""
        if not asked:
            return {}
        return counted_on(self.policy, self.dossier, self.as_of, asked[-1], self.as_of)

    def counties(self) -> tuple[County, ...]:
        """Who is known to have covered most of its townships first, alike in the table's order."""
        asked = self.shares or self.tasks
        now = self.now(asked)
        made = [self.county(name, now.get(name, NONE_STATED), asked) for name in self.names()]
        ranked = sorted(made, key=_share, reverse=True)
        return tuple(_ranked(ranked))

    def names(self) -> list[str]:
        """The counties in the order of the table, then those it does not have."""
        stated = list(self.dossier.of_kind(COUNTY)) if COUNTY in self.dossier.models.kinds else []
        tables = [table for target in self.tasks if (table := self.table_of(target)) is not None]
        rows = [row for table in tables for row in table.rows]
        order = [name for name in dict.fromkeys(rows) if name in stated]
        return [*order, *(name for name in stated if name not in order)]

    def county(self, name: str, count: Counted, asked: Sequence[Target]) -> County:
        full = self.stands.get((asked[-1].rule.id, name)) if asked else None
        total = None if full is None else full.least
        share = None if not total else Fraction(count.low, total)
        return County(
            name=name,
            rank=None,
            count=count,
            total=total,
            covered=None if share is None else f"{count.low}/{total}",
            percent=None if share is None else percent(share),
            listed=self.listed(name),
            years=tuple(self.county_years(name)),
        )

    def county_years(self, name: str) -> Iterator[CountyYear]:
        before = 0
        for day in dict.fromkeys(target.due for target in self.of_county):
            share, task = _on(day, self.shares), _on(day, self.tasks)
            stands = [
                found
                for target in (share, task)
                if target is not None and (found := self.stands.get((target.rule.id, name)))
            ]
            count = stands[0].count.low if stands else before
            yield CountyYear(
                year=day.year,
                day=day,
                cell=self.cell(task, name),
                added=max(0, count - before),
                share=self.measure(share, name),
                task=self.measure(task, name),
            )
            before = count

    def cell(self, task: Target | None, name: str) -> int | None:
        """What the table prints for the year: the last of the columns a task adds up."""
        table = None if task is None else self.table_of(task)
        if task is None or table is None or name not in table.rows:
            return None
        return table.cell(name, max(task.columns, key=table.columns.index))

    def listed(self, name: str) -> bool:
        """Whether every station of every township of a county is stated."""
        county = self.dossier.of_kind(COUNTY)[name]
        townships = self.dossier.models.relations[COUNTY].get("townships")
        stations = self.dossier.models.relations[TOWNSHIP].get("stations")
        if townships is None or stations is None:
            return STATION in self.dossier.complete
        return self.dossier.lists_all(townships, county) and all(
            self.dossier.lists_all(stations, township)
            for township in self.dossier.many(townships, county)
        )

    def cities(self) -> tuple[City, ...]:
        stated = list(self.dossier.of_kind(CITY)) if CITY in self.dossier.models.kinds else []
        now = self.now(self.of_city)
        return tuple(
            City(name, now.get(name, NONE_STATED), tuple(self.city_years(name))) for name in stated
        )

    def city_years(self, name: str) -> Iterator[CityYear]:
        for day in self.days:
            target = _on(day, self.of_city)
            stands = None if target is None else self.stands.get((target.rule.id, name))
            if stands is None:
                continue
            printed, computed = self.annex(_on(day, self.tasks), stands)
            own = self.measure(target, name)
            yield CityYear(day.year, day, stands.count, own, printed, computed)

    def annex(self, task: Target | None, stands: Progress) -> tuple[Reading | None, Reading | None]:
        """The table up to a year, as its totals row prints it and as its columns add up."""
        table = None if task is None else self.table_of(task)
        if task is None or table is None:
            return None, None
        printed, computed = table.totals_of(task.columns)
        return (
            Reading(printed, short(printed, stands.count)),
            Reading(computed, short(computed, stands.count)),
        )


def percent(share: Fraction) -> str:
    """A share in per cent, one decimal, cut off and never rounded up to a target.

    >>> percent(Fraction(7, 13)), percent(Fraction(6999, 10000)), percent(Fraction(1))
    ('53.8%', '69.9%', '100%')
    """
    tenths = share.numerator * 1000 // share.denominator
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def _on(day: date, asked: Sequence[Target]) -> Target | None:
    return next((target for target in asked if target.due == day), None)


def _share(county: County) -> Fraction:
    return Fraction(-1) if county.covered is None else Fraction(county.covered)


def _ranked(counties: Sequence[County]) -> Iterator[County]:
    """Each with the best and the worst place that what is not known leaves it."""
    ends = {one.name: _ends(one) for one in counties if one.total}
    for county in counties:
        mine = ends.get(county.name)
        if mine is None:
            yield county
            continue
        others = [end for name, end in ends.items() if name != county.name]
        best = 1 + sum(low > mine[1] for low, _ in others)
        worst = 1 + sum(high > mine[0] for _, high in others)
        yield replace(county, rank=Counted(best, worst))


def _ends(county: County) -> tuple[Fraction, Fraction]:
    """The least and the greatest share there may be."""
    assert county.total
    high = county.total if county.count.high is None else county.count.high
    return Fraction(county.count.low, county.total), Fraction(high, county.total)
