"""What both clients are made with, and when they ask again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from jingmen_policy.client.errors import Problem

BASE = "http://127.0.0.1:8765"


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask. ``retries``: how often to ask again where the service says when."""

    base: str
    token: str | None
    language: Literal["zh", "en"]
    timeout: float
    retries: int

    @property
    def settings(self) -> dict[str, Any]:
        """What an httpx client is made with."""
        headers = {"accept": "application/json", "accept-language": self.language}
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        return {"base_url": self.base, "headers": headers, "timeout": self.timeout}

    def pause(self, problem: Problem, tried: int) -> float:
        """Seconds until to ask again. Raises the problem where that is not to be done."""
        if problem.retry_after is None or tried >= self.retries:
            raise problem
        return problem.retry_after
