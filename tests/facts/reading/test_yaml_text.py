"""YAML is read as text with its lines; whatever could mean something else is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jingmen_facts import Refused
from jingmen_facts.reading.files import MAX_BYTES
from jingmen_facts.reading.located import MAX_DEPTH
from jingmen_facts.reading.yaml_text import read_yaml

TEXT = """\
# 注释
on: 2021-02-30
Station:
  - id: 示例站
    area: 300.10
    rooms: [社工室, "个案室"]
  - id: "null"
    area: ~
    name: ""
    sign_text: |
      沙洋县
      社会工作站
"""


def refusal(text: str) -> str:
    with pytest.raises(Refused) as caught:
        read_yaml(text, "a.yaml")
    assert all(problem.said.zh for problem in caught.value.problems)
    return caught.value.to("en")


def test_every_scalar_stays_as_written() -> None:
    assert read_yaml(TEXT, "a.yaml").value == {
        "on": "2021-02-30",
        "Station": [
            {"id": "示例站", "area": "300.10", "rooms": ["社工室", "个案室"]},
            {"id": "null", "area": None, "name": "", "sign_text": "沙洋县\n社会工作站\n"},
        ],
    }


@pytest.mark.parametrize("empty", ["", "# 空\n", "---\n", "~"])
def test_an_empty_file_holds_nothing(empty: str) -> None:
    assert read_yaml(empty, "a.yaml").value is None


def test_every_path_has_its_line_or_that_of_what_holds_it() -> None:
    located = read_yaml(TEXT, "a.yaml")
    lines = {
        (): 2,
        ("Station",): 3,
        ("Station", 0): 4,
        ("Station", 0, "rooms"): 6,
        ("Station", 0, "rooms", 1): 6,
        ("Station", 0, "name"): 4,
        ("Station", 1, "area"): 8,
        ("Station", 7, "area"): 3,
        ("nothing", "here"): 2,
    }
    assert {path: located.line(path) for path in lines} == lines
    assert located.at("Station", 1).line(("name",)) == 9


@given(st.recursive(st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)))
def test_texts_survive_whatever_they_look_like(value: object) -> None:
    text = yaml.safe_dump({"值": value})
    assert read_yaml(text, "a.yaml").value == {"值": value}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: a: duplicate key 'a', already on line 1"),
        ("x: [{a: 1, a: 2}]\n", "a.yaml:1: x[0].a: duplicate key 'a'"),
        ("a: &x 1\n", "a.yaml:1: anchors and aliases are refused"),
        ("a: *x\n", "a.yaml:1: anchors and aliases are refused"),
        ("a: 1\nb: !!python/object:os.system x\n", "a.yaml:2: the tag"),
        ("a: !x 1\n", "a.yaml:1: the tag '!x' is refused"),
        ("? [a]\n: 1\n", "a.yaml:1: a key should be text"),
        ("~: 1\n", "a.yaml:1: a key should be text"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: a file holds one YAML document"),
        ("a: [1, 2\n", "a.yaml:1: YAML syntax error: did not find expected ',' or ']'"),
        ("a:\n  b: 1\n c: 2\n", "a.yaml:3: YAML syntax error"),
        ('a: 1\nb: "unfinished\n', "a.yaml:2: YAML syntax error: found unexpected end of stream"),
        ("a: 1\nper", "a.yaml:2: YAML syntax error: could not find expected ':'"),
        ("a: \x01\n", "a.yaml:1: YAML syntax error: control characters are not allowed"),
        ("a: 1\nb: \ud800\n", "a.yaml:2: holds a lone surrogate"),
        ("[" * 1_000_000, f"a.yaml:1: nested deeper than {MAX_DEPTH} levels"),
        ("- " * 1_000_000, f"a.yaml:1: nested deeper than {MAX_DEPTH} levels"),
        ("{a: " * 1_000_000, f"a.yaml:1: nested deeper than {MAX_DEPTH} levels"),
        ("x" * (MAX_BYTES + 1), "the file is too large"),
    ],
    ids=range(19),
)
def test_what_is_not_plain_text_by_keys_is_refused(text: str, said: str) -> None:
    assert said in refusal(text)


def test_nesting_up_to_the_limit_is_read() -> None:
    located = read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH, "a.yaml")
    assert str(located.value).count("[") == MAX_DEPTH


def test_all_duplicate_keys_are_said_even_before_a_syntax_error() -> None:
    said = refusal("a: 1\na: 2\nb: 3\nb: 4\nc: [\n")
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        "a.yaml:2",
        "a.yaml:4",
        "a.yaml:6",
    ]


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 50)]
    assert refusal("\n".join(lines)) == "a.yaml:1: anchors and aliases are refused"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert read_yaml(text, "a.yaml").source == "a.yaml"
