"""YAML as text: every scalar stays as it is written, every value knows its line.

What a file of facts or rules has no use for is refused: anchors and aliases, tags, duplicate
keys, keys that are not text, several documents.
"""

from __future__ import annotations

from typing import Any

import yaml

from jingmen_facts.problems import Said
from jingmen_facts.reading.files import MAX_BYTES
from jingmen_facts.reading.located import Growth, LinedList, LinedMap, Located

__all__ = ["Located", "read_yaml"]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NODES = frozenset({yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_ANCHORED = Said("不接受锚点和别名（& *）", "anchors and aliases are refused")
_UNKNOWN = frozenset({"", "~", "null", "Null", "NULL"})
_SYNTAX = (
    ("could not find expected ':'", "此处应有“键: 值”，缺少冒号"),
    ("mapping values are not allowed", "此处不能再写“键: 值”，请检查缩进或给文字加引号"),
    ("cannot start any token", "文字以不允许的符号开头（如制表符、@、`），请加引号"),
    ("did not find expected key", "缩进不一致，此处应为键"),
    ("did not find expected '-' indicator", "缩进不一致，此处应为以“-”开头的一项"),
    ("did not find expected ',' or", "方括号或花括号没有写完，文件可能不完整"),
    ("did not find expected node content", "此处应有内容，文件可能不完整"),
    ("unexpected end of stream", "引号没有写完，文件可能不完整"),
    ("control characters are not allowed", "含有控制字符"),
)


def read_yaml(text: str, source: str) -> Located:
    r"""The one document in a text; ``source`` is what to call it in problems.

    >>> read_yaml("on: 2021\nrooms: [社工室, '']\narea:\n", "示例").value
    {'on': '2021', 'rooms': ['社工室', ''], 'area': None}

    Raises Refused.
    """
    growth = Growth(source)
    try:
        if len(text.encode()) > MAX_BYTES:
            raise growth.refused(Said("文件过大", "the file is too large"), None)
        for event in yaml.parse(text, Loader=_LOADER):
            _take(growth, event)
    except yaml.MarkedYAMLError as error:
        raise growth.refused(_syntax(error.problem or "syntax error"), _line_of(error)) from None
    except yaml.reader.ReaderError as error:
        raise growth.refused(_syntax(str(error.reason)), _line_at(text, error.position)) from None
    except UnicodeEncodeError as error:
        said = Said("含有不成对的代理字符", "holds a lone surrogate")
        raise growth.refused(said, _line_at(text, error.start)) from None
    return growth.grown()


def _take(growth: Growth, event: Any) -> None:
    kind, line = type(event), event.start_mark.line + 1
    if kind in _NODES:
        if event.anchor is not None:
            raise growth.refused(_ANCHORED, line)
        if event.tag is not None:
            said = Said(f"不接受标签“{event.tag}”", f"the tag '{event.tag}' is refused")
            raise growth.refused(said, line)
        if kind is yaml.ScalarEvent:
            unknown = event.implicit[0] and event.value in _UNKNOWN
            growth.put(None if unknown else event.value, line)
        else:
            growth.open(LinedMap() if kind is yaml.MappingStartEvent else LinedList(), line)
    elif kind in _ENDS:
        growth.close()
    elif kind is yaml.AliasEvent:
        raise growth.refused(_ANCHORED, line)
    elif kind is yaml.DocumentStartEvent and growth.first is not None:
        said = Said("一个文件只能有一个 YAML 文档", "a file holds one YAML document")
        raise growth.refused(said, line)


def _syntax(problem: str) -> Said:
    zh = next((zh for part, zh in _SYNTAX if part in problem), problem)
    return Said(f"YAML 语法错误：{zh}", f"YAML syntax error: {problem}")


def _line_of(error: yaml.MarkedYAMLError) -> int | None:
    """Where what is wrong begins: what is left unfinished is noticed only further down."""
    unfinished = (error.context or "").startswith(("while scanning", "while parsing a flow"))
    marks = [error.context_mark, error.problem_mark][:: 1 if unfinished else -1]
    mark = next(filter(None, marks), None)
    return None if mark is None else mark.line + 1


def _line_at(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
