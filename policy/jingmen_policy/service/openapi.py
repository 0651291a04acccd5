"""OpenAPI 3.1 of the service: enough, alone, to get from nothing to a first answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from jingmen_facts.kinds import FactModels
from jingmen_facts.schema import facts_schema
from jingmen_policy.service.answers import ProblemDocument
from jingmen_policy.service.examples import REQUESTS, responses
from jingmen_policy.service.problems import MEDIA_TYPE, TITLES
from jingmen_policy.service.requests import Explain, Judge, JudgeBatch, NextQuestion
from jingmen_policy.service.routes.shared import JSON
from jingmen_policy.service.state import State
from jingmen_policy.service.tokens import OPEN, needed_scope

Operation = dict[str, Any]
FORMS: tuple[type[BaseModel], ...] = (Judge, JudgeBatch, Explain, NextQuestion)
_ABOUT = """\
规则即代码：输入社工站的事实，得出逐条结论，每条都有依据的原文地址。

Rules as code for the Jingmen plan for township social work stations: facts in, findings out.

**First answer.** `POST /v1/judge` with `{"dossier": {...}}` as JSON. A dossier maps kinds of fact
to facts, as schema `Dossier` says; send the example of the operation as it is. A fact left out is
not known: it is never taken for zero, nor for a shortfall. The answer has a finding for every rule
and every fact the rule is about; `status` is `met`, `breached`, `departed`, `unproven` (facts are
missing), `undetermined`, `pending`, `available`, `noted`, `not-applicable` or `not-in-force`.
`"detail": "full"` also quotes the text, and says what was compared and which facts are missing.

**Whole or not at all.** A request with anything wrong in it is refused with everything that is
wrong: `application/problem+json` (RFC 9457) with `errors`, each with a JSON Pointer into the body,
what was expected and the nearest known name. Messages are Chinese, or English where
`Accept-Language` wants that more.

**Tokens.** Where the service was started with tokens, send `Authorization: Bearer ...`. Scopes:
`read` for GET, `judge` for POST, `admin` for everything.

**Exact.** Send money as text with its unit (`"10万元"`) or as a number of 元; a number is taken as
it is written, never as a float.
"""
_TAGS = [
    {"name": "judge", "description": "facts in, findings out"},
    {"name": "catalogue", "description": "the rules, the text they quote, the readings chosen"},
    {"name": "receipts", "description": "what a decision was made of"},
    {"name": "health", "description": "whether it runs, and how well"},
]
_PROBLEMS_OF = {
    "get": ("malformed", "unauthorized", "forbidden", "not-found", "unknown-host", "refused"),
    "post": (
        "malformed",
        "unauthorized",
        "forbidden",
        "slow-body",
        "too-large",
        "media-type",
        "unknown-host",
        "refused",
    ),
}
_OPTIONAL = frozenset({"ProblemDocument", "ErrorTold"})
"""Answers of which some members may be left out."""


def document(app: FastAPI, state: State) -> dict[str, Any]:
    """The description of an app, with its facts, its problems and real examples."""
    policy = state.corpora.named(None)
    made = get_openapi(
        title=f"{policy.corpus.title.zh} · {policy.corpus.title.en}",
        version=_version(),
        openapi_version="3.1.0",
        description=_ABOUT,
        routes=app.routes,
        tags=_TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas: dict[str, Any] = made["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ProblemDocument"] = ProblemDocument.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    schemas.update(schemas["ProblemDocument"].pop("$defs"))
    for name, schema in schemas.items():
        _close(name, schema)
    schemas.update(_forms())
    schemas.update(dossier(policy.models))
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "`jingmen token new --scope judge --expires DAY --file FILE`; needed"
            " only where the service was started with `--tokens FILE`",
        }
    }
    answered = responses(state) if policy.models.kinds.keys() >= {"ServiceProject"} else {}
    for path, method, operation in _operations(made):
        _describe(path, method, operation, answered)
    return made


def dossier(models: FactModels) -> dict[str, Any]:
    """The schemas of a dossier and of every kind of fact, by name."""
    whole = facts_schema(models)
    kinds: dict[str, Any] = whole.pop("$defs")
    del whole["$schema"]
    whole["title"] = "案卷"
    for schema in kinds.values():
        schema["description"] = schema["description"].partition("\n\n>>>")[0].strip()
    found = {"Dossier": whole, **kinds}
    text = json.dumps(found, ensure_ascii=False)
    text = text.replace('"#/$defs/', '"#/components/schemas/')
    text = text.replace('"#/properties/', '"#/components/schemas/Dossier/properties/')
    moved: dict[str, Any] = json.loads(text)
    return moved


def _forms() -> dict[str, Any]:
    """The schemas of the bodies; what is in a dossier is said by its own."""
    _, made = models_json_schema(
        [(form, "validation") for form in FORMS], ref_template="#/components/schemas/{model}"
    )
    schemas: dict[str, Any] = made["$defs"]
    for form in FORMS:
        schema = schemas[form.__name__]
        properties = schema["properties"]
        one = {"$ref": "#/components/schemas/Dossier"}
        if "dossier" in properties:
            properties["dossier"] = one
        if "dossiers" in properties:
            properties["dossiers"] = {"type": "array", "items": one}
        schema["properties"] = {
            name: properties[name]
            for name in sorted(properties, key=lambda name: name not in schema["required"])
        }
        schema["examples"] = [REQUESTS[form.__name__]]
    return schemas


def _close(name: str, schema: dict[str, Any]) -> None:
    """Every member of an answer is always there, and no other."""
    schema.pop("title", None)
    if "description" in schema:
        schema["description"] = re.sub(r"``([^`]+)``", r"`\1`", schema["description"])
    if "properties" not in schema:
        return
    schema["additionalProperties"] = False
    if name not in _OPTIONAL:
        schema["required"] = list(schema["properties"])
    for member in schema["properties"].values():
        member.pop("title", None)
        member.pop("default", None)


def _operations(made: dict[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _describe(path: str, method: str, operation: Operation, answered: dict[str, Any]) -> None:
    """Add to an operation its problems, its examples and whether it needs a token."""
    operation.pop("summary", None)
    operation["summary"] = operation["description"].partition(":")[0].rstrip(".")
    told = operation["responses"]
    told.pop("422", None)
    told["200"]["description"] = "the answer"
    problem = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
    kinds = list(_PROBLEMS_OF[method])
    if path.endswith("/ready"):
        kinds.append("stopping")
    elif path.startswith("/v1/receipts"):
        kinds.append("log-unavailable")
    elif method == "post":
        kinds.append("busy")
    for kind in kinds:
        status, title = TITLES[kind]
        told[str(status)] = {"description": title.en, "content": {MEDIA_TYPE: dict(problem)}}
    if method == "post" and "problem" in answered:
        told["422"]["content"][MEDIA_TYPE]["example"] = answered["problem"]
    if (reference := _body(operation)) in answered:
        told["200"]["content"][JSON]["example"] = answered[reference]
        operation["requestBody"]["content"][JSON]["example"] = REQUESTS[reference]
    needs = None if path in OPEN else needed_scope(method.upper(), path)
    operation["security"] = [] if needs is None else [{}, {"token": []}]
    if needs is not None:
        operation["description"] += f"\n\nScope: `{needs}`."


def _body(operation: dict[str, Any]) -> str:
    """The name of the form an operation takes, '' where it takes none."""
    content = operation.get("requestBody", {}).get("content", {})
    reference: str = content.get(JSON, {}).get("schema", {}).get("$ref", "")
    return reference.rpartition("/")[2]


def _version() -> str:
    try:
        return version("jingmen-policy")
    except PackageNotFoundError:
        return "0"
