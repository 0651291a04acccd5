"""The language to speak before any command has been read."""

from __future__ import annotations

import os

VARIABLE = "JINGMEN_LANG"


def told(zh: str, en: str) -> str:
    """A text of the help, in the language the environment asks for."""
    return en if os.environ.get(VARIABLE) == "en" else zh
