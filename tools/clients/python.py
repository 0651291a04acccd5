"""``jingmen_policy/client/types.py``: what is sent and answered, as TypedDicts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from tools.clients.schemas import Schema, about, spelt

_HEAD = '''"""What is sent and answered. Generated from OpenAPI: python -m tools.clients --write."""

from __future__ import annotations

from typing import Literal, NotRequired, TypeAlias, TypedDict
'''
WIDTH = 100


class Python:
    def __init__(self) -> None:
        self.null = "None"
        self.anything = "Any"
        self.plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}

    def listed(self, inner: str) -> str:
        return f"list[{inner}]"

    def mapped(self, key: str, inner: str) -> str:
        return f"dict[{key}, {inner}]"

    def literals(self, values: list[Any]) -> str:
        return f"Literal[{', '.join(_quoted(value) for value in values)}]"


def types(document: dict[str, Any]) -> str:
    """The module. Members are in it by their English names; the service takes the Chinese too."""
    parts = [_HEAD]
    for name, schema in sorted(document["components"]["schemas"].items()):
        parts.append("\n".join(_type(name, schema, document)))
    return "\n\n\n".join(part.strip() for part in parts) + "\n"


def _type(name: str, schema: Schema, document: dict[str, Any]) -> Iterator[str]:
    if "properties" not in schema:
        yield f"{name}: TypeAlias = {spelt(schema, Python(), document)}"
        return
    yield f"class {name}(TypedDict):"
    if text := about(schema):
        [first, *rest] = textwrap.wrap(f'"""{text}', WIDTH - 7)
        if not rest:
            yield f'    {first}"""'
        else:
            yield from (f"    {line}" for line in (first, *rest))
            yield '    """'
        yield ""
    required = schema.get("required", [])
    for member, inner in schema["properties"].items():
        if not member.isascii():
            continue
        spelling = spelt(inner, Python(), document)
        if member not in required:
            spelling = f"NotRequired[{spelling}]"
        yield f"    {member}: {spelling}"


def _quoted(value: Any) -> str:
    return '"' + value.replace('"', '\\"') + '"' if isinstance(value, str) else repr(value)
