"""Bulletins of real stories, and what they should say counted without any rule."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jingmen_facts import Dossier, Station, Township
from jingmen_facts.problems import Lang
from jingmen_policy import Policy
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.bulletin.blocks import Told
from jingmen_policy.office.bulletin.build import bulletin
from jingmen_policy.office.bulletin.model import Bulletin
from jingmen_policy.office.bulletin.told import told

STORIES = Path("scenarios/stories")
ASKED = {
    "沙洋县": (4, 7, 10, 13),
    "钟祥市": (6, 9, 12, 17),
    "京山市": (5, 8, 11, 15),
    "东宝区": (3, 4, 6, 8),
    "掇刀区": (2, 3, 4, 5),
    "漳河新区": (1, 1, 2, 2),
}
"""The annex added up year by year, by hand."""
YEARS = (2021, 2022, 2023, 2024)
HOSTILE = '<script>document.title="run"</script>\u202e=1+1 @x;,\\n'


@cache
def policy() -> Policy:
    return Policy.load()


@cache
def story(name: str) -> Dossier:
    """The facts of a story among the scenarios, before any of its cases."""
    written = yaml.safe_load((STORIES / f"{name}.yaml").read_text(encoding="utf-8"))
    return policy().dossier(written["given"])


@cache
def ledger() -> Dossier:
    return policy().read("examples/ledger")


def hostile() -> Dossier:
    """A station, a worker and an agreement whose texts would like to be more than text."""
    return policy().dossier(
        {
            "Station": {
                "id": "=1+1<b>站</b>",
                "name": HOSTILE,
                "township": "沙洋县/沙洋镇",
                "established_on": "2021-06-20",
                "operator": "第三方社会组织承接",
            },
            "ServiceAgreement": {
                "id": "@协议\u202e;,<i>",
                "station": "=1+1<b>站</b>",
                "starts_on": "2021-06-20",
                "ends_on": "2022-06-19",
            },
        },
        use=["register"],
    )


def made(dossier: Dossier, as_of: date, **given: Any) -> Bulletin:
    return bulletin(policy(), dossier, as_of, **given)


def telling(made_: Bulletin, lang: Lang = "zh") -> Told:
    return told(made_, Teller(policy().models, lang))


def built(dossier: Dossier, day: date) -> dict[str, int]:
    """How many townships of the plan in each county have a station by a day, counted plainly."""
    found: dict[str, set[str]] = {county: set() for county in ASKED}
    townships = dossier.of_kind("Township")
    for station in dossier.of_kind("Station").values():
        assert isinstance(station, Station)
        if station.established_on is None or station.established_on > day:
            continue
        township = townships[station.township or ""]
        assert isinstance(township, Township)
        if township.in_plan and township.county is not None:
            found[township.county].add(township.identity)
    return {county: len(names) for county, names in found.items()}
