"""JSON as text: numbers stay as they are written, every value knows its line."""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from jingmen_facts.problems import Refused, Said
from jingmen_facts.reading.files import MAX_BYTES
from jingmen_facts.reading.located import Growth, LinedList, LinedMap, Located

_STRINGS = JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(text: str, source: str) -> Located:
    """The one value in a text, in the shape of ``read_yaml``: every scalar is text or None.

    >>> read_json('{"total_cost": 7175.01, "local": true, "name": null}', "示例").value
    {'total_cost': '7175.01', 'local': 'true', 'name': None}

    Raises Refused.
    """
    return _Reader(text, source).read()


class _Reader:
    """Walks a text once, without recursion: nesting cannot exhaust the stack."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.growth = Growth(source)
        self.position = 0
        self.line = 1
        self.closing: list[str] = []

    def read(self) -> Located:
        if len(self.text) > MAX_BYTES:
            raise self.growth.refused(Said("文件过大", "the file is too large"), None)
        state = "value"
        while state != "end":
            state = self._step(state)
        if self._peek():
            raise self._wrong("末尾有多余内容", "something follows the value")
        return self.growth.grown()

    def _step(self, state: str) -> str:
        """Take what stands here and say what may follow it."""
        found = self._peek()
        if state in ("first item", "first key", "after") and found == self.closing[-1]:
            self.position += 1
            self.closing.pop()
            self.growth.close()
            return "after" if self.closing else "end"
        if state == "after":
            if found != ",":
                raise self._wrong(
                    f"此处应为“,”或“{self.closing[-1]}”", f"expected ',' or '{self.closing[-1]}'"
                )
            self.position += 1
            return "key" if self.closing[-1] == "}" else "value"
        if state in ("first key", "key"):
            self._key(found)
            return "value"
        if found in ("{", "["):
            self.growth.open(LinedMap() if found == "{" else LinedList(), self.line)
            self.position += 1
            self.closing.append("}" if found == "{" else "]")
            return "first key" if found == "{" else "first item"
        self.growth.put(self._string() if found == '"' else self._literal(), self.line)
        return "after" if self.closing else "end"

    def _key(self, found: str) -> None:
        if found != '"':
            raise self._wrong("此处应为带双引号的键", "expected a key in double quotes")
        self.growth.put(self._string(), self.line)
        if self._peek() != ":":
            raise self._wrong("此处应为“:”", "expected ':'")
        self.position += 1

    def _peek(self) -> str:
        """The next character that is not space, '' at the end."""
        match = _SPACE.match(self.text, self.position)
        assert match is not None
        self.line += match[0].count("\n")
        self.position = match.end()
        return self.text[self.position : self.position + 1]

    def _literal(self) -> str | None:
        match = _LITERAL.match(self.text, self.position)
        if match is None:
            raise self._wrong("此处应有一个值", "expected a value")
        self.position = match.end()
        return None if match[0] == "null" else match[0]

    def _string(self) -> str:
        try:
            found, self.position = _STRINGS.raw_decode(self.text, self.position)
        except JSONDecodeError as error:
            raise self._wrong("引号中的文字有误或没有写完", error.msg) from None
        text = str(found)
        if _SURROGATE.search(text):
            raise self._wrong("含有不成对的代理字符", "holds a lone surrogate")
        return text

    def _wrong(self, zh: str, en: str) -> Refused:
        at_end = self.position >= len(self.text)
        return self.growth.refused(
            Said(
                f"JSON 语法错误：{zh}" + ("，文件可能不完整" if at_end else ""),
                f"JSON syntax error: {en}" + ("; the file may be truncated" if at_end else ""),
            ),
            self.line,
        )
