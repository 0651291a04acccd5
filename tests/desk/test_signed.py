"""As a legal officer would: three rules signed, two of them changed, and just those void."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from jingmen_policy.cli.main import cli
from jingmen_policy.desk.page import page
from support.desk_page import DAY, parsed
from support.signing import copied, loaded, replaced, signed

SIGNED = ("personnel-share", "staffing", "worker-age")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the plan, signed, then one word of a clause and one number of a rule changed."""
    home = tmp_path_factory.mktemp("signed")
    corpus, signatures = copied(home / "plan"), home / "signatures"
    signed(loaded(corpus), signatures, *SIGNED)
    replaced(corpus, "驻站社工年龄一般应在40岁以下", "驻站人员年龄一般应在40岁以下")
    replaced(corpus, "words: 驻站社工, reading: contractor", "words: 驻站人员, reading: contractor")
    replaced(corpus, "项目总经费的70%", "项目总经费的65%")
    replaced(corpus, "ceiling: 70%", "ceiling: 65%")
    return corpus, signatures


def test_exactly_the_two_changed_are_void_with_what_changed(changed: tuple[Path, Path]) -> None:
    corpus, signatures = changed
    shown = parsed(page(loaded(corpus), DAY, signatures))
    suspect = shown.xpath("//article[contains(@data-has, 'suspect')]/@data-rule")
    assert suspect == ["worker-age", "personnel-share"]
    [button] = [one for one in shown.find_class("count") if one.get("data-filter") == "suspect"]
    assert button.xpath("./b")[0].text == "2"
    for rule, before, after in (
        ("personnel-share", "70%", "65%"),
        ("worker-age", "驻站社工", "驻站人员"),
    ):
        review = shown.get_element_by_id(f"rule-{rule}").find_class("review")[0]
        assert "签字失效" in review.text_content()
        assert "测试审核人甲" in review.text_content()
        assert any(before in one.text_content() for one in review.xpath(".//td/del"))
        assert any(after in one.text_content() for one in review.xpath(".//td/ins"))
    kept = shown.get_element_by_id("rule-staffing")
    assert kept.xpath(".//b[@class='state reviewed']")


def test_the_command_writes_the_page_whole_or_not_at_all(
    changed: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, signatures = changed
    out = tmp_path / "review.html"
    given = ["review", "--out", str(out), "--corpus", str(corpus), "--signatures", str(signatures)]
    ran = CliRunner().invoke(cli, [*given, "--as-of", "2026-11-28", "--lang", "en"])
    assert ran.exit_code == 0, ran.output
    assert ran.output.startswith(f"wrote {out} (")
    assert 'data-lang="en"' in out.read_text(encoding="utf-8")
    bad = tmp_path / "proofs.json"
    bad.write_text('{"format": "jingmen-proofs/1"}')
    refused = CliRunner().invoke(
        cli, ["review", "--out", str(tmp_path / "not.html"), "--proofs", str(bad)]
    )
    assert refused.exit_code == 2
    assert "jingmen prove --format json" in refused.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["proofs.json", "review.html"]


def test_status_and_the_matrix_name_the_same_two(
    changed: tuple[Path, Path], tmp_path: Path
) -> None:
    corpus, signatures = changed
    where = ["--corpus", str(corpus), "--signatures", str(signatures)]
    asked = [word for rule in SIGNED for word in ("--rule", rule)]
    told = CliRunner().invoke(cli, ["status", *where, *asked, "--require", "reviewed"])
    assert told.exit_code == 1, told.output
    first = [line.split()[0] for line in told.output.splitlines() if "：签字失效" in line]
    assert first == ["worker-age", "personnel-share"]
    out = tmp_path / "matrix.xlsx"
    ran = CliRunner().invoke(cli, ["export", "matrix-xlsx", "--out", str(out), *where])
    assert ran.exit_code == 0, ran.output
    cells = [
        [str(cell) for cell in row]
        for sheet in load_workbook(out).worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    void = {rule for row in cells for rule in SIGNED if rule in row and "签字失效" in row}
    assert void == {"worker-age", "personnel-share"}
