"""benchmarks/README.md: the tables between markers are written here, the prose by hand."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.section import Section
from benchmarks.targets import table

README = Path(__file__).parent / "README.md"
MEASURED = Path(__file__).parent / "measured.json"


def machine() -> str:
    """What it was measured on."""
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    cores = ""
    if information.is_file():
        text = information.read_text(encoding="utf-8")
        found = re.search(r"^model name\s*:\s*(.*)$", text, re.MULTILINE)
        model = found[1] if found else model
        cores = f", {len(re.findall('^processor', text, re.MULTILINE))} cores"
    return f"Python {platform.python_version()}, {model}{cores}, {platform.system()}"


def record(sections: Mapping[str, Section], day: date) -> None:
    """Puts what was measured into the document, and the targets beside it."""
    known: dict[str, Any] = {}
    if MEASURED.is_file():
        known = json.loads(MEASURED.read_text(encoding="utf-8"))
    text = README.read_text(encoding="utf-8")
    for name, section in sections.items():
        known[name] = section.figures
        text = between(text, name, [f"{day}, {machine()}", "", *section.lines])
    text = between(text, "targets", table(known))
    MEASURED.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    README.write_text(text, encoding="utf-8")


def between(text: str, name: str, lines: list[str]) -> str:
    """A document with other lines between the markers of a name."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{README.name} has no place for {name}: {begin} … {end}")
    body = "\n".join(line.rstrip() for line in lines)
    return f"{before}{begin}\n```\n{body}\n```\n{end}{after}"
