"""What is dear to make, made once for all the processes of one run of the tests."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A file or folder that ``make`` makes where it is told; nobody may write to it afterwards.

    The first to ask makes it; who asks meanwhile waits.
    """
    home = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent
    made, making = home / name, home / f"{name}.partial"
    with (home / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            if making.is_dir():
                shutil.rmtree(making)
            make(making)
            making.rename(made)
    return made
