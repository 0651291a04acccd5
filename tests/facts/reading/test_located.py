"""Overlaying keeps, for every value, the line it was written on."""

from __future__ import annotations

import pytest

from jingmen_facts.reading.yaml_text import read_yaml

GIVEN = read_yaml("given:\n  Station: {id: 甲, area: 300}\n  use: register\n", "a.yaml").at("given")
CASE = read_yaml("\n\n\nwith:\n  Station:\n    area: 299\n  use: []\n", "a.yaml").at("with")


def test_mappings_are_laid_over_key_by_key_and_all_else_is_replaced() -> None:
    assert GIVEN.overlaid(CASE).value == {"Station": {"id": "甲", "area": "299"}, "use": []}
    assert GIVEN.value["Station"]["area"] == "300"


def test_lines_follow_their_values() -> None:
    merged = GIVEN.overlaid(CASE)
    assert merged.line(("Station", "id")) == 2
    assert merged.line(("Station", "area")) == 6
    assert merged.line(("use",)) == 7


def test_nothing_is_at_a_path_that_leads_nowhere() -> None:
    with pytest.raises(LookupError):
        GIVEN.at("Station", "rooms")
