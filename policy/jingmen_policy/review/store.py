"""Where signature files are kept, and how several are put there together."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.corpus.corpus import Corpus

VARIABLE = "JINGMEN_SIGNATURES"
FOLDER = "signatures"
_INSTALLED = frozenset({"site-packages", "dist-packages"})


def signatures_directory(corpus: Corpus, named: Path | str | None = None) -> Path:
    """The folder named, else that of the environment, else ``signatures`` beside the rules."""
    chosen = named or os.environ.get(VARIABLE)
    return Path(chosen) if chosen else corpus.directory / FOLDER


def installed(directory: Path) -> bool:
    """Whether a folder belongs to an installed package, where the next upgrade would remove it."""
    return bool(_INSTALLED & set(directory.absolute().parts))


@dataclass(frozen=True, slots=True)
class Put:
    """What a file is to hold, and what it held when that was worked out; None: not there."""

    text: str
    before: bytes | None


def read_before(path: Path) -> bytes | None:
    """What a file holds; None where nothing is there, nothing where it is no file."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        return b""
    except (FileNotFoundError, NotADirectoryError):
        return b"" if path.is_symlink() else None


def put_all(directory: Path, files: Mapping[str, Put]) -> None:
    """Writes every file beside its place, then puts them all there; where one cannot be, none is.

    Raises Refused where a file is no longer what it was, OSError where nothing can be written.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with _alone(directory):
        found = {name: read_before(directory / name) for name in files}
        other = [name for name, file in files.items() if found[name] != file.before]
        if other:
            said = Said(
                "在此期间被别人改动，请再试一次",
                "was changed by somebody else meanwhile; try again",
            )
            raise Refused(Problem(said, str(directory / name)) for name in other)
        _replace(directory, {name: file.text.encode() for name, file in files.items()}, found)


def _replace(
    directory: Path, files: Mapping[str, bytes], before: Mapping[str, bytes | None]
) -> None:
    beside = {name: directory / f".{name}.partial" for name in files}
    done: list[str] = []
    try:
        for name, raw in files.items():
            _write(beside[name], raw)
        for name in files:
            beside[name].replace(directory / name)
            done.append(name)
    except BaseException:
        for name in done:
            _restore(directory / name, before[name])
        raise
    finally:
        for path in beside.values():
            with suppress(OSError):
                path.unlink()


def _write(path: Path, raw: bytes) -> None:
    with path.open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _restore(path: Path, raw: bytes | None) -> None:
    if raw is None:
        path.unlink()
    else:
        path.write_bytes(raw)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Holds the folder, so that two who sign at once do so one after the other."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
