"""The self-check as an officer does it, in a real browser, against the running service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from jingmen_policy.cli.main import cli
from jingmen_policy.log.log import Log
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.tokens import add_token
from support.desk_page import HOSTILE
from support.outside import browser as started
from support.page_server import served, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOWN = "乡镇（街道） 沙洋县/沙洋镇"
ESTABLISHED = "社工站 沙洋镇社工站：建立日期？"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    with Log.open(str(tmp_path_factory.mktemp("log") / "log.sqlite")) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(log: Log) -> Iterator[str]:
    with served(log) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    with shown(chromium, address, viewport={"width": 1280, "height": 900}) as found:
        yield found


def begin(page: Page, who: str = TOWN, day: str = "2026-11-28") -> None:
    page.locator("#who").select_option(label=who)
    page.locator("#day").fill(day)
    page.get_by_role("button", name="开始自查").click()
    expect(page.locator("#prompt")).to_be_focused()


def with_station(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="有，添加").click()
    page.get_by_role("button", name="添加", exact=True).first.click()
    expect(page.locator("#prompt")).to_have_text(ESTABLISHED)


def established(page: Page, day: str = "2021-06-01") -> None:
    page.locator("#question input").fill(day)
    page.locator("#question").get_by_role("button", name="确定").click()
    expect(page.locator("#prompt")).not_to_have_text(ESTABLISHED)


def statuses(page: Page) -> dict[str, int]:
    rows = page.locator(".counts li").all_text_contents()
    return {name: int(count) for name, count in (row.rsplit(" ", 1) for row in rows)}


def row(page: Page, label: str) -> Any:
    return page.locator("#answers .said > li", has_text=label).first


def exported(page: Page, form: str, into: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=f"导出 {form.upper()}").click()
    saved = into / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    return saved


def pressed(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        page.keyboard.press(key)


def tab_to(page: Page, selector: str) -> None:
    """By Tab alone, every stop on the way being visible."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const a = document.activeElement; const s = getComputedStyle(a);"
            "return s.outlineStyle === 'none' && a.type !== 'file' ? a.outerHTML : '' }"
        )
        assert not focused, f"focus cannot be seen on {focused}"
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def typed_day(page: Page) -> None:
    """The first of June 2021, in whichever order this browser has day, month and year."""
    field = page.locator("#question input")
    for digits in ("20210601", "06012021", "01062021"):
        field.press("Control+A")
        field.press("Delete")
        page.keyboard.type(digits)
        if field.input_value() == "2021-06-01":
            return
        page.locator("#prompt").focus()
        tab_to(page, "#question input")
    raise AssertionError


@pytest.mark.everywhere
def test_a_whole_walk_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    tab_to(page, "#county")
    assert page.locator("#county").input_value() == '{"kind":"County","id":"沙洋县"}'
    tab_to(page, "#who")
    pressed(page, "ArrowDown")
    first = json.loads(page.locator("#who").input_value())
    assert first["kind"] == "Township"
    tab_to(page, "#choose button")
    pressed(page, "Enter")
    expect(page.locator("#prompt")).to_be_focused()
    expect(page.locator("#prompt")).to_contain_text("有没有社工站？")
    tab_to(page, "#question button")
    pressed(page, "Enter")
    expect(page.locator("#question form input")).to_be_focused()
    pressed(page, "Enter")
    expect(page.locator("#prompt")).to_contain_text("建立日期？")
    expect(page.locator("#prompt")).to_be_focused()
    tab_to(page, "#question input")
    typed_day(page)
    pressed(page, "Enter")
    expect(page.locator("#prompt")).to_contain_text("开展的服务？")
    expect(page.locator("#live")).to_contain_text("因此：9 项已定")
    tab_to(page, "#question input[type=checkbox]")
    pressed(page, "Space")
    pressed(page, "Enter")
    expect(page.locator("#prompt")).not_to_contain_text("开展的服务？")
    asked = page.locator("#prompt").inner_text()
    tab_to(page, "#unknown")
    pressed(page, "Enter")
    expect(page.locator("#prompt")).not_to_have_text(asked)
    pressed(page, "Shift+Tab")  # back out of the question, to what stands before it
    page.locator("#undo").focus()
    pressed(page, "Enter")
    expect(page.locator("#prompt")).to_have_text(asked)
    page.locator("[data-export=json]").focus()
    with page.expect_download() as waiting:
        pressed(page, "Enter")
    waiting.value.save_as(tmp_path / "自查.json")
    kept = json.loads((tmp_path / "自查.json").read_text())
    assert kept["Station"]["functions"] == ["社会救助"]
    assert kept["Station"]["established_on"] == "2021-06-01"


def test_an_answer_shows_at_once_what_came_out_otherwise(page: Page) -> None:
    with_station(page)
    before = statuses(page)
    established(page)
    after = statuses(page)
    assert before["适用待定"] - after["适用待定"] > 20
    expect(page.locator("#changes-title")).to_contain_text("因此：9 项已定，共 34 项有变化")
    expect(page.locator("#changes .diff li").first).to_contain_text("社会救助服务")
    expect(page.locator("#changes .diff li").first).to_contain_text("适用待定 → 无法判定")
    article = page.locator("#obligations [data-rule='staffing']")
    expect(article).to_contain_text("四（三）第1句")
    expect(article).to_contain_text("按照每个社工站2-4人配备驻站社工")
    expect(article).to_contain_text("县（市、区）民政部门（沙洋县）")
    expect(article).to_contain_text("持续")


def test_what_is_missing_can_be_answered_where_it_is_missed(page: Page) -> None:
    with_station(page)
    established(page)
    page.locator("#obligations [data-rule='services-delivered'] .lack button").click()
    expect(page.locator("#prompt")).to_contain_text("开展服务日期？")
    expect(page.locator("#prompt")).to_be_focused()


def test_what_is_not_known_does_not_come_again_until_it_is_wanted(page: Page) -> None:
    with_station(page)
    page.locator("#unknown").click()
    expect(page.locator("#prompt")).not_to_have_text(ESTABLISHED)
    expect(row(page, "建立日期")).to_contain_text("不知道（已跳过）")
    seen = {ESTABLISHED}
    while page.locator("#unknown").count():
        asked = page.locator("#prompt").inner_text()
        assert asked not in seen
        seen.add(asked)
        page.locator("#unknown").click()
        expect(page.locator("#prompt")).not_to_have_text(asked)
    expect(page.locator("#prompt")).to_have_text("没有要问的了")
    row(page, "建立日期").get_by_role("button", name="再问").click()
    expect(page.locator("#prompt")).to_have_text(ESTABLISHED)


def test_undoing_goes_back_step_by_step(page: Page) -> None:
    with_station(page)
    before = statuses(page)
    established(page)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#prompt")).to_have_text(ESTABLISHED)
    assert statuses(page) == before
    expect(page.locator("#changes .diff li").first).to_contain_text("无法判定 → 适用待定")
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#prompt")).to_contain_text("有没有社工站？")
    expect(page.get_by_role("button", name="撤销")).to_be_disabled()


def test_any_answer_can_be_changed_and_supposed_otherwise(page: Page, tmp_path: Path) -> None:
    with_station(page)
    established(page)
    before = statuses(page)
    row(page, "建立日期").get_by_role("button", name="假如").click()
    row(page, "建立日期").locator("input").fill("2030-01-01")
    row(page, "建立日期").get_by_role("button", name="看会怎样").click()
    expect(page.locator("#changes")).to_contain_text("假设，未改动所填")
    expect(page.locator("#changes")).to_contain_text("建立日期 = 2030-01-01")
    expect(page.locator("#changes .diff")).to_contain_text("不适用")
    assert statuses(page) == before
    kept = json.loads(exported(page, "json", tmp_path).read_text())
    assert kept["Station"]["established_on"] == "2021-06-01"
    page.get_by_role("button", name="就这样改").click()
    expect(page.locator("#changes")).not_to_contain_text("假设")
    expect(row(page, "建立日期")).to_contain_text("2030-01-01")
    assert statuses(page)["不适用"] > before["不适用"]
    row(page, "建立日期").get_by_role("button", name="清除").click()
    expect(page.locator("#prompt")).to_have_text(ESTABLISHED)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_an_export_is_judged_alike_and_taken_in_again(
    page: Page, form: str, tmp_path: Path
) -> None:
    with_station(page)
    established(page)
    shown_before = statuses(page)
    saved = exported(page, form, tmp_path)
    assert saved.name == f"自查-沙洋县-沙洋镇-2026-11-28.{form}"
    ran = CliRunner().invoke(cli, ["judge", str(saved), "--format", "json"])
    judged = json.loads(ran.stdout)
    mine = ("沙洋县/沙洋镇", "沙洋镇社工站")
    counts: dict[str, int] = {}
    for found in judged["findings"]:
        if found["subject"]["id"] in mine:
            counts[found["status"]] = counts.get(found["status"], 0) + 1
    named = {"unproven": "无法判定", "undetermined": "适用待定", "noted": "已记录"}
    for status, label in named.items():
        assert counts[status] == shown_before[label]
    assert sum(counts.values()) == sum(shown_before.values())
    page.get_by_role("button", name="换一个").click()
    page.locator("#file").set_input_files(saved)
    expect(page.locator("#begin-wrong")).to_contain_text("已读入")
    assert json.loads(page.locator("#who").input_value())["id"] in mine
    begin(page)
    assert statuses(page) == shown_before


def test_a_file_with_mistakes_is_refused_with_all_of_them(
    page_with_errors: Page, tmp_path: Path
) -> None:
    page = page_with_errors
    file = tmp_path / "自查.yaml"
    file.write_text(
        "use: register\n社工站:\n  社工站编号: 甲\n  建立日: 2021-06-01\n  建筑面积: 3亩\n"
    )
    page.locator("#file").set_input_files(file)
    problems = page.locator("#begin-wrong li")
    expect(problems).to_have_count(2)
    expect(problems.first).to_contain_text("第 4 行")
    expect(problems.first).to_contain_text("是否为“建立日期”？")


@pytest.fixture
def page_with_errors(chromium: Browser, address: str) -> Iterator[Page]:
    with shown(chromium, address, expected=("422",)) as found:
        yield found


def test_a_wrong_value_is_refused_and_says_what_is_expected(page_with_errors: Page) -> None:
    page = page_with_errors
    with_station(page)
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#question-wrong")).to_contain_text("应为存在的日期，如 2021-07-31")
    established(page)
    expect(page.locator("#question-wrong")).to_be_empty()


def test_markup_and_marks_of_direction_are_text(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="有，添加").click()
    page.locator("#question form input").fill(HOSTILE)
    page.get_by_role("button", name="添加", exact=True).first.click()
    expect(page.locator("#prompt")).to_contain_text(HOSTILE)
    assert page.title() == "社工站自查"
    assert page.locator("main script").count() == 0
    assert page.locator("#prompt bdi").count() == 1
    expect(page.locator("#answers")).to_contain_text("<script>")
    page.locator("#question input").fill("2021-06-01")
    page.get_by_role("button", name="确定").click()
    expect(page.locator("#obligations")).to_contain_text("<script>")
    assert page.title() == "社工站自查"


def test_the_english_switch(page: Page) -> None:
    with_station(page)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#prompt")).to_contain_text("the day from which it counts as established")
    expect(page.locator("#obligations-title")).to_contain_text("findings")
    expect(page.get_by_role("button", name="Not known")).to_be_visible()
    expect(page.locator("#obligations blockquote").first).to_have_attribute("lang", "zh-CN")


def test_a_county_answers_for_all_its_stations(page: Page) -> None:
    begin(page, who="沙洋县全部")
    expect(page.locator("#prompt")).to_have_text("县（市、区） 沙洋县：有没有社工站？")
    page.get_by_role("button", name="有，添加").click()
    page.locator("#question select").select_option(label=TOWN)
    expect(page.locator("#question form input")).to_have_value("沙洋镇社工站")
    page.locator("#question select").select_option(label="乡镇（街道） 沙洋县/后港镇")
    expect(page.locator("#question form input")).to_have_value("后港镇社工站")
    page.locator("#question form input").fill("后港站")
    page.locator("#question select").select_option(label=TOWN)
    expect(page.locator("#question form input")).to_have_value("后港站")
    page.get_by_role("button", name="添加", exact=True).first.click()
    expect(page.locator("#live")).to_contain_text("项有变化")
    expect(page.locator("#answers .sheet[open] > summary")).to_contain_text("后港站")
    page.locator("#answers .others > summary").click()
    expect(page.locator("#answers .others")).to_contain_text("沙洋县/后港镇")
    asked = page.locator("#prompt").inner_text()
    page.locator("#unknown").click()
    expect(page.locator("#prompt")).not_to_have_text(asked)
    expect(page.locator("#answers")).to_contain_text("是否列全：不知道")
    page.locator("#answers").get_by_role("button", name="再问").first.click()
    expect(page.locator("#prompt")).to_have_text(asked)


def test_a_service_that_is_gone_is_said_to_be(chromium: Browser, address: str) -> None:
    with shown(chromium, address, expected=("Failed to load",)) as page:
        begin(page)
        page.route("**/page/turn", lambda route: route.abort())
        page.get_by_role("button", name="没有").click()
        expect(page.locator("#question-wrong")).to_contain_text("服务没有应答")
        page.unroute("**/page/turn")
        page.get_by_role("button", name="没有").click()
        expect(page.locator("#changes-title")).to_contain_text("因此")


TOO_WIDE = """() => [...document.querySelectorAll("main *:not(.vh)")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML)"""
LOOKS = [
    ({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, "zh"),
    ({"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}, "en"),
    ({"viewport": {"width": 360, "height": 740}, "color_scheme": "light"}, "en"),
    ({"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}, "zh"),
]


@pytest.mark.parametrize(("given", "lang"), LOOKS)
def test_axe_finds_nothing_serious_and_nothing_is_too_wide(
    chromium: Browser, address: str, given: dict[str, Any], lang: str
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    with shown(chromium, address, bypass_csp=True, **given) as page:
        page.evaluate(axe)
        if lang == "zh":
            assert not serious(page)
        with_station(page)
        established(page)
        row(page, "建立日期").get_by_role("button", name="假如").click()
        row(page, "建立日期").get_by_role("button", name="看会怎样").click()
        expect(page.locator("#changes")).to_contain_text("假设")
        page.locator("[data-status] > summary").last.click()
        page.locator(f"[data-to='{lang}']").click()
        page.locator("#answers [aria-label^='假如'], #answers [aria-label^='What if']").nth(
            1
        ).click()
        assert not serious(page)
        assert page.evaluate(TOO_WIDE) == []


def serious(page: Page) -> dict[str, list[str]]:
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return {
        one["id"]: [node["html"][:150] for node in one["nodes"]][:3]
        for one in found["violations"]
        if one["impact"] in {"serious", "critical"}
    }


def test_no_self_check_left_a_receipt(page: Page, log: Log) -> None:
    with_station(page)
    established(page)
    assert list(log.receipts()) == []


def test_the_day_is_today_unless_chosen(page: Page) -> None:
    assert page.locator("#day").input_value() == date.today().isoformat()


def test_on_a_phone_it_asks_for_a_token_and_goes_on(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    good = add_token(file, ["judge"], date(2099, 1, 1))
    reader = add_token(file, ["read"], date(2099, 1, 1))
    phone = {"width": 360, "height": 740}
    refused = ("401", "403")
    with (
        served(settings=Settings(tokens=file)) as address,
        shown(chromium, address, viewport=phone, ready="#token", expected=refused) as page,
    ):
        token = page.locator("#token")
        expect(token).to_be_focused()
        for secret, said in (("jm_x_y", "令牌不对"), (reader.secret, "需要 judge 权限")):
            token.fill(secret)
            page.keyboard.press("Enter")
            expect(page.locator("#access-wrong")).to_contain_text(said)
            expect(token).to_have_value("")
        token.fill(good.secret)
        page.keyboard.press("Enter")
        expect(page.locator("#access")).to_be_hidden()
        page.wait_for_selector("html[data-ready]")
        begin(page)
        assert good.secret not in page.content()
        assert page.evaluate("document.documentElement.scrollWidth") <= phone["width"]
