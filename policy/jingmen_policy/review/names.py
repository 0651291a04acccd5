"""Names of people: what may stand in one, and when two are one person's."""

from __future__ import annotations

import re
import unicodedata

from jingmen_facts.problems import Said

_CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BESIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE}]) | (?=[{_CHINESE}])")
_NOT_TEXT = {
    "Cc": Said("控制字符", "a control character"),
    "Cf": Said("看不见的排版符号", "an invisible mark"),
    "Cs": Said("不成对的代理字符", "a lone surrogate"),
    "Co": Said("自造字", "a private character"),
    "Cn": Said("未定义的字符", "an unassigned character"),
    "Zl": Said("分行符", "a line separator"),
    "Zp": Said("分段符", "a paragraph separator"),
}
MOST = {"name": 100, "role": 100, "note": 2000}


def person(name: str) -> str:
    """A name so that two spellings of it are the same person's.

    >>> person("张　三") == person("张三"), person("Ｌi  Na") == person("li na")
    (True, True)
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _BESIDE_CHINESE.sub("", " ".join(folded.split()))


def wrong_with(text: str, *, lettered: bool = True, most: int = 100) -> list[Said]:
    """Everything that keeps a text from being a name, a role or (``lettered`` false) a note."""
    found: list[Said] = []
    if not text.strip():
        return [Said("不能为空", "may not be empty")]
    marks = {
        char: _NOT_TEXT[kind] for char in text if (kind := unicodedata.category(char)) in _NOT_TEXT
    }
    for char, what in sorted(marks.items()):
        code = f"U+{ord(char):04X}"
        found.append(Said(f"含有{what.zh} {code}", f"holds {what.en}, {code}"))
    if len(text) > most:
        found.append(Said(f"超过 {most} 个字", f"longer than {most} characters"))
    if lettered and not any(char.isalpha() for char in text):
        found.append(Said("没有一个字", "has no letter in it"))
    return found
