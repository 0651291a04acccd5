"""More than can be answered, slower than may be, and a log that cannot be written."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from datetime import date, timedelta

import pytest

from jingmen_facts.problems import Said
from jingmen_policy.log.draft import Draft
from jingmen_policy.log.errors import Full, LogError, NotStored
from jingmen_policy.log.receipt import Receipt
from jingmen_policy.service import judging
from jingmen_policy.service.corpora import DAYS
from jingmen_policy.service.examples import DOSSIER, REQUESTS
from jingmen_policy.service.judging import Made
from jingmen_policy.service.state import State
from support.within import Asking

BODY = {"dossier": DOSSIER, "as_of": "2022-06-30"}
SAID = Said("磁盘已满", "the disk is full")


class Unwilling:
    """A log that takes nothing, or takes it and cannot store it."""

    def __init__(self, at_once: LogError | None = None, later: LogError | None = None) -> None:
        self.at_once, self.later = at_once, later

    def submit(self, _draft: Draft) -> Future[Receipt]:
        if self.at_once is not None:
            raise self.at_once
        promised: Future[Receipt] = Future()
        if self.later is not None:
            promised.set_exception(self.later)
        return promised

    def get(self, _identity: str) -> Receipt:
        raise LogError(SAID)

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    "log", [Unwilling(at_once=Full(SAID)), Unwilling(later=NotStored(SAID)), Unwilling()]
)
@pytest.mark.parametrize("path", ["/v1/judge", "/v1/judge/batch", "/v1/explain"])
def test_without_a_receipt_on_the_disk_nothing_is_answered(
    asking: Asking, log: Unwilling, path: str
) -> None:
    client = asking(log, limits={"decision_seconds": 0.5})
    name = {"/v1/judge": "Judge", "/v1/judge/batch": "JudgeBatch"}.get(path, "Explain")
    answer = client.post(path, json=REQUESTS[name])
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:jingmen:problem:log-unavailable"
    assert answer.headers["retry-after"] == "1"
    assert "findings" not in answer.text
    assert client.get("/v1/receipts/1").status_code == 503


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Decisions that are handed to a thread wait until this is set."""
    opened = threading.Event()
    decided = judging.judged

    def waits(state: State, raw: bytes) -> Made:
        opened.wait(10)
        return decided(state, raw)

    monkeypatch.setattr("jingmen_policy.service.routes.judge.judged", waits)
    return opened


def test_more_than_may_wait_are_told_to_come_later(asking: Asking, gate: threading.Event) -> None:
    client = asking(limits={"threads": 1, "waiting": 2})
    body = {**BODY, "detail": "full", "rules": ["staffing"]}
    asked = [client.begin("POST", "/v1/judge", json=body) for _ in range(3)]
    deadline = time.monotonic() + 5
    while client.app.state.service.work.taken < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    answer = client.post("/v1/judge", json=body)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["type"] == "urn:jingmen:problem:busy"
    assert client.get("/v1/health/ready").status_code == 200
    gate.set()
    assert [one.result(10).status_code for one in asked] == [200, 200, 200]
    assert client.post("/v1/judge", json=body).status_code == 200


def test_a_decision_that_takes_too_long_is_answered_for_and_keeps_its_place(
    asking: Asking, gate: threading.Event
) -> None:
    client = asking(limits={"threads": 1, "waiting": 0, "decision_seconds": 0.1})
    body = {**BODY, "detail": "full", "rules": ["staffing"]}
    slow = client.post("/v1/judge", json=body)
    assert slow.status_code == 503
    assert slow.json()["type"] == "urn:jingmen:problem:slow-decision"
    assert client.post("/v1/judge", json=body).json()["type"] == "urn:jingmen:problem:busy"
    gate.set()
    deadline = time.monotonic() + 5
    while client.app.state.service.work.taken and time.monotonic() < deadline:
        time.sleep(0.01)
    assert client.app.state.service.work.taken == 0


def test_readings_are_kept_for_so_many(asking: Asking) -> None:
    client = asking(limits={"policies": 1})
    kept = client.app.state.service.corpora._switched
    for _ in range(2):
        for chosen in ("strictly-less", None):
            readings = {} if chosen is None else {"at-most-inclusive": chosen}
            answer = client.post("/v1/judge", json={**BODY, "readings": readings})
            assert answer.json()["corpus"]["readings"] == readings
    assert len(kept) == 1
    client.post("/v1/judge", json={**BODY, "readings": {"launch-stations": "every-station"}})
    assert [readings for _, readings in kept] == [(("launch-stations", "every-station"),)]


def test_days_are_kept_for_so_many(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    client = asking()
    policy = client.app.state.service.corpora.named(None)
    assert policy._compiled.kept == DAYS
    monkeypatch.setattr(policy._compiled, "kept", 2)
    monkeypatch.setattr(policy._compiled, "_prepared", {})
    for day in range(4):
        as_of = date(2021, 3, 1) + timedelta(days=day)
        body = {"dossier": {}, "as_of": as_of.isoformat()}
        assert client.post("/v1/judge", json=body).status_code == 200
    assert [day for day, _ in policy._compiled._prepared] == [date(2021, 3, 3), date(2021, 3, 4)]
