"""A typed client of the service ``jingmen serve``. Needs the extra `client`; loads no rules.

>>> from jingmen_policy.client import Client
>>> with Client("http://127.0.0.1:8765") as jingmen:  # doctest: +SKIP
...     answer = jingmen.judge({"Station": {"id": "ST-1", "established_on": "2021-06-01"}})
...     [one["rule"] for one in answer["findings"] if one["status"] == "breached"]
"""

from __future__ import annotations

try:
    import httpx  # noqa: F401
except ImportError as error:
    raise ImportError(
        "客户端需要另装 httpx / the client needs httpx: pip install 'jingmen-policy[client]'"
    ) from error

from jingmen_policy.client.asynchronous import AsyncClient
from jingmen_policy.client.errors import (
    Forbidden,
    NotFound,
    Problem,
    Refused,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from jingmen_policy.client.synchronous import Client

__all__ = [
    "AsyncClient",
    "Client",
    "Forbidden",
    "NotFound",
    "Problem",
    "Refused",
    "TooLarge",
    "Unauthorized",
    "Unavailable",
]
