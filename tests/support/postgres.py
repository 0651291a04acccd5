"""A PostgreSQL server of the machine's own programs, started on loopback for the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

_DEBIAN = "/usr/lib/postgresql"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several; None: not installed."""
    found = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    found += sorted(Path(_DEBIAN).glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True)
    real = [folder for folder in found if (folder / "initdb").exists()]
    return real[0].resolve() if real else None


class Connection:
    """A connection as ``support.databases`` uses one."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection

    def execute(self, query: str, values: list[Any] | None = None, /) -> Any:
        return self.connection.execute(query.encode(), values)


@contextmanager
def server() -> Iterator[Connection]:
    """A server of its own, gone afterwards. Its programs refuse to run as root."""
    folder = programs()
    assert folder is not None
    account: dict[str, Any] = {}
    home = Path(tempfile.mkdtemp(prefix="jingmen-postgres-"))
    try:
        if os.geteuid() == 0:
            name = next(n for n in ("postgres", "nobody") if _is_user(n))
            account = {"user": name}
            shutil.chown(home, name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data = str(home / "data")

        def run(*command: str) -> None:
            subprocess.run(
                [str(folder / command[0]), *command[1:]],
                check=True,
                stdout=subprocess.DEVNULL,
                cwd=home,
                **account,
            )

        run("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        options += f" -c unix_socket_directories={home}"
        run("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="tests", dbname="postgres", autocommit=True
            ) as connection:
                yield Connection(connection)
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
