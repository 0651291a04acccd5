"""``python -m jingmen_facts.schema --check|--write``: keep facts.schema.json as the models say."""

from __future__ import annotations

import argparse
import sys

from jingmen_facts import MODELS
from jingmen_facts.schema.generate import PATH, schema_text


def main() -> int:
    """Write the schema, or say whether the file still agrees with the models: 0 or 1."""
    parser = argparse.ArgumentParser(prog="python -m jingmen_facts.schema")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--check", action="store_true", help="fail where the file is out of date")
    mode.add_argument("--write", action="store_true", help="bring the file up to date")
    text = schema_text(MODELS)
    if parser.parse_args().write:
        PATH.write_text(text, encoding="utf-8")
    elif not PATH.is_file() or PATH.read_text(encoding="utf-8") != text:
        print(
            f"{PATH.name} is out of date: run python -m jingmen_facts.schema --write",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
