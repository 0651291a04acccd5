"""What OpenAPI says of types and operations, as far as the service's own document goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

Schema = dict[str, Any]
PREFIX = "#/components/schemas/"


class Speech(Protocol):
    """How one language spells types."""

    null: str
    anything: str
    plain: dict[str, str]

    def listed(self, inner: str) -> str: ...
    def mapped(self, key: str, inner: str) -> str: ...
    def literals(self, values: list[Any]) -> str: ...


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that may be asked. ``path`` has its parameters in braces; ``body`` and ``answer``
    are schemas, None where there is no JSON.
    """

    name: str
    method: str
    path: str
    about: str
    within: tuple[str, ...]
    query: dict[str, Schema]
    body: Schema | None
    answer: Schema | None


def operations(document: dict[str, Any]) -> Iterator[Operation]:
    """Every operation, in the document's order."""
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            parameters = one.get("parameters", [])
            yield Operation(
                one["operationId"],
                method.upper(),
                path,
                one["summary"],
                tuple(p["name"] for p in parameters if p["in"] == "path"),
                {p["name"]: p["schema"] for p in parameters if p["in"] == "query"},
                _json(one.get("requestBody", {})),
                _json(one["responses"]["200"]),
            )


def _json(holder: dict[str, Any]) -> Schema | None:
    schema: Schema | None = holder.get("content", {}).get("application/json", {}).get("schema")
    return schema


def spelt(schema: Schema, speech: Speech, document: dict[str, Any]) -> str:
    """The type a schema describes. Raises ValueError for a schema of another shape."""
    if "$ref" in schema:
        reference: str = schema["$ref"]
        name, _, inside = reference.removeprefix(PREFIX).partition("/properties/")
        if not inside:
            return name
        schemas = document["components"]["schemas"]
        return spelt(schemas[name]["properties"][inside], speech, document)
    if "const" in schema:
        return speech.literals([schema["const"]])
    if "enum" in schema:
        return speech.literals(schema["enum"])
    for many in ("anyOf", "oneOf"):
        if many in schema:
            parts = dict.fromkeys(spelt(one, speech, document) for one in schema[many])
            return " | ".join(sorted(parts, key=lambda part: part == speech.null))
    kind = schema.get("type")
    if kind == "null":
        return speech.null
    if kind == "array":
        return speech.listed(spelt(schema.get("items", {}), speech, document))
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        keys = schema.get("propertyNames", {})
        key = spelt(keys, speech, document) if "$ref" in keys else speech.plain["string"]
        return speech.mapped(key, spelt(schema["additionalProperties"], speech, document))
    if kind in speech.plain:
        return speech.plain[kind]
    if not schema or kind is None:
        return speech.anything
    raise ValueError(f"no type for {json.dumps(schema, ensure_ascii=False)}")


def about(schema: Schema) -> str:
    """The first sentence or so of a description, on one line."""
    text: str = schema.get("description", "")
    return re.sub(r"\s+", " ", text.partition("\n\n")[0]).strip()
