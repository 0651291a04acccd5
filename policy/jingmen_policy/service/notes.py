"""The service's own log: one line of JSON for each request, without what was sent."""

from __future__ import annotations

import json
import logging
import traceback
from typing import NamedTuple

LOGGER = logging.getLogger("jingmen.service")


class Noted(NamedTuple):
    """A request that was answered. ``path`` is the route's, not what was asked for."""

    id: str
    method: str
    path: str
    status: int
    seconds: float
    size: int
    token: str
    trouble: str
    facts: str | None


class Notes:
    """Writes lines to ``jingmen.service``; ``facts`` lets what was sent into them."""

    def __init__(self, *, facts: bool) -> None:
        self.facts = facts

    def answered(self, noted: Noted) -> None:
        if not LOGGER.isEnabledFor(logging.INFO):
            return
        line: dict[str, object] = {
            "request": noted.id,
            "method": noted.method,
            "path": noted.path,
            "status": noted.status,
            "ms": round(noted.seconds * 1000, 1),
            "bytes": noted.size,
        }
        if noted.token:
            line["token"] = noted.token
        if noted.trouble:
            line["problem"] = noted.trouble
        if self.facts and noted.facts is not None:
            line["body"] = noted.facts
        LOGGER.info(json.dumps(line, ensure_ascii=False))

    def failed(self, request: str, error: BaseException) -> None:
        """Where something failed. An error's own words may hold facts: only its kind is told."""
        where = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        line: dict[str, object] = {
            "request": request,
            "failed": type(error).__name__,
            "at": where,
        }
        if self.facts:
            line["error"] = str(error)
        LOGGER.error(json.dumps(line, ensure_ascii=False))
