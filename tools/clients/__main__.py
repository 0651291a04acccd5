"""``--write`` the files that are generated, or ``--check`` that they are up to date."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from jingmen_policy.service.app import create_app
from tools.clients import python, typescript

ROOT = Path(__file__).resolve().parent.parent.parent


def described() -> dict[str, Any]:
    """OpenAPI of the service as it is."""
    app = create_app()
    document: dict[str, Any] = json.loads(app.state.service.openapi())
    return document


def generated(document: dict[str, Any]) -> dict[str, str]:
    """Every generated file, by its place in the checkout."""
    return {
        "policy/jingmen_policy/client/types.py": python.types(document),
        "clients/typescript/jingmen.mjs": typescript.code(document),
        "clients/typescript/jingmen.d.mts": typescript.types(document),
    }


def main(arguments: list[str]) -> int:
    if arguments not in (["--check"], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = [
        (ROOT / name, text)
        for name, text in generated(described()).items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        if arguments == ["--write"]:
            path.write_text(text, encoding="utf-8")
        print(f"{'written' if arguments == ['--write'] else 'stale'}: {path.relative_to(ROOT)}")
    return int(bool(stale) and arguments == ["--check"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
