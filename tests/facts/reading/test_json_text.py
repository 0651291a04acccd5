"""JSON is read as text, exactly, without recursion, with its lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import Refused
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.located import MAX_DEPTH

scalars = st.none() | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read_json(text, "a.json")
    assert all(problem.said.zh for problem in caught.value.problems)
    return caught.value.to("en")


@given(values, st.sampled_from([None, 2]))
def test_a_value_written_is_read_as_the_same_value(value: object, indent: int | None) -> None:
    assert read_json(json.dumps(value, indent=indent), "a.json").value == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_a_number_keeps_every_digit(number: object) -> None:
    assert read_json(f'{{"n": {number}}}', "a.json").value == {"n": str(number)}


def test_numbers_and_truths_stay_as_written() -> None:
    located = read_json('{"a": 7175.10, "b": -0, "c": 1e400, "d": true, "e": null}', "a.json")
    assert located.value == {"a": "7175.10", "b": "-0", "c": "1e400", "d": "true", "e": None}


def test_every_path_has_its_line() -> None:
    located = read_json('\n{"Station": [\n  {"id": "甲"},\n  {"id":\n "乙"}]}', "a.json")
    assert located.line() == 2
    assert located.line(("Station", 0, "id")) == 3
    assert located.line(("Station", 1, "id")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.json:1: JSON syntax error: expected a value; the file may be truncated"),
        ('{"a": 1', "a.json:1: JSON syntax error: expected ',' or '}'; the file may be truncated"),
        ('{"a":\n "b', "a.json:2: JSON syntax error: Unterminated string"),
        ('{"a": 1,\n}', "a.json:2: JSON syntax error: expected a key in double quotes"),
        ("[1,]", "a.json:1: JSON syntax error: expected a value"),
        ("[1 2]", "a.json:1: JSON syntax error: expected ',' or ']'"),
        ('{"a" 1}', "a.json:1: JSON syntax error: expected ':'"),
        ("{a: 1}", "a.json:1: JSON syntax error: expected a key in double quotes"),
        ("[01]", "a.json:1: JSON syntax error: expected ',' or ']'"),
        ("[NaN]", "a.json:1: JSON syntax error: expected a value"),
        ("[Infinity]", "a.json:1: JSON syntax error: expected a value"),
        ("1 2", "a.json:1: JSON syntax error: something follows the value"),
        ('["\\ud800"]', "a.json:1: JSON syntax error: holds a lone surrogate"),
        ('{"a": 1,\n "a": 2}', "a.json:2: a: duplicate key 'a', already on line 1"),
        ("[" * 1_000_000, f"a.json:1: nested deeper than {MAX_DEPTH} levels"),
        ('{"a":' * 1_000_000, f"a.json:1: nested deeper than {MAX_DEPTH} levels"),
    ],
    ids=range(16),
)
def test_what_is_not_json_is_refused_with_its_line(text: str, said: str) -> None:
    assert said in refusal(text)


@given(st.text(alphabet='{}[]",:1e.- \nnulltrue\\"', max_size=30))
def test_it_accepts_what_the_standard_library_accepts(text: str) -> None:
    def no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(pairs)) != len(pairs):
            raise ValueError
        return dict(pairs)

    def no_constant(_name: str) -> object:
        raise ValueError

    try:
        json.loads(text, object_pairs_hook=no_duplicates, parse_constant=no_constant)
        accepted = True
    except ValueError:
        accepted = False
    try:
        read_json(text, "a.json")
        assert accepted
    except Refused:
        assert not accepted
