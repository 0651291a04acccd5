"""The page: one file, nothing to fetch, text stays text; in a real browser as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from jingmen_facts import Fact
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.bulletin.blocks import Chart, Series
from jingmen_policy.office.bulletin.html import html
from jingmen_policy.office.bulletin.inks import INKS
from jingmen_policy.office.bulletin.svg import svg
from jingmen_policy.office.bulletin.write import written
from jingmen_policy.office.calendar.build import diary
from jingmen_policy.office.calendar.ics import ics
from support.bulletins import HOSTILE, hostile, ledger, made, policy, telling
from support.desk_page import opened, parsed
from support.outside import browser, pdf_text
from support.shipped_facts import stated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = date(2021, 12, 31)
REACHES_OUT = re.compile(r"""(?:src|href|action)=|url\((?!#)|@import|<script|<link|<iframe""")


def page(lang: Any = "zh") -> str:
    return html(telling(made(ledger(), DAY), lang), lang).decode()


def test_it_is_one_file_that_fetches_nothing() -> None:
    assert not REACHES_OUT.search(page())
    assert page() == page()


def test_both_languages_say_the_same_numbers_and_quote_the_same_words() -> None:
    zh, en = (parsed(page(lang)) for lang in ("zh", "en"))
    assert [one.get("lang") for one in (zh, en)] == ["zh-Hans", "en"]
    numbers = [
        [cell.text for cell in one.xpath("//td[@class='n']") if (cell.text or "").isdigit()]
        for one in (zh, en)
    ]
    assert numbers[0] == numbers[1]
    assert "breached" in "".join(en.itertext())
    assert "驻站社工年龄一般应在40岁以下" in "".join(en.itertext())


def test_texts_of_the_facts_stay_texts() -> None:
    told = telling(made(hostile(), DAY))
    text = html(told, "zh").decode()
    assert "<script" not in text
    assert "<b>" not in text
    assert "\u202e" not in text
    shown = "".join(parsed(text).itertext())
    assert HOSTILE.replace("\u202e", "[U+202E]") in shown
    assert "=1+1<b>站</b>" in shown


def test_a_status_is_told_in_words_and_by_a_mark_not_by_its_colour_alone() -> None:
    tree = parsed(page())
    for mark in tree.xpath("//span[contains(@class, 'status')]"):
        assert mark.text.strip()
    assert len({ink.pattern for ink in INKS}) == len(INKS)


def test_a_chart_names_itself_and_says_what_it_shows() -> None:
    for drawn in parsed(page()).xpath("//*[local-name()='svg']"):
        named = drawn.get("aria-labelledby").split()
        told = [drawn.xpath(f"string(//*[@id='{one}'])") for one in named]
        assert drawn.get("role") == "img"
        assert len(told) == 2
        assert all(told)


@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
    st.booleans(),
)
def test_bars_stay_within_the_picture_and_in_proportion(values: list[int], stacked: bool) -> None:
    names = tuple(f"第{place}" for place in range(len(values)))
    series = (Series("甲", 0, tuple(values)), Series("乙", 1, tuple(values)))
    chart = Chart("c", "图", "文", stacked, names, series)
    tree: Any = etree.fromstring(svg(chart))
    wide = float(tree.get("viewBox", "").split()[2])
    bars = tree.xpath("//*[local-name()='rect'][*[local-name()='title']]")
    lengths: dict[int, set[float]] = {}
    for bar in bars:
        assert float(bar.get("x")) + float(bar.get("width")) <= wide
        lengths.setdefault(int(bar[0].text.split()[-1]), set()).add(float(bar.get("width")))
    for value, found in lengths.items():
        assert max(found) - min(found) <= 0.2, value
    if values[0] and max(values):
        most = max(max(one) for one in lengths.values())
        share = max(lengths[values[0]]) / most
        assert share == pytest.approx(values[0] / max(values), abs=0.01)


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
@given(stated(), st.sampled_from([date(2021, 1, 1), date(2022, 12, 31), date(2026, 11, 28)]))
def test_any_facts_can_be_told(facts: dict[str, list[Fact]], day: date) -> None:
    dossier = policy().dossier(
        {
            kind: [one.model_dump(exclude_none=True) for one in found]
            for kind, found in facts.items()
        },
        use=["register"],
    )
    told = made(dossier, day, engine="reference")
    assert b"<script" not in written(told, policy().models, ".html", "zh")
    assert written(told, policy().models, ".docx", "en")[:2] == b"PK"
    entries = diary(policy(), dossier, day, Teller(policy().models), engine="reference")
    assert ics(entries).endswith(b"END:VCALENDAR\r\n")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("bulletin") / "通报.html"
    where.write_bytes(html(telling(made(hostile(), DAY)), "zh"))
    return where


@pytest.mark.parametrize(("wide", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(
    chromium: Browser, path: Path, wide: int, scheme: Any
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    given: dict[str, Any] = {"viewport": {"width": wide, "height": 800}, "color_scheme": scheme}
    shown: Page
    with opened(chromium, path, bypass_csp=True, **given) as shown:
        assert shown.evaluate("document.documentElement.scrollWidth") <= wide
        shown.evaluate(axe)
        found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], [n["html"] for n in one["nodes"]]) for one in found["violations"]] == []


def test_it_prints_whole_on_numbered_pages(chromium: Browser, path: Path, tmp_path: Path) -> None:
    with opened(chromium, path) as shown:
        shown.pdf(path=tmp_path / "通报.pdf", prefer_css_page_size=True)
    pages = pdf_text(tmp_path / "通报.pdf").rstrip("\f").split("\f")
    text = re.sub(r"\s+", "", "".join(pages))
    assert "=1+1<b>站</b>的清单" in text
    assert "一年一签" in text
    assert all(f"—{number}—" in re.sub(r"\s+", "", one) for number, one in enumerate(pages, 1))
