"""A bulletin as the bytes of a file, by how its name ends."""

from __future__ import annotations

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Lang, Said
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.bulletin.model import Bulletin
from jingmen_policy.office.bulletin.told import told
from jingmen_policy.office.needs import needed

HTML, WORD = ".html", ".docx"
SUFFIXES = (HTML, WORD)


def written(made: Bulletin, models: FactModels, suffix: str, lang: Lang) -> bytes:
    """The page or the document. Raises Refused where what it needs is not installed."""
    whole = told(made, Teller(models, lang))
    if suffix == HTML:
        from jingmen_policy.office.bulletin.html import html

        return html(whole, lang)
    for module in ("docx", "openpyxl"):
        needed(module, Said("Word 通报", "a bulletin in Word"))
    from jingmen_policy.office.bulletin.word import word

    return word(whole, made.as_of)
