"""What the service notes and counts: every request, and nothing of what was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from jingmen_policy.service.examples import DOSSIER
from jingmen_policy.service.judging import Made
from jingmen_policy.service.notes import LOGGER
from jingmen_policy.service.state import State
from support.within import Asking, Within

SECRET = "不可外传的姓名"
BODY = {"dossier": {"Station": {"id": SECRET}}, "rules": ["staffing"]}
WRONG = {"dossier": {"Station": {"id": SECRET, SECRET: SECRET}}}


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.INFO, LOGGER.name):
        yield caplog


def fails(_state: State, _raw: bytes) -> Made:
    raise ValueError(f"{SECRET} cannot be divided")


def ask_everything(client: Within, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post("/v1/judge", json=BODY).status_code == 200
    assert client.post("/v1/judge", json=WRONG).status_code == 422
    assert client.post("/v1/judge", content=f'{{"{SECRET}"').status_code == 415
    assert client.get(f"/v1/rules/{SECRET}").status_code == 404
    assert client.get(f"/{SECRET}").status_code == 404
    monkeypatch.setattr("jingmen_policy.service.routes.judge.judged", fails)
    answer = client.post("/v1/judge", json={**BODY, "detail": "full"})
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:jingmen:problem:internal"
    assert SECRET not in answer.text


def test_no_fact_is_noted(
    client: Within, lines: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_everything(client, monkeypatch)
    ours = [record for record in lines.records if record.name.startswith(("jingmen", "uvicorn"))]
    assert SECRET not in "".join(record.getMessage() for record in ours)
    assert not any(record.exc_info for record in ours)
    noted = [json.loads(record.getMessage()) for record in ours]
    assert [one["status"] for one in noted if "status" in one] == [200, 422, 415, 404, 404, 500]
    assert [one["path"] for one in noted if "status" in one] == [
        "/v1/judge",
        "/v1/judge",
        "/v1/judge",
        "/v1/rules/{rule}",
        "-",
        "/v1/judge",
    ]
    [failed] = [one for one in noted if "failed" in one]
    assert failed["failed"] == "ValueError"
    assert any("test_notes.py" in frame for frame in failed["at"])


def test_facts_are_noted_where_that_is_asked_for(
    asking: Asking, lines: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask_everything(asking(log_facts=True), monkeypatch)
    noted = [json.loads(r.getMessage()) for r in lines.records if r.name == LOGGER.name]
    assert json.loads(noted[0]["body"]) == BODY
    assert any(SECRET in one.get("error", "") for one in noted)


def test_an_answer_and_its_line_carry_the_same_id(
    client: Within, lines: pytest.LogCaptureFixture
) -> None:
    answer = client.post("/v1/judge", json=WRONG)
    [noted] = [json.loads(r.getMessage()) for r in lines.records if r.name == LOGGER.name]
    assert noted["request"] == answer.headers["x-request-id"]
    assert answer.json()["instance"].endswith(noted["request"])
    assert answer.headers["cache-control"] == "no-store"


def test_metrics_count_by_route_and_status_and_hold_no_fact(asking: Asking) -> None:
    client = asking()
    client.post("/v1/judge", json={"dossier": DOSSIER})
    client.post("/v1/judge", json=WRONG)
    client.get(f"/v1/rules/{SECRET}")
    client.begin("BREW", f"/{SECRET}").result(5)
    answer = client.get("/v1/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    text = answer.text
    assert SECRET not in text
    assert "BREW" not in text
    for line in (
        'jingmen_requests_total{method="POST",route="/v1/judge",status="200"} 1.0',
        'jingmen_requests_total{method="POST",route="/v1/judge",status="422"} 1.0',
        'jingmen_requests_total{method="GET",route="/v1/rules/{rule}",status="404"} 1.0',
        'jingmen_requests_total{method="-",route="-",status="404"} 1.0',
        'jingmen_problems_total{kind="refused"} 1.0',
        'jingmen_request_seconds_count{route="/v1/judge"} 2.0',
        "jingmen_dossiers_total 1.0",
        "jingmen_requests_under_way 1.0",
    ):
        assert line in text


def test_each_app_counts_for_itself(asking: Asking) -> None:
    asking().get("/v1/health/live")
    assert "health/live" not in asking().get("/v1/metrics").text
