"""A small corpus whose titles and text would be markup, formulas or tricks if taken for such."""

from __future__ import annotations

from pathlib import Path

from jingmen_policy import Policy
from support import tiny

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","click")'
TURNED = "\u202e70%\u202c"
BELL = "bell\x07"
TITLES = {
    "as-formula": FORMULA,
    "as-plus": "+1+cmd|' /C calc'!A0",
    "as-minus": "-1+1",
    "as-at": "@SUM(1)",
    "as-wide": "＝1+1",
    "as-error": "#N/A",
    "as-script": SCRIPT,
    "as-turned": TURNED,
    "as-bell": BELL,
    "as-entity": "&amp; ]]> <!-- x",
}


def hostile(directory: Path) -> Policy:
    """The corpus, with a rule for each title."""
    source = tiny.SOURCE.replace("为管好大厅", f"{SCRIPT}为管好{FORMULA}大厅")
    changes: dict[str, str | None] = {"source.md": source}
    for name, title in TITLES.items():
        text = tiny.rule_file(name, tiny.OPEN)
        quoted = "".join(f"\\u{ord(letter):04x}" for letter in title)
        line = f"title: {{zh: {name}, en: {name}}}"
        assert line in text
        changes[f"rules/1-{name}.yaml"] = text.replace(
            line, f'title: {{zh: "{quoted}", en: "{quoted}"}}'
        ).replace("who: {zh: 大厅, en: hall}", f'who: {{zh: 大厅, en: "{quoted}"}}')
    return tiny.load(directory, changes)
