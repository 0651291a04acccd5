"""The examples in OpenAPI: a dossier of one station, and what the service really answers to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from jingmen_policy.service.asking import asked_next
from jingmen_policy.service.judging import Made, explained, judged, judged_many
from jingmen_policy.service.problems import Trouble, document, written
from jingmen_policy.service.state import State

DOSSIER: Mapping[str, Any] = {
    "City": [{"name": "荆门市"}],
    "County": [{"name": "沙洋县", "city": "荆门市"}],
    "Township": [{"division": "沙洋县", "name": "沙洋镇", "county": "沙洋县"}],
    "Station": [
        {
            "id": "ST-1",
            "township": "沙洋县/沙洋镇",
            "established_on": "2021-06-20",
            "operator": "第三方社会组织承接",
        }
    ],
    "ResidentWorker": [
        {"id": "W-1", "station": "ST-1", "in_post": True, "born_on": "1979-03-12"},
    ],
    "ServiceProject": [
        {
            "id": "P-1",
            "station": "ST-1",
            "year": 2022,
            "total_cost": "10万元",
            "personnel_cost": "70000.01元",
        }
    ],
    "complete": ["ResidentWorker@ST-1"],
}
_SMALL = {"ServiceProject": {"id": "P-1", "total_cost": "10万元", "personnel_cost": "7.5万元"}}
_RULES = ["staffing", "personnel-share"]
REQUESTS: Mapping[str, Mapping[str, Any]] = {
    "Judge": {"dossier": DOSSIER, "as_of": "2022-06-30", "rules": _RULES},
    "JudgeBatch": {
        "dossiers": [_SMALL, DOSSIER],
        "as_of": "2022-06-30",
        "rules": ["personnel-share"],
    },
    "Explain": {
        "dossier": DOSSIER,
        "as_of": "2022-06-30",
        "rule": "personnel-share",
        "subject": "P-1",
    },
    "NextQuestion": {
        "dossier": DOSSIER,
        "as_of": "2022-06-30",
        "who": {"kind": "Station", "id": "ST-1"},
    },
}
"""A body for each form, by its name."""
_WRONG = {"dossier": {"Station": [{"id": "ST-1", "aera": 300, "established_on": "2021-02-30"}]}}


def responses(state: State) -> dict[str, Any]:
    """What is answered to each of the requests, by the form's name, and to one with mistakes.

    Made by the service itself, so that they cannot say anything else. They leave no receipts.
    """
    unlogged = replace(state, log=None)

    def one(answer: Callable[[State, bytes], Made], form: str) -> Any:
        return json.loads(b'{"receipt":null,' + answer(unlogged, written(REQUESTS[form])).rest)

    many = judged_many(unlogged, written(REQUESTS["JudgeBatch"]))
    found = {
        "Judge": one(judged, "Judge"),
        "Explain": one(explained, "Explain"),
        "JudgeBatch": {"answers": [json.loads(b'{"receipt":null,' + made.rest) for made in many]},
        "NextQuestion": json.loads(asked_next(unlogged, written(REQUESTS["NextQuestion"]))),
    }
    try:
        judged(unlogged, written(_WRONG))
    except Trouble as trouble:
        found["problem"] = document(trouble, "zh", "30db76bda5344bad")
    return found
