"""Running the app until it is told to stop: then not ready, then no more requests, then the log."""

from __future__ import annotations

import gc
import logging
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.service.notes import LOGGER
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.state import State

IDLE = 15
"""Seconds a connection may stay open with nothing asked on it."""


class Server(uvicorn.Server):
    """Told to stop, it says first that it is not ready, and for a while still answers, so that
    whoever sends requests here can send them elsewhere. A second signal stops it at once.
    """

    def __init__(
        self, config: uvicorn.Config, state: State, drain: float, begun: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self.state = state
        self.begun = begun
        self._ticks = int(drain * 10)
        self._stopping = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.begun()

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


def serve(app: FastAPI, settings: Settings, told: Callable[[str], None]) -> None:
    """Answer requests until a signal to stop; what is under way then is finished.

    ``told`` is given the URL once requests are taken. Raises Refused where the port is not free.
    """
    _write_notes()
    listening = bound(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        http="h11",
        ws="none",
        lifespan="on",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=int(settings.stop_seconds),
    )
    # Rules and models stay until the end: the collector need not go through them again and again.
    gc.collect()
    gc.freeze()
    server = Server(config, app.state.service, settings.drain, lambda: told(url))
    server.run(sockets=[listening])


def bound(host: str, port: int) -> socket.socket:
    """A socket at an address. Raises Refused where that cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Named TCP, or asyncio leaves Nagle's algorithm on: a short answer waits for 40 ms.
        made = socket.socket(family, kind, protocol)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
        except OSError:
            made.close()
            raise
    except OSError as error:
        said = Said(
            f"不能在 {host}:{port} 上提供服务：{error.strerror}",
            f"cannot listen on {host}:{port}: {error.strerror}",
        )
        raise Refused([Problem(said)]) from None
    return made


def _write_notes() -> None:
    """The service's own log goes to standard error, as lines of JSON; uvicorn's only warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    for logger, level in (
        (LOGGER, logging.INFO),
        (logging.getLogger("uvicorn.error"), logging.WARNING),
    ):
        logger.setLevel(level)
        logger.handlers = [handler]
        logger.propagate = False
