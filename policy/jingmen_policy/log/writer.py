"""One thread that stores what many hand in, as many at a time as wait: group commit."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from jingmen_facts.problems import Said
from jingmen_policy.log.draft import Draft
from jingmen_policy.log.errors import Closed, Full, NotStored
from jingmen_policy.log.receipt import Content, Receipt


class Handed(NamedTuple):
    """A draft that waits, and what is promised to whoever handed it in."""

    draft: Draft
    content: Content
    promised: Future[Receipt]


Store = Callable[[Sequence[Handed]], list[Receipt]]


class Writer:
    """Hands what waits to ``store``, up to ``group`` at a time, and tells what came of it.

    ``store`` returns once everything it was given is on the disk, or raises and has stored nothing.
    """

    def __init__(self, store: Store, waiting: int, group: int) -> None:
        self._store = store
        self._group = group
        self._most = waiting
        self._queue: queue.SimpleQueue[Handed | None] = queue.SimpleQueue()
        self._gate = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait to be stored, about."""
        return self._queue.qsize()

    def hand(self, one: Handed) -> None:
        """Raises Full where as many wait as may, Closed after ``close``."""
        with self._gate:
            if self._closed:
                raise Closed(Said("决定记录已经关闭", "the decision log is closed"))
            if self._queue.qsize() >= self._most:
                said = Said(
                    f"已有 {self._most} 份回执等待写入",
                    f"{self._most} receipts are waiting to be stored",
                )
                raise Full(said)
            self._queue.put(one)
            if self._thread is None:
                # A daemon: who forgets to close the log loses what was not acknowledged, no more.
                self._thread = threading.Thread(target=self._run, name="jingmen-log", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Stores what waits, then ends the thread."""
        with self._gate:
            first, self._closed = not self._closed, True
        if self._thread is not None:
            if first:
                self._queue.put(None)
            self._thread.join()

    def _run(self) -> None:
        last = False
        while not last:
            together, last = self._together()
            wanted = [one for one in together if one.promised.set_running_or_notify_cancel()]
            if wanted:
                self._keep(wanted)

    def _together(self) -> tuple[list[Handed], bool]:
        """What waits, at least one, and whether nothing comes after it."""
        found: list[Handed] = []
        one = self._queue.get()
        while one is not None:
            found.append(one)
            if len(found) == self._group:
                return found, False
            try:
                one = self._queue.get_nowait()
            except queue.Empty:
                return found, False
        return found, True

    def _keep(self, wanted: Sequence[Handed]) -> None:
        try:
            receipts = self._store(wanted)
        except NotStored as error:
            for one in wanted:
                one.promised.set_exception(error)
        except Exception as error:  # noqa: BLE001 - whoever waits is told, and others are served
            told = NotStored(Said(f"没有写入：{error}", f"not stored: {error}"))
            told.__cause__ = error
            for one in wanted:
                one.promised.set_exception(told)
        else:
            for one, receipt in zip(wanted, receipts, strict=True):
                one.promised.set_result(receipt)
