"""The app: routes, what every request passes, and what is opened before and closed after."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.judge.policy import Policy
from jingmen_policy.log.log import Log
from jingmen_policy.service import page
from jingmen_policy.service.corpora import Corpora
from jingmen_policy.service.gate import Gate
from jingmen_policy.service.metrics import Metrics
from jingmen_policy.service.notes import Notes
from jingmen_policy.service.openapi import document
from jingmen_policy.service.problems import Trouble, answer, language, written
from jingmen_policy.service.routes import catalogue, health, judge, receipts
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.state import Keeps, State
from jingmen_policy.service.tokens import Tokens
from jingmen_policy.service.work import Work

_STATUSES = {404: "not-found", 405: "method", 400: "malformed", 413: "too-large"}


def create_app(
    settings: Settings | None = None, *, policy: Policy | None = None, log: Keeps | None = None
) -> FastAPI:
    """The service as an ASGI app. Everything is loaded and checked here.

    ``policy`` takes the place of the shipped plan, ``log`` that of the log the settings name; such
    a log is not closed. Raises Refused.
    """
    chosen = settings or Settings()
    limits = chosen.limits
    corpora = Corpora.load(chosen.corpora, limits.policies, policy)
    tokens = None if chosen.tokens is None else Tokens(chosen.tokens)
    opened = Log.open(chosen.log) if log is None and chosen.log is not None else None
    metrics = Metrics()
    work = Work(limits.threads, limits.waiting, limits.decision_seconds)
    described = cache(lambda: written(document(app, state)))
    kept = log if log is not None else opened
    state = State(chosen, corpora, kept, work, metrics, described)
    metrics.watch("jingmen_decisions_under_way", "Decisions made or waited for", lambda: work.taken)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        corpora.named(None).decide(())  # today's code, before anybody waits for it
        state.ready = True
        try:
            yield
        finally:
            state.ready = False
            work.close()
            if opened is not None:
                opened.close()

    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
    )
    app.state.service = state
    for topic in (judge, catalogue, receipts, health, page):
        app.include_router(topic.router)
    app.add_exception_handler(Trouble, _trouble)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Refused, _refused)
    app.add_middleware(
        Gate,
        settings=chosen,
        tokens=tokens,
        metrics=metrics,
        notes=Notes(facts=chosen.log_facts),
        direct=judge.plain(),
    )
    return app


async def _trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, Trouble)
    request.scope["trouble"] = error.kind
    return answer(error, language(request.headers), request.scope["request_id"])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _STATUSES.get(error.status_code, "malformed")
    return await _trouble(request, Trouble(kind, headers=error.headers))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return await _trouble(request, Trouble("refused", problems=error.problems))


async def _invalid(request: Request, error: Exception) -> Response:
    """What is wrong with the query."""
    assert isinstance(error, RequestValidationError)
    found: list[Any] = list(error.errors())
    problems = [
        Problem(
            Said(
                f"查询参数 {one['loc'][-1]} 有误：{one['msg']}", f"{one['loc'][-1]}: {one['msg']}"
            ),
            path=tuple(one["loc"]),
        )
        for one in found
    ]
    return await _trouble(request, Trouble("refused", problems=problems))
