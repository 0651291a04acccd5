"""What routes have in common: the state of their app, bodies, answers."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from jingmen_policy.log.errors import LogError
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
    if made.promised is None:
        return b'{"receipt":null,' + made.rest
    try:
        receipt = await asyncio.wait_for(
            asyncio.wrap_future(made.promised), state.settings.limits.decision_seconds
        )
    except LogError as error:
        raise Trouble("log-unavailable", error.said, headers={"retry-after": "1"}) from None
    except TimeoutError:
        raise Trouble("log-unavailable", headers={"retry-after": "1"}) from None
    return b'{"receipt":"%b",%b' % (receipt.id.encode(), made.rest)


def takes(form: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of an operation's body; ``openapi`` adds the form itself."""
    content = {JSON: {"schema": {"$ref": f"#/components/schemas/{form.__name__}"}}}
    return {"requestBody": {"required": True, "content": content}}


def json_of(content: bytes) -> Response:
    return Response(content, media_type=JSON)
