"""Generated modules on disk, named by what they are of: corpus, models, day, package and Python."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import CodeType

from jingmen_facts.kinds import FactModels
from jingmen_policy.corpus.corpus import Corpus

VARIABLE = "JINGMEN_CACHE"
"""The folder to keep modules in; empty to keep none."""


def kept(corpus: Corpus, as_of: date, source: Callable[[], str]) -> CodeType:
    """The code of a module, from disk where it is there, else made and put there.

    What cannot be read is made anew; where nothing can be written, nothing is kept.
    """
    folder = _folder()
    if folder is None:
        return _made(source(), as_of)
    path = folder / f"{_key(corpus, as_of)}.bin"
    try:
        loaded = marshal.loads(path.read_bytes())
        if isinstance(loaded, CodeType):
            return loaded
    except (OSError, EOFError, ValueError, TypeError):
        pass  # absent, cut short or of another Python: it is made again below
    code = _made(source(), as_of)
    _put(path, marshal.dumps(code))
    return code


def _made(source: str, as_of: date) -> CodeType:
    return compile(source, f"<rules {as_of}>", "exec")


def _folder() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "jingmen-policy"
    except RuntimeError:  # no home directory
        return None


def _key(corpus: Corpus, as_of: date) -> str:
    try:
        package = version("jingmen-policy")
    except PackageNotFoundError:
        package = ""
    parts = [
        corpus.digest,
        as_of.isoformat(),
        package,
        str(_code_digest()),
        sys.implementation.cache_tag or "",
        fingerprint(corpus.models),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _code_digest() -> str:
    """Over the modules that write modules, so that a changed writer makes them anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint(models: FactModels) -> str:
    """What code depends on of the fact models: kinds, fields, references, ranks."""
    return repr(
        [
            (kind.name, [(spec, spec.required) for spec in kind.fields.values()])
            for kind in models.kinds.values()
        ]
    )


def _put(path: Path, data: bytes) -> None:
    """Write beside, then rename, so that nobody sees half a file."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).replace(path)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError:
        return  # a cache that cannot be written is only slower
