"""``python -m jingmen_policy.schemas --check|--write``: keep the schemas as the types say."""

from __future__ import annotations

import argparse
import sys

from jingmen_policy.schemas.generate import DIRECTORY, schemas


def main() -> int:
    """Write the schemas, or say which no longer agree with the types: 0 or 1."""
    parser = argparse.ArgumentParser(prog="python -m jingmen_policy.schemas")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail where a file is out of date")
    mode.add_argument("--write", action="store_true", help="bring the files up to date")
    write = parser.parse_args().write
    stale = []
    for name, text in schemas().items():
        file = DIRECTORY / name
        if write:
            file.write_text(text, encoding="utf-8", newline="\n")
        elif not file.is_file() or file.read_bytes() != text.encode():
            stale.append(name)
    if stale:
        again = "run python -m jingmen_policy.schemas --write"
        print(f"out of date: {', '.join(stale)}; {again}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
