"""What routes have in common: the state of their app, bodies, answers."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any, cast

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from jingmen_policy.log.errors import LogError
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.service.judging import Made
from jingmen_policy.service.problems import Trouble
from jingmen_policy.service.state import State

JSON = "application/json"


def state_of(request: Request) -> State:
    return cast("State", request.app.state.service)


async def body_of(request: Request) -> bytes:
    """The body of a request that says it is JSON. Raises Trouble."""
    said = request.headers.get("content-type", "")
    kind, _, rest = said.partition(";")
    charset = rest.strip().lower()
    if kind.strip().lower() != JSON or charset not in ("", "charset=utf-8", 'charset="utf-8"'):
        raise Trouble("media-type", headers={"accept-post": JSON})
    return await request.body()


async def acknowledged(state: State, made: Made) -> bytes:
    """An answer with its receipt, once that is on the disk. Raises Trouble where it is not."""
    promised = made.promised
    if promised is None:
        return b'{"receipt":null,' + made.rest
    try:
        await _done(promised, state.settings.limits.decision_seconds)
        receipt = promised.result(timeout=0)
    except LogError as error:
        raise Trouble("log-unavailable", error.said, headers={"retry-after": "1"}) from None
    except TimeoutError:
        promised.cancel()
        raise Trouble("log-unavailable", headers={"retry-after": "1"}) from None
    return b'{"receipt":"%b",%b' % (receipt.id.encode(), made.rest)


async def _done(promised: Future[Receipt], seconds: float) -> None:
    """Waits so long for what another thread promised; who no longer waits does not want it.

    ``asyncio.wrap_future`` does as much and goes round the event loop three times.
    """
    if promised.done():
        return
    loop = asyncio.get_running_loop()
    waiting = loop.create_future()

    def told(_: Future[Receipt]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_wake, waiting)

    promised.add_done_callback(told)
    late = loop.call_later(seconds, _wake, waiting)
    try:
        await waiting
    except asyncio.CancelledError:
        promised.cancel()
        raise
    finally:
        late.cancel()


def _wake(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


def takes(form: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of an operation's body; ``openapi`` adds the form itself."""
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{form.__name__}"}}}
    return {"requestBody": {"required": True, "content": content}}


def json_of(content: bytes) -> Response:
    return Response(content, media_type=JSON)
