"""A bulletin in the order of an official circular, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_policy.judge.text import Teller
from jingmen_policy.office.bulletin.blocks import Block, Chart, Heading, Paragraph, Told
from jingmen_policy.office.bulletin.charts import at_target, charts
from jingmen_policy.office.bulletin.model import Bulletin
from jingmen_policy.office.bulletin.stations import stations
from jingmen_policy.office.bulletin.tables import (
    city_grid,
    county_grid,
    deadline_grid,
    section_grid,
    shortfall_grid,
    year_grid,
)
from jingmen_policy.office.bulletin.words import Words
from jingmen_policy.rule.status import Status

ORDINALS = "一二三四五六七八九"


def told(made: Bulletin, teller: Teller) -> Told:
    telling = _Telling(made, Words(teller))
    return Told(
        title=telling.title(),
        about=tuple(telling.about()),
        blocks=tuple(telling.blocks()),
        foot=tuple(telling.foot()),
    )


class _Telling:
    def __init__(self, made: Bulletin, words: Words) -> None:
        self.made, self.words, self.say = made, words, words.say
        self.charts = {chart.name: chart for chart in charts(made, words)}
        self.sections = 0

    def title(self) -> str:
        title = self.made.title
        return self.say(f"《{title.zh}》落实进度通报", f"{title.en}: progress bulletin")

    def about(self) -> Iterator[str]:
        day = self.words.day(self.made.as_of)
        yield self.say(
            f"（截至{day}，依所填报的事实自动汇总，不是正式公文）",
            f"(as of {day}, summed up from the facts stated; not an official document)",
        )

    def blocks(self) -> Iterator[Block]:
        yield from self.overall()
        yield from self.counties()
        yield from self.city()
        yield from self.findings()
        yield from self.ahead()
        yield from self.checklists()

    def overall(self) -> Iterator[Block]:
        made, words, say = self.made, self.words, self.say
        yield self.heading("总体进度", "Overall")
        day = words.day(made.as_of)
        for city in made.cities:
            yield Paragraph(
                say(
                    f"截至{day}，{city.name}已建社工站的乡镇（街道）{words.count(city.count)}个。",
                    f"By {day}, townships of {city.name} with a station:"
                    f" {words.count(city.count)}.",
                )
            )
        if made.target is not None:
            year, behind = made.target.year, list(self.behind())
            yield Paragraph(
                say(
                    f"对照到{year}年底应建数，尚未达到或者不能确定达到的："
                    f"{words.names(behind) or '无'}。",
                    f"Against what is asked by the end of {year}, short or not known to have it:"
                    f" {words.names(behind) or 'none'}.",
                )
            )
        total = sum(one.number for one in made.counts)
        yield Paragraph(
            say(
                f"对全部要求共作出{total}条结论：{words.tally(made.counts)}。",
                f"All requirements together make {total} findings: {words.tally(made.counts)}.",
            )
        )
        yield from self.unknown()

    def behind(self) -> Iterator[str]:
        """The counties that fall short of what is asked by the target day, or may."""
        for county in self.made.counties:
            year = at_target(self.made, county)
            asked = None if year is None else year.task or year.share
            if asked is not None and asked.short is not None and asked.short.high != 0:
                by = self.words.short(asked.short)
                yield self.say(f"{county.name}（还差{by}个）", f"{county.name} (short by {by})")

    def unknown(self) -> Iterator[Block]:
        """What is not stated, said before any number is read."""
        made, words, say = self.made, self.words, self.say
        open_ones = [county.name for county in made.counties if not county.listed]
        if open_ones:
            yield Paragraph(
                say(
                    f"{words.names(open_ones)}的社工站名单没有写明已经列全。这些地方的数只是“至少”，"
                    "没有列出的不当作没有，也不作未达标处理。",
                    f"Not stated complete: the stations of {words.names(open_ones)}. Their numbers"
                    " are 'at least'; what is not listed is not taken to be missing.",
                ),
                note=True,
            )
        if made.corpus.readings:
            switched = words.names(f"{one}={other}" for one, other in made.corpus.readings.items())
            yield Paragraph(
                say(f"改取的解释：{switched}。", f"Other readings in force: {switched}."), note=True
            )
        for note in made.notes:
            yield Paragraph(note.to(words.teller.lang), note=True)

    def counties(self) -> Iterator[Block]:
        say = self.say
        yield self.heading("各县（市、区）进度", "Counties")
        yield county_grid(self.made, self.words)
        yield Paragraph(
            say(
                "名次按已建社工站的乡镇（街道）占合计的比例排列，比例相同的并列；方案没有规定排名办法。"
                "没有报全的，名次只能定在一个范围之内，行序按已填报的数。比例舍去尾数，不进位。",
                "Ranked by the share of townships with a station, alike sharing a place; the plan"
                " has no rule for ranking. Where not everything is stated the place lies within a"
                " range and rows follow what is stated. Shares are cut off, never rounded up.",
            ),
            note=True,
        )
        yield from self.chart("progress")
        if any(county.years for county in self.made.counties):
            yield year_grid(self.made, self.words)
            yield Paragraph(
                say(
                    "“附件”为该年任务一格的数；“累计应建”为截至该年各格之和；“最少数”为不少于规定比例的"
                    "最小整数。未到年末的，已建数截至判定日。",
                    "'Annex' is the cell of the year, 'asked so far' the cells up to it, 'least'"
                    " the least whole number that meets the share. Before a year's end, what is"
                    " built is as of the day judged.",
                ),
                note=True,
            )

    def city(self) -> Iterator[Block]:
        if not any(city.years for city in self.made.cities):
            return
        yield self.heading("全市合计（附件两种口径）", "The city (the annex read both ways)")
        for city in self.made.cities:
            yield city_grid(city, self.words)
        lang = self.words.teller.lang
        for one in self.made.oddities:
            yield Paragraph(
                f"{one.title.to(lang)}{self.say('：', ': ')}{one.effect.to(lang)}", note=True
            )

    def findings(self) -> Iterator[Block]:
        made, say = self.made, self.say
        yield self.heading("各项要求落实情况", "Findings")
        yield from self.chart("sections")
        yield section_grid(made, self.words)
        apart = (Status.AVAILABLE, Status.NOTED, Status.NOT_APPLICABLE, Status.NOT_IN_FORCE)
        if any(one.status in apart for one in made.counts):
            yield Paragraph(
                say(
                    "图中不含可选用、已记录、不适用和未施行的；表中都有。",
                    "The chart leaves out what is available, noted, not applicable or not in force;"
                    " the table has them.",
                ),
                note=True,
            )
        if made.shortfalls:
            yield shortfall_grid(made, self.words)
        else:
            yield Paragraph(
                say("没有未达标或者待说明的。", "Nothing is breached, nothing departed from.")
            )

    def ahead(self) -> Iterator[Block]:
        made, say = self.made, self.say
        yield self.heading("今后的期限", "Deadlines ahead")
        if made.deadlines:
            yield from self.chart("deadlines")
            yield deadline_grid(made, self.words)
        else:
            yield Paragraph(say("判定日之后没有写明日期的期限。", "No dated deadline lies ahead."))
        if made.undated:
            yield Paragraph(
                say(
                    f"另有{made.undated}条结论尚未办到而原文没有写明期限，不在此列。",
                    f"Another {made.undated} findings are open although the text names no day.",
                ),
                note=True,
            )

    def checklists(self) -> Iterator[Block]:
        made, say = self.made, self.say
        where = say(f"（{made.county}）", f" ({made.county})") if made.county else ""
        yield self.heading(f"社工站清单{where}", f"Checklists of the stations{where}")
        if not made.stations:
            yield Paragraph(say("没有填报社工站。", "No station is stated."))
        yield from stations(made, self.words)

    def foot(self) -> Iterator[str]:
        corpus = self.made.corpus
        yield self.say(
            f"规则库 {corpus.id}，摘要 {corpus.digest}；判定日 {self.made.as_of}。"
            "引号内为方案原文。“未达标”只指没有达到方案的要求。",
            f"Corpus {corpus.id}, digest {corpus.digest}; as of {self.made.as_of}. What stands in"
            " quotation marks is the plan's own text.",
        )

    def heading(self, zh: str, en: str) -> Heading:
        number = ORDINALS[self.sections]
        self.sections += 1
        return Heading(1, self.say(f"{number}、{zh}", f"{self.sections}. {en}"))

    def chart(self, name: str) -> Iterator[Chart]:
        if name in self.charts:
            yield self.charts[name]
