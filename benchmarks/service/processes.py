"""Servers in processes of their own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ERRORS = "stderr.txt"
Started = tuple[int, "subprocess.Popen[str]"]
"""A port and the process that listens there."""


@contextmanager
def ours(folder: Path, *options: str) -> Iterator[Started]:
    """``jingmen serve`` in a folder."""
    command = ["jingmen_policy", "serve", "--port", "0", *options]
    with _running(command, folder, subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r":(\d+)", line)
        assert found is not None, f"it did not start: {line}{(folder / ERRORS).read_text()}"
        yield int(found[1]), process


@contextmanager
def bare(folder: Path) -> Iterator[Started]:
    """The route that only validates, on the same server program."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["uvicorn", "benchmarks.service.bare:app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "error"]
    with _running(command, folder, subprocess.DEVNULL) as process:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process


@contextmanager
def _running(command: list[str], folder: Path, output: int) -> Iterator[subprocess.Popen[str]]:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([root, os.environ.get("PYTHONPATH", "")])
    with (folder / ERRORS).open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path},
            stdout=output,
            stderr=errors,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
