"""The shipped plan with an invented amendment, entered as an amendment should be."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from jingmen_policy.corpus.load import PLAN

HERE = Path(__file__).parent
AMENDED = date(2023, 1, 1)
TEXT = "amendments/invented-2023.md"
LISTED = f"""\
amendments:
  - id: invented-2023
    title: {{zh: 测试用修订（虚构）, en: an amendment invented for testing}}
    source: {TEXT}
    since: {AMENDED}
"""


def copied(to: Path) -> Path:
    """The shipped plan, in a directory of its own."""
    shutil.copytree(PLAN, to)
    return to


def amended(to: Path) -> Path:
    """The shipped plan, amended."""
    copied(to)
    (to / TEXT).parent.mkdir()
    shutil.copy(HERE / TEXT, to / TEXT)
    with (to / "corpus.yaml").open("a", encoding="utf-8") as manifest:
        manifest.write(LISTED)
    for version in sorted((HERE / "versions").iterdir()):
        [rule] = (to / "rules").glob(f"*-{version.name}")
        closed = rule.read_text(encoding="utf-8").replace(
            "  - since: 2021-01-01\n", f"  - since: 2021-01-01\n    until: {AMENDED}\n"
        )
        rule.write_text(closed + version.read_text(encoding="utf-8"), encoding="utf-8")
    return to
