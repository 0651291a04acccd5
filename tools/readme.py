"""README.md shows real output: ``--write`` runs its commands and fills it in, ``--check`` compares.

A ```console block holds one ``$ jingmen ...`` line and what it printed; an ```output block what the
```python block before it printed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_CONSOLE = re.compile(r"```console\n\$ (jingmen [^\n]*)\n(.*?)```\n", re.DOTALL)
_PYTHON = re.compile(r"```python\n(.*?)```\n\n```output\n(.*?)```\n", re.DOTALL)


def printed(arguments: list[str]) -> str:
    """Everything a command prints, errors behind what it says, with no spaces at line ends."""
    environment = {
        **os.environ,
        "JINGMEN_LANG": "zh",
        "JINGMEN_LOG": "",
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = (done.stdout + done.stderr).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def fresh(text: str) -> str:
    """README with every output as it is now."""

    def console(match: re.Match[str]) -> str:
        _, *arguments = shlex.split(match[1])
        return f"```console\n$ {match[1]}\n{printed(['-m', 'jingmen_policy', *arguments])}```\n"

    def python(match: re.Match[str]) -> str:
        return f"```python\n{match[1]}```\n\n```output\n{printed(['-c', match[1]])}```\n"

    return _PYTHON.sub(python, _CONSOLE.sub(console, text))


def main(arguments: list[str]) -> int:
    if arguments not in (["--check"], ["--write"]):
        print("usage: python tools/readme.py --check|--write", file=sys.stderr)
        return 2
    text = README.read_text(encoding="utf-8")
    now = fresh(text)
    if arguments == ["--write"]:
        beside = README.with_suffix(".md.new")
        beside.write_text(now, encoding="utf-8")
        beside.replace(README)
    elif now != text:
        print("README.md does not show what its commands print; run --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
