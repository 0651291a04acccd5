"""Where a log is: a file of SQLite's by its path, or a database by its URL."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from jingmen_facts.problems import Problem, Refused, Said

if TYPE_CHECKING:
    from sqlalchemy import URL

VARIABLE = "JINGMEN_LOG"
_POSTGRES = ("postgresql", "postgres", "postgresql+psycopg")


def needed(extra: str = "log") -> None:
    """Raises Refused where what a log needs is not installed."""
    names = ["sqlalchemy", "alembic", *(["psycopg"] if extra == "postgres" else [])]
    for name in names:
        if find_spec(name) is None:
            wanted = f"pip install 'jingmen-policy[{extra}]'"
            said = Said(
                f"决定记录需要另装 {name}：{wanted}",
                f"the decision log needs {name}: {wanted}",
            )
            raise Refused([Problem(said)])


def default() -> Path | None:
    """The file of receipts where nothing says of another; None without a home directory."""
    base = os.environ.get("XDG_STATE_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".local" / "state"
    except RuntimeError:
        return None
    return folder / "jingmen-policy" / "log.sqlite"


def place(where: str | Path) -> URL:
    """The database that a path or a URL names. Raises Refused for one that cannot hold a log."""
    needed()
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError

    text = str(where)
    if "://" not in text:
        return _file(URL.create("sqlite", database=text), text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The text may hold a password: it is not repeated.
        said = Said("决定记录的地址无法读出", "the address of the decision log cannot be read")
        raise Refused([Problem(said)]) from None
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        return _file(url, url.database or "")
    if url.drivername in _POSTGRES:
        needed("postgres")
        return url.set(drivername="postgresql+psycopg")
    said = Said(
        f"决定记录不能存入 {url.drivername}；可用 SQLite 文件的路径，或 postgresql://…",
        f"no decision log is kept in {url.drivername}; use a path, for SQLite, or postgresql://...",
    )
    raise Refused([Problem(said)])


def shown(url: URL) -> str:
    """A place as people are told of it: a path, or a URL without its password."""
    if url.drivername.startswith("sqlite"):
        return url.database or ""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _file(url: URL, path: str) -> URL:
    if path in ("", ":memory:") or path.startswith("file:") or url.query:
        said = Said("决定记录应为一个文件的路径", "a decision log is a file: give its path")
        raise Refused([Problem(said, path)])
    folder = Path(path).parent
    if not folder.is_dir():
        said = Said("没有这个文件夹", "there is no such folder")
        raise Refused([Problem(said, str(folder))])
    if Path(path).is_dir():
        said = Said("是文件夹，决定记录应为一个文件", "is a folder; a decision log is a file")
        raise Refused([Problem(said, path)])
    return url.set(drivername="sqlite+pysqlite")
