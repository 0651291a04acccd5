"""What the page asks for, without a browser: its files, its bounds, what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from jingmen_policy.service.app import create_app
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.tokens import ScopeName, add_token
from support.page_server import served
from support.self_checks import DAY, STATION, TOWN, plan

STATE: dict[str, Any] = {
    "who": {"kind": TOWN.kind, "id": TOWN.id},
    "as_of": DAY.isoformat(),
    "facts": {"use": ["register"], "Station": STATION},
}
ST = {"kind": "Station", "id": STATION["id"]}


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served() as address, httpx.Client(base_url=address, timeout=30) as found:
        yield found


def test_the_page_names_no_other_place_and_may_run_nothing_else(client: httpx.Client) -> None:
    page = client.get("/")
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assets = re.findall(r'(?:src|href)="(assets/[^"]+)"', page.text)
    assert len(assets) == 2
    seen: set[str] = set()
    while assets:
        name = assets.pop()
        seen.add(name)
        text = client.get(f"/{name}").text
        assert not re.search(r"https?://|url\(|innerHTML|document\.write|eval\(", text)
        assets += [f"assets/{one}" for one in re.findall(r'from "\./([^"]+)"', text)]
        assets = [one for one in assets if one not in seen]
    assert not re.search(r"https?://|style=|onclick=|<script>", page.text)


@pytest.mark.parametrize("name", ["nothing.js", "..%2fpage.py", "page.py", ""])
def test_there_are_no_other_files(client: httpx.Client, name: str) -> None:
    assert client.get(f"/assets/{name}").status_code == 404


def test_the_page_is_not_part_of_what_others_may_rely_on() -> None:
    paths = create_app(policy=plan()).openapi()["paths"]
    assert not [path for path in paths if path.startswith(("/page", "/assets")) or path == "/"]


@pytest.mark.parametrize(("scope", "status"), [("judge", 200), ("read", 403)])
def test_where_tokens_are_needed_the_page_is_shown_and_its_requests_need_one(
    tmp_path: Path, scope: ScopeName, status: int
) -> None:
    file = tmp_path / "tokens.json"
    made = add_token(file, [scope], date(2099, 1, 1))
    with served(settings=Settings(tokens=file)) as address, httpx.Client(base_url=address) as asks:
        assert asks.get("/").status_code == 200
        assert asks.get("/assets/access.js").status_code == 200
        turn = {"state": STATE}
        assert asks.get("/page/start").status_code == 401
        assert asks.post("/page/turn", json=turn).status_code == 401
        bearer = {"authorization": f"Bearer {made.secret}"}
        assert asks.get("/page/start", headers=bearer).status_code == status
        assert asks.post("/page/turn", json=turn, headers=bearer).status_code == status


def test_a_turn_answers_with_a_view(client: httpx.Client) -> None:
    answer = {"act": "say", "about": ST, "name": "established_on", "value": "2021-06-01"}
    view = client.post("/page/turn", json={"state": STATE, "answers": [answer]}).json()
    assert view["settled"] == 9
    assert view["state"]["facts"]["Station"]["established_on"] == "2021-06-01"


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("turn", {"state": STATE | {"who": {"kind": "County", "id": "沙阳县"}}}, 422),
        ("turn", {"state": STATE | {"facts": {"Station": [{"id": "甲", "aera": 1}]}}}, 422),
        ("turn", {"state": STATE | {"facts": []}}, 422),
        ("turn", {"state": STATE, "answers": [{"act": "skip", "ask": "x"}] * 101}, 422),
        ("turn", {"state": STATE, "answers": [{"act": "burn"}]}, 422),
        ("turn", {"state": STATE, "ask": "Station/甲.area"}, 422),
        ("suppose", {"state": STATE, "answers": [{"act": "remove", "about": STATE["who"]}]}, 422),
        ("open", {"name": "自查.docx", "text": ""}, 422),
        ("open", {"name": "自查.json", "text": "["}, 422),
        ("open", {"name": "自查.yaml", "text": "a: &a [*a]"}, 422),
        ("export", {"state": STATE, "form": "exe"}, 422),
        ("turn", [], 422),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    client: httpx.Client, path: str, sent: Any, status: int
) -> None:
    answer = client.post(f"/page/{path}", json=sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["message"]


def test_a_body_that_is_not_json_is_refused(client: httpx.Client) -> None:
    json = {"content-type": "application/json"}
    assert client.post("/page/turn", content=b'{"state": NaN}', headers=json).status_code == 400
    assert client.post("/page/turn", content=b"{}").status_code == 415
    foreign = {"origin": "http://example.org", **json}
    assert client.post("/page/turn", content=b"{}", headers=foreign).status_code == 403


def test_errors_of_a_file_are_told_by_line_and_field(client: httpx.Client) -> None:
    text = "use: register\n社工站:\n  社工站编号: 甲\n  建立日: 2021-06-01\n"
    english = {"accept-language": "en"}
    answer = client.post("/page/open", json={"name": "a.yaml", "text": text}, headers=english)
    [error] = answer.json()["errors"]
    assert error["line"] == 4
    assert "did you mean '建立日期'?" in error["message"]


def test_nothing_of_what_was_said_is_kept(client: httpx.Client) -> None:
    first = client.post("/page/turn", json={"state": STATE}).json()
    client.post(
        "/page/turn",
        json={
            "state": STATE,
            "answers": [{"act": "say", "about": ST, "name": "area", "value": "300"}],
        },
    )
    assert client.post("/page/turn", json={"state": STATE}).json() == first
    assert Settings().log is None
