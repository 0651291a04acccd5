"""The JSON Schema of a facts file, generated from the models."""

from __future__ import annotations

from jingmen_facts.schema.generate import PATH, facts_schema, schema_text

__all__ = ["PATH", "facts_schema", "schema_text"]
