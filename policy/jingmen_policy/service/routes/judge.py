"""``POST /v1/judge``, ``/v1/judge/batch``, ``/v1/explain`` and ``/v1/next-question``."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from jingmen_policy.service import answers
from jingmen_policy.service.asking import asked_next
from jingmen_policy.service.judging import explained, judged, judged_as, judged_many
from jingmen_policy.service.quick import quickly
from jingmen_policy.service.requests import Explain, Judge, JudgeBatch, NextQuestion
from jingmen_policy.service.routes.shared import (
    acknowledged,
    body_of,
    json_of,
    state_of,
    takes,
)


class Plain(APIRoute):
    """A route whose function is given the request and gives the response, and nothing around it.

    FastAPI would look for parameters to fill in each time.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler: Callable[[Request], Coroutine[Any, Any, Response]] = self.endpoint
        return handler


router = APIRouter(prefix="/v1", tags=["judge"], route_class=Plain)


@router.post("/judge", response_model=answers.Brief | answers.Full, openapi_extra=takes(Judge))
async def judge(request: Request) -> Response:
    """Put every rule to one dossier."""
    state = state_of(request)
    raw = await body_of(request)
    asked = quickly(state, raw)
    if asked is None:
        made = await state.work.run(partial(judged, state, raw))
    else:
        made = judged_as(state, asked)
    return json_of(await acknowledged(state, made))


@router.post("/judge/batch", response_model=answers.Batch, openapi_extra=takes(JudgeBatch))
async def judge_batch(request: Request) -> Response:
    """Put every rule to many dossiers, each by itself."""
    state = state_of(request)
    raw = await body_of(request)
    made = await state.work.run(partial(judged_many, state, raw))
    answers = [await acknowledged(state, one) for one in made]
    return json_of(b'{"answers":[%b]}' % b",".join(answers))


@router.post("/explain", response_model=answers.Full, openapi_extra=takes(Explain))
async def explain(request: Request) -> Response:
    """One rule and one subject: why, why not, and what is missing."""
    state = state_of(request)
    raw = await body_of(request)
    made = await state.work.run(partial(explained, state, raw))
    return json_of(await acknowledged(state, made))


@router.post("/next-question", response_model=answers.NextAsked, openapi_extra=takes(NextQuestion))
async def next_question(request: Request) -> Response:
    """Of all that is not known, the fact that settles most for whoever answers."""
    state = state_of(request)
    raw = await body_of(request)
    return json_of(await state.work.run(partial(asked_next, state, raw)))


def plain() -> dict[str, Callable[[Request], Coroutine[Any, Any, Response]]]:
    """What each route answers with, by its path: all are plain, and all are posted to."""
    return {route.path: route.endpoint for route in router.routes if isinstance(route, Plain)}
