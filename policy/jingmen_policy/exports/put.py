"""Files put in their places together, or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said


def put(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Writes files beside their places, then puts them there.

    A file that is there already and has other content is kept, and Refused is raised, unless
    ``force``: people write into what they were given.
    """
    if not folder.is_dir():
        raise Refused([Problem(Said("没有这个文件夹", "no such folder"), str(folder))])
    problems = [
        Problem(said, str(folder / name))
        for name, content in files.items()
        if (said := _in_the_way(folder / name, content, force)) is not None
    ]
    if problems:
        raise Refused(problems)
    beside = {name: folder / f".{name}.partial" for name in files}
    try:
        for name, content in files.items():
            with beside[name].open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name in files:
            beside[name].replace(folder / name)
    finally:
        for path in beside.values():
            with suppress(FileNotFoundError):
                path.unlink()


def _in_the_way(path: Path, content: bytes, force: bool) -> Said | None:
    if path.is_dir():
        return Said("是一个文件夹", "is a folder")
    if force or not path.exists() or path.read_bytes() == content:
        return None
    return Said(
        "已有内容不同的文件，要覆盖请加 --force",
        "exists with other content; --force puts the new in its place",
    )
