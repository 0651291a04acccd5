"""The service keeps to its own description: schemathesis asks, whatever it thinks of."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from jingmen_policy.service.app import create_app
from jingmen_policy.service.tokens import needed_scope
from support.serving import Served
from support.within import Within

DOCUMENT: dict[str, Any] = json.loads(create_app().state.service.openapi())


_FIELDS = ("id", "year", "total_cost", "in_catalogue", "members")


def narrowed(document: dict[str, Any]) -> dict[str, Any]:
    """The same, but a dossier has two kinds of fact with a few fields, under their English names,
    and no condition that joins members: drawing from all of it takes minutes.
    """
    found: dict[str, Any] = json.loads(json.dumps(document))
    schemas = found["components"]["schemas"]
    kept = ("as_of", "ServiceProject", "VolunteerTeam")
    members = schemas["Dossier"]["properties"]
    schemas["Dossier"]["properties"] = {name: members[name] for name in kept}
    for kind in kept[1:]:
        schema = schemas[kind]
        del schema["allOf"]
        schema["required"] = ["id"]
        schema["properties"] = {
            name: schema["properties"][name] for name in _FIELDS if name in schema["properties"]
        }
    return found


described = schemathesis.openapi.from_dict(narrowed(DOCUMENT))
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_every_operation_answers_as_it_is_described(
    path: str, method: str, data: st.DataObject, service: Served
) -> None:
    case = data.draw(described[path][method].as_strategy())
    case.call_and_validate(base_url=service.url, checks=CHECKS)


def test_every_route_under_v1_is_described(client: Within) -> None:
    routes = {
        getattr(route, "path_format", "")
        for route in client.app.routes
        if getattr(route, "path_format", "").startswith("/v1/")
    }
    assert routes - set(DOCUMENT["paths"]) <= {"/v1/openapi.json"}
    assert DOCUMENT["openapi"] == "3.1.0"


def test_every_operation_says_which_scope_it_needs() -> None:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            needs = needed_scope(method.upper(), path)
            assert bool(operation["security"]) == (needs is not None)
            assert needs is None or f"`{needs}`" in operation["description"]


def test_nothing_in_the_description_leads_to_another_machine() -> None:
    text = json.dumps(DOCUMENT)
    assert "https://" not in text
    assert "http://" not in text
