"""The three charts of a bulletin, from the same numbers as its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jingmen_policy.office.bulletin.blocks import Chart, Series
from jingmen_policy.office.bulletin.model import Bulletin, County, CountyYear, StatusCount
from jingmen_policy.office.bulletin.words import Words
from jingmen_policy.office.order import FIRST
from jingmen_policy.rule.status import Status

INKS = {status: place for place, status in enumerate(FIRST)}
"""Each status has its own ink in the charts of findings; counts take theirs from the same row."""
BUILT, MOST, ASKED, ALL = 5, 4, 2, 3


def charts(made: Bulletin, words: Words) -> Iterator[Chart]:
    """Those that have something to show."""
    yield from (
        chart
        for chart in (progress(made, words), by_section(made, words), ahead(made, words))
        if chart.categories
    )


def at_target(made: Bulletin, county: County) -> CountyYear | None:
    """A county's year that the ranking is told against."""
    return next((year for year in county.years if year.day == made.target), None)


def progress(made: Bulletin, words: Words) -> Chart:
    """Each county: what it has, what it may have at most, what is asked by the year, all of it."""
    say, year = words.say, made.target.year if made.target else made.as_of.year
    asked = [_asked(at_target(made, county)) for county in made.counties]
    series = [
        Series(say("已建", "built"), BUILT, tuple(one.count.low for one in made.counties)),
        Series(say(f"到{year}年底应建", f"asked by the end of {year}"), ASKED, tuple(asked)),
        Series(say("合计", "all townships"), ALL, tuple(one.total or 0 for one in made.counties)),
    ]
    if any(not one.count.exact for one in made.counties):
        most = tuple(_most(county) for county in made.counties)
        series[0] = Series(say("已建（至少）", "built (at least)"), BUILT, series[0].values)
        series.insert(1, Series(say("至多（未报全）", "at most (not all stated)"), MOST, most))
    told = [
        say(
            f"{one.name}已建{words.count(one.count)}，应建{want}",
            f"{one.name}: {words.count(one.count)} of {want} asked",
        )
        for one, want in zip(made.counties, asked, strict=True)
    ]
    return Chart(
        "progress",
        say(
            f"各县（市、区）建站进度与到{year}年底应建数",
            f"Stations by county and what is asked by the end of {year}",
        ),
        say("；", "; ").join(told),
        False,
        tuple(county.name for county in made.counties),
        tuple(series),
    )


def by_section(made: Bulletin, words: Words) -> Chart:
    kept = [one for one in made.sections if any(c.status in INKS for c in one.counts)]
    return _stacked(
        "sections",
        words.say("方案各部分要求的落实情况（结论数）", "Findings by section of the plan"),
        [(one.heading, one.counts) for one in kept],
        words,
    )


def ahead(made: Bulletin, words: Words) -> Chart:
    return _stacked(
        "deadlines",
        words.say("今后的期限（要求数）", "Deadlines ahead (findings due)"),
        [(one.day.isoformat(), one.counts) for one in made.deadlines],
        words,
    )


def _stacked(
    name: str, title: str, rows: Sequence[tuple[str, Iterable[StatusCount]]], words: Words
) -> Chart:
    counts = [{one.status: one.number for one in found} for _, found in rows]
    shown = [status for status in FIRST if any(status in found for found in counts)]
    told = [f"{head}{words.say('：', ': ')}{words.tally(_in(found))}" for head, found in rows]
    return Chart(
        name,
        title,
        words.say("；", "; ").join(told),
        True,
        tuple(head for head, _ in rows),
        tuple(
            Series(words.status(s), INKS[s], tuple(found.get(s, 0) for found in counts))
            for s in shown
        ),
    )


def _in(counts: Iterable[StatusCount]) -> list[StatusCount]:
    """Those the charts show, in the order people look for them."""
    known: dict[Status, StatusCount] = {one.status: one for one in counts}
    return [known[status] for status in FIRST if status in known]


def _asked(year: CountyYear | None) -> int:
    """What the annex asks for by then, or where it does not, the share."""
    for measure in () if year is None else (year.task, year.share):
        if measure is not None and measure.least is not None:
            return measure.least
    return 0


def _most(county: County) -> int:
    if county.count.high is not None:
        return county.count.high
    return max(county.count.low, county.total or 0)
