"""Generation of ``facts.schema.json``: every kind and field by its name and its Chinese label."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from jingmen_facts.kinds import FactModels, Kind

PATH = Path(__file__).with_name("facts.schema.json")


def facts_schema(models: FactModels) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a YAML or JSON file of facts."""
    kinds = list(models.kinds.values())
    _, generated = models_json_schema([(kind.model, "validation") for kind in kinds])
    definitions = generated["$defs"]
    for kind in kinds:
        _describe(definitions[kind.name], kind)
    kind_names = [name for kind in kinds for name in (kind.name, kind.label.zh)]
    properties: dict[str, Any] = {
        "use": _names("背景事实", "backgrounds the facts are laid over, such as register", None),
        "complete": _names("列全的事实类型", "kinds of which every fact is stated", kind_names),
        "as_of": {
            "title": "截至日期",
            "description": "the day as of which to judge",
            "type": "string",
        },
    }
    for kind in kinds:
        one = {"$ref": f"#/$defs/{kind.name}"}
        properties[kind.name] = {
            "title": kind.label.zh,
            "description": f"one {kind.label.en}, or a list of them",
            "anyOf": [one, {"type": "array", "items": one}, {"type": "null"}],
        }
        properties[kind.label.zh] = {"$ref": f"#/properties/{kind.name}"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "事实文件",
        "description": "Facts by kind; a field left out, or null, is not known.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": definitions,
    }


def schema_text(models: FactModels) -> str:
    """The schema as its file holds it."""
    return json.dumps(facts_schema(models), ensure_ascii=False, indent=2) + "\n"


def _describe(definition: dict[str, Any], kind: Kind) -> None:
    """Add to a model's schema its Chinese title, its units, and its fields by their labels."""
    definition["title"] = kind.label.zh
    definition["x-unit"] = kind.unit
    fields = definition["properties"]
    for spec in kind.fields.values():
        field = fields[spec.name]
        field.pop("default", None)
        if spec.unit:
            field["x-unit"] = spec.unit
        if spec.refers is not None:
            field["x-refers-to"] = spec.refers.kind
        if spec.label.zh != spec.name:
            fields[spec.label.zh] = {"$ref": f"#/$defs/{kind.name}/properties/{spec.name}"}
    definition["allOf"] = [
        {"anyOf": [{"required": [name]}, {"required": [kind.fields[name].label.zh]}]}
        for name in definition.pop("required", [])
    ]


def _names(title: str, description: str, choices: list[str] | None) -> dict[str, Any]:
    name: dict[str, Any] = {"type": "string"}
    if choices is not None:
        name["pattern"] = f"^({'|'.join(map(re.escape, choices))})(@.+)?$"
    many = {"type": "array", "items": name}
    return {"title": title, "description": description, "anyOf": [name, many, {"type": "null"}]}
