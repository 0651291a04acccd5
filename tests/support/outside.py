"""Programs outside the package: a browser, an office suite. Absent: skipped, with a reason.

In CI nothing is skipped: what is absent there fails.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program(*names: str, package: str) -> str:
    """The first of these on PATH; the test is skipped, or in CI fails, where there is none."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is not None:
        return found
    reason = f"{names[0]} is not on PATH (Debian: apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def package(name: str, distribution: str) -> Any:
    """A package of somebody else's that only tests use, like ``program``."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        reason = f"{distribution} is not installed (make test installs it)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    path = program("chromium", "chromium-browser", "google-chrome", package="chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        try:
            yield started
        finally:
            started.close()


def converted(source: Path, suffix: str, into: Path) -> Path:
    """A document as LibreOffice opens it and saves it: ``pdf``, ``xlsx``, ``csv`` ..."""
    [made] = all_converted([source], suffix, into)
    return made


def all_converted(sources: Sequence[Path], suffix: str, into: Path) -> list[Path]:
    """Several documents, by one LibreOffice: to start it takes longer than to convert."""
    soffice = program("soffice", "libreoffice", package="libreoffice-calc libreoffice-writer")
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                suffix,
                "--outdir",
                str(into),
                *map(str, sources),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
    return [into / f"{source.stem}.{suffix.partition(':')[0]}" for source in sources]


def pdf_text(path: Path) -> str:
    """The words of a PDF, page by page, form feeds between pages."""
    reader = program("pdftotext", package="poppler-utils")
    ran = subprocess.run(
        [reader, "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
    )
    return ran.stdout.decode()
