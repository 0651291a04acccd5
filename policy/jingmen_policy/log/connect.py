"""Connections to a log's database, so set that what was committed stays."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

LOCK = 0x6A696E676D656E  # "jingmen": the advisory lock of whoever appends
PAGES = 100
"""Of SQLite's write-ahead log, before they are put into the database: it is then written over from
its beginning. A file that does not grow is on the disk in half the time.
"""
_POSTGRES = {
    "connect_timeout": "10",
    "client_encoding": "utf8",
    "application_name": "jingmen-log",
    "keepalives_idle": "30",
    "tcp_user_timeout": "30000",
}


def connected(url: URL, *, writing: bool, create: bool, busy: float) -> Engine:
    """An engine. ``busy`` is how many seconds to wait for others that write."""
    if url.drivername.startswith("sqlite"):
        return _sqlite(Path(url.database or ""), writing=writing, create=create, busy=busy)
    return _postgres(url, writing=writing, busy=busy)


def _sqlite(path: Path, *, writing: bool, create: bool, busy: float) -> Engine:
    where = f"{path.resolve().as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(
            where, uri=True, timeout=busy, isolation_level=None, check_same_thread=False
        )
        if writing:
            # A commit is on the disk, in the write-ahead log, before it returns; fullfsync is what
            # that takes on macOS.
            made.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA fullfsync=ON;"
                f" PRAGMA wal_autocheckpoint={PAGES};"
            )
        return made

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"  # IMMEDIATE: nobody else writes meanwhile

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgres(url: URL, *, writing: bool, busy: float) -> Engine:
    arguments = {name: value for name, value in _POSTGRES.items() if name not in url.query}
    engine = create_engine(
        url,
        connect_args=arguments,
        # What others committed while the lock was waited for has to be seen.
        isolation_level="READ COMMITTED",
        pool_size=1 if writing else 5,
        pool_pre_ping=True,
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = {int(busy * 1000)}")
        [found] = connection.execute("SHOW synchronous_commit").fetchone()
        if writing and found == "off":
            connection.execute("SET synchronous_commit = on")
        connection.autocommit = False

    return engine
