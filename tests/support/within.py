"""Asking an app in this process, on an event loop of its own, as often as is liked at a time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx
from fastapi import FastAPI

Result = TypeVar("Result")


class Within:
    """Between ``with`` and its end the app runs, its beginning and its end included."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._lifespan = self.app.router.lifespan_context(self.app)
        self._run(self._lifespan.__aenter__()).result(30)
        transport = httpx.ASGITransport(app=self.app)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://localhost")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._http.aclose()).result(30)
        self._run(self._lifespan.__aexit__(kind, error, trace)).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def begin(self, method: str, path: str, **how: Any) -> Future[httpx.Response]:
        """Ask, without waiting for the answer."""
        return self._run(self._http.request(method, path, **how))

    def get(self, path: str, **how: Any) -> httpx.Response:
        return self.begin("GET", path, **how).result(60)

    def post(self, path: str, **how: Any) -> httpx.Response:
        return self.begin("POST", path, **how).result(60)

    def _run(self, coroutine: Coroutine[Any, Any, Result]) -> Future[Result]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)


Asking = Callable[..., Within]
"""Gives a client of a service with some settings."""
