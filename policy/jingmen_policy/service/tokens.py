"""Tokens: secrets of 256 random bits, of which the file keeps only hashes, scopes and last days.

A secret that long cannot be guessed from its hash, so SHA-256 is enough: the slow hashes are for
what people think up.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jingmen_facts.problems import Problem, Refused, Said, unknown_name
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.refusals import problems_of
from jingmen_facts.scalars import Day
from jingmen_policy.service.problems import Trouble

ScopeName = Literal["read", "judge", "admin"]
SCOPES: tuple[ScopeName, ...] = ("read", "judge", "admin")
OPEN = ("/v1/health/live", "/v1/health/ready", "/v1/openapi.json")
"""What may be asked without a token, as the files of the page may: nothing of a dossier or of a
receipt is in it.
"""
_PREFIX = "jm"
_SEEN_AGAIN = 1.0
"""Seconds after which the file is looked at again."""


class Token(BaseModel):
    """``expires`` is the last day it is good for, in UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    scopes: Annotated[tuple[ScopeName, ...], Field(min_length=1)]
    expires: Day
    note: Annotated[str, Field(max_length=200)] = ""


class TokensFile(BaseModel):
    """The file of tokens; no secret is in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["jingmen-tokens/1"] = "jingmen-tokens/1"
    tokens: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    tokens: Mapping[str, Token]
    mark: tuple[int, int, int]


class Tokens:
    """The tokens in a file; a file that changed is read again, so a token can be taken back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._looked = time.monotonic()
        self._seen = self._read()

    def _read(self) -> _Seen:
        mark = _mark(self.path)  # before it is read: what changes meanwhile is seen next time
        return _Seen({token.id: token for token in read_tokens(self.path).tokens}, mark)

    def known(self) -> Mapping[str, Token]:
        """Tokens by id. A file that cannot be read any more lets nobody in."""
        now = time.monotonic()
        if now - self._looked >= _SEEN_AGAIN:
            self._looked = now
            try:
                if _mark(self.path) != self._seen.mark:
                    self._seen = self._read()
            except Refused:
                self._seen = _Seen({}, (0, 0, 0))
        return self._seen.tokens

    def token(self, secret: str) -> Token | None:
        """The token a secret is of, while it is good."""
        prefix, _, rest = secret.partition("_")
        identity, _, _ = rest.partition("_")
        found = self.known().get(identity) if prefix == _PREFIX else None
        kept = found.sha256 if found is not None else "0" * 64
        same = hmac.compare_digest(_hashed(secret), kept)
        if found is None or not same or datetime.now(UTC).date() > found.expires:
            return None
        return found


def needed_scope(method: str, path: str) -> ScopeName | None:
    """Which scope a request needs; None: none. What is not known needs one as well."""
    if path in OPEN or path == "/" or path.startswith("/assets/"):
        return None
    if path.startswith("/page/"):
        return "judge"
    if path == "/v1/metrics":
        return "admin"
    return "read" if method in ("GET", "HEAD") else "judge"


def allowed(tokens: Tokens, headers: Mapping[str, str], needs: ScopeName) -> str:
    """The id of the token a request carries. Raises Trouble where it has none that will do."""
    scheme, _, secret = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        said = Said("请在 Authorization 头中写 Bearer 令牌", "send 'Authorization: Bearer TOKEN'")
        raise Trouble("unauthorized", said, headers={"www-authenticate": 'Bearer realm="jingmen"'})
    token = tokens.token(secret.strip())
    if token is None:
        said = Said("令牌不对、已作废或已过期", "the token is wrong, withdrawn or expired")
        challenge = 'Bearer realm="jingmen", error="invalid_token"'
        raise Trouble("unauthorized", said, headers={"www-authenticate": challenge})
    if needs not in token.scopes and "admin" not in token.scopes:
        said = Said(
            f"需要 {needs} 权限，令牌只有 {'、'.join(token.scopes)}",
            f"scope {needs} is needed; the token has {', '.join(token.scopes)}",
        )
        challenge = f'Bearer realm="jingmen", error="insufficient_scope", scope="{needs}"'
        raise Trouble("forbidden", said, headers={"www-authenticate": challenge})
    return token.id


@dataclass(frozen=True, slots=True)
class Made:
    """A new token and its secret, which is told this once."""

    token: Token
    secret: str

    @classmethod
    def new(cls, scopes: Iterable[str], expires: date, note: str = "") -> Self:
        identity = secrets.token_hex(4)
        secret = f"{_PREFIX}_{identity}_{secrets.token_urlsafe(32)}"
        wanted = set(scopes)
        chosen: tuple[ScopeName, ...] = tuple(scope for scope in SCOPES if scope in wanted)
        token = Token(
            id=identity, sha256=_hashed(secret), scopes=chosen, expires=expires, note=note
        )
        return cls(token, secret)


def read_tokens(path: Path) -> TokensFile:
    """The tokens in a file. Raises Refused with everything wrong in it."""
    text, _ = read_text(path)
    located = read_json(text, str(path))
    try:
        found = TokensFile.model_validate(located.value)
    except ValidationError as error:
        raise Refused(problems_of(error, located, TokensFile)) from None
    if len({token.id for token in found.tokens}) != len(found.tokens):
        raise Refused([Problem(Said("同一令牌写了两次", "a token stands twice"), str(path))])
    return found


def write_tokens(path: Path, tokens: Iterable[Token]) -> None:
    """Write a file of tokens beside and rename; only its owner may read it."""
    content = TokensFile(tokens=tuple(tokens)).model_dump(mode="json")
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=2)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def add_token(path: Path, scopes: Iterable[str], expires: date, note: str = "") -> Made:
    """Make a token and put it into a file. Raises Refused, and then nothing is written."""
    there = read_tokens(path).tokens if path.exists() else ()
    if expires < datetime.now(UTC).date():
        said = Said(f"最后有效日 {expires} 已经过去", f"its last day, {expires}, is over")
        raise Refused([Problem(said, field="--expires")])
    made = Made.new(scopes, expires, note)
    write_tokens(path, (*there, made.token))
    return made


def without(tokens: Iterable[Token], identity: str) -> tuple[Token, ...]:
    """All tokens but one. Raises Refused where it is not there."""
    listed = tuple(tokens)
    left = tuple(token for token in listed if token.id != identity)
    if len(left) == len(listed):
        said = unknown_name(Said("令牌", "token"), identity, [token.id for token in listed])
        raise Refused([Problem(said)])
    return left


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _mark(path: Path) -> tuple[int, int, int]:
    """What changes with a file; nothing where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_mtime_ns, found.st_size
