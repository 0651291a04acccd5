"""As a legal officer would: three rules signed, two of them changed, and just those void."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from jingmen_policy.cli.main import cli
from jingmen_policy.desk.page import page
from support.desk_page import DAY
from support.signing import copied, loaded, replaced, signed

SIGNED = ("personnel-share", "staffing", "volunteer-team")


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the plan, signed, then one word of a clause and one number of a rule changed."""
    home = tmp_path_factory.mktemp("signed")
    corpus, signatures = copied(home / "plan"), home / "signatures"
    signed(loaded(corpus), signatures, *SIGNED)
    replaced(corpus, "社工站人员经费不得超过", "社工站人员经费不能超过")
    replaced(
        corpus,
        "modality: 不得\n  bearer: {reading: carried-bearer}\n  operator: 不得超过\n  ceiling",
        "modality: 不能\n  bearer: {reading: carried-bearer}\n  operator: 不能超过\n  ceiling",
        files="rules/4-4-personnel-share.yaml",
    )
    manifest = corpus / "corpus.yaml"
    text = manifest.read_text(encoding="utf-8")
    text = text.replace("prohibition: [", "prohibition: [不能, ")
    text = text.replace("at_most: [", "at_most: [不能超过, ")
    manifest.write_text(text, encoding="utf-8")
    replaced(corpus, "most: 4人", "most: 5人", files="rules/4-3-staffing.yaml")
    replaced(corpus, "2-4人", "2-5人", files="source.md")
    replaced(corpus, "2-4人", "2-5人", files="*.yaml")
    replaced(corpus, "2-4人", "2-5人", files="rules/*.yaml")
    return corpus, signatures


def test_exactly_the_two_changed_are_void_with_what_changed(changed: tuple[Path, Path]) -> None:
    corpus, signatures = changed
    shown = html.document_fromstring(page(loaded(corpus), DAY, signatures))
    suspect = shown.xpath("//article[contains(@data-has, 'suspect')]/@data-rule")
    assert suspect == ["staffing", "personnel-share"]
    [button] = [one for one in shown.find_class("count") if one.get("data-filter") == "suspect"]
    assert button.xpath("./b")[0].text == "2"
    for rule, before, after in (
        ("personnel-share", "不得", "不能"),
        ("staffing", "4人", "5人"),
    ):
        review = shown.get_element_by_id(f"rule-{rule}").find_class("review")[0]
        assert "签字失效" in review.text_content()
        assert "测试审核人甲" in review.text_content()
        assert any(before in one.text_content() for one in review.xpath(".//td/del"))
        assert any(after in one.text_content() for one in review.xpath(".//td/ins"))
    kept = shown.get_element_by_id("rule-volunteer-team")
    assert kept.find_class("state reviewed") or kept.xpath(".//b[@class='state reviewed']")


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
