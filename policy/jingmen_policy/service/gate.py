"""What every request passes first and last: host, origin, token, size, time; counted and noted.

A plain ASGI wrapper around the app. Whatever goes wrong below is answered here, and nothing of what
was sent gets into the service's own log unless the settings ask for it.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jingmen_facts.problems import Refused, Said
from jingmen_policy.service.metrics import Metrics
from jingmen_policy.service.notes import Noted, Notes
from jingmen_policy.service.problems import Trouble, answer, language
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.tokens import Tokens, allowed, needed_scope

OTHER = "-"
"""How requests that no route takes are counted."""
_ALWAYS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


Answers = Callable[[Request], Awaitable[Response]]


class Gate:
    """Wraps the app. ``tokens`` None: whoever reaches it may ask.

    ``direct`` has, by path, who answers what is posted there: they take a request, give a response
    and raise Trouble, so that the app need not be gone through to find them, nor out of again.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        tokens: Tokens | None,
        metrics: Metrics,
        notes: Notes,
        direct: Mapping[str, Answers],
    ) -> None:
        self.app = app
        self.direct = direct
        self.settings = settings
        self.hosts = settings.known_hosts
        self.tokens = tokens
        self.metrics = metrics
        self.notes = notes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        passing = _Passing(self, scope, receive, send)
        self.metrics.under_way.inc()
        try:
            await passing.through()
        finally:
            self.metrics.under_way.dec()


class _Passing:
    """One request on its way."""

    def __init__(self, gate: Gate, scope: Scope, receive: Receive, send: Send) -> None:
        self.gate = gate
        self.scope = scope
        self._receive = receive
        self._send = send
        self.headers = Headers(scope=scope)
        self.id = secrets.token_hex(8)
        self.began = perf_counter()
        self.status = 0
        self.size = 0
        self.token = ""
        self.kind = ""
        self.path = ""
        self.kept: list[bytes] = []
        scope["request_id"] = self.id

    async def through(self) -> None:
        trouble: Trouble | None = None
        try:
            self.check()
            await self.answer()
        except Trouble as raised:
            trouble = raised
        except Refused as refused:
            trouble = Trouble("refused", problems=refused.problems)
        except Exception as error:  # noqa: BLE001 - the last place where it can be answered
            self.gate.notes.failed(self.id, error)
            trouble = Trouble("internal")
        if trouble is not None:
            await self.tell(trouble)
        self.note()

    async def answer(self) -> None:
        path = self.scope["path"]
        answers = self.gate.direct.get(path) if self.scope["method"] == "POST" else None
        if answers is None:
            await self.gate.app(self.scope, self.receive, self.send)
            return
        self.path = path
        response = await answers(Request(self.scope, self.receive))
        await response(self.scope, self.receive, self.send)

    def check(self) -> None:
        """Raises Trouble where the request may not go on, before any of its body is read."""
        self.check_host()
        if self.gate.tokens is not None:
            needs = needed_scope(self.scope["method"], self.scope["path"])
            if needs is not None:
                self.token = allowed(self.gate.tokens, self.headers, needs)
        if (said := self.headers.get("content-length")) is not None:
            try:
                too_large = int(said) > self.gate.settings.limits.body
            except ValueError:
                raise Trouble("malformed") from None
            if too_large:
                raise self.too_large()

    def check_host(self) -> None:
        hosts = self.gate.hosts
        if hosts is None:
            return
        if _name(f"//{self.headers.get('host', '')}") not in hosts:
            raise Trouble("unknown-host")
        origin = self.headers.get("origin")
        if origin is not None and _name(origin) not in hosts:
            raise Trouble("foreign-origin")

    def too_large(self) -> Trouble:
        limit = self.gate.settings.limits.body
        said = Said(f"最多 {limit} 字节", f"at most {limit} bytes")
        return Trouble("too-large", said, headers={"connection": "close"})

    async def receive(self) -> Message:
        """The next part of the body, while it is not too large and comes in time."""
        limits = self.gate.settings.limits
        left = self.began + limits.body_seconds - perf_counter()
        try:
            async with asyncio.timeout(left):
                message = await self._receive()
        except TimeoutError:
            raise Trouble("slow-body", headers={"connection": "close"}) from None
        if message["type"] == "http.request":
            part: bytes = message.get("body", b"")
            self.size += len(part)
            if self.size > limits.body:
                raise self.too_large()
            if self.gate.settings.log_facts:
                self.kept.append(part)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [
                *message.get("headers", ()),
                *_ALWAYS,
                (b"x-request-id", self.id.encode()),
            ]
        await self._send(message)

    async def tell(self, trouble: Trouble) -> None:
        self.kind = trouble.kind
        if self.status:
            raise trouble  # half an answer is out: only the connection can still be closed
        response = answer(trouble, language(self.headers), self.id)
        await response(self.scope, self._receive, self.send)

    def note(self) -> None:
        route: Any = self.scope.get("route")
        path = self.path or str(
            getattr(route, "path_format", None) or getattr(route, "path", OTHER)
        )
        kind = self.kind or self.scope.get("trouble", "")
        took = perf_counter() - self.began
        method = self.scope["method"] if path != OTHER else OTHER
        self.gate.metrics.answered(method, path, self.status, took, kind)
        facts = b"".join(self.kept).decode("utf-8", "replace") if self.kept else None
        self.gate.notes.answered(
            Noted(
                self.id,
                self.scope["method"],
                path,
                self.status,
                took,
                self.size,
                self.token,
                kind,
                facts,
            )
        )


@lru_cache(256)
def _name(written: str) -> str:
    """The host in an URL, without its port; '' where there is none."""
    try:
        return urlsplit(written).hostname or ""
    except ValueError:
        return ""
