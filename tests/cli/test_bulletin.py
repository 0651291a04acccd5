"""``jingmen bulletin`` and ``jingmen calendar`` at the command line."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from jingmen_policy.cli.main import cli
from support.desk_page import parsed
from support.ledgers import changed, put

NOTHING: dict[str, bytes] = {}
BOTH = [("bulletin", ".html"), ("bulletin", ".docx"), ("calendar", ".ics")]


def jingmen(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


def there(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("command", "suffix"), BOTH)
def test_the_same_facts_and_day_write_the_same_bytes(
    command: str, suffix: str, tmp_path: Path
) -> None:
    for name in ("一", "二"):
        done = jingmen(command, "examples/ledger", "--out", tmp_path / f"{name}{suffix}")
        assert done.exit_code == 0, done.output
    first, second = there(tmp_path).values()
    assert first == second


@pytest.mark.parametrize(("command", "suffix"), BOTH)
def test_without_facts_there_is_the_register(command: str, suffix: str, tmp_path: Path) -> None:
    done = jingmen(command, "--as-of", "2022-12-31", "--out", tmp_path / f"空{suffix}")
    assert done.exit_code == 0, done.output
    assert there(tmp_path)


@pytest.mark.parametrize(("command", "suffix"), BOTH)
def test_what_is_there_is_written_over_only_when_told_to(
    command: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"件{suffix}"
    path.write_text("我的")
    refused = jingmen(command, "examples/ledger", "--out", path)
    assert (refused.exit_code, path.read_text()) == (2, "我的")
    assert "要覆盖请加 --force" in refused.output
    assert jingmen(command, "examples/ledger", "--out", path, "--force").exit_code == 0
    assert path.read_bytes() != "我的".encode()
    assert len(there(tmp_path)) == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["bulletin", "examples/ledger", "--out", "通报.pdf"], "应以 .html 或 .docx 结尾"),
        (["calendar", "examples/ledger", "--out", "日程.html"], "应以 .ics 结尾"),
        (["bulletin", "examples/ledger", "--out", "无/通报.html"], "没有这个文件夹"),
        (["calendar", "examples/ledger", "--out", "无/日程.ics"], "没有这个文件夹"),
        (["bulletin", "examples/mistakes.yaml", "--out", "通报.html"], "是否为“建立日期”？"),
        (["calendar", "examples/mistakes.xlsx", "--out", "日程.ics"], "社工站台账!D2"),
        (["bulletin", "examples/ledger", "--county", "沙羊县", "--out", "通报.html"], "“沙洋县”"),
        (["calendar", "examples/ledger", "--bearer", "沙羊县", "--out", "日程.ics"], "“沙洋县”"),
        (
            ["calendar", "examples/ledger", "--replaces", "无.ics", "--out", "日程.ics"],
            "无.ics: 读不出来",
        ),
        (["bulletin", "examples/ledger", "--reading", "gedi=x", "--out", "通报.html"], "gedi"),
        (["bulletin", "无", "--out", "通报.html"], "无"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    words: list[str], why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = Path("examples").resolve()
    words = [str(examples.parent / word) if word.startswith("examples") else word for word in words]
    monkeypatch.chdir(tmp_path)
    refused = jingmen(*words)
    assert refused.exit_code == 2
    assert why in refused.output
    assert there(tmp_path) == NOTHING


@pytest.mark.parametrize(
    ("module", "command", "suffix"),
    [
        ("jinja2", "bulletin", ".html"),
        ("docx", "bulletin", ".docx"),
        ("icalendar", "calendar", ".ics"),
    ],
)
def test_what_is_not_installed_is_named(
    module: str, command: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    refused = jingmen(command, "examples/ledger", "--out", tmp_path / f"件{suffix}")
    assert refused.exit_code == 2
    assert f"需要另装 {module}" in refused.output
    assert "pip install 'jingmen-policy[office]'" in refused.output
    assert there(tmp_path) == NOTHING


def test_without_a_place_to_write_it_is_told_in_the_terminal() -> None:
    told = jingmen("bulletin", "examples/ledger")
    assert told.exit_code == 0, told.output
    assert "沙洋县        1～6  3" in told.output
    assert re.search(r"^未达标 \| .*四（三）第1句“", told.output, re.M)
    english = jingmen("bulletin", "examples/ledger", "--lang", "en")
    assert "2. Counties" in english.output


def test_json_agrees_with_its_schema() -> None:
    told = jingmen("bulletin", "examples/ledger", "--format", "json")
    schema = files("jingmen_policy.schemas").joinpath("bulletin.schema.json").read_text("utf-8")
    made = json.loads(told.stdout)
    errors = Draft202012Validator(json.loads(schema)).iter_errors(made)
    assert [error.message for error in errors] == []
    assert {one["name"]: one["count"] for one in made["counties"]}["沙洋县"] == {
        "low": 3,
        "high": 3,
    }


def test_what_has_no_day_is_said_apart_from_what_was_written(tmp_path: Path) -> None:
    done = jingmen("calendar", "examples/ledger", "--out", tmp_path / "日程.ics")
    assert re.fullmatch(r"已写出 .*日程\.ics：\d+ 项日程\n", done.stdout)
    assert re.search(r"没有写明期限的 \d+ 条结论不作日程", done.stderr)
    assert re.search(r"没有截止日的 \d+ 条结论不作日程", done.stderr)


def mistaken(book: object) -> None:
    stations = book["社工站台账"]  # type: ignore[index]
    put(stations, 2, 建立日期="2021年6月31日", 运营方式="第三方社会组织")
    put(stations, 3, 建立日期="2022.7.10", 是否设置标识="有")
    put(book["服务协议"], 2, 起始日期="2021.7.1", 终止日期="2021.6.30")  # type: ignore[index]


def mended(book: object) -> None:
    stations = book["社工站台账"]  # type: ignore[index]
    put(stations, 2, 建立日期="2021年6月30日", 运营方式="第三方社会组织承接")
    put(stations, 3, 是否设置标识="是")
    put(book["服务协议"], 2, 终止日期="2022.6.30")  # type: ignore[index]
    put(book["名单完整"], 2, 社工站台账="是")  # type: ignore[index]


def test_an_official_walks_from_a_blank_workbook_to_bulletin_and_calendar(tmp_path: Path) -> None:
    """A county's workbook: filled with mistakes, mended by the messages, judged, told, dated."""
    book, day = tmp_path / "台账.xlsx", ("--as-of", "2022-12-31")
    assert jingmen("workbook", "--county", "漳河新区", "--out", book).exit_code == 0

    changed(book, mistaken)
    for command, name in (
        ("judge", "结果.xlsx"),
        ("bulletin", "通报.html"),
        ("calendar", "日程.ics"),
    ):
        refused = jingmen(command, book, *day, "--out", tmp_path / name)
        assert refused.exit_code == 2
        cells = re.findall(r"(\w+![A-Z]\d+|服务协议!\d+)", refused.output)
        assert {"社工站台账!D2", "社工站台账!E2", "社工站台账!I3"} <= set(cells)
        assert "终止日期" in refused.output
    assert list(there(tmp_path)) == ["台账.xlsx"]

    changed(book, mended)
    before = book.read_bytes()
    judged = jingmen("judge", book, *day, "--out", tmp_path / "结果.xlsx")
    assert judged.exit_code == 0, judged.output
    for name in ("通报.html", "通报.docx"):
        done = jingmen("bulletin", book, *day, "--county", "漳河新区", "--out", tmp_path / name)
        assert done.exit_code == 0, done.output
    page = parsed((tmp_path / "通报.html").read_text(encoding="utf-8"))
    rows = {row.find("th").text: row for row in page.xpath("//table[1]")[0].xpath(".//tbody/tr")}
    assert ["".join(cell.itertext()) for cell in rows["漳河新区"]][:5] == [
        "漳河新区",
        "1",  # nobody can have more than all
        "2",
        "2",
        "100%",
    ]
    assert [one.text for one in page.xpath("//h3")] == [
        "漳河镇社工站（东宝区/漳河镇）",
        "双喜街道社工站（掇刀区/双喜街道）",
    ]

    dated = jingmen("calendar", book, *day, "--bearer", "漳河新区", "--out", tmp_path / "日程.ics")
    assert dated.exit_code == 0, dated.output
    events = vobject.readOne((tmp_path / "日程.ics").read_text(encoding="utf-8")).vevent_list
    ends = [one for one in events if one.summary.value.startswith("服务协议到期")]
    assert [one.dtstart.value.isoformat() for one in ends] == ["2022-06-30"]
    assert book.read_bytes() == before
