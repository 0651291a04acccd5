"""What a service is started with: where it listens, what it serves, and how much it takes on."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said

MIB = 1024 * 1024
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
PLAN = "plan"
"""The name under which the shipped plan is served."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request, and all together, may ask for. Seconds where it is time.

    ``waiting`` counts the requests that are decided or wait for it; one more is told to come later.
    """

    body: int = 8 * MIB
    facts: int = 50_000
    dossiers: int = 2_000
    threads: int = field(default_factory=lambda: max(2, min(4, os.cpu_count() or 2)))
    waiting: int = 64
    body_seconds: float = 20.0
    decision_seconds: float = 30.0
    policies: int = 8
    """Policies under other readings that are kept; the one longest not asked for goes first."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``corpora`` are folders by name, beside the shipped plan. ``log`` says where receipts go;
    None: nowhere. ``log_facts`` lets what was sent into the service's own log.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    corpora: Mapping[str, Path] = field(default_factory=dict)
    log: str | None = None
    tokens: Path | None = None
    hosts: tuple[str, ...] = ()
    """Further names under which this machine is asked, such as a proxy's."""
    log_facts: bool = False
    drain: float = 0.0
    """Seconds between the signal to stop, when it is no longer ready, and no more requests."""
    stop_seconds: float = 30.0
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Refuse what would be reachable from elsewhere without a token."""
        if not is_loopback(self.host) and self.tokens is None:
            said = Said(
                f"在 {self.host} 上提供服务，别的机器也能访问，须用 --tokens 指定令牌文件；"
                "jingmen token new 可新建令牌",
                f"{self.host} can be reached from other machines: name a file of tokens with"
                " --tokens; jingmen token new makes one",
            )
            raise Refused([Problem(said, field="--host")])

    @property
    def known_hosts(self) -> frozenset[str] | None:
        """The names by which it may be asked; None: any, which only tokens make safe.

        Without this a page from elsewhere could have its own name lead here and read the answers.
        """
        if is_loopback(self.host):
            return frozenset({"localhost", "127.0.0.1", "::1", self.host.strip("[]"), *self.hosts})
        return frozenset(self.hosts) if self.hosts else None


def corpus_named(written: str) -> tuple[str, Path]:
    """A corpus as an option names it.

    >>> corpus_named("2023=rules/2023")
    ('2023', PosixPath('rules/2023'))

    Raises Refused.
    """
    name, sign, folder = written.partition("=")
    if not (sign and folder and _NAME.fullmatch(name)) or name == PLAN:
        said = Said(
            f"应写作 名称=文件夹，名称为小写字母、数字和“-”，且不是 {PLAN}；不是“{written}”",
            f"expected NAME=DIR, the name of small letters, digits and '-', and not {PLAN};"
            f" got '{written}'",
        )
        raise Refused([Problem(said, field="--corpus")])
    return name, Path(folder)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "example.org")]
    [True, True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
