"""The review page as an officer uses it, in a real browser, opened from the disk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from jingmen_policy import Policy
from jingmen_policy.review.tick_cases import apply
from jingmen_policy.review.ticks import read_ticks
from support.desk_page import HOSTILE, opened, page_with_proofs, written
from support.outside import browser as started
from support.outside import pdf_text
from support.tiny import STALLS, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


WITHIN = 1.0
"""Seconds of the page's own processor time: a machine may be doing other things."""


@pytest.fixture(scope="module")
def plan() -> Policy:
    return Policy.load()


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_with_proofs(tmp_path_factory)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as running:
        yield running


@pytest.fixture
def desk(chromium: Browser, path: Path) -> Iterator[Page]:
    with opened(chromium, path, viewport={"width": 1440, "height": 900}) as shown:
        yield shown


def menu(desk: Page, name: str) -> None:
    desk.locator(".menu summary", has_text=name).click()


def shown_rules(desk: Page) -> list[str]:
    found = desk.locator("article[data-rule]:not([hidden])")
    return [str(one.get_attribute("data-rule")) for one in found.all()]


def field(desk: Page, rule: str, words: str) -> Any:
    return desk.locator(f"#rule-{rule} .fields tr[data-f]", has_text=words).first


def to(desk: Page, rule: str) -> None:
    desk.evaluate(
        "id => { const a = document.createElement('a'); a.href = '#' + id;"
        " document.body.append(a); a.click(); a.remove(); }",
        f"rule-{rule}",
    )
    expect(desk.locator(f"#rule-{rule}")).to_be_visible()


@pytest.mark.everywhere
def test_it_is_interactive_within_a_second(chromium: Browser, path: Path) -> None:
    shown = chromium.new_page(viewport={"width": 1440, "height": 900})
    session = shown.context.new_cdp_session(shown)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    shown.goto(path.as_uri())
    shown.locator("html[data-ready]").wait_for(state="attached")
    metrics = session.send("Performance.getMetrics")["metrics"]
    taken = {one["name"]: one["value"] for one in metrics}
    shown.close()
    assert 0 < taken["TaskDuration"] < WITHIN


def test_a_passage_shows_its_rules(desk: Page) -> None:
    desk.locator("#p-sec_4__item_4__s_2 .badge").click()
    assert shown_rules(desk) == ["personnel-share"]
    current = desk.locator("[aria-current]")
    assert current.get_attribute("data-p") == "p-sec_4__item_4__s_2"


def test_hovering_a_field_lights_its_words_and_the_words_light_the_field(desk: Page) -> None:
    to(desk, "personnel-share")
    desk.locator("#rule-personnel-share th", has_text="比较").hover()
    lit = desk.locator("#text .lit")
    assert "".join(lit.all_text_contents()) == "不得超过"
    assert "underline" in lit.first.evaluate("one => getComputedStyle(one).textDecorationLine")
    desk.locator("#text .w", has_text="70%").last.hover()
    assert field(desk, "personnel-share", "参数 ceiling").evaluate("one => one.matches('.lit')")
    assert not desk.locator("#rule-personnel-share tr.lit", has_text="比较").count()


def test_the_plain_wording_lights_words_as_well(desk: Page) -> None:
    to(desk, "personnel-share")
    desk.locator("#rule-personnel-share td [data-f]:visible", has_text="70%").hover()
    assert desk.locator("#text .lit").all_text_contents() == ["70%"]


def test_each_filter_shows_as_many_as_it_counts(desk: Page) -> None:
    for button in desk.locator("[data-filter]").all():
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        count = int(button.locator("b").inner_text())
        assert desk.locator(".entry:not([hidden])").count() == count
        button.click()
        assert button.get_attribute("aria-pressed") == "false"


def test_search_finds_quotes_ids_wording_and_readings(desk: Page) -> None:
    for query, rule in (
        ("社工站人员经费", "personnel-share"),
        ("personnel-share", "personnel-share"),
        ("在岗驻站社工人数", "staffing"),
        ("Ceiling on the personnel", "personnel-share"),
    ):
        desk.locator("#search").fill(query)
        expect(desk.locator(f"#rule-{rule}")).to_be_visible()
        expect(desk.locator("#shown")).to_contain_text(query)
    desk.locator("#search").fill("恰好等于限额仍为符合")
    expect(desk.locator("#reading-at-most-inclusive")).to_be_visible()
    desk.locator("#search").fill("没有这样的字眼")
    expect(desk.locator("#shown")).to_contain_text("没有符合的内容")
    desk.locator("#clear").click()
    expect(desk.locator("#search")).to_have_value("")


def test_the_keyboard_reaches_everything_and_is_never_trapped(desk: Page) -> None:
    """Tab goes through the tools, makes one stop in the text, and leaves it for the rules."""
    seen: list[str] = []
    for _ in range(40):
        desk.keyboard.press("Tab")
        seen.append(
            str(
                desk.evaluate(
                    "() => { const a = document.activeElement; const s = getComputedStyle(a);"
                    "if (s.outlineStyle === 'none') return 'invisible ' + a.outerHTML;"
                    "return a.closest('#text') ? 'text' : a.closest('#rules') ? 'rules' : 'top' }"
                )
            )
        )
    assert not [one for one in seen if one.startswith("invisible")]
    places = "".join({"top": "t", "text": "x", "rules": "r"}[one] for one in seen)
    assert re.match(r"t+x{1,2}r+", places), places
    desk.keyboard.press("Escape")
    assert desk.evaluate("() => document.activeElement.matches('#text .badge')")
    before = desk.evaluate("document.activeElement.dataset.p")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.dataset.p") != before
    desk.locator("#p-sec_4__item_4__s_2 .badge").focus()
    desk.keyboard.press("ArrowLeft")
    assert desk.evaluate("document.activeElement.textContent") == "70%"
    assert desk.locator("#text .lit").all_text_contents() == ["70%"]
    desk.keyboard.press("Enter")
    assert desk.evaluate("() => Boolean(document.activeElement.closest('#rules article'))")


def test_going_to_a_reading_and_back(desk: Page) -> None:
    to(desk, "personnel-share")
    desk.locator("#rule-personnel-share a[href='#reading-cap-per-project']").first.click()
    expect(desk.locator("#reading-cap-per-project")).to_be_visible()
    desk.go_back()
    expect(desk.locator("#rule-personnel-share")).to_be_visible()


def test_the_english_switch(desk: Page) -> None:
    to(desk, "personnel-share")
    desk.get_by_role("button", name="English").click()
    assert desk.locator("html").get_attribute("lang") == "en"
    expect(desk.locator("#t-personnel-share")).to_have_text(
        "Ceiling on the personnel share of a project", use_inner_text=True
    )
    expect(desk.locator("#text")).to_contain_text("社工站人员经费不得超过")
    expect(desk.locator("#shown")).to_contain_text("rules", use_inner_text=True)


def ticked(desk: Page, case: str, verdict: str) -> None:
    row = desk.locator("#rule-staffing tr[data-c]", has_text=case).first
    row.locator(f"input[value={verdict}]").check()


def test_verdicts_are_exported_read_back_by_the_command_and_taken_in_again(
    desk: Page, plan: Policy, tmp_path: Path
) -> None:
    to(desk, "staffing")
    ticked(desk, "在岗驻站社工人数：2人", "right")
    ticked(desk, "在岗驻站社工人数：3人", "wrong")
    row = desk.locator("#rule-staffing tr[data-c]", has_text="在岗驻站社工人数：3人").first
    row.locator("select").select_option("breached")
    row.get_by_label("备注").fill("<b>不对</b>")
    row.get_by_label("备注").blur()
    menu(desk, "判断边界案例")
    desk.locator("#export").click()
    expect(desk.locator("#said")).to_contain_text("请先写明审核人")
    desk.locator("#by").fill("测试审核人甲")
    with desk.expect_download() as waiting:
        desk.locator("#export").click()
    saved = tmp_path / "ticks.json"
    waiting.value.save_as(saved)
    read = read_ticks(saved, plan)
    assert not read.older
    assert [(tick.verdict, tick.status.value, tick.note) for tick in read.ticks] == [
        ("right", "met", ""),
        ("wrong", "breached", "<b>不对</b>"),
    ]
    [wrong] = apply(read, plan, "reference").disagreements
    assert wrong.tick.card == read.ticks[1].card
    desk.evaluate("localStorage.clear()")
    desk.reload()
    menu(desk, "判断边界案例")
    expect(desk.locator("#progress")).to_contain_text("0/")
    desk.locator("#import").set_input_files(saved)
    expect(desk.locator("#said")).to_contain_text("读入 2 条判断")
    to(desk, "staffing")
    expect(desk.locator("#rule-staffing tr[data-tick='wrong']")).to_contain_text("3人")
    older = json.loads(saved.read_text())
    older["ticks"][0]["shown"] = "breached"
    saved.write_text(json.dumps(older))
    desk.locator("#import").set_input_files(saved)
    expect(desk.locator("#said")).to_contain_text("另有 1 条")
    saved.write_text("[")
    desk.locator("#import").set_input_files(saved)
    expect(desk.locator("#said")).to_contain_text("不是 JSON 文件")


def test_verdicts_stay_on_the_machine(chromium: Browser, path: Path) -> None:
    with opened(chromium, path) as desk:
        to(desk, "staffing")
        ticked(desk, "在岗驻站社工人数：2人", "right")
        desk.reload()
        to(desk, "staffing")
        expect(desk.locator("#rule-staffing tr[data-tick='right']")).to_have_count(1)


def printed(desk: Page, to: Path) -> list[str]:
    """The pages of the print, each numbered, without spaces."""
    desk.pdf(path=to, prefer_css_page_size=True)
    pages = [re.sub(r"\s", "", one) for one in pdf_text(to).rstrip("\f").split("\f")]
    for number, one in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in one
    return pages


def test_it_prints_every_rule_with_a_line_to_sign_and_the_pages_numbered(
    desk: Page, plan: Policy, tmp_path: Path
) -> None:
    desk.locator("[data-filter='suspect']").click()
    pages = printed(desk, tmp_path / "review.pdf")
    whole = "".join(pages)
    assert whole.count("审核人签名：") == len(plan.corpus.rules)
    for rule in plan.corpus.rules.values():
        assert re.sub(r"\s", "", rule.title.zh) in whole
        assert rule.id in whole
    assert len(pages) < 80


def test_rules_ticked_print_as_a_sheet_that_says_which_they_are(desk: Page, tmp_path: Path) -> None:
    wanted = ("staffing", "worker-age", "personnel-share")
    for rule in wanted:
        to(desk, rule)
        desk.locator(f"#rule-{rule} .pick input").check()
    desk.locator("#clear").click()
    desk.evaluate("window.print = () => {}")
    menu(desk, "打印签审单")
    desk.locator("[data-print-what='picked']").click()
    pages = printed(desk, tmp_path / "three.pdf")
    whole = "".join(pages)
    assert len(pages) <= 3
    assert f"节选：3条规则（共127条）：{'、'.join(wanted)}" in whole
    assert whole.count("审核人签名：") == 3
    assert "恰好等于限额仍为符合" in whole  # the readings the rules rest on stand by them
    assert "office-premises" not in whole
    desk.evaluate("dispatchEvent(new Event('afterprint'))")
    assert desk.locator("html[data-print]").count() == 0  # the next print is whole again


def test_what_is_shown_prints_alone(desk: Page, tmp_path: Path) -> None:
    desk.locator("[data-filter='discrepancies']").click()
    desk.evaluate("window.print = () => {}")
    menu(desk, "打印签审单")
    desk.locator("[data-print-what='shown']").click()
    pages = printed(desk, tmp_path / "shown.pdf")
    assert "节选：0条规则（共127条）" in pages[0]
    assert "审核人签名" not in "".join(pages)
    assert "正文没有提到附件" in "".join(pages)


def test_a_proof_shows_its_facts_and_how_the_reference_decided_them(desk: Page) -> None:
    to(desk, "staffing")
    proof = desk.locator("#rule-staffing li.done", has_text="可以违反")
    proof.locator("summary").first.click()
    expect(proof).to_contain_text("有事实使结论为“未达标”", use_inner_text=True)
    expect(proof).to_contain_text("如判定日 2022-12-31：驻站社工人数", use_inner_text=True)
    expect(proof).to_contain_text("未达标")
    expect(proof.locator("li").first).to_contain_text("社工站", use_inner_text=True)
    conflicts = desk.locator("#rule-staffing li.done", has_text="两条义务不冲突")
    conflicts.locator("summary").click()
    expect(conflicts.locator("a").first).to_be_visible()  # filled in once it is open
    assert conflicts.locator("a").count() > 0
    to(desk, "county-share-2022")
    reading = desk.locator("#rule-county-share-2022 li.known a", has_text="附表与比例一致").first
    reading.click()
    entry = desk.locator(str(reading.get_attribute("href")))
    entry.locator("summary").first.click()
    expect(entry).to_contain_text("如判定日 202", use_inner_text=True)
    expect(entry).to_contain_text("东宝区", use_inner_text=True)


def test_without_scripts_everything_can_be_read(chromium: Browser, path: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    desk = context.new_page()
    desk.goto(path.as_uri())
    expect(desk.locator("#rule-personnel-share")).to_be_visible()
    expect(desk.locator("#search")).to_be_hidden()
    expect(desk.locator("noscript p")).to_be_visible()
    context.close()


def test_markup_and_marks_of_direction_in_a_rule_do_nothing(
    chromium: Browser, tmp_path: Path
) -> None:
    title = f"title: {{zh: '{HOSTILE}', en: '{HOSTILE}'}}"
    rule = STALLS.replace("title: {zh: 摊位, en: stalls}", title)
    policy = load(tmp_path / "corpus", {"rules/1-stalls.yaml": rule})
    with opened(chromium, written(tmp_path / "review.html", policy)) as desk:
        expect(desk.locator("#t-stalls")).to_contain_text(HOSTILE)
        assert desk.title() != "run"
        assert desk.locator("#t-stalls *").count() == 0
        desk.locator("#search").fill("<script>")
        expect(desk.locator("#shown")).to_contain_text("<script>")


LOOKS = [
    ({"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}, "zh"),
    ({"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"}, "en"),
    ({"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}, "en"),
    ({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, "zh"),
]


@pytest.mark.parametrize(("given", "lang"), LOOKS)
def test_axe_finds_nothing_serious(
    chromium: Browser, path: Path, given: dict[str, Any], lang: str
) -> None:
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    with opened(chromium, path, bypass_csp=True, **given) as desk:
        desk.locator(f"[data-to='{lang}']").click()
        to(desk, "staffing")
        desk.locator("#rule-staffing tr[data-c] input").nth(1).check()
        menu(desk, "判断边界案例")
        # What is hidden is not looked at, only walked through.
        desk.evaluate("for (const one of document.querySelectorAll('.entry[hidden]')) one.remove()")
        desk.evaluate(axe)
        found = desk.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = {
            one["id"]: [node["html"][:150] for node in one["nodes"]][:3]
            for one in found["violations"]
            if one["impact"] in {"serious", "critical"}
        }
        assert not serious
        wide = desk.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
