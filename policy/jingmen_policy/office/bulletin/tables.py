"""The tables of a bulletin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingmen_policy.office.bulletin.blocks import Cell, Grid
from jingmen_policy.office.bulletin.charts import at_target
from jingmen_policy.office.bulletin.model import (
    Bulletin,
    City,
    County,
    Measure,
    Reading,
    StatusCount,
)
from jingmen_policy.office.bulletin.words import Words, weekend
from jingmen_policy.rule.status import Status

NONE = "—"


def county_grid(made: Bulletin, words: Words) -> Grid:
    say = words.say
    year = "" if made.target is None else str(made.target.year)
    return Grid(
        say(f"各县（市、区）进度，对照到{year}年底", f"Counties against the end of {year}"),
        (
            say("县（市、区）", "county"),
            say("名次", "rank"),
            say("已建", "built"),
            say("合计", "total"),
            say("比例", "share"),
            say("附件累计应建", "asked so far (annex)"),
            say("还差", "short by"),
            say("最少数（比例）", "least (share)"),
            say("附件结论", "annex"),
            say("比例结论", "share"),
            say("名单", "list"),
        ),
        tuple(tuple(_county(made, county, words)) for county in made.counties),
        (14, 8, 20, 7, 12, 9, 9, 9, 12, 12, 11),
    )


def _county(made: Bulletin, county: County, words: Words) -> Iterator[Cell]:
    year = at_target(made, county)
    share, task = (None, None) if year is None else (year.share, year.task)
    yield Cell(county.name)
    yield Cell(words.rank(county.rank), number=True)
    yield Cell(words.count(county.count), number=True)
    yield number(county.total)
    at_least = "" if county.count.exact else words.say("至少", "at least ")
    yield Cell(NONE if county.percent is None else f"{at_least}{county.percent}", number=True)
    yield least(task)
    yield short(task, words)
    yield least(share)
    yield status(task, words)
    yield status(share, words)
    yield Cell(words.say("已列全", "complete") if county.listed else words.say("未列全", "open"))


def year_grid(made: Bulletin, words: Words) -> Grid:
    say = words.say
    return Grid(
        say("各县（市、区）分年度", "Counties by year"),
        (
            say("县（市、区）", "county"),
            say("年度", "year"),
            say("附件", "annex"),
            say("当年新增", "new"),
            say("累计已建", "built so far"),
            say("累计应建", "asked so far"),
            say("比例算得", "share works out at"),
            say("最少数", "least"),
            say("还差", "short by"),
            say("附件结论", "annex"),
            say("比例结论", "share"),
        ),
        tuple(tuple(_year(county, words)) for county in _years(made.counties)),
        (14, 10, 7, 8, 20, 8, 8, 8, 9, 13, 13),
        key=2,
    )


def _years(counties: Iterable[County]) -> Iterator[tuple[County, int]]:
    for county in counties:
        for place in range(len(county.years)):
            yield county, place


def _year(one: tuple[County, int], words: Words) -> Iterator[Cell]:
    county, place = one
    year = county.years[place]
    share, task = year.share, year.task
    counted = share or task
    yield Cell(county.name)
    yield Cell(str(year.year))
    yield number(year.cell)
    yield Cell(str(year.added), number=True)
    yield Cell(NONE if counted is None else words.count(counted.count), number=True)
    yield least(task)
    yield Cell((share and share.wanted) or NONE, number=True)
    yield least(share)
    yield short(task or share, words)
    yield status(task, words)
    yield status(share, words)


def city_grid(city: City, words: Words) -> Grid:
    say = words.say
    return Grid(
        say(f"{city.name}分年度", f"{city.name} by year"),
        (
            say("年度", "year"),
            say("累计已建", "built so far"),
            say("全市比例最少数", "least for the city's share"),
            say("还差", "short by"),
            say("结论", "finding"),
            say("附件总计行（印出）累计", "annex totals row as printed, so far"),
            say("还差", "short by"),
            say("附件各列相加（算出）累计", "annex columns added up, so far"),
            say("还差", "short by"),
        ),
        tuple(
            (
                Cell(str(year.year)),
                Cell(words.count(year.count), number=True),
                least(year.own),
                short(year.own, words),
                status(year.own, words),
                *_reading(year.printed, words),
                *_reading(year.computed, words),
            )
            for year in city.years
        ),
        (10, 20, 11, 10, 13, 13, 10, 13, 10),
    )


def _reading(read: Reading | None, words: Words) -> tuple[Cell, Cell]:
    total = None if read is None else read.total
    return number(total), short(read, words)


def section_grid(made: Bulletin, words: Words) -> Grid:
    shown = [one.status for one in made.counts]
    rows = [
        (Cell(one.heading), *_spread(one.counts, shown), total(one.counts)) for one in made.sections
    ]
    rows.append(
        (
            Cell(words.say("合计", "total")),
            *_spread(made.counts, shown),
            total(made.counts),
        )
    )
    return Grid(
        words.say("各部分结论数", "Findings by section"),
        (
            words.say("方案部分", "section"),
            *(words.status(one) for one in shown),
            words.say("合计", "total"),
        ),
        tuple(rows),
        (22, *(10 for _ in shown), 9),
    )


def _spread(counts: Iterable[StatusCount], shown: Iterable[Status]) -> list[Cell]:
    known = {one.status: one.number for one in counts}
    return [Cell(str(known.get(status, 0)), number=True) for status in shown]


def total(counts: Iterable[StatusCount]) -> Cell:
    return Cell(str(sum(one.number for one in counts)), number=True)


def shortfall_grid(made: Bulletin, words: Words) -> Grid:
    say = words.say
    return Grid(
        say("未达标和待说明的要求", "What is breached or departed from"),
        (
            say("结论", "finding"),
            say("要求", "requirement"),
            say("原文", "the text"),
            say("个数", "number"),
            say("对象", "about"),
        ),
        tuple(
            (
                Cell(words.status(one.status), status=one.status),
                Cell(
                    one.title.to(words.teller.lang)
                    + ("" if one.year is None else say(f"（{one.year}年）", f" ({one.year})"))
                ),
                Cell(words.clauses(one.clauses)),
                Cell(str(len(one.subjects)), number=True),
                Cell(words.names(subject.id for subject in one.subjects)),
            )
            for one in made.shortfalls
        ),
        (11, 20, 40, 7, 22),
        key=0,
    )


def deadline_grid(made: Bulletin, words: Words) -> Grid:
    say, lang = words.say, words.teller.lang
    return Grid(
        say("今后的期限", "Deadlines ahead"),
        (
            say("日期", "day"),
            say("星期", "weekday"),
            say("距判定日（天）", "days from now"),
            say("事项", "what"),
            say("结论", "findings"),
            say("合计", "total"),
        ),
        tuple(
            (
                Cell(one.day.isoformat()),
                Cell(
                    words.weekday(one.day)
                    + (say("（周末）", " (weekend)") if weekend(one.day) else "")
                ),
                Cell(str((one.day - made.as_of).days), number=True),
                Cell(words.names(title.to(lang) for title in one.titles)),
                Cell(words.tally(one.counts)),
                total(one.counts),
            )
            for one in made.deadlines
        ),
        (14, 12, 12, 34, 20, 8),
    )


def status(measure: Measure | None, words: Words) -> Cell:
    if measure is None:
        return Cell(NONE)
    return Cell(words.status(measure.status), status=measure.status)


def least(measure: Measure | None) -> Cell:
    return number(None if measure is None else measure.least)


def short(one: Measure | Reading | None, words: Words) -> Cell:
    return Cell(words.short(None if one is None else one.short), number=True)


def number(value: int | None) -> Cell:
    return Cell(NONE if value is None else str(value), number=True)
