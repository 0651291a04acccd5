"""Files put in their places: written beside, then renamed; the same content, the same bytes."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.workbook_file import SUFFIX

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*(</dcterms:)")


def refuse_unfit(
    path: Path, *, force: bool, kept: Path | None = None, suffixes: tuple[str, ...] = (SUFFIX,)
) -> None:
    """Refuse a place nothing may be written to, before any work is done.

    ``kept`` is the workbook that was read: it is never written over, not even with ``force``.
    """
    said = None
    if path.suffix.lower() not in suffixes:
        said = Said(
            f"输出文件应以 {' 或 '.join(suffixes)} 结尾",
            f"the output should end in {' or '.join(suffixes)}",
        )
    elif path.is_dir() or not path.parent.is_dir():
        said = Said("没有这个文件夹，或者是一个文件夹", "no such folder, or it is a folder")
    elif path.exists():
        if kept is not None and path.samefile(kept):
            said = Said(
                "就是所读的台账，不能写在它上面",
                "is the workbook that was read; it is kept as it is",
            )
        elif not force:
            said = Said("已有这个文件，要覆盖请加 --force", "exists; --force writes over it")
    if said is not None:
        raise Refused([Problem(said, str(path))])


def put(book: Any, path: Path, day: date) -> None:
    """Save a workbook at a path, whole or not at all; ``day`` is when it says it was made."""
    put_bytes(saved_book(book, day), path)


def put_bytes(content: bytes, path: Path) -> None:
    """Write a file at a path, whole or not at all."""
    handle, name = tempfile.mkstemp(suffix=path.suffix, prefix=".", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def saved_book(book: Any, day: date) -> bytes:
    """A workbook as a file that says it was made on a day: the same content, the same bytes."""
    saved, made = BytesIO(), BytesIO()
    book.save(saved)
    stamp = f"{day:%Y-%m-%d}T00:00:00Z".encode()
    with ZipFile(saved) as given, ZipFile(made, "w") as taken:
        for name in given.namelist():
            content = given.read(name)
            if name == _CORE:
                content = _CHANGED.sub(lambda found: found[1] + stamp + found[2], content)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            taken.writestr(entry, content)
    return made.getvalue()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
