"""The Python client against a real service, and against one that is busy."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import httpx
import pytest

from jingmen_policy.client import (
    AsyncClient,
    Client,
    Forbidden,
    NotFound,
    Problem,
    Refused,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from jingmen_policy.client.types import Dossier
from support.serving import Guarded

DOSSIER: Dossier = {
    "Station": [{"id": "ST-1", "established_on": "2021-06-20"}],
    "ServiceProject": {"id": "P-1", "total_cost": "10万元", "personnel_cost": "70000.01"},
}
DAY = date(2022, 6, 30)


@pytest.fixture
def client(guarded: Guarded) -> Client:
    return Client(guarded.served.url, token=guarded.token)


def test_a_first_answer(client: Client) -> None:
    with client:
        answer = client.judge(DOSSIER, DAY, rules=["personnel-share", "staffing"])
        told = {one["rule"]: one["status"] for one in answer["findings"]}
        receipt = client.receipt(str(answer["receipt"]))
    assert told == {"staffing": "unproven", "personnel-share": "breached"}
    assert receipt["as_of"] == "2022-06-30"


def test_everything_else_that_may_be_asked(client: Client) -> None:
    with client:
        full = client.judge(DOSSIER, DAY, rules=["staffing"], detail="full")
        assert full["findings"][0]["missing"][0]["name"] == "workers"
        strict = client.judge(DOSSIER, DAY, readings={"at-most-inclusive": "strictly-less"})
        assert strict["corpus"]["readings"] == {"at-most-inclusive": "strictly-less"}
        many = client.judge_batch([DOSSIER, {"社工站": {"社工站编号": "甲"}}], rules=["staffing"])
        assert [len(one["findings"]) for one in many] == [1, 1]
        why = client.explain(DOSSIER, "personnel-share", "P-1", DAY)
        assert why["findings"][0]["compared"][0]["truth"] == "false"
        asked = client.next_question(DOSSIER, {"kind": "Station", "id": "ST-1"}, DAY)
        assert asked["question"] is not None
        assert client.rules(DAY, section="四（四）")["rules"][0]["id"] == "procurement-procedure"
        assert client.rule("staffing")["subject"] == "Station"
        assert client.clauses("四（四）第2句")[0]["rules"][0]["rule"] == "personnel-share"
        assert len(client.clauses()) > 50
        assert client.reading("at-most-inclusive") in client.readings()
        assert client.discrepancies()
        assert [one["name"] for one in client.corpora()] == ["plan"]
        assert client.corpus_at("plan", DAY)["versions"]
        assert client.ready()


def test_the_client_that_is_awaited_gives_the_same(guarded: Guarded) -> None:
    async def ask() -> list[str]:
        async with AsyncClient(guarded.served.url, token=guarded.token) as client:
            answers = await asyncio.gather(
                *(client.judge(DOSSIER, DAY, rules=["staffing"]) for _ in range(8))
            )
            rule = await client.rule("staffing", DAY)
            assert rule["as_of"] == "2022-06-30"
            return [one["findings"][0]["status"] for one in answers]

    assert asyncio.run(ask()) == ["unproven"] * 8


def test_both_clients_may_be_asked_the_same() -> None:
    def shape(method: Callable[..., object]) -> list[tuple[str, object]]:
        return [(one.name, one.default) for one in inspect.signature(method).parameters.values()]

    names = [name for name in vars(Client) if not name.startswith("_") and name != "close"]
    assert len(names) == 14
    for name in names:
        assert shape(getattr(Client, name)) == shape(getattr(AsyncClient, name)), name
    assert shape(Client.__init__)[:-1] == shape(AsyncClient.__init__)[:-1]


def test_a_refusal_holds_everything_that_is_wrong(client: Client) -> None:
    wrong = {"Station": [{"id": "S", "aera": 1}, {"id": "T", "established_on": "2021-02-30"}]}
    with client, pytest.raises(Refused) as raised:
        client.judge(wrong)
    errors = raised.value.errors
    assert [one["pointer"] for one in errors] == [
        "/dossier/Station/0/aera",
        "/dossier/Station/1/established_on",
    ]
    assert errors[0].get("nearest") == "area"
    assert raised.value.kind == "refused"
    assert "是否为“area”？" in str(raised.value)


def test_each_kind_of_problem_is_its_own(guarded: Guarded) -> None:
    url = guarded.served.url
    with Client(url) as nobody, pytest.raises(Unauthorized) as unauthorized:
        nobody.rules()
    assert unauthorized.value.status == 401
    with Client(url, token=guarded.reads, language="en") as reader:
        assert reader.rules()["rules"]
        with pytest.raises(Forbidden, match="scope judge is needed"):
            reader.judge(DOSSIER)
        with pytest.raises(NotFound, match="did you mean 'staffing'"):
            reader.rule("stafing/x")
    with Client(url, token=guarded.token) as client, pytest.raises(TooLarge):
        client.judge_batch([{}] * 2_001)


class Busy(httpx.BaseTransport):
    """Answers 503 so many times, then something else."""

    def __init__(self, times: int, after: str | None = "0") -> None:
        self.left, self.asked = times, 0
        self.headers = {} if after is None else {"retry-after": after}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.asked > self.left:
            return httpx.Response(200, json={"answers": []})
        return httpx.Response(503, text="busy", headers=self.headers)


def test_a_busy_service_is_asked_again_when_it_says_to() -> None:
    busy = Busy(2)
    with Client(transport=busy, retries=2) as client:
        assert client.judge_batch([]) == []
    assert busy.asked == 3
    for transport, asked in ((Busy(3), 3), (Busy(3, after=None), 1)):
        with Client(transport=transport, retries=2) as client, pytest.raises(Unavailable):
            client.judge_batch([])
        assert transport.asked == asked


def test_an_answer_that_is_no_problem_document_is_told_by_its_status() -> None:
    def broken(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(502, html="<h1>proxy</h1>")

    with (
        Client(transport=httpx.MockTransport(broken)) as client,
        pytest.raises(Problem, match="502 Bad Gateway"),
    ):
        client.rules()


def test_the_client_loads_neither_facts_nor_rules() -> None:
    code = (
        "import sys, jingmen_policy.client\n"
        "print(*sorted(n for n in sys.modules if n.partition('.')[0] in"
        " ('jingmen_facts', 'pydantic', 'yaml') or n.startswith('jingmen_policy.')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = ran.stdout.split()
    assert loaded
    assert all(name.startswith("jingmen_policy.client") for name in loaded)
