"""``GET /v1/receipts/{receipt}``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.log.errors import LogError
from jingmen_policy.log.receipt import RECEIPT, Receipt
from jingmen_policy.service.problems import Trouble
from jingmen_policy.service.routes.shared import json_of, state_of

router = APIRouter(prefix="/v1", tags=["receipts"])


@router.get("/receipts/{receipt:path}", response_model=Receipt)
def receipt(
    request: Request,
    receipt: Annotated[str, Path(max_length=200, examples=["1-3f9a0c5b7d21e846"])],
) -> Response:
    """What a decision was made of: hashes of the facts and of the findings, rules, day, time."""
    log = state_of(request).log
    if log is None:
        said = Said("这项服务不留回执", "this service keeps no receipts")
        raise Trouble("not-found", said)
    try:
        return json_of(RECEIPT.dump_json(log.get(receipt)))
    except Refused as error:
        # Where the log is kept is nothing to whoever asks.
        problems = [Problem(one.said) for one in error.problems]
        raise Trouble("not-found", problems=problems) from None
    except LogError as error:
        raise Trouble("log-unavailable", error.said, headers={"retry-after": "1"}) from None
