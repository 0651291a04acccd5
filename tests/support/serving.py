"""A service in a process of its own, on a port of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

_URL = re.compile(r"http://\S+?:\d+")


@dataclass
class Served:
    """``said`` is what the process wrote to standard error, once it has ended."""

    url: str
    process: subprocess.Popen[str]
    errors: Path
    said: str = field(default="")

    def post(self, path: str, body: Any) -> httpx.Response:
        return httpx.post(f"{self.url}{path}", json=body, timeout=30, trust_env=False, verify=False)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.url}{path}", timeout=30, trust_env=False, verify=False)

    def stop(self, how: int = signal.SIGTERM) -> int:
        """Signal it and wait; what it exited with."""
        self.process.send_signal(how)
        code = self.process.wait(30)
        self.said = self.errors.read_text(encoding="utf-8")
        return code


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """``jingmen serve`` with options, in a folder, once it is ready."""
    errors = folder / "stderr.txt"
    command = [sys.executable, "-m", "jingmen_policy", "serve", "--port", "0", *options]
    with errors.open("w") as sink:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "JINGMEN_LANG": "zh", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=sink,
            encoding="utf-8",
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = _URL.search(line)
        assert found is not None, f"it did not start: {line}{errors.read_text(encoding='utf-8')}"
        yield Served(found[0], process, errors)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        process.stdout.close()


@dataclass(frozen=True)
class Guarded:
    """A service that asks for tokens: ``token`` may read and judge, ``reads`` may read."""

    served: Served
    token: str
    reads: str
