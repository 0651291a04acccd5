"""``python -m jingmen_policy.text --check|--write``: source.md against what restoring gives."""

from __future__ import annotations

import sys
from pathlib import Path

from jingmen_policy.text.restore import restore

PLAN = Path(__file__).parent.parent / "plan"


def main(arguments: list[str]) -> int:
    if arguments not in (["--check"], ["--write"]):
        print("usage: python -m jingmen_policy.text --check|--write", file=sys.stderr)
        return 2
    target = PLAN / "source.md"
    restored = restore((PLAN / "received.txt").read_bytes().decode("utf-8")).text
    if arguments == ["--write"]:
        beside = target.with_suffix(".md.new")
        beside.write_bytes(restored.encode())
        beside.replace(target)
        return 0
    if not target.exists() or target.read_bytes() != restored.encode():
        print(
            f"{target.name} is not what restoring received.txt gives; run --write", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
