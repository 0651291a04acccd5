"""Answers other than the one asked for, as exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from jingmen_policy.client.types import ErrorTold


class Problem(Exception):
    """RFC 9457: what the service said instead. ``kind`` is the end of its type: ``refused``.

    ``errors`` has everything wrong with the request, each with its place in it.
    """

    def __init__(self, status: int, document: dict[str, Any], retry_after: float | None) -> None:
        self.status = status
        self.document = document
        self.retry_after = retry_after
        self.kind = str(document.get("type", "")).rpartition(":")[2]
        self.title = str(document.get("title", ""))
        self.detail = str(document.get("detail", ""))
        self.errors: list[ErrorTold] = document.get("errors", [])
        super().__init__(status, document, retry_after)

    def __str__(self) -> str:
        lines = [f"{one['pointer']}: {one['message']}".removeprefix(": ") for one in self.errors]
        told = "\n".join(lines) or self.detail
        return f"{self.status} {self.title}" + (f"\n{told}" if told else "")


class Refused(Problem):
    """The request was wrong: 400, 408, 415, 421 or 422."""


class Unauthorized(Problem):
    """There was no token, or one that is wrong, withdrawn or expired."""


class Forbidden(Problem):
    """The token is not for this."""


class NotFound(Problem):
    """There is no such thing."""


class TooLarge(Problem):
    """The request was larger than the service takes."""


class Unavailable(Problem):
    """The service is busy, stopping, or cannot keep its log; ``retry_after`` says when to ask."""


_BY_STATUS: dict[int, type[Problem]] = {
    400: Refused,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    408: Refused,
    413: TooLarge,
    415: Refused,
    421: Refused,
    422: Refused,
    503: Unavailable,
}


def problem_of(response: httpx.Response) -> Problem:
    """The exception for an answer that is not the one asked for."""
    document: dict[str, Any] = {"title": response.reason_phrase}
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        document = response.json()
    kind = _BY_STATUS.get(response.status_code, Problem)
    return kind(response.status_code, document, _seconds(response.headers.get("retry-after", "")))


def _seconds(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None
