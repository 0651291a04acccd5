"""``/v1/health`` and ``/v1/metrics``."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from jingmen_policy.service.answers import Health
from jingmen_policy.service.metrics import CONTENT_TYPE
from jingmen_policy.service.problems import Trouble, written
from jingmen_policy.service.routes.shared import json_of, state_of

router = APIRouter(prefix="/v1", tags=["health"])


@router.get("/health/live", response_model=Health)
async def live(request: Request) -> Response:
    """Whether the process answers at all."""
    return json_of(written({"status": "live"}))


@router.get("/health/ready", response_model=Health)
async def ready(request: Request) -> Response:
    """Whether to send requests here: not before the rules are loaded, nor once it stops."""
    if not state_of(request).ready:
        raise Trouble("stopping")
    return json_of(written({"status": "ready"}))


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Figures for Prometheus."""
    return Response(state_of(request).metrics.text(), media_type=CONTENT_TYPE)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """What may be asked here, and what comes back: OpenAPI 3.1."""
    return json_of(state_of(request).openapi())
