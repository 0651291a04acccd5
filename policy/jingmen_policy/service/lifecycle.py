"""Running the app until it is told to stop: then not ready, then no more requests, then the log."""

from __future__ import annotations

import logging
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from jingmen_policy.service.notes import LOGGER
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.state import State


class Server(uvicorn.Server):
    """Told to stop, it says first that it is not ready, and for a while still answers, so that
    whoever sends requests here can send them elsewhere. A second signal stops it at once.
    """

    def __init__(self, config: uvicorn.Config, state: State, drain: float) -> None:
        super().__init__(config)
        self.state = state
        self._ticks = int(drain * 10)
        self._stopping = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.state.ready = False
        if self._stopping:
            self.should_exit = True
            self.force_exit = True
        self._stopping = True

    async def on_tick(self, counter: int) -> bool:
        if self._stopping:
            self._ticks -= 1
            if self._ticks < 0:
                self.should_exit = True
        return await super().on_tick(counter)


def serve(app: FastAPI, settings: Settings) -> None:
    """Answer requests until a signal to stop. What is under way then is finished."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for logger in (LOGGER, logging.getLogger("uvicorn.error")):
        logger.setLevel(logging.INFO)
        logger.handlers = [handler]
        logger.propagate = False
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        http="h11",
        ws="none",
        lifespan="on",
        timeout_keep_alive=15,
        timeout_graceful_shutdown=int(settings.stop_seconds),
        limit_concurrency=None,
    )
    Server(config, app.state.service, settings.drain).run()
