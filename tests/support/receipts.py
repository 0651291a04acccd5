"""Drafts made up of hashes, and programs that keep receipts in processes of their own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date

from jingmen_policy.log.draft import Draft

WRITER = """
import os, sys, threading
from support.receipts import made
from jingmen_policy.log.log import Log

where, name, threads, number = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
log = Log.open(where)
os.write(1, b"open\\n")

def write(thread):
    for n in range(number):
        receipt = log.append(made(f"{name}-{thread}-{n}"))
        os.write(1, f"{receipt.id} {receipt.input_sha256}\\n".encode())

ran = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
for one in ran: one.start()
for one in ran: one.join()
log.close()
"""
"""Threads of a process that append; what was acknowledged is written out, a line each."""


def made(name: str, **other: object) -> Draft:
    """A draft whose hashes are of a name."""
    given: dict[str, object] = {
        "corpus": "rules",
        "corpus_sha256": sha256("corpus"),
        "as_of": date(2022, 6, 30),
        "input_sha256": sha256(name),
        "findings_sha256": sha256(f"{name} found"),
        "engine": "compiled",
        "package": "0.1.0",
        **other,
    }
    return Draft(**given)  # type: ignore[arg-type]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def writer(where: str, name: str, threads: int, number: int) -> subprocess.Popen[bytes]:
    """A process that appends ``number`` receipts from each of its threads."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, where, name, str(threads), str(number)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
