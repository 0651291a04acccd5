"""Decisions off the event loop: so many at a time, so many waiting, so long each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from jingmen_policy.service.problems import Trouble

Result = TypeVar("Result")
AGAIN = {"retry-after": "1"}


class Work:
    """A thread cannot be stopped: a decision that takes too long is answered for, and keeps its
    place until it is done. So the places are what bounds the load.
    """

    def __init__(self, threads: int, waiting: int, seconds: float) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="jingmen-decide")
        self._places = threads + waiting
        self._seconds = seconds
        self.taken = 0

    async def run(self, decide: Callable[[], Result]) -> Result:
        """What a function comes to. Raises Trouble where every place is taken, or it takes long."""
        if self.taken >= self._places:
            raise Trouble("busy", headers=AGAIN)
        self.taken += 1
        running = asyncio.get_running_loop().run_in_executor(self._pool, decide)
        running.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(running), self._seconds)
        except TimeoutError:
            raise Trouble("slow-decision", headers=AGAIN) from None

    def _done(self, running: asyncio.Future[Result]) -> None:
        self.taken -= 1
        if not running.cancelled():
            running.exception()  # who asked may be gone: nothing is left to tell

    def close(self) -> None:
        """Wait for what runs."""
        self._pool.shutdown(wait=True, cancel_futures=True)
