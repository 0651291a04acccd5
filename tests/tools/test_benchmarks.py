"""The document of measurements has a place for everything that is measured."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.checkout


def test_every_section_has_its_place_in_the_document() -> None:
    from benchmarks.__main__ import SECTIONS
    from benchmarks.document import README, between

    text = README.read_text(encoding="utf-8")
    for name in (*SECTIONS, "targets"):
        told = between(text, name, ["measured", "  so much  "])
        assert f"<!-- {name} -->\n```\nmeasured\n  so much\n```\n<!-- /{name} -->" in told
        assert between(told, name, ["measured", "  so much"]) == told
    with pytest.raises(ValueError, match="has no place for weather"):
        between(text, "weather", [])


def test_a_target_is_kept_or_not_by_what_was_measured() -> None:
    from benchmarks.targets import table

    figures = {"peers": {"ours": 10.0, "by hand": 5.0, "fastest peer": 29.0}}
    said = [line.rsplit(None, 1)[-1] for line in table(figures) if line.startswith("12 rules, ")]
    assert said[:2] == ["yes", "no"]
