"""What a service is measured against: a FastAPI route that validates the same body, no more."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, create_model

from jingmen_facts import MODELS

_KINDS: dict[str, Any] = {
    name: (list[kind.model] | None, None)  # type: ignore[name-defined]
    for name, kind in MODELS.kinds.items()
}
Dossier: type[BaseModel] = create_model("Dossier", complete=(list[str], []), **_KINDS)


class Body(BaseModel):
    dossier: Dossier  # pyright: ignore[reportInvalidTypeForm]
    as_of: str | None = None


app = FastAPI()


@app.post("/v1/judge")
async def judge(body: Body) -> dict[str, bool]:
    return {"valid": True}
