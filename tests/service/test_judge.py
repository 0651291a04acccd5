"""Judging over HTTP says what judging in Python says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jingmen_policy.judge.as_json import CorpusMark, findings_json
from jingmen_policy.judge.policy import Policy
from jingmen_policy.log.log import Log
from jingmen_policy.log.replay import replay
from jingmen_policy.service.examples import DOSSIER, REQUESTS
from support.within import Asking, Within

DAY = date(2022, 6, 30)
BODY = {"dossier": DOSSIER, "as_of": "2022-06-30"}


def test_a_brief_answer_has_the_statuses_of_judge(client: Within, policy: Policy) -> None:
    answer = client.post("/v1/judge", json=BODY).json()
    found = policy.judge(policy.dossier(DOSSIER), DAY)
    told = [
        (one["rule"], one["subject"]["id"], one["year"], one["status"], one["due"], one["due_kind"])
        for one in answer["findings"]
    ]
    assert told == [
        (
            one.rule,
            one.subject.id,
            one.year,
            one.status.value,
            None if one.due is None else one.due.isoformat(),
            one.due_kind,
        )
        for one in found
    ]
    assert [one["addresses"] for one in answer["findings"]] == [
        list(dict.fromkeys(clause.address for clause in one.clauses)) for one in found
    ]
    assert sum(answer["counts"].values()) == len(found)


def test_before_the_plan_nothing_is_in_force_and_addresses_are_those_of_judge(
    client: Within, policy: Policy
) -> None:
    day = date(2020, 6, 30)
    answer = client.post("/v1/judge", json={**BODY, "as_of": day.isoformat()}).json()
    found = policy.judge(policy.dossier(DOSSIER), day)
    assert answer["counts"] == {"not-in-force": len(found)}
    assert [one["addresses"] for one in answer["findings"]] == [
        list(dict.fromkeys(clause.address for clause in one.clauses)) for one in found
    ]


def test_a_full_answer_is_what_the_command_prints(client: Within, policy: Policy) -> None:
    answer = client.post("/v1/judge", json={**BODY, "detail": "full"}).json()
    assert answer.pop("receipt") is None
    corpus = policy.corpus
    found = policy.judge(policy.dossier(DOSSIER), DAY, engine="reference")
    mark = CorpusMark(corpus.id, corpus.digest, {})
    assert answer == findings_json(mark, DAY, "reference", found)


def test_rules_readings_and_the_dossiers_own_day_are_minded(client: Within, policy: Policy) -> None:
    worker = {"id": "W", "in_post": True, "born_on": "1981-06-20", "hired_on": "2021-06-20"}
    body = {
        "dossier": {"驻站社工": worker, "as_of": "2021年12月31日"},
        "rules": ["worker-age"],
    }
    asked = [body, {**body, "readings": {"at-most-inclusive": "strictly-less"}}]
    answers = [client.post("/v1/judge", json=one).json() for one in asked]
    assert [one["findings"][0]["status"] for one in answers] == ["met", "departed"]
    assert [one["as_of"] for one in answers] == ["2021-12-31", "2021-12-31"]
    assert answers[1]["corpus"]["readings"] == {"at-most-inclusive": "strictly-less"}
    strict = policy.under({"at-most-inclusive": "strictly-less"})
    assert answers[1]["corpus"]["digest"] == strict.corpus.digest


def test_numbers_are_taken_as_they_are_written(client: Within) -> None:
    def status(cost: str) -> str:
        fact = f'{{"id": 7, "total_cost": 10250.00, "personnel_cost": {cost}}}'
        raw = f'{{"dossier": {{"ServiceProject": {fact}}}, "rules": ["personnel-share"]}}'
        answer = client.post("/v1/judge", content=raw, headers={"content-type": "application/json"})
        [finding] = answer.json()["findings"]
        assert finding["subject"]["id"] == "7"
        return str(finding["status"])

    assert [status("7175.00"), status("7175.01")] == ["met", "breached"]


def test_a_batch_answers_each_dossier_as_it_would_be_alone(client: Within) -> None:
    body = dict(REQUESTS["JudgeBatch"])
    dossiers = body.pop("dossiers")
    answers = client.post("/v1/judge/batch", json={"dossiers": dossiers, **body}).json()["answers"]
    alone = [client.post("/v1/judge", json={"dossier": one, **body}).json() for one in dossiers]
    assert answers == alone
    assert client.post("/v1/judge/batch", json={"dossiers": []}).json() == {"answers": []}


def test_a_batch_with_one_wrong_dossier_is_refused_with_all_that_is_wrong(
    asking: Asking, tmp_path: Path
) -> None:
    wrong = {"Station": [{"id": "S", "aera": 1}, {"id": "T", "area": "3亩"}]}
    with Log.open(tmp_path / "log") as log:
        answer = asking(log).post("/v1/judge/batch", json={"dossiers": [DOSSIER, wrong, wrong]})
        assert list(log.receipts()) == []
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [
        "/dossiers/1/Station/0/aera",
        "/dossiers/1/Station/1/area",
        "/dossiers/2/Station/0/aera",
        "/dossiers/2/Station/1/area",
    ]


def test_explaining_gives_the_findings_about_one_subject(client: Within, policy: Policy) -> None:
    answer = client.post("/v1/explain", json=REQUESTS["Explain"]).json()
    [finding] = answer["findings"]
    assert finding["status"] == "breached"
    assert finding["clauses"][0]["quote"] == "社工站人员经费不得超过项目总经费的70%"
    wrong = client.post("/v1/explain", json={**REQUESTS["Explain"], "subject": "P-2"})
    assert wrong.json()["errors"][0]["nearest"] == "P-1"


def test_the_next_question_settles_something(client: Within) -> None:
    answer = client.post("/v1/next-question", json=REQUESTS["NextQuestion"]).json()
    assert answer["open"] > 0
    question = answer["question"]
    assert question["settles"]["most"] >= 1
    body = {**REQUESTS["NextQuestion"], "skipped": [question["id"]]}
    assert client.post("/v1/next-question", json=body).json()["question"]["id"] != question["id"]


@pytest.mark.parametrize("detail", ["brief", "full"])
def test_the_receipt_of_an_answer_is_in_the_log_and_replays(
    asking: Asking, policy: Policy, tmp_path: Path, detail: str
) -> None:
    with Log.open(tmp_path / "log") as log:
        client = asking(log)
        answer = client.post("/v1/judge", json={**BODY, "detail": detail}).json()
        told = client.get(f"/v1/receipts/{answer['receipt']}").json()
        receipt = log.get(answer["receipt"])
    assert told["findings_sha256"] == receipt.findings_sha256
    assert told["as_of"] == "2022-06-30"
    replayed = replay(policy, receipt, policy.dossier(DOSSIER))
    assert replayed.same, replayed


def test_every_dossier_of_a_batch_and_every_explanation_leaves_a_receipt(
    asking: Asking, tmp_path: Path
) -> None:
    with Log.open(tmp_path / "log") as log:
        client = asking(log)
        batch = client.post("/v1/judge/batch", json=REQUESTS["JudgeBatch"]).json()["answers"]
        explained = client.post("/v1/explain", json=REQUESTS["Explain"]).json()
        receipts = [one.id for one in log.receipts()]
    assert receipts == [*(one["receipt"] for one in batch), explained["receipt"]]


def test_answers_fit_the_published_description(client: Within) -> None:
    described: dict[str, Any] = client.get("/v1/openapi.json").json()
    for path, name in (("/v1/judge", "Judge"), ("/v1/explain", "Explain")):
        operation = described["paths"][path]["post"]
        content = operation["responses"]["200"]["content"]["application/json"]
        schema = {**content["schema"], "components": described["components"]}
        jsonschema.validate(client.post(path, json=REQUESTS[name]).json(), schema)
        jsonschema.validate(content["example"], schema)
        example = operation["requestBody"]["content"]["application/json"]["example"]
        assert client.post(path, json=example).json() == content["example"]


def test_the_examples_are_not_stale(client: Within) -> None:
    described = client.get("/v1/openapi.json").json()
    refused = described["paths"]["/v1/judge"]["post"]["responses"]["422"]["content"]
    example = refused["application/problem+json"]["example"]
    assert [one.get("nearest") for one in example["errors"]] == [None, "area"]
    assert "TODO" not in json.dumps(described)
