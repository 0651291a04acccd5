"""The service as a process: started, asked over the network, stopped, killed."""

from __future__ import annotations

import json
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from jingmen_policy.cli.main import cli
from jingmen_policy.log.log import Log
from jingmen_policy.service.examples import DOSSIER, REQUESTS
from support.serving import Served, served

BODY = {"dossier": DOSSIER, "as_of": "2022-06-30", "rules": ["staffing"]}
STATIONS = 50


def slow_body() -> dict[str, Any]:
    """A question that takes a second or more."""
    stations = [
        {"id": f"S-{n}", "township": "沙洋县/沙洋镇", "established_on": "2021-06-20"}
        for n in range(STATIONS)
    ]
    return {
        "dossier": {**DOSSIER, "Station": [*stations, *DOSSIER["Station"]]},
        "as_of": "2022-06-30",
        "detail": "full",
    }


def connected(service: Served) -> socket.socket:
    url = httpx.URL(service.url)
    return socket.create_connection((url.host, url.port or 80), timeout=20)


def head(length: str) -> bytes:
    return (
        "POST /v1/judge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"{length}\r\n\r\n"
    ).encode()


def test_an_answer_over_the_network_has_a_receipt(service: Served) -> None:
    answer = service.post("/v1/judge", BODY)
    assert answer.status_code == 200
    receipt = service.get(f"/v1/receipts/{answer.json()['receipt']}").json()
    assert receipt["rules"] == ["staffing"]
    assert (service.errors.parent / "jingmen-log.sqlite").exists()
    assert service.get("/v1/health/ready").json() == {"status": "ready"}


def test_fifty_megabytes_are_refused_before_they_are_sent(service: Served) -> None:
    with connected(service) as wire:
        wire.sendall(head("Content-Length: 52428800") + b"{")
        answer = wire.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()


def test_an_endless_body_is_cut_off(service: Served) -> None:
    part = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    sent = 0
    with connected(service) as wire:
        wire.sendall(head("Transfer-Encoding: chunked"))
        try:
            for _ in range(100):
                wire.sendall(part)
                sent += 0x100000
        except OSError:
            pass  # it hung up, as it should
        try:
            answer = wire.recv(65536)
        except OSError:
            answer = b"HTTP/1.1 413 "  # what it said was lost with the connection
    assert sent < 60 * 0x100000
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert service.get("/v1/health/live").status_code == 200


def test_what_is_no_http_is_answered_as_such(service: Served) -> None:
    with connected(service) as wire:
        wire.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert wire.recv(65536).startswith(b"HTTP/1.1 400 ")
    assert service.get("/v1/health/live").status_code == 200


def test_a_header_without_end_is_refused(service: Served) -> None:
    with connected(service) as wire:
        wire.sendall(b"GET /v1/rules HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000)
        assert wire.recv(65536).startswith(b"HTTP/1.1 400 ")


def test_told_to_stop_it_finishes_what_it_was_asked_and_stores_the_receipt(
    tmp_path: Path,
) -> None:
    with served(tmp_path, "--log", "kept.sqlite") as running:
        answers: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda: answers.append(running.post("/v1/judge", slow_body()))
        )
        asking.start()
        deadline = time.monotonic() + 10
        while "jingmen_decisions_under_way 1.0" not in running.get("/v1/metrics").text:
            assert time.monotonic() < deadline
        assert running.stop() == 0
        asking.join()
        with pytest.raises(httpx.ConnectError):
            running.get("/v1/health/live")
    [answer] = answers
    assert answer.status_code == 200
    assert len({one["subject"]["id"] for one in answer.json()["findings"]}) > STATIONS
    with Log.open(tmp_path / "kept.sqlite", create=False) as log:
        assert log.get(answer.json()["receipt"]).engine == "reference"
        assert log.verify().whole
    lines = [json.loads(line) for line in running.said.splitlines()]
    assert lines[-1]["status"] == 200
    assert "ST-1" not in running.said


def test_before_it_stops_it_says_for_a_while_that_it_is_not_ready(tmp_path: Path) -> None:
    with served(tmp_path, "--no-log", "--drain", "20") as running:
        running.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 5
        while (answer := running.get("/v1/health/ready")).status_code == 200:
            assert time.monotonic() < deadline
        assert answer.json()["type"] == "urn:jingmen:problem:stopping"
        assert running.post("/v1/judge", BODY).json()["receipt"] is None
        assert running.stop() == 0  # a second signal does not wait


def test_killed_under_load_it_has_lost_no_receipt_that_anybody_was_given(tmp_path: Path) -> None:
    given: list[str] = []
    with served(tmp_path) as running:
        over = threading.Event()

        def ask() -> None:
            with httpx.Client(base_url=running.url, trust_env=False) as client:
                while not over.is_set():
                    try:
                        answer = client.post("/v1/judge", json=BODY)
                    except httpx.HTTPError:
                        return
                    given.append(answer.json()["receipt"])

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        while len(given) < 100 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert running.stop(signal.SIGKILL) == -signal.SIGKILL
        over.set()
        for thread in threads:
            thread.join()
    assert len(given) >= 100
    with Log.open(tmp_path / "jingmen-log.sqlite", create=False) as log:
        assert {one.id for one in log.receipts()} >= set(given)
        assert log.verify().whole


def test_a_port_in_use_is_refused(service: Served) -> None:
    port = str(httpx.URL(service.url).port)
    result = CliRunner().invoke(cli, ["serve", "--no-log", "--port", port])
    assert result.exit_code == 2
    assert port in result.output


@pytest.mark.parametrize(
    "options",
    [
        ["--log", "x.sqlite", "--no-log"],
        ["--corpus", "plan=."],
        ["--corpus", "other"],
        ["--no-log", "--corpus", "other=/nowhere"],
        ["--no-log", "--tokens", "/nowhere.json"],
        ["--log", "/nowhere/log.sqlite"],
    ],
)
def test_what_it_cannot_be_started_with_is_refused(options: list[str]) -> None:
    result = CliRunner().invoke(cli, ["serve", "--port", "0", *options])
    assert result.exit_code == 2, result.output


def test_examples_of_every_form_are_answered(service: Served) -> None:
    paths = {"Judge": "judge", "JudgeBatch": "judge/batch", "Explain": "explain"}
    for form, path in {**paths, "NextQuestion": "next-question"}.items():
        assert service.post(f"/v1/{path}", REQUESTS[form]).status_code == 200
