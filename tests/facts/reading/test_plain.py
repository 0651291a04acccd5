"""What is read in one go is what is read with care; what is doubtful is left to that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import MODELS
from jingmen_facts.problems import Refused
from jingmen_facts.reading.assemble import assemble, build_dossier
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.plain import plainly
from jingmen_facts.reading.stated import Stated

WHOLE: dict[str, Any] = {
    "complete": ["Station", "驻站社工"],
    "City": {"name": "荆门市"},
    "County": [{"name": "沙洋县", "city": "荆门市"}],
    "社工站": [{"id": " S ", "建筑面积": "300.50平方米"}],
    "ResidentWorker": [{"id": "W-1", "station": "S", "出生日期": "1985年3月1日"}, {"id": "W-2"}],
}


def with_care(value: Any) -> Any:
    stated = Stated(MODELS)
    stated.read(Located(value))
    return assemble(stated).dossier


def test_a_whole_mapping_is_read_as_with_care() -> None:
    read, expected = plainly(WHOLE, MODELS), with_care(WHOLE)
    assert read is not None
    assert read == expected
    assert (read.facts, read.complete) == (expected.facts, expected.complete)


@pytest.mark.parametrize(
    "doubtful",
    [
        {"use": ["register"]},
        {"as_of": "2022-06-30"},
        {"Statoin": {"id": "S"}},
        {"Station": {"id": "S"}, "社工站": {"id": "T"}},
        {"Station": {"id": "S", "area": "1", "建筑面积": "1"}},
        {"Station": {"id": "S", "aera": "1"}},
        {"Station": [{"id": "S"}, {"id": "S"}]},
        {"Station": [{"id": "S", "area": "-1"}]},
        {"Station": ["S"]},
        {"Station": "S"},
        {"Station": None},
        {"ResidentWorker": {"id": "W", "station": "S"}},
        {"complete": "Station"},
        {"complete": ["Statoin"]},
        {"complete": [1]},
        {"complete": {"Station": 1}},
        {1: {}},
    ],
)
def test_what_is_doubtful_is_left_to_whoever_tells_what_is_wrong(doubtful: Any) -> None:
    assert plainly(doubtful, MODELS) is None


_WORDS = st.sampled_from(
    [
        "id",
        "name",
        "area",
        "建筑面积",
        "station",
        "city",
        "S",
        "1",
        "-1",
        "荆门市",
        " S ",
        "2021-06-01",
    ]
)
_LEAVES = st.none() | st.booleans() | _WORDS
_FACTS = st.dictionaries(_WORDS, _LEAVES | st.lists(_WORDS, max_size=2), max_size=3)
_PARTS = st.dictionaries(
    st.sampled_from(
        ["Station", "社工站", "City", "城市", "ResidentWorker", "complete", "use", "?"]
    ),
    _FACTS | st.lists(_FACTS | _LEAVES, max_size=3) | _LEAVES,
    max_size=4,
)


@given(_PARTS)
def test_nothing_is_taken_that_is_refused_with_care(value: dict[str, Any]) -> None:
    read = plainly(json.loads(json.dumps(value)), MODELS)
    try:
        expected = with_care(value)
    except Refused:
        assert read is None
    else:
        assert read is None or (read == expected and read.facts == expected.facts)


def test_names_given_beside_a_mapping_are_minded() -> None:
    found = build_dossier({"Station": {"id": "S"}}, models=MODELS, complete=["Station"]).dossier
    assert found.complete == {"Station"}
