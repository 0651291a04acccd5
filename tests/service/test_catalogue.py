"""Rules, text, readings and versions over HTTP are those of the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora.amended.built import AMENDED, amended
from jingmen_policy.judge.policy import Policy
from support.within import Asking, Within

STAFFING = {"Station": {"id": "S", "established_on": "2021-06-01"}, "complete": "ResidentWorker"}


@pytest.fixture(scope="module")
def both(asking: Asking, tmp_path_factory: pytest.TempPathFactory) -> Within:
    """A service of the plan and of the plan as a test amends it."""
    directory = amended(tmp_path_factory.mktemp("amended") / "plan")
    return asking(corpora={"amended": directory})


def test_the_rules_are_those_of_the_corpus_in_its_order(client: Within, policy: Policy) -> None:
    told = client.get("/v1/rules?as_of=2022-06-30").json()
    assert told["as_of"] == "2022-06-30"
    assert told["corpus"]["digest"] == policy.corpus.digest
    assert [one["id"] for one in told["rules"]] == list(policy.corpus.rules)
    assert all(one["version"] == "2021-01-01" for one in told["rules"])
    before = client.get("/v1/rules?as_of=2020-12-31").json()["rules"]
    assert all(one["version"] is None for one in before)


@pytest.mark.parametrize("section", ["四（四）", "sec_4__item_4"])
def test_rules_of_a_section(client: Within, policy: Policy, section: str) -> None:
    told = client.get("/v1/rules", params={"section": section}).json()["rules"]
    assert [one["id"] for one in told] == [rule.id for rule in policy.corpus.under("四（四）")]
    wrong = client.get("/v1/rules", params={"section": "四（44）"})
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["nearest"] == "四（四）"


def test_a_rule_tells_its_quotes_its_bearer_and_its_expressions(client: Within) -> None:
    told = client.get("/v1/rules/personnel-share?as_of=2022-06-30").json()
    assert told["cites"] == [
        {"address": "四（四）第2句", "quote": "社工站人员经费不得超过项目总经费的70%", "text": ""}
    ]
    assert told["bearer"]["of"] == ["station", "township", "county"]
    [version] = told["versions"]
    assert version["in_force"]
    assert version["require"] == "personnel_cost <= ceiling * total_cost"
    assert version["let"] == [{"name": "ceiling", "printed": ["70%"], "table": "", "column": ""}]
    due = client.get("/v1/rules/self-assessment").json()["versions"][0]["due"]
    assert due == {"kind": "yearly", "day": None, "month_day": "12-31"}


def test_every_quote_stands_in_its_clause(client: Within, policy: Policy) -> None:
    clauses = client.get("/v1/clauses").json()["clauses"]
    quoted = [(one, rule) for one in clauses for rule in one["rules"]]
    assert quoted
    assert all(rule["quote"] in clause["text"] for clause, rule in quoted)
    assert {rule["rule"] for _, rule in quoted} == set(policy.corpus.rules)


def test_a_clause_is_found_by_its_address_with_what_is_inside(client: Within) -> None:
    by_id = client.get("/v1/clauses/sec_4__item_4").json()
    assert client.get("/v1/clauses/四（四）").json() == by_id
    assert by_id["clauses"][0]["address"] == "四（四）"
    assert "四（四）第2句" in [one["address"] for one in by_id["clauses"]]


def test_readings_tell_their_alternatives_and_who_rests_on_them(
    client: Within, policy: Policy
) -> None:
    told = client.get("/v1/readings").json()["readings"]
    assert [one["id"] for one in told] == list(policy.corpus.interpretations)
    one = client.get("/v1/readings/management-zone").json()
    assert one in told
    runs = {other["id"]: other["apart"] is None for other in one["alternatives"]}
    assert runs == {"not-a-county": True, "districts-bear": False}
    assert one["rules"] == list(policy.corpus.relying("management-zone"))


def test_discrepancies_are_those_on_record(client: Within, policy: Policy) -> None:
    told = client.get("/v1/discrepancies").json()["discrepancies"]
    assert [one["id"] for one in told] == list(policy.corpus.discrepancies)
    assert all(one["cites"] and one["effect"]["zh"] for one in told)


def test_several_corpora_are_served_side_by_side(both: Within, policy: Policy) -> None:
    told = both.get("/v1/corpora").json()["corpora"]
    assert [(one["name"], one["default"]) for one in told] == [("plan", True), ("amended", False)]
    assert told[0]["digest"] == policy.corpus.digest != told[1]["digest"]
    assert [one["since"] for one in told[1]["amendments"]] == [AMENDED.isoformat()]


def test_on_each_day_the_version_of_that_day_is_in_force(both: Within) -> None:
    def since(corpus: str, day: str) -> str:
        versions = both.get(f"/v1/corpora/{corpus}?as_of={day}").json()["versions"]
        found = {one["rule"]: one["since"] for one in versions}
        return str(found["staffing"])

    assert since("plan", "2023-06-30") == "2021-01-01"
    assert since("amended", "2022-12-31") == "2021-01-01"
    assert since("amended", "2023-01-01") == "2023-01-01"
    assert since("amended", "2020-12-31") == "None"


def test_a_corpus_is_judged_by_its_name(both: Within) -> None:
    workers = [{"id": f"W{n}", "station": "S", "in_post": True} for n in range(2)]
    body = {
        "dossier": {**STAFFING, "ResidentWorker": workers},
        "rules": ["staffing"],
        "as_of": "2023-06-30",
    }
    found = {
        name: both.post("/v1/judge", json={**body, "corpus": name}).json()
        for name in ("plan", "amended")
    }
    assert [one["findings"][0]["status"] for one in found.values()] == ["met", "breached"]
    assert found["amended"]["findings"][0]["addresses"] == ["《测试用修订（虚构）》一第1句"]


def test_a_corpus_that_is_wrong_is_refused_at_the_start(asking: Asking, tmp_path: Path) -> None:
    directory = amended(tmp_path / "plan")
    (directory / "rules" / "4-3-staffing.yaml").write_text("id: staffing\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"4-3-staffing\.yaml"):
        asking(corpora={"wrong": directory})
