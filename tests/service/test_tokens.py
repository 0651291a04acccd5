"""Who may ask: tokens by scope and day, host names, origins."""

from __future__ import annotations

import json
import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from jingmen_facts.problems import Refused
from jingmen_policy.cli.main import cli
from jingmen_policy.service import tokens as module
from jingmen_policy.service.settings import Settings
from jingmen_policy.service.tokens import Token, add_token, read_tokens, without, write_tokens
from support.within import Asking, Within

LATER = date.today() + timedelta(days=90)
ASKED = {"dossier": {"Station": {"id": "S"}}, "rules": ["staffing"]}
ROUTES = {"read": "/v1/rules", "judge": "/v1/judge", "admin": "/v1/metrics"}


def ask(client: Within, path: str, secret: str | None) -> int:
    headers = {} if secret is None else {"authorization": f"Bearer {secret}".encode("latin-1")}
    if path == ROUTES["judge"]:
        return client.post(path, json=ASKED, headers=headers).status_code
    return client.get(path, headers=headers).status_code


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tokens.json"
    write_tokens(path, [])
    return path


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        (["read"], {"read"}),
        (["judge"], {"judge"}),
        (["judge", "read"], {"read", "judge"}),
        (["admin"], {"read", "judge", "admin"}),
    ],
)
def test_a_token_is_good_for_its_scopes_and_no_others(
    asking: Asking, file: Path, scopes: list[str], may: set[str]
) -> None:
    secret = add_token(file, scopes, LATER).secret
    client = asking(tokens=file)
    found = {scope: ask(client, path, secret) for scope, path in ROUTES.items()}
    assert found == {scope: 200 if scope in may else 403 for scope in ROUTES}


def test_without_a_good_token_nothing_is_answered(asking: Asking, file: Path) -> None:
    made = add_token(file, ["admin"], LATER)
    client = asking(tokens=file)
    wrong = [
        None,
        "",
        made.secret[:-1],
        made.secret + "x",
        made.secret.replace("jm_", "xx_"),
        f"jm_{'0' * 8}_{made.secret[12:]}",
        "\u00e9",
    ]
    for path in [*ROUTES.values(), "/v1/nothing", "/nothing", "/page/start"]:
        assert {ask(client, path, secret) for secret in wrong} == {401}, path
    answer = client.get("/v1/rules")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "urn:jingmen:problem:unauthorized"
    answer = client.get("/v1/rules", headers={"authorization": "Basic eDp5"})
    assert answer.status_code == 401


def test_health_the_description_and_the_files_of_the_page_need_no_token(
    asking: Asking, file: Path
) -> None:
    client = asking(tokens=file)
    open_to_all = ("/v1/health/live", "/v1/health/ready", "/v1/openapi.json", "/")
    for path in (*open_to_all, "/assets/page.js", "/assets/page.css"):
        assert client.get(path).status_code == 200
    assert client.get("/assets/../v1/rules").status_code == 401
    assert client.get("/assets/nothing.js").status_code == 404


def test_a_token_ends_with_its_last_day(asking: Asking, file: Path) -> None:
    made = add_token(file, ["read"], date.today() + timedelta(days=1))
    over = made.token.model_copy(update={"expires": date.today() - timedelta(days=2)})
    write_tokens(file, [over])
    client = asking(tokens=file)
    answer = client.get("/v1/rules", headers={"authorization": f"Bearer {made.secret}"})
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_a_token_taken_back_is_no_longer_good(
    asking: Asking, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SEEN_AGAIN", 0.0)
    made = add_token(file, ["read"], LATER)
    client = asking(tokens=file)
    assert ask(client, "/v1/rules", made.secret) == 200
    write_tokens(file, without(read_tokens(file).tokens, made.token.id))
    assert ask(client, "/v1/rules", made.secret) == 401
    file.unlink()
    assert ask(client, "/v1/rules", made.secret) == 401


def test_the_command_shows_a_secret_once_and_keeps_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "t.json"

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["token", *arguments, "--file", str(file)])
        assert result.exit_code == 0, result.output
        return result.output

    new = ("new", "--scope", "judge", "--scope", "read", "--expires", LATER.isoformat())
    secret = run(*new, "--note", "财政局").strip()
    identity = secret.split("_")[1]
    assert len(secret.split("_", 2)[2]) == 43
    text = file.read_text(encoding="utf-8")
    assert secret not in text
    assert secret[12:] not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("list").split() == [identity, "read、judge", LATER.isoformat(), "财政局"]
    run("revoke", identity)
    assert run("list").strip() == ""
    over = CliRunner().invoke(
        cli, ["token", "new", "--scope", "read", "--expires", "2020-01-01", "--file", str(file)]
    )
    assert over.exit_code == 2
    assert read_tokens(file).tokens == ()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"tokens": [{"id": "0123abcd", "sha256": "00", "scopes": [], "expires": "never"}]}',
        '{"tokens": [{"id": "0123abcd", "secret": "x"}]}',
    ],
)
def test_a_file_that_is_no_file_of_tokens_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Refused):
        read_tokens(file)


def test_a_token_twice_in_a_file_is_refused(file: Path) -> None:
    made = add_token(file, ["read"], LATER)
    write_tokens(file, [made.token, made.token])
    with pytest.raises(Refused, match="两次"):
        read_tokens(file)


def test_a_write_that_fails_leaves_the_file_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_token(file, ["read"], LATER)
    before = file.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        add_token(file, ["read"], LATER)
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_secrets_are_told_apart_in_constant_time(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return False

    monkeypatch.setattr("hmac.compare_digest", compare)
    made = add_token(file, ["read"], LATER)
    tokens = module.Tokens(file)
    assert tokens.token(made.secret) is None
    assert tokens.token("jm_00000000_x") is None
    assert [other for _, other in compared] == [made.token.sha256, "0" * 64]


def test_nothing_but_this_machine_is_served_without_tokens(tmp_path: Path) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "example.org"):
        with pytest.raises(Refused, match="--tokens"):
            Settings(host=host)
    result = CliRunner().invoke(cli, ["serve", "--host", "0.0.0.0", "--no-log"])
    assert result.exit_code == 2
    assert "--tokens" in result.output


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "localhost.evil.example", ""]
)
def test_another_host_name_is_not_answered_on_this_machine(client: Within, host: str) -> None:
    answer = client.post("/v1/judge", json=ASKED, headers={"host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST:1"])
def test_this_machine_is_answered_by_its_own_names(client: Within, host: str) -> None:
    assert client.get("/v1/rules", headers={"host": host}).status_code == 200


def test_a_page_from_elsewhere_is_not_answered(client: Within, asking: Asking) -> None:
    for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
        answer = client.post("/v1/judge", json=ASKED, headers={"origin": origin})
        assert answer.status_code == 403, origin
    near = client.post("/v1/judge", json=ASKED, headers={"origin": "http://127.0.0.1:8765"})
    assert near.status_code == 200
    known = asking(hosts=("rules.example",))
    assert known.get("/v1/rules", headers={"host": "rules.example"}).status_code == 200


def test_a_token_file_says_its_days_as_days(file: Path) -> None:
    add_token(file, ["read"], LATER)
    [stored] = json.loads(file.read_text(encoding="utf-8"))["tokens"]
    assert stored["expires"] == LATER.isoformat()
    assert Token.model_validate(stored).scopes == ("read",)
