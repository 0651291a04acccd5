"""Editions to export: a policy on one day, its signatures, and what the files hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from jingmen_facts.problems import Lang
from jingmen_policy import Policy
from jingmen_policy.exports.edition import Edition
from jingmen_policy.exports.formats import FORMATS, exported
from jingmen_policy.exports.reviews import reviews

AS_OF = date(2026, 11, 28)


def edition_of(
    policy: Policy, signatures: Path | None = None, as_of: date = AS_OF, lang: Lang = "zh"
) -> Edition:
    where = signatures or policy.corpus.directory / "signatures"
    return Edition(policy.corpus, as_of, reviews(policy, where, lang), lang)


def files_of(edition: Edition) -> Mapping[str, bytes]:
    """Every file of every format."""
    found: dict[str, bytes] = {}
    for name, form in FORMATS.items():
        found |= exported(edition, name, f"{name}{form.suffixes[0]}")
    return found


def plain(name: str, content: bytes) -> str:
    """All the text of a file, office archives unpacked."""
    if not name.endswith((".xlsx", ".docx")):
        return content.decode()
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(part).decode() for part in archive.namelist() if _text(part))


def _text(part: str) -> bool:
    return part.endswith((".xml", ".rels"))
