"""JSON as it is sent: strict, numbers as they are written, refused whole with what is wrong.

``read_json`` is the meaning: it walks the text and tells lines. The decoder of the standard library
is some fifty times as quick, and is asked first; what it cannot take, or might take too easily, is
put to the other.
"""

from __future__ import annotations

from json import JSONDecoder
from typing import Any

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.located import MAX_DEPTH


class _Doubtful(ValueError):
    """Nothing is said yet of whether it is wrong."""


def parsed(raw: bytes) -> Any:
    """The value in a body. Raises Refused: not UTF-8, not JSON, NaN, a key twice, a lone surrogate,
    nested too deep.

    >>> parsed('{"建筑面积": 300.50, "id": 7, "local": true}'.encode())
    {'建筑面积': '300.50', 'id': '7', 'local': True}
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = Said(
            f"第 {error.start + 1} 个字节起不是 UTF-8", f"not UTF-8 from byte {error.start + 1} on"
        )
        raise Refused([Problem(said)]) from None
    # A lone surrogate can only be written as an escape; so can a pair, which is fine.
    if "\\ud" in text or "\\uD" in text:
        read_json(text, "")
    try:
        value = _QUICK.decode(text)
        # How deep the decoder goes is another Python's another matter.
        if text.count("{") + text.count("[") <= MAX_DEPTH or not _too_deep(value):
            return value
    except (ValueError, RecursionError):
        pass
    read_json(text, "")
    # Whatever the walk accepts has been doubted only for its depth: say so in its words.
    raise Refused([Problem(Said("JSON 有误", "the JSON is not right"))])


def _too_deep(value: Any) -> bool:
    """Whether there are more than ``MAX_DEPTH`` lists and mappings in one another."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return any(isinstance(one, dict | list) for one in level)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Doubtful
    return found


def _constant(_name: str) -> Any:
    raise _Doubtful  # NaN, Infinity: no JSON


_QUICK = JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=_constant
)
