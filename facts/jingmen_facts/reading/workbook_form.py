"""What a workbook of facts calls its sheets and headings: for its writer and its reader."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from jingmen_facts.kinds import FactModels

GUIDE = "说明"
SETTINGS = "填报设置"
LISTS = "名单完整"
OPTIONS = "选项"
PREFILLED = "预填"
RESULTS = "判定结论"
OWN = (GUIDE, SETTINGS, LISTS, OPTIONS, PREFILLED, RESULTS)
"""Sheets that hold no facts."""

AS_OF = "判定日"
USE = "背景事实"
BELONGS = "所属"
"""In the settings, before a kind: the fact that every row which names no owner belongs to."""
EVERYWHERE = "全部"
"""In the lists, instead of an owner: the list is complete whoever the owner is."""
OWNER = "范围"
FOUND = "判定："
"""Headings that begin so are findings written beside the facts."""


def ledgers(models: FactModels) -> Mapping[str, str]:
    """Kinds by the spellings a sheet of them may have."""
    found: dict[str, str] = {}
    for kind in models.kinds.values():
        for spelling in (kind.ledger, kind.label.zh, kind.name):
            found.setdefault(alike(spelling), kind.name)
    return found


def alike(written: str) -> str:
    return unicodedata.normalize("NFKC", written).strip()


def heading_of(written: str) -> str:
    """What a heading says in its first line; below it stand the clauses that ask for it."""
    return written.strip().partition("\n")[0].strip()
