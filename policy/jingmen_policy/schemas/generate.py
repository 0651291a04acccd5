"""The schemas, generated from the types that write and read what they describe."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from jingmen_facts import MODELS
from jingmen_facts.schema import facts_schema
from jingmen_policy.compare.as_json import DIFF
from jingmen_policy.docs.trace_json import REPORT as TRACE
from jingmen_policy.judge.as_json import FINDINGS
from jingmen_policy.log.as_json import RECEIPTS
from jingmen_policy.log.as_json import REPORT as LOG_VERIFY
from jingmen_policy.log.receipt import RECEIPT
from jingmen_policy.log.replay import REPLAYED
from jingmen_policy.office.bulletin.as_json import BULLETIN
from jingmen_policy.prove.as_json import PROOFS
from jingmen_policy.review.status import STATUS
from jingmen_policy.review.tick_report import REPORT as TICKS_REPORT
from jingmen_policy.review.ticks import TicksForm
from jingmen_policy.rule.modality import Modality
from jingmen_policy.rule.status import Status
from jingmen_policy.scenario.expect import DETAIL
from jingmen_policy.scenario.report_json import REPORT
from jingmen_policy.scenario.switching import REPORT as SWITCHING

DIRECTORY = Path(__file__).parent
DRAFT = "https://json-schema.org/draft/2020-12/schema"
RULE = {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}
FLAG = {"enum": [True, False, "true", "false", "yes", "no", "是", "否"]}
DAY = {"type": "string", "description": "a day such as 2022-12-31"}


def schemas() -> dict[str, str]:
    """Every schema as its file holds it, by the file's name."""
    made = {
        "findings.schema.json": _output(FINDINGS, "结论"),
        "bulletin.schema.json": _output(BULLETIN, "进度通报"),
        "diff.schema.json": _output(DIFF, "规则比较"),
        "readings-diff.schema.json": _output(SWITCHING, "改取解释后的变化"),
        "status.schema.json": _output(STATUS, "审核情况"),
        "proofs.schema.json": _output(PROOFS, "证明"),
        "trace.schema.json": _output(TRACE, "原文与规则的对应"),
        "report.schema.json": _output(REPORT, "案例运行结果"),
        "receipt.schema.json": _output(RECEIPT, "回执"),
        "receipts.schema.json": _output(RECEIPTS, "回执清单"),
        "log-verify.schema.json": _output(LOG_VERIFY, "决定记录的查验"),
        "replay.schema.json": _output(REPLAYED, "按回执重新判定"),
        "scenario.schema.json": scenario_schema(),
        "ticks.schema.json": _input(TicksForm, "边界案例的判断"),
        "ticks-report.schema.json": _output(TICKS_REPORT, "边界案例的判断与规则的结论"),
    }
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in made.items()
    }


def scenario_schema() -> dict[str, Any]:
    """A scenario file: facts as in a facts file, but any field may be left to the cases."""
    facts = facts_schema(MODELS)
    definitions = facts["$defs"]
    kinds = facts["properties"]
    del kinds["as_of"]
    for kind in MODELS.kinds.values():
        del definitions[kind.name]["allOf"]
        kinds[kind.label.zh] = kinds[kind.name]
    definitions["Facts"] = {"type": ["object", "null"], "additionalProperties": False}
    definitions["Facts"]["properties"] = kinds
    definitions["Status"] = {
        "enum": [text for status in Status for text in (status.value, status.label.zh)]
    }
    definitions["Answer"] = {
        "description": "a status; or by subject, by year; or a status with what else is compared",
        "anyOf": [_ref("Status"), _ref("Detail"), _ref("Narrowed")],
    }
    definitions["Detail"] = _object(
        {
            "status": _ref("Status"),
            "not": _ref("Status"),
            "due": DAY,
            "missing": {"type": ["array", "null"], "items": {"type": "string"}},
            "bearer": {"type": "string", "minLength": 1},
            "modality": {"enum": [modality.value for modality in Modality]},
        },
        [],
    )
    definitions["Detail"]["oneOf"] = [{"required": ["status"]}, {"required": ["not"]}]
    definitions["Narrowed"] = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"not": {"enum": list(DETAIL)}},
        "additionalProperties": _ref("Answer"),
    }
    definitions["Case"] = _object(
        {
            "name": {"type": "string", "minLength": 1},
            "as_of": DAY,
            "with": _ref("Facts"),
            "without": {"type": "array", "items": {"type": "string", "pattern": "^[^/]+/.+"}},
            "exhaustive": FLAG,
            "expect": {
                "anyOf": [
                    _ref("Status"),
                    {
                        "type": "object",
                        "propertyNames": RULE,
                        "additionalProperties": _ref("Answer"),
                    },
                    {"type": "null"},
                ]
            },
        },
        ["name"],
    )
    properties = {
        "rule": RULE,
        "as_of": DAY,
        "story": FLAG,
        "exhaustive": FLAG,
        "given": _ref("Facts"),
        "cases": {"type": "array", "minItems": 1, "items": _ref("Case")},
    }
    return {
        "$schema": DRAFT,
        "title": "案例文件",
        **_object(properties, ["cases"]),
        "$defs": definitions,
    }


def _input(form: type[BaseModel], title: str) -> dict[str, Any]:
    """The schema of what a form reads."""
    return {"$schema": DRAFT, **form.model_json_schema(), "title": title}


def _output(adapter: TypeAdapter[Any], title: str) -> dict[str, Any]:
    """The schema of what an adapter writes: closed, every key always there."""
    schema = adapter.json_schema(mode="serialization")
    for holder in (schema, *schema.get("$defs", {}).values()):
        if "properties" in holder:
            holder["required"] = list(holder["properties"])
            holder["additionalProperties"] = False
            for field in holder["properties"].values():
                field.pop("title", None)
                field.pop("default", None)
        if "enum" in holder:
            holder.pop("description", None)
    return {"$schema": DRAFT, **schema, "title": title}


def _object(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        "required": required,
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}
