"""Whatever is wrong with a request gets a clear answer in the 400s, with all that is wrong."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx
import pytest

from jingmen_policy.service.examples import DOSSIER, REQUESTS
from jingmen_policy.service.settings import Limits
from support.within import Asking, Within

JSON = {"content-type": "application/json"}


def send(client: Within, raw: str | bytes, path: str = "/v1/judge") -> httpx.Response:
    return client.post(path, content=raw, headers=JSON)


def problem(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["type"] == f"urn:jingmen:problem:{kind}"
    assert document["status"] == status
    return document


def test_every_error_is_told_with_its_pointer_what_is_expected_and_the_nearest_name(
    client: Within,
) -> None:
    wrong = {
        "Station": [
            {"id": "S-1", "established_on": "2021-02-30", "operator": "自行运营"},
            {"id": "S-2", "aera": 300, "area": "3亩", "sign_displayed": "有"},
        ],
        "驻站社工": {"id": "W-1", "in_post": 2},
        "Staton": [],
    }
    document = problem(client.post("/v1/judge", json={"dossier": wrong}), 422, "refused")
    assert document["total"] == len(document["errors"]) == 7
    told = {one["pointer"]: one for one in document["errors"]}
    assert told["/dossier/Station/0/established_on"]["expected"] == "日期，如 2021-07-31"
    assert told["/dossier/Station/0/operator"]["nearest"] == "乡镇（街道）自行运营"
    assert "第三方社会组织承接" in told["/dossier/Station/0/operator"]["expected"]
    assert told["/dossier/Station/1/aera"]["nearest"] == "area"
    assert told["/dossier/Station/1/area"]["expected"].startswith("数（平方米）")
    assert told["/dossier/Station/1/sign_displayed"]["expected"] == "true 或 false"
    assert told["/dossier/驻站社工/in_post"]["expected"] == "true 或 false"
    assert told["/dossier/Staton"]["nearest"] == "Station"


def test_messages_are_english_where_that_is_wanted_more(client: Within) -> None:
    body = {"dossier": {"Station": {"id": "S", "aera": 1}}}
    for wanted, title in (("en", "The input is refused"), ("zh-CN,en;q=0.5", "输入有误")):
        answer = client.post("/v1/judge", json=body, headers={"accept-language": wanted})
        assert problem(answer, 422, "refused")["title"] == title
        assert answer.headers["content-language"] == wanted[:2]


@pytest.mark.parametrize(
    ("member", "value", "pointer", "near"),
    [
        ("rules", ["stafing"], "/rules", "staffing"),
        ("rules", [], "/rules", None),
        ("rules", "staffing", "/rules", None),
        ("readings", {"at-most-inclusiv": "strictly-less"}, "/readings", "at-most-inclusive"),
        ("readings", {"at-most-inclusive": "strictly"}, "/readings", "strictly-less"),
        ("corpus", "plans", "/corpus", "plan"),
        ("detail", "fully", "/detail", "full"),
        ("as_of", "2022-06-31", "/as_of", None),
        ("as_of", "9999-12-31", "/as_of", None),
        ("asof", "2022-06-30", "/asof", "as_of"),
        ("dossier", None, "/dossier", None),
        ("dossier", [], "/dossier", None),
        ("dossier", {"as_of": "1066-10-14"}, "/dossier/as_of", None),
        ("dossier", {"use": "registr"}, "/dossier/use", "register"),
        ("dossier", {"complete": "Station@沙羊县", "use": "register"}, "/dossier/complete", None),
    ],
)
def test_what_is_asked_for_by_name_is_checked_as_well(
    client: Within, member: str, value: Any, pointer: str, near: str | None
) -> None:
    body = {"dossier": DOSSIER, "as_of": None, member: value}
    if member == "dossier":
        del body["as_of"]
    errors = problem(client.post("/v1/judge", json=body), 422, "refused")["errors"]
    assert errors[0]["pointer"] == pointer
    assert near is None or errors[0]["nearest"] == near


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""]
)
def test_another_content_type_is_not_taken(client: Within, kind: str) -> None:
    answer = client.post("/v1/judge", content=b'{"dossier": {}}', headers={"content-type": kind})
    problem(answer, 415, "media-type")
    assert answer.headers["accept-post"] == "application/json"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("", "应有一个值"),
        ("[1]", "JSON 对象"),
        ('{"dossier": {}', "不完整"),
        ('{"dossier": {}} {}', "多余"),
        ('{"dossier": {"Station": {"id": "S", "area": NaN}}}', "应有一个值"),
        ('{"dossier": {"Station": {"id": "S", "area": -Infinity}}}', "应有一个值"),
        ('{"dossier": {}, "dossier": {}}', "重复的键“dossier”"),
        ('{"dossier": {"Station": {"id": "S", "area": 1, "area": 2}}}', "重复的键“area”"),
        (r'{"dossier": {"Station": {"id": "\ud800"}}}', "代理字符"),
        (r'{"dossier": {"Station": {"id": "S", "\uDC00": 1}}}', "代理字符"),
        (r'{"dossier": {}, "rules": ["\ud83d"]}', "代理字符"),
        (b'{"dossier": {"Station": {"id": "\xed\xa0\x80"}}}', "不是 UTF-8"),
        ('{"dossier": {"社工站": {"社工站编号": "甲"}}}'.encode("gbk"), "不是 UTF-8"),
        ('{"dossier": "\x01"}', "引号中的文字"),
        ("[" * 100_000, "超过 60 层"),
        ('{"dossier": ' * 5_000 + "1" + "}" * 5_000, "超过 60 层"),
    ],
)
def test_what_is_no_json_is_told_so(client: Within, raw: str | bytes, said: str) -> None:
    document = problem(send(client, raw), 400, "malformed")
    assert said in json.dumps(document, ensure_ascii=False)


def test_nesting_inside_a_fact_is_refused_at_its_place(client: Within) -> None:
    deep = '{"dossier": {"Station": {"id": "S", "rooms": ' + "[" * 50 + "]" * 50 + "}}}"
    [error] = problem(send(client, deep), 422, "refused")["errors"]
    assert error["pointer"].startswith("/dossier/Station/rooms")


def test_a_pair_of_surrogates_is_one_character(client: Within) -> None:
    raw = r'{"dossier": {"Station": {"id": "\ud83d\ude00"}}, "rules": ["staffing"]}'
    assert send(client, raw).json()["findings"][0]["subject"]["id"] == "😀"


@pytest.mark.parametrize(
    "number", ["1e999", "-1", "0.001", "1e-3", "123456789012345678901234567890"]
)
def test_numbers_no_fact_can_have_are_refused(client: Within, number: str) -> None:
    raw = f'{{"dossier": {{"ServiceProject": {{"id": "P", "total_cost": {number}}}}}}}'
    [error] = problem(send(client, raw), 422, "refused")["errors"]
    assert error["pointer"] == "/dossier/ServiceProject/total_cost"
    assert error["expected"].startswith("金额")


def test_a_million_workers_are_counted_not_read(client: Within) -> None:
    workers = ",".join(["{}"] * 1_000_000)
    began = time.monotonic()
    document = problem(
        send(client, f'{{"dossier":{{"ResidentWorker":[{workers}]}}}}'), 413, "too-large"
    )
    assert time.monotonic() - began < 15
    assert document["errors"][0]["pointer"] == "/dossier"
    assert "最多 50000" in document["errors"][0]["message"]


def test_more_dossiers_than_a_batch_may_have_are_refused(client: Within) -> None:
    most = Limits().dossiers
    answer = client.post("/v1/judge/batch", json={"dossiers": [{}] * (most + 1)})
    assert str(most) in problem(answer, 413, "too-large")["errors"][0]["message"]


def test_a_body_too_large_is_refused_by_what_it_says_and_by_what_comes(asking: Asking) -> None:
    client = asking(limits={"body": 500})
    long = json.dumps({"dossier": DOSSIER}).encode()

    async def parts() -> AsyncIterator[bytes]:
        for place in range(0, len(long), 100):
            yield long[place : place + 100]

    problem(send(client, long), 413, "too-large")
    problem(client.post("/v1/judge", content=parts(), headers=JSON), 413, "too-large")
    assert client.post("/v1/judge", json={"dossier": {}}).status_code == 200


def test_a_body_that_takes_too_long_is_not_waited_for(asking: Asking) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b"{"
        await anyio.sleep(5)

    client = asking(limits={"body_seconds": 0.1})
    began = time.monotonic()
    problem(client.post("/v1/judge", content=slowly(), headers=JSON), 408, "slow-body")
    assert time.monotonic() - began < 4


def test_an_identity_with_a_slash_is_as_good_as_any(client: Within) -> None:
    body = {**REQUESTS["Explain"], "rule": "yearly-plan", "subject": "沙洋县/沙洋镇"}
    answer = client.post("/v1/explain", json=body)
    assert answer.status_code == 200, answer.text
    assert {one["subject"]["id"] for one in answer.json()["findings"]} == {"沙洋县/沙洋镇"}
    dossier = {"Station": {"id": "甲/乙"}}
    answer = client.post("/v1/judge", json={"dossier": dossier, "rules": ["staffing"]})
    assert answer.json()["findings"][0]["subject"]["id"] == "甲/乙"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/v1/rules/staffing%2Fx", "staffing"),
        ("/v1/rules/stafing", "staffing"),
        ("/v1/rules/a/../b", None),
        ("/v1/clauses/四（三）第99句", "四（三）第"),
        ("/v1/readings/at-most", "at-most-inclusive"),
        ("/v1/corpora/plan%2F2", "plan"),
        ("/v1/receipts/1%2F2", None),
        ("/v2/judge", None),
        ("/v1/rules/", None),
    ],
)
def test_what_there_is_not_is_told_so(client: Within, path: str, near: str | None) -> None:
    document = problem(client.get(path), 404, "not-found")
    if near is not None:
        assert document["errors"][0]["nearest"].startswith(near)


def test_another_method_is_told_which_there_are(client: Within) -> None:
    answer = client.get("/v1/judge")
    problem(answer, 405, "method")
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("query", ["as_of=2022-13-01", "as_of=1999-01-01", "corpus=nope"])
def test_a_wrong_query_is_refused(client: Within, query: str) -> None:
    problem(client.get(f"/v1/rules?{query}"), 422, "refused")
